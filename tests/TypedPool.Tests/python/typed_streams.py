"""Commands with streams of every kind of item, for a generated client."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Generator, Iterable, Iterator, List, Optional, Union

from typedpool import command


class Kind(Enum):
    GOOD = "good"
    BAD = "bad"


@dataclass
class Label:
    name: str
    kind: Kind = Kind.GOOD


@dataclass
class Box:
    width: float


class EmptyText(Exception):
    """Raised for a text without words."""

    line: int

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is empty")
        self.line = line


@command
def count(to: int) -> Iterator[int]:
    """Counts.

    Args:
        to: How far.

    Returns:
        The numbers, one by one.
    """
    yield from range(to)


@command
def ones() -> Iterable[float]:
    while True:
        yield 1.0


@command
def labels(names: List[str]) -> Generator[Label, None, None]:
    for name in names:
        yield Label(name, Kind.BAD if name.startswith("x") else Kind.GOOD)


@command(raises=[EmptyText])
def words(lines: List[str]) -> Iterator[List[str]]:
    for number, line in enumerate(lines):
        if not line:
            raise EmptyText(number)
        yield line.split()


@command
def maybe(count: int) -> Iterator[Optional[str]]:
    for number in range(count):
        yield None if number % 2 else str(number)


@command
def either(count: int) -> Iterator[Union[Label, Box]]:
    for number in range(count):
        yield Box(number) if number % 2 else Label(str(number))


@command
def rows(count: int, length: int) -> Iterator[bytes]:
    for number in range(count):
        yield bytes([number % 256]) * length


@command
def tables(count: int, length: int) -> Iterator[List[float]]:
    for number in range(count):
        yield [float(number)] * length


@command
def longest(labels: Iterator[Label]) -> Optional[Label]:
    """Finds the label with the longest name.

    Args:
        labels: The labels, one by one.
    """
    return max(labels, key=lambda label: len(label.name), default=None)


@command
def joined(rows: Iterator[List[str]], others: Optional[Iterator[Optional[str]]] = None) -> str:
    return " ".join(word for row in rows for word in row) + "".join(f" {other}" for other in others or ())


@command
def sizes(parts: Iterator[bytes]) -> Iterator[int]:
    for part in parts:
        yield len(part)
