"""Commands that say how far they have come."""

from __future__ import annotations

import asyncio
import os
import time

from typedpool import Context, command


@command
def pid() -> int:
    return os.getpid()


@command
def in_steps(folder: str, ctx: Context) -> str:
    """Goes on after each report when there is a file of its number."""
    for step in range(3):
        ctx.progress(step, 3, f"schön {step}")
        while not os.path.exists(os.path.join(folder, str(step))):
            time.sleep(0.002)
    ctx.progress(3)
    return "done"


@command
def flood(count: int, folder: str, ctx: Context) -> None:
    """Reports once, waits for the file `heard`, reports on, and makes the file `flooded`."""
    ctx.progress(0)
    while not os.path.exists(os.path.join(folder, "heard")):
        time.sleep(0.002)
    for value in range(1, count):
        ctx.progress(value)
    open(os.path.join(folder, "flooded"), "w").close()


@command
def fail_after_report(ctx: Context) -> None:
    ctx.progress(1)
    raise ValueError("no luck")


@command
def report(value: float, ctx: Context) -> None:
    ctx.progress(value)


@command
async def report_later(value: float, ctx: Context) -> None:
    await asyncio.sleep(0.001)
    ctx.progress(value)
