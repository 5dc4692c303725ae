"""Streams on an event loop, beside other calls."""

from __future__ import annotations

import asyncio
import os
from typing import AsyncIterator, Iterator

from typedpool import command


def make(path: str) -> None:
    open(path, "w").close()


@command
async def pid() -> int:
    return os.getpid()


@command
async def count(to: int) -> AsyncIterator[int]:
    for number in range(to):
        yield number


@command
async def endless(folder: str) -> AsyncIterator[int]:
    number = 0
    try:
        while True:
            yield number
            number += 1
    finally:
        await asyncio.sleep(0)
        make(f"{folder}/closed")


@command
def plain(to: int) -> Iterator[int]:
    yield from range(to)


@command
async def fail_after(count: int) -> AsyncIterator[int]:
    for number in range(count):
        yield number
    raise ValueError("no more")


@command
async def then_wait(count: int, folder: str) -> AsyncIterator[int]:
    try:
        for number in range(count):
            yield number
        make(f"{folder}/waiting")
        await asyncio.sleep(3600)
    finally:
        make(f"{folder}/closed")


@command
async def total(numbers: AsyncIterator[int]) -> int:
    return sum([number async for number in numbers])


@command
async def doubled(numbers: AsyncIterator[int]) -> AsyncIterator[int]:
    async for number in numbers:
        yield 2 * number
