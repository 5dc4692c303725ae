"""Commands of an event loop that log."""

from __future__ import annotations

import asyncio
import logging

from typedpool import Context, command

logger = logging.getLogger("shop")


@command
async def log_now_and_then(name: str, ctx: Context) -> None:
    for _ in range(3):
        logger.info(name)
        await asyncio.sleep(0.001)
        await asyncio.get_running_loop().run_in_executor(None, ctx.log.info, name)
        print(name)
