"""Commands that count, in a file, how often they were started: whatever the caller is told, each run left its byte."""

from __future__ import annotations

import os
import time
from typing import Optional

from typedpool import Context, command


def started(path: str) -> int:
    """Counts this run, and says the how manieth it is."""
    with open(path, "a") as runs:
        runs.write("x")
        return runs.tell()


@command(idempotent=True)
def die_first(path: str, times: int) -> int:
    """Ends its process in the first runs, with another exit code each, and answers in the next."""
    run = started(path)
    if run <= times:
        os._exit(10 + run)
    return run


@command(idempotent=True)
def hang(path: str) -> None:
    started(path)
    while True:
        time.sleep(3600)


@command(idempotent=True)
def fail(path: str) -> None:
    started(path)
    raise ValueError("no luck")


@command(idempotent=True)
def break_protocol(path: str) -> None:
    """Writes what is no frame to every pipe that the process has."""
    started(path)
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"\xff" * 64)
        except OSError:
            pass


@command(idempotent=True)
def die_at_last(path: str, signal: str, ctx: Context) -> Optional[float]:
    """Dies in its first run once there is a file; in the next it says how much time it has."""
    if started(path) == 1:
        while not os.path.exists(signal):
            time.sleep(0.002)
        os._exit(11)
    return ctx.remaining()


@command
def send_signal(pid: int, number: int) -> None:
    os.kill(pid, number)
