"""What an `async def` command yields, on its way to the host: items that come without an await between them go together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator
from typing import Any, Callable, cast

from typedpool import faults
from typedpool.loading import print_exception
from typedpool.mismatch import Mismatch, describe
from typedpool.outflow import Outflow


async def stream_async(outflow: Outflow, result: Any, is_told: Callable[[], bool]) -> bytes:
    """Sends all that an async iterator yields.

    Args:
        outflow: Where to.
        result: The iterator.
        is_told: Whether the task has been told that the call is cancelled.

    Returns:
        The result of the call.

    Raises:
        RpcError: An item does not fit.
        CancelledError: The call was cancelled.
    """
    if not isinstance(result, AsyncIterable):
        raise faults.invalid_result(Mismatch("an async iterator", describe(result)))
    iterator = cast("AsyncIterable[Any]", result).__aiter__()
    try:
        await pull_async(iterator, outflow, _Turns(outflow, is_told))
    except BaseException:
        outflow.flush()
        await _close_quietly(iterator)
        raise
    return outflow.end()


async def pull_async(iterator: AsyncIterator[Any], outflow: Outflow, turns: _Turns) -> None:
    """Takes items until there are no more; the entry to the user's code, where it may be interrupted."""
    async for item in iterator:
        if outflow.put(item):
            await turns.wait()


async def close_async(iterator: Any) -> None:
    """Closes an async generator, so that its `finally` runs; an entry to the user's code, too."""
    if hasattr(iterator, "aclose"):
        await iterator.aclose()


class _Turns:
    """Lets other tasks have their turn, and waits until the reader takes another item.

    That the call is cancelled is no reason to go on: the cancellation of its task is on its way, and ends the wait. A
    generator that has swallowed it is closed at its next `yield`.
    """

    def __init__(self, outflow: Outflow, is_told: Callable[[], bool]) -> None:
        self._outflow = outflow
        self._is_told = is_told
        self._has_news = asyncio.Event()
        loop = asyncio.get_running_loop()
        outflow.wake = lambda: loop.call_soon_threadsafe(self._has_news.set)

    async def wait(self) -> None:
        await asyncio.sleep(0)
        while not self._is_told() and not self._outflow.has_room():
            self._has_news.clear()
            # It may have come in between.
            if not self._outflow.has_room():
                await self._has_news.wait()
        if self._is_told():
            raise asyncio.CancelledError


async def _close_quietly(iterator: Any) -> None:
    try:
        await close_async(iterator)
    except Exception as error:
        print_exception(error)
