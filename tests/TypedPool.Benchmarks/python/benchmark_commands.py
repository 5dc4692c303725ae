"""What the benchmarks call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Optional

from typedpool import command
from work import count_primes


@command
def echo(text: str) -> str:
    """Returns what it is given.

    Args:
        text: Any text.

    Returns:
        The same text.
    """
    return text


@dataclass
class Item:
    """One thing of an order."""

    name: str
    count: int
    price: float
    tags: List[str]


@dataclass
class Order:
    """What is read and written as JSON, and made of it."""

    id: int
    customer: str
    paid: bool
    note: Optional[str]
    items: List[Item]
    by_name: Dict[str, int]


@command
def same_order(order: Order) -> Order:
    """Returns what it is given.

    Args:
        order: Any order.

    Returns:
        The same.
    """
    return order


@command
def same_numbers(rows: List[List[float]], names: Dict[str, str], ids: List[int]) -> None:
    """Takes what is JSON already.

    Args:
        rows: Numbers.
        names: Texts.
        ids: Integers.
    """


@command
def primes(below: int) -> int:
    """Keeps the processor busy.

    Args:
        below: Where to stop.

    Returns:
        How many primes are smaller.
    """
    return count_primes(below)


@command
def same_floats(numbers: List[float]) -> List[float]:
    """Returns what it is given.

    Args:
        numbers: Any numbers.

    Returns:
        The same.
    """
    return numbers


@command
def same_bytes(data: bytes) -> bytes:
    """Returns what it is given.

    Args:
        data: Any bytes.

    Returns:
        The same.
    """
    return data
