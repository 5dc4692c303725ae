"""The shop of later, which has learnt more without breaking a promise: clients of the first one must still work with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import Any, Dict, List, Literal, Optional

from typedpool import Context, command


class Color(Enum):
    """What a thing looks like."""

    RED = "red"
    DARK_BLUE = "dark blue"


class Size(IntEnum):
    SMALL = 1
    LARGE = 3


class Closed(Exception):
    """Nobody is there."""


class OutOfStock(Exception):
    """There are not enough of a thing."""


@dataclass
class Item:
    """A thing to buy.

    Attributes:
        name: What it is called.
        price: In euros.
        parts: What it is made of.
    """

    name: str
    price: float
    color: Color = Color.RED
    size: Optional[Size] = Size.LARGE
    tags: List[str] = field(default_factory=list)
    parts: List[Item] = field(default_factory=list)
    extra: Any = None
    weight: Optional[float] = None


@dataclass
class Bill:
    """What is to be paid."""

    count: int
    total: float
    by_name: Dict[str, float]
    paid: bool
    note: Optional[str]
    currency: str = "EUR"
    lines: List[Item] = field(default_factory=list)


@command(idempotent=True, raises=[OutOfStock, Closed])
def buy(
    items: List[Item],
    counts: Dict[str, int],
    payment: Literal["cash", "card"] = "cash",
    note: Optional[str] = "thanks",
    discount: Optional[float] = None,
    hurry: bool = False,
) -> Bill:
    """Buys things.

    Args:
        items: The things.
        counts: How many of each, by name.
        payment: How they are paid for.
        note: A line on the bill.
        discount: What is taken off, between 0 and 1.
        hurry: Whether it must not take long.

    Returns:
        The bill.

    Raises:
        OutOfStock: More than 1,000 of a thing are wanted.
        Closed: It is in a hurry, at night.
    """
    if hurry:
        raise Closed("come back tomorrow")
    if any(count > 1_000 for count in counts.values()):
        raise OutOfStock("there are only 1,000 of each")
    by_name = {item.name: item.price * counts.get(item.name, 1) * (1 - (discount or 0)) for item in items}
    return Bill(sum(counts.values()), sum(by_name.values()), by_name, payment == "card", note, lines=items)


@command(idempotent=True)
def same(item: Item) -> Item:
    """Returns what it is given."""
    return item


@command
def nothing() -> None:
    """Does nothing."""


@command
def session(context: Context) -> Optional[str]:
    """The session of the call."""
    return context.session_id


@command
def open_at(hour: int) -> bool:
    """Whether somebody is there."""
    return 8 <= hour < 20
