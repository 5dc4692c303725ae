"""Streams of the caller's that an `async def` command reads."""

from __future__ import annotations

import asyncio
from typing import Any

from typedpool.inflow import NOTHING, Inflow
from typedpool.kinds.base import Decoder
from typedpool.port import Port


class AsyncInflow(Inflow):
    """For commands on the event loop."""

    def __init__(self, port: Port, number: int, name: str, decode: Decoder) -> None:
        super().__init__(port, number, name, decode)
        self._news = asyncio.Event()
        loop = asyncio.get_running_loop()
        self.wake = lambda: loop.call_soon_threadsafe(self._news.set)

    def __aiter__(self) -> AsyncInflow:
        return self

    async def __anext__(self) -> Any:
        item = self.take()
        while item is NOTHING:
            if self.is_over():
                raise StopAsyncIteration
            self.ask()
            self._news.clear()
            # It may have come in between.
            if not self.has_news():
                await self._news.wait()
            item = self.take()
        return item
