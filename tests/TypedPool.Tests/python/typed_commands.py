"""One command for each kind of type, each returning what it got, so that a value makes the whole way there and back."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import Any, Dict, List, Literal, Optional

from typedpool import Context, command


class EmptyBasket(ValueError):
    """There is nothing in the basket."""


class Color(Enum):
    RED = "red"
    DARK_BLUE = "dark-blue"


class Priority(IntEnum):
    LOW = -1
    HIGH = 10


@dataclass
class Point:
    """A place on a plane.

    Attributes:
        x: To the right.
        y: Upwards.
    """

    x: float
    y: float


@dataclass
class Tree:
    """A value with others below it."""

    value: int
    children: List[Tree] = field(default_factory=list)


@dataclass
class Everything:
    """One field of each kind."""

    text: str
    flag: bool
    number: int
    real: float
    anything: Any
    color: Color
    priority: Priority
    mode: Literal["fast", "exact"]
    level: Literal[1, 2, 3]
    point: Point
    maybe: Optional[str]
    maybe_point: Optional[Point]
    texts: List[str]
    points: Dict[str, Point]
    grid: List[List[Optional[float]]]
    with_default: int = 7
    optional_text: Optional[str] = None
    optional_number: Optional[int] = 5


@command
def echo_everything(value: Everything) -> Everything:
    """Returns what it got.

    Args:
        value: One field of each kind.

    Returns:
        The same.
    """
    return value


@command
def echo_text(text: str) -> str:
    return text


@command
def echo_integer(number: int) -> int:
    return number


@command
def echo_real(number: float) -> float:
    return number


@command
def echo_reals(numbers: List[float]) -> List[float]:
    return numbers


@command
def echo_flag(flag: bool) -> bool:
    return flag


@command
def echo_anything(value: Any) -> Any:
    return value


@command
def echo_tree(tree: Tree) -> Tree:
    return tree


@command
def echo_map(values: Dict[str, List[int]]) -> Dict[str, List[int]]:
    return values


@command
def echo_optional(value: Optional[int]) -> Optional[int]:
    return value


@command
def echo_color(color: Color = Color.RED) -> Color:
    return color


@command
def count_to(limit: int, step: int = 2, label: Optional[str] = None, start: Optional[int] = 1) -> str:
    """Says how it was called, so that what is absent can be told from what is null.

    Args:
        limit: Where to stop.
        step: How far to go at once.
        label: A name, or none.
        start: Where to begin, or None to begin at the end.
    """
    return f"{limit} {step} {label} {start}"


@command
def nothing() -> None:
    """Returns nothing."""


@command(raises=[EmptyBasket], idempotent=True)
def first_item(basket: List[str]) -> str:
    """Returns the first item.

    Args:
        basket: The items.

    Raises:
        EmptyBasket: There is no item.
    """
    if not basket:
        raise EmptyBasket("put something into the basket")
    return basket[0]


@command(deprecated="Use `echo_text`.")
def old_echo(text: str) -> str:
    return text


@command(name="Names.Are-Free")
def names_are_free(options: str, cancellation_token: str, request: str, class_: str = "c") -> str:
    return f"{options} {cancellation_token} {request} {class_}"


@command
def who(ctx: Context) -> Optional[str]:
    """Tells the session that it was called in."""
    return ctx.session_id


@command
def wrong_at_depth() -> List[Dict[str, int]]:
    """Returns what it does not declare."""
    return [{"fine": 1}, {"fine": 2, "bad": "three"}]  # type: ignore[dict-item]
