"""The same plain commands in a module with streams."""

from __future__ import annotations

from typing import Iterator

from live_benchmarks import ask as ask
from live_benchmarks import echo as echo
from live_benchmarks import work as work
from typedpool import command


@command
def count(to: int) -> Iterator[int]:
    yield from range(to)


@command
def total(numbers: Iterator[int]) -> int:
    return sum(numbers)


@command
def same(number: int) -> int:
    return number
