"""A call that runs on the event loop, or beside it, from its request to its answer."""

from __future__ import annotations

import asyncio
from typing import Any, Awaitable, Dict, Optional

from typedpool.attachments import Arrived
from typedpool.port import Line, Port


class Running:
    """One call.

    Attributes:
        arrived: What came with the request.
        task: What runs it, once it has begun, where it is `async def`.
        listens: Whether it can notice that it is cancelled; None before it has begun.
        streams: Whether it has to hear the host beside its request.
    """

    def __init__(self, line: Line, number: int, message: Dict[str, Any], arrived: Optional[Arrived]) -> None:
        self.message = message
        self.arrived = arrived
        self.port = Port(line, message.get("id"), number)
        self.task: Optional[asyncio.Task[None]] = None
        self.listens: Optional[bool] = None
        self.streams = False
        self.is_cancelled = False
        self.grace = 0.0


async def awaited(coroutine: Awaitable[Any]) -> Any:
    """The entry to the user's code: here, and in what it calls, a command may be interrupted."""
    return await coroutine


def comes_of_cancellation(error: BaseException) -> bool:
    """Whether an exception is, or goes back to, the cancellation of a task."""
    current: Optional[BaseException] = error
    for _ in range(100):
        if current is None or isinstance(current, asyncio.CancelledError):
            break
        current = current.__context__ if current.__cause__ is None else current.__cause__
    return current is not None
