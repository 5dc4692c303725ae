"""A command of an event loop that waits."""

from __future__ import annotations

import asyncio

from typedpool import command


@command
async def wait() -> None:
    await asyncio.sleep(0.05)
