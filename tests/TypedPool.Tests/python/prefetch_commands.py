"""Commands behind which others wait in the worker, and commands that leave a trace when they are run."""

from __future__ import annotations

import ctypes
import os
import time
from typing import Iterator, Optional

from typedpool import Context, command


@command
def pid() -> int:
    return os.getpid()


@command
def note(path: str, text: str) -> int:
    """Adds a line to a file, and says which process it ran in."""
    with open(path, "a") as notes:
        notes.write(text + "\n")
    return os.getpid()


@command
def wait_for(path: str) -> int:
    """Ends when there is a file."""
    while not os.path.exists(path):
        time.sleep(0.001)
    return os.getpid()


@command
def die_after(path: str) -> None:
    """Ends its process when there is a file."""
    while not os.path.exists(path):
        time.sleep(0.001)
    os._exit(7)


@command
def hang(path: str) -> None:
    """Says that it runs by making a file, and then runs for ever."""
    open(path, "w").close()
    while True:
        time.sleep(3600)


@command
def hold_the_lock(path: str, until: str) -> int:
    """Stays in one call of C code that does not give the interpreter lock away, until somebody writes into a pipe."""
    os.mkfifo(until)
    libc = ctypes.PyDLL(None)
    open(path, "w").close()
    while libc.open(until.encode(), os.O_RDONLY) < 0:
        pass
    return os.getpid()


@command
def remaining(ctx: Context) -> Optional[float]:
    return ctx.remaining()


@command
def count_up(path: str) -> Iterator[int]:
    """Yields numbers as long as they are read, and leaves a file when it is closed."""
    number = 0
    try:
        while True:
            yield number
            number += 1
    finally:
        open(path, "w").close()
