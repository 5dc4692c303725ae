"""Runs commands of which the result or a parameter is a stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Optional, Union

from typedpool.calls import Call
from typedpool.context import Context
from typedpool.flusher import Flusher
from typedpool.inflow import Inflows, PlainInflow
from typedpool.interrupt import Interruption
from typedpool.messages import WithAttachments
from typedpool.outflow import Outflow, close, credit_of, pull, stream
from typedpool.port import Port
from typedpool.results import encode
from typedpool.wire import Channel

if TYPE_CHECKING:
    from typedpool.running import Running  # Which imports asyncio.


class Streaming:
    """What the streams of a worker have in common."""

    def __init__(self, channel: Channel, is_async: bool) -> None:
        self._channel = channel
        self._is_async = is_async
        self._flusher = Flusher()

    def allow_interruptions(self, interruption: Interruption) -> None:
        """Says where the user's code is entered."""
        interruption.allow_in(pull)
        interruption.allow_in(close)
        if self._is_async:
            from typedpool.outflow_async import close_async, pull_async

            interruption.allow_in(pull_async)
            interruption.allow_in(close_async)

    def _may_attach(self, message: Dict[str, Any]) -> bool:
        return self._channel.agreed and message.get("attachments") is True

    def run(
        self, call: Call, message: Dict[str, Any], port: Port, arguments: Dict[str, Any], context: Optional[Context]
    ) -> Union[bytes, WithAttachments]:
        """Runs a plain command.

        Returns:
            The result as JSON: what is left of it.
        """
        Inflows(port, PlainInflow).connect(arguments, call.read)
        if not call.yields:
            return encode(call, call.run(arguments, context), self._may_attach(message))
        outflow = Outflow(call, port, credit_of(message), self._channel.limit, self._flusher.soon)
        return stream(outflow, call.run(arguments, context))

    async def run_async(
        self, call: Call, running: Running, arguments: Dict[str, Any], context: Optional[Context]
    ) -> Union[bytes, WithAttachments]:
        """Runs a command on the event loop.

        Returns:
            The result as JSON: what is left of it.
        """
        import asyncio

        from typedpool.inflow_async import AsyncInflow
        from typedpool.outflow_async import stream_async
        from typedpool.running import awaited

        port = running.port
        Inflows(port, AsyncInflow).connect(arguments, call.read)
        if not call.yields:
            return encode(call, await awaited(call.run(arguments, context)), self._may_attach(running.message))
        loop = asyncio.get_running_loop()
        outflow = Outflow(call, port, credit_of(running.message), self._channel.limit, lambda it: loop.call_soon(it.flush))
        result = call.run(arguments, context)
        iterator = await awaited(result) if asyncio.iscoroutine(result) else result
        return await stream_async(outflow, iterator, lambda: running.is_told)
