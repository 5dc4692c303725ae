"""Bytes and numbers of commands that an event loop runs, several at once."""

from __future__ import annotations

import asyncio
import os
import time
from typing import Any, Dict, List

import pipe_only
from typedpool import command

assert pipe_only


@command
async def echo_bytes(data: bytes) -> bytes:
    """Returns the bytes, after others have had their turn."""
    assert type(data) is bytes
    await asyncio.sleep(0)
    return data


@command
async def echo_numbers(values: List[float]) -> List[float]:
    """Returns the numbers, after others have had their turn."""
    await asyncio.sleep(0)
    return values


@command
def echo_plainly(data: bytearray) -> bytearray:
    """Returns the bytes, from a thread where several calls run at once."""
    return data


@command
async def add(left: int, right: int) -> int:
    """The sum: a call that brings nothing and takes nothing along."""
    return left + right


_meetings: Dict[int, List[asyncio.Event]] = {}


@command
async def meet(data: bytes, count: int) -> bytes:
    """Returns the bytes when so many calls are there, each with its own."""
    own = asyncio.Event()
    waiting = _meetings.setdefault(count, [])
    waiting.append(own)
    if len(waiting) == count:
        for each in _meetings.pop(count):
            each.set()
    await own.wait()
    return data


@command
async def wait(data: bytes) -> bytes:
    """Waits until it is cancelled."""
    await asyncio.Event().wait()
    return data


@command
async def pause_reading(begun: str, go: str) -> int:
    """From now on an attachment that has come in part is read on when `go` is there; that it has begun, `begun` tells.

    Returns:
        The process.
    """
    from typedpool.wire import Channel

    read_rest: Any = getattr(Channel, "_read_rest")

    def read_when_told(channel: Channel, received: bytes, length: int, arriving: Any = None) -> Any:
        if arriving is not None:
            open(begun, "w").close()
            while not os.path.exists(go):
                time.sleep(0.002)
        return read_rest(channel, received, length, arriving)

    setattr(Channel, "_read_rest", read_when_told)
    return os.getpid()


@command
async def pid() -> int:
    """The process."""
    return os.getpid()
