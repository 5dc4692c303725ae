"""Commands of an event loop that ask their host."""

from __future__ import annotations

import asyncio
import os
from typing import AsyncIterator, List, Protocol

from typedpool import HostError, command, host


@host
class Desk(Protocol):
    def ask(self, question: str) -> str: ...

    async def ask_later(self, question: str) -> str: ...


@command
def pid() -> int:
    return os.getpid()


@command
async def ask(question: str, desk: Desk) -> str:
    return await desk.ask_later(question)


@command
async def ask_many(questions: List[str], desk: Desk) -> List[str]:
    return list(await asyncio.gather(*map(desk.ask_later, questions)))


@command
async def answers(questions: AsyncIterator[str], desk: Desk) -> AsyncIterator[str]:
    async for question in questions:
        yield await desk.ask_later(question)


@command
def ask_plainly(question: str, desk: Desk) -> str:
    return desk.ask(question)


@command
async def ask_and_hold_up_the_loop(question: str, desk: Desk) -> str:
    try:
        return desk.ask(question)
    except HostError as error:
        return str(error)
