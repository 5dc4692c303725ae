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
        task: What runs it, where it is `async def`.
        has_begun: Whether the task has come to its first step.
        listens: Whether it can notice that it is cancelled; None before it has begun.
        streams: Whether it has to hear the host beside its request.
        is_cancelled: Whether the host wants it no more.
        is_told: Whether its task has been told so: that raises `CancelledError` in it, once.
    """

    def __init__(self, line: Line, number: int, message: Dict[str, Any], arrived: Optional[Arrived]) -> None:
        self.message = message
        self.arrived = arrived
        self.port = Port(line, message.get("id"), number)
        self.task: Optional[asyncio.Task[None]] = None
        self.listens: Optional[bool] = None
        self.streams = False
        self.is_cancelled = False
        self.has_begun = False
        self.is_told = False
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
