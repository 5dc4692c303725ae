"""Commands of an event loop, and hooks; `HOOKS` names the file in which the hooks say that they were called."""

from __future__ import annotations

import asyncio
import os
import sys

from typedpool import command, on_start, on_stop


def told(text: str) -> None:
    if "HOOKS" in os.environ:
        with open(os.environ["HOOKS"], "a") as file:
            file.write(text)


@on_start
async def start() -> None:
    told("started ")
    if "FAIL_START" in os.environ:
        raise LookupError("the weights are not there")


@on_stop
async def stop() -> None:
    await asyncio.sleep(0)
    told("stopped ")


@command
async def pid() -> int:
    return os.getpid()


@command
async def wait(path: str) -> None:
    open(path, "w").close()
    await asyncio.sleep(3600)


@command
async def keep_the_loop_busy(path: str) -> None:
    open(path, "w").close()
    while True:
        pass


@command
def sleep(path: str) -> None:
    import time

    open(path, "w").close()
    time.sleep(3600)


@command
async def leave_a_task_behind(path: str) -> None:
    async def later() -> None:
        try:
            await asyncio.sleep(3600)
        finally:
            print("the task that was left has ended", file=sys.stderr)

    asyncio.get_running_loop().left = asyncio.create_task(later())  # type: ignore[attr-defined]
