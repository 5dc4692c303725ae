"""Commands that run until they are stopped, each in another way; `path` is a file that is made when they have begun."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import List

from typedpool import Cancelled, Context, command


def begin(path: str) -> None:
    open(path, "w").close()


def until_exists(path: str) -> None:
    while not os.path.exists(path):
        time.sleep(0.002)


@command
def pid() -> int:
    return os.getpid()


@command
def loop(path: str) -> None:
    begin(path)
    while True:
        pass


@command
def sleep(path: str) -> None:
    begin(path)
    time.sleep(3600)


@command
def receive(path: str) -> None:
    ours, _theirs = socket.socketpair()
    begin(path)
    ours.recv(1)


@command
def read(path: str) -> None:
    ours, _theirs = os.pipe()
    begin(path)
    os.read(ours, 1)


@command
def lock(path: str) -> None:
    taken = threading.Lock()
    taken.acquire()
    begin(path)
    taken.acquire()


@command
def child(path: str) -> None:
    begin(path)
    subprocess.run([sys.executable, "-c", "import time; time.sleep(3600)"], check=True)


@command
def own_event_loop(path: str) -> None:
    async def main() -> None:
        begin(path)
        await asyncio.sleep(3600)

    asyncio.run(main())


@command
def print_endlessly(path: str) -> None:
    begin(path)
    while True:
        print("still here", file=sys.stderr)


@command
def wait(path: str, go: str) -> str:
    """Ends when there is a file."""
    begin(path)
    until_exists(go)
    return "waited"


@command
def swallow(path: str, times: int) -> int:
    """Swallows what it is stopped with so many times, then ends with its result."""
    swallowed = 0
    while swallowed < times:
        try:
            begin(path)
            time.sleep(3600)
        except:  # noqa: E722
            swallowed += 1
    return swallowed


@command
def wrap(path: str) -> None:
    try:
        begin(path)
        time.sleep(3600)
    except BaseException as error:
        raise RuntimeError("wrapped") from error


@command
def clean_up(path: str, cleaning: str, go: str) -> None:
    """Says when it begins to clean up, and takes until there is a file."""
    try:
        begin(path)
        time.sleep(3600)
    finally:
        begin(cleaning)
        until_exists(go)
        begin(cleaning + ".done")


@command
def watch(ctx: Context, path: str, seen: str, go: str) -> str:
    """Says when it has seen that it is cancelled, and ends when there is a file."""
    begin(path)
    while not ctx.cancelled:
        time.sleep(0.002)
    begin(seen)
    until_exists(go)
    return "in good order"


@command
def ignore(ctx: Context, path: str) -> None:
    begin(path)
    while True:
        time.sleep(3600)


@command
def hold_the_lock(path: str) -> None:
    """Stays in C code that does not give the interpreter lock away."""
    begin(path)
    libc = ctypes.PyDLL(None)
    while True:  # A signal ends one sleep early.
        libc.sleep(100_000)


@command
def take_signals() -> None:
    """Changes the handlers of all signals that it can."""
    for number in signal.valid_signals():
        if number not in (signal.SIGKILL, signal.SIGSTOP, signal.SIGCHLD, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)


@command
def raise_cancelled() -> None:
    raise Cancelled("of its own accord")


@command
def was_cancelled(ctx: Context) -> bool:
    return ctx.cancelled


@command
def names_of_modules() -> List[str]:
    return sorted(sys.modules)
