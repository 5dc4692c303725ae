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


meeting: list[asyncio.Event] = []
arrived: list[int] = []
running = 0
most = 0


@command
async def meet(count: int) -> None:
    """Waits until so many calls of it run at once."""
    if not meeting:
        meeting.append(asyncio.Event())
    arrived.append(count)
    if len(arrived) >= count:
        meeting[0].set()
    await meeting[0].wait()


@command
async def most_at_once() -> int:
    global running, most
    running += 1
    most = max(most, running)
    await asyncio.sleep(0.001)
    running -= 1
    return most


@command
def wait_plainly(path: str, go: str) -> None:
    import time

    open(path, "w").close()
    while not os.path.exists(go):
        time.sleep(0.002)


@command(idempotent=True)
async def wait_in_first_run(path: str) -> bool:
    """Waits for ever, unless another run has been there before."""
    if os.path.exists(path):
        return True
    open(path, "w").close()
    await asyncio.Event().wait()
    return False
