"""Commands that ask their host."""

from __future__ import annotations

import asyncio
import os
import threading
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Dict, Iterator, List, Literal, Optional, Protocol

from typedpool import Context, HostError, command, host


class Size(Enum):
    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True)
class Line:
    """A line of an order."""

    article: str
    count: int = 1
    size: Size = Size.SMALL


@host
class Prices(Protocol):
    """What the host knows of prices.

    Asked for each order.
    """

    def price_of(self, lines: List[Line], discount: Optional[Decimal] = None, mode: Literal["net", "gross"] = "net") -> Optional[Decimal]:
        """What an order costs.

        Args:
            lines: The lines of the order.
            discount: What is taken off.

        Returns:
            The price; None where an article has none.
        """
        ...

    async def best(self, lines: List[Line]) -> List[Line]: ...


@host
class Desk(Protocol):
    def ask(self, question: str) -> str: ...

    async def ask_later(self, question: str) -> str: ...

    def tell(self) -> None: ...

    def keep(self, data: bytes, weights: List[float]) -> bytes: ...

    def facts(self) -> Dict[str, int]: ...


@command
def pid() -> int:
    return os.getpid()


@command
def price(lines: List[Line], prices: Prices, discount: Optional[Decimal] = None) -> Optional[Decimal]:
    return prices.price_of(lines, discount=discount)


@command
def price_gross(lines: List[Line], prices: Prices) -> Optional[Decimal]:
    return prices.price_of(lines, mode="gross")


@command
def best(lines: List[Line], prices: Prices) -> List[Line]:
    """An asynchronous function of the host, in a loop of the command's own."""
    return asyncio.run(prices.best(lines))


@command
def ask(question: str, desk: Desk) -> str:
    return desk.ask(question)


@command
def ask_with_context(question: str, desk: Desk, ctx: Context) -> str:
    return desk.ask(question)


@command
def tell(desk: Desk) -> None:
    desk.tell()


@command
def keep(data: bytes, weights: List[float], desk: Desk) -> bytes:
    return desk.keep(data, weights)


@command
def facts(desk: Desk) -> Dict[str, int]:
    return desk.facts()


@command
def answers(questions: Iterator[str], desk: Desk) -> Iterator[str]:
    """Asks with each item that it reads."""
    for question in questions:
        yield desk.ask(question)


@command
def what_fails(question: str, desk: Desk) -> List[str]:
    """The exception that a function of the host became."""
    try:
        desk.ask(question)
    except HostError as error:
        return [type(error).__name__, str(error), error.type]
    return []


@command
def ask_wrongly(desk: Desk) -> str:
    try:
        desk.ask(3)  # type: ignore[arg-type]
    except TypeError as error:
        return str(error)
    return ""


@command
def ask_in_threads(questions: List[str], desk: Desk) -> List[str]:
    answers: Dict[str, str] = {}
    threads = [threading.Thread(target=lambda each=each: answers.__setitem__(each, desk.ask(each))) for each in questions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[each] for each in questions]


@command
def leave_a_thread(question: str, path: str, desk: Desk) -> None:
    """The thread asks when there is the file `path`, and writes there what comes of it."""

    def run() -> None:
        while not os.path.exists(path):
            threading.Event().wait(0.002)
        try:
            text = desk.ask(question)
        except HostError as error:
            text = str(error)
        with open(path + ".part", "w") as file:
            file.write(text)
        os.replace(path + ".part", path + ".told")

    threading.Thread(target=run, daemon=True).start()
