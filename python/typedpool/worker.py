"""The worker: reads requests, calls commands and answers, one after the other, until there is nothing to read."""

from __future__ import annotations

import contextvars
import os
import sys
import time
from _thread import get_ident
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Mapping, NamedTuple, Optional, Union, cast

from typedpool import __version__, faults
from typedpool.arrivals import Announced, AnnouncementError, BrokenInput, MemoryUnreachable
from typedpool.attachments import Arrived
from typedpool.calls import Call
from typedpool.context import Context
from typedpool.interrupt import Interruption
from typedpool.kinds.base import JsonObject
from typedpool.loading import print_exception
from typedpool.messages import (
    ATTACHMENTS,
    INVALID_PARAMS,
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    RpcError,
    WithAttachments,
    error_message,
    result_message,
    to_json,
    with_kept,
)
from typedpool.mismatch import Mismatch, too_deep
from typedpool.port import Port
from typedpool.registry import Hooks
from typedpool.requests import Unanswerable, broken_message, check_surrogates, read
from typedpool.results import encode
from typedpool.watcher import Watcher
from typedpool.window import CANCELLED, STARTED, Window
from typedpool.wire import Channel

if TYPE_CHECKING:
    from typedpool.host_calls import Terms

LOST = 1
"""The status to leave with where it is not known where the next message begins."""

_LEAST_IN_MEMORY = 64 * 1024
"""Below so many bytes the pipe is as fast as shared memory."""

_PROTOCOL = 1
_LARGEST_ID = 2**63


class Service(NamedTuple):
    """What a worker serves.

    Attributes:
        calls: By the commands' names.
        contract: The hash of what they are.
        terms: Gives what is hashed, the reduced document. Few hosts ask, so nothing is kept for it.
        failure: Why there are no commands: answered to whatever is asked.
        hooks: What is called before the first call and after the last.
        hosts: The functions that the host has to implement, by name.
        terms_of_host: Receives what the host says of itself.
    """

    calls: Mapping[str, Call]
    contract: str
    terms: Callable[[], JsonObject] = dict
    failure: Optional[RpcError] = None
    hooks: Hooks = Hooks()
    hosts: Mapping[str, List[str]] = {}
    terms_of_host: Optional[Terms] = None


class Worker:
    """Serves one channel."""

    def __init__(self, channel: Channel, service: Service, watcher: Watcher, window: Optional[Window] = None) -> None:
        self._channel = channel
        self._watcher = watcher
        watcher.listens = self._listens
        self._interruption = watcher.interruption
        self._service = service
        self._calls: Mapping[str, Call] = service.calls
        self._variables = contextvars.Context()
        self._worker_id: Optional[str] = None
        self._exit_status: Optional[int] = None
        self._capabilities: Dict[str, Any] = {} if window is None else {**window.capabilities}
        self._words: Any = [0, 0] if window is None else window.words
        self._is_seen = window is not None and window.is_shared
        self._hooks = service.hooks
        self._main = get_ident()
        self._started = 0
        self._streaming: Any = None
        if any(call.streams for call in service.calls.values()):
            from typedpool.streaming import Streaming  # Most modules have none.

            self._streaming = Streaming(channel, any(call.is_async for call in service.calls.values()))

    @property
    def interruption(self) -> Interruption:
        """How a command that runs in the main thread is stopped."""
        return self._interruption

    def run(self) -> int:
        """Serves until the input ends or the host asks for the end.

        Returns:
            The status to leave with.
        """
        self._start_hooks()
        self._variables = contextvars.copy_context()
        self._allow_interruptions(self._watcher.interruption)
        if self._watcher.start():
            self._capabilities["cancel"] = True
            if self._is_seen:
                self._capabilities["prefetch"] = True
        try:
            return self._serve()
        finally:
            self._stop_hooks()

    def _allow_interruptions(self, interruption: Interruption) -> None:
        interruption.allow_in(Call.run)
        if self._streaming is not None:
            self._streaming.allow_interruptions(interruption)

    def _serve(self) -> int:
        channel, inbox = self._channel, self._watcher.inbox
        while self._exit_status is None:
            try:
                body = inbox.popleft() if inbox else channel.read()
            except BrokenInput as error:
                channel.write(broken_message(error))
                return LOST
            if body is None:
                return 0
            answer = self.answer(body)
            if type(answer) is bytes:
                channel.write(answer)
            elif answer is not None:
                channel.send(answer)
        return self._exit_status

    def answer(self, body: Union[bytes, bytearray]) -> Union[bytes, WithAttachments, None]:
        """The answer to one message; None where it asks for none."""
        try:
            text, message = read(body)
        except Unanswerable as error:
            return None if self._watcher.take_answer(error.received) else error_message(error.id, error)
        id: Any = message.get("id")
        arrived: Optional[Arrived] = None
        if ATTACHMENTS in message:
            try:
                arrived = self.arrived_with(body)
            except BrokenInput as error:
                self._exit_status = LOST
                return broken_message(error)
        try:
            # The scan for one character is a hundred times as fast as the scan for two, and mostly ends it.
            if "\\" in text and "\\u" in text:
                check_surrogates(message)
            call = self._calls.get(message["method"])
            # In no variable: what is attached may be memory of the request, which must be in use no more when that is asked.
            answer = result_message(id, self._protocol(message) if call is None else self._call(call, message, arrived))
        except RpcError as error:
            answer = error_message(id, error)
        except Exception as error:  # Above all a MemoryError: the next call may need less.
            answer = error_message(id, faults.internal(error))
        if "id" not in message:
            return None
        if type(answer) is not bytes or len(answer) > self._channel.limit:
            answer = within_limit(id, answer, self._channel.limit)
            answer = self._placed(answer, message)
        return answer if arrived is None else self._released(answer, arrived)

    def _placed(self, answer: Union[bytes, WithAttachments], message: Dict[str, Any]) -> Union[bytes, WithAttachments]:
        """An answer, its attachments in memory where the host has lent some."""
        memory = self._channel.memory
        if memory is None or isinstance(answer, bytes) or answer.size < _LEAST_IN_MEMORY:
            return answer
        return memory.place(message.get("memory"), answer) or answer

    def _released(self, answer: Union[bytes, WithAttachments], arrived: Arrived) -> Union[bytes, WithAttachments]:
        """An answer, which says so where memory of its request is still in use."""
        if arrived.lent is None or not arrived.lent.end():
            return answer
        if isinstance(answer, bytes):
            return with_kept(answer)
        return WithAttachments(with_kept(answer.message), answer.attachments)

    def arrived_with(self, body: Union[bytes, bytearray]) -> Arrived:
        """What came with a message that says that something did.

        Raises:
            AnnouncementError: It was not taken in.
        """
        if isinstance(body, Announced):
            return Arrived(body.attachments, body.lent)
        where = "stand first in their message, without spaces" if self._channel.agreed else "have to be agreed in $/initialize"
        raise AnnouncementError(f"attachments {where}", bytes(body))

    def _call(
        self, call: Call, message: Dict[str, Any], arrived: Optional[Arrived]
    ) -> Union[bytes, WithAttachments]:
        self._tell_started(message)
        watcher = self._watcher
        # This, and the last lines, are no functions: all that every call does for the few that are cancelled.
        watcher.message = message
        watcher.call = watcher.last = watcher.last + 1
        if watcher.is_parked:
            watcher.unpark()
        try:
            # After it was told that this call has begun, and a lock was let go of, which keeps the two in order: either
            # the host sees that, or this sees that the host has cancelled something.
            announced: int = self._words[CANCELLED]
            if watcher.heard < announced and not watcher.hear(announced):
                watcher.interruption.end(watcher.call)
                raise faults.never_started()
            context = self._context(message, watcher.port) if call.needs_context else None
            arguments = arguments_of(call, message, arrived)
            try:
                # What a command sets in the context variables is gone with it.
                variables = self._variables.copy()
                if call.streams:
                    return variables.run(self._streaming.run, call, message, watcher.port, arguments, context)
                result = variables.run(call.run, arguments, context)
            except RpcError:
                raise
            except BaseException as error:
                if watcher.interruption.caused(error):
                    watcher.interruption.hide_from_traceback()
                    cancelled = faults.cancelled(error)
                    watcher.interruption.end(watcher.call)
                    raise cancelled from None
                raise faults.raised(error, call.declared) from None
            return encode(call, result, call.attaches and self.takes_attachments(message))
        finally:
            watcher.call = 0
            watcher.message = None
            if watcher.is_taken:
                watcher.take_back()

    def request_of(self, port: Optional[Port]) -> Optional[Dict[str, Any]]:
        """The running request of a port; without one, that whose command runs in this thread."""
        request, call = self._watcher.message, self._watcher.call
        is_running = get_ident() == self._main if port is None else port.number == call
        return request if call and is_running else None

    def _listens(self, message: Dict[str, Any]) -> bool:
        return self._calls[message["method"]].listens

    def takes_attachments(self, message: Dict[str, Any]) -> bool:
        """Whether the answer to a request may bring attachments."""
        return self._channel.agreed and message.get("attachments") is True

    def fail(self, error: BaseException) -> None:
        """There will be no commands: whatever is asked is answered with this."""
        print_exception(error)
        self._service = self._service._replace(failure=faults.raised(error, {}))
        self._calls = {}
        self._hooks = Hooks()

    def _start_hooks(self) -> None:
        try:
            for hook in self._hooks.start:
                self._call_hook(hook)
        except BaseException as error:
            self.fail(error)

    def _call_hook(self, hook: Callable[[], Any]) -> None:
        hook()

    def _stop_hooks(self) -> None:
        for hook in reversed(self._hooks.stop):
            try:
                self._call_hook(hook)
            except BaseException as error:  # The others are called all the same.
                print_exception(error)

    def _tell_started(self, message: Dict[str, Any]) -> None:
        id = message.get("id")
        # Not every client counts its calls up.
        if type(id) is int and self._started < id < _LARGEST_ID:
            self._started = self._words[STARTED] = id

    def _context(self, message: Dict[str, Any], port: Port) -> Context:
        session, timeout, traceparent = message.get("session"), message.get("timeoutMs"), message.get("traceparent")
        if not (session is None or type(session) is str):
            raise RpcError(INVALID_REQUEST, "session is a string")
        if not (timeout is None or type(timeout) in (int, float)):
            raise RpcError(INVALID_REQUEST, "timeoutMs is a number")
        if not (traceparent is None or type(traceparent) is str):
            raise RpcError(INVALID_REQUEST, "traceparent is a string")
        deadline = None if timeout is None else time.monotonic() + timeout / 1000
        return Context(
            session,
            deadline,
            self._worker_id,
            traceparent,
            _port=port,
            _command=message["method"],
            _reports=message.get("progress") is True,
        )

    def _protocol(self, message: Dict[str, Any]) -> bytes:
        method: str = message["method"]
        if ATTACHMENTS in message and method.startswith("$/"):
            raise RpcError(INVALID_REQUEST, f"{method} takes no attachments")
        if method == "$/ping":
            return b"{}"
        if method == "$/shutdown":
            self._exit_status = 0
            return b"null"
        if self._service.failure is not None:
            if method == "$/initialize":
                self._exit_status = 1
            raise self._service.failure
        if method == "$/initialize":
            return self._initialize(message.get("params") or {})
        if method == "$/compare":
            from typedpool.compare import compare  # Most workers are never asked.

            return compare(message.get("params"), self._service.terms)
        if method == "$/cancelRequest":
            self._watcher.heard += 1  # Of a call that has ended.
        if method.startswith("$/"):
            raise RpcError(METHOD_NOT_FOUND, f"the protocol has no message '{method}'")
        names = ", ".join(self._calls)
        data = {"type": "typedpool.CommandNotFound"}
        raise RpcError(METHOD_NOT_FOUND, f"there is no command '{method}'. There are: {names}", data)

    def _initialize(self, given: Any) -> bytes:
        params = cast("Dict[str, Any]", given)
        if type(given) is not dict or type(params.get("limits", {})) is not dict:
            raise RpcError(INVALID_PARAMS, "params of $/initialize, and limits in them, are objects")
        protocol = params.get("protocol", _PROTOCOL)
        if protocol != _PROTOCOL:
            raise RpcError(INVALID_PARAMS, f"this worker speaks protocol {_PROTOCOL}, not {protocol}")
        limit = params.get("limits", {}).get("maxMessageBytes", self._channel.limit)
        if type(limit) is not int or limit <= 0:
            raise RpcError(INVALID_PARAMS, "limits.maxMessageBytes is a positive integer")
        self._channel.limit = limit
        worker_id = params.get("workerId")
        self._worker_id = None if worker_id is None else str(worker_id)
        capabilities = params.get("capabilities", {})
        if type(capabilities) is not dict:
            raise RpcError(INVALID_PARAMS, "capabilities is an object")
        agreed = cast("Dict[str, Any]", capabilities).get("attachments") is True
        if self._service.terms_of_host is not None:
            self._service.terms_of_host.agree(limit, cast("Dict[str, Any]", capabilities).get("hosts"))
        self._channel.agreed = agreed
        offer = cast("Dict[str, Any]", capabilities).get("memory")
        if agreed and offer is not None and sys.platform == "linux":
            from typedpool.memory import agree  # Elsewhere nobody offers it.

            self._channel.memory = agree(offer)
        told = {**self._capabilities, **({"attachments": True} if agreed else {}), **({"memory": True} if self._channel.memory else {})}
        return to_json({
            "protocol": _PROTOCOL,
            "bridge": __version__,
            "python": sys.version.split()[0],
            "implementation": sys.implementation.name,
            "pid": os.getpid(),
            "contract": self._service.contract,
            **({"hosts": self._service.hosts} if self._service.hosts else {}),
            "capabilities": told,
        })


def within_limit(id: Any, answer: Union[bytes, WithAttachments], limit: int) -> Union[bytes, WithAttachments]:
    """An answer, or an error in its place where it is longer than the host takes."""
    size = len(answer) if isinstance(answer, bytes) else answer.size
    return error_message(id, faults.message_too_large(size, limit)) if size > limit else answer


def arguments_of(call: Call, message: Dict[str, Any], arrived: Optional[Arrived]) -> Dict[str, Any]:
    """The arguments of a request.

    Raises:
        RpcError: They do not fit.
    """
    try:
        if arrived is None:
            return call.arguments(message.get("params"))
        with arrived:
            return call.arguments(message.get("params"))
    except Mismatch as mismatch:
        raise faults.invalid_arguments(mismatch) from None
    except RecursionError:
        raise faults.invalid_arguments(too_deep()) from None
    except MemoryUnreachable as error:
        raise faults.internal(error) from None
    except BaseException as error:  # A dataclass may check its fields in __post_init__.
        raise faults.raised(error, call.declared) from None
