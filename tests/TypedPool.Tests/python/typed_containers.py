"""One command for each container and each kind of class, each returning what it got."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, IntEnum
from typing import (
    Annotated,
    Any,
    Deque,
    Dict,
    FrozenSet,
    Generic,
    Iterable,
    List,
    Literal,
    Mapping,
    NamedTuple,
    Optional,
    Sequence,
    Set,
    Tuple,
    TypedDict,
    TypeVar,
    Union,
)
from uuid import UUID

from typedpool import UInt8, command
from typedpool.constraints import Len, MaxLen

T = TypeVar("T")


class Color(Enum):
    RED = "red"
    BLUE = "blue"


class Level(IntEnum):
    LOW = -1
    HIGH = 10


class Span(NamedTuple):
    """From here to there."""

    start: int
    end: Optional[float] = 0.5
    tags: Tuple[str, ...] = ()


class Movie(TypedDict):
    title: str


class Rated(Movie, total=False):
    """A movie, perhaps with stars."""

    stars: Optional[int]
    sequels: List[Rated]


class Link(NamedTuple):
    value: int
    next: Optional[Link]


@dataclass(frozen=True)
class Empty:
    pass


@dataclass(frozen=True)
class Point:
    x: float
    y: float


@dataclass
class Tree:
    """A value with others below it, by name."""

    value: int
    below: Dict[str, Tree]


@dataclass
class Page(Generic[T]):
    """One page of many.

    Attributes:
        items: What is on it.
    """

    items: List[T]
    next: Optional[Page[T]]


@dataclass
class Base:
    first: int


@dataclass
class Everything(Base):
    """One field of each kind, all of them there."""

    texts: FrozenSet[str]
    points: Set[Point]
    pairs: Set[Tuple[int, Optional[str]]]
    nested: FrozenSet[FrozenSet[int]]
    pair: Tuple[int, List[str]]
    maybe_pair: Optional[Tuple[float, Color]]
    none: Tuple[()]
    one: Tuple[bool]
    nine: Tuple[int, int, int, int, int, int, int, int, str]
    row: Tuple[float, ...]
    queue: Deque[int]
    sequence: Sequence[Optional[Set[int]]]
    by_number: Dict[int, Dict[Color, Tuple[int, int]]]
    by_level: Mapping[Level, List[int]]
    by_word: Dict[Literal["a", "b"], int]
    span: Span
    rated: Rated
    empty: Empty
    pages: Page[Dict[str, Optional[Point]]]


@dataclass
class Defaults:
    """One field of each kind, all of them optional, so that it is another type where it is sent."""

    texts: FrozenSet[str] = frozenset({"b", "a"})
    maybe_texts: Optional[Set[str]] = None
    other_texts: Optional[Set[str]] = field(default_factory=set)
    pair: Tuple[int, str] = (1, "x")
    maybe_pair: Optional[Tuple[int, str]] = (2, "y")
    mode: Literal["fast", "exact"] = "fast"
    modes: Set[Literal["x", "y"]] = field(default_factory=set)
    by_number: Dict[int, Tuple[int, int]] = field(default_factory=dict)
    span: Optional[Span] = Span(1)
    empty: Optional[Empty] = None


@command
def echo_everything(value: Everything) -> Everything:
    return value


@command
def echo_defaults(value: Defaults) -> Defaults:
    return value


@command
def echo_set(values: Set[int]) -> Set[int]:
    return values


@command
def echo_reals(values: FrozenSet[float]) -> FrozenSet[float]:
    return values


@command
def echo_points(values: Set[Point]) -> Set[Point]:
    return values


@command
def echo_groups(values: Set[FrozenSet[str]]) -> Set[FrozenSet[str]]:
    return values


@command
def echo_rows(values: Iterable[Tuple[int, ...]]) -> List[Tuple[int, ...]]:
    return list(values)


@command
def echo_tuple(value: Tuple[int, Optional[str], Tuple[float, List[Color]]]) -> Tuple[int, Optional[str], Tuple[float, List[Color]]]:
    return value


@command
def echo_empty_tuple(value: Tuple[()]) -> Tuple[()]:
    return value


@command
def echo_single(value: Tuple[str]) -> Tuple[str]:
    return value


@command
def echo_long(value: Tuple[int, int, int, int, int, int, int, str, bool]) -> Tuple[int, int, int, int, int, int, int, str, bool]:
    return value


@command
def echo_numbered(values: Dict[int, str]) -> Dict[int, str]:
    return values


@command
def echo_colored(values: Mapping[Color, List[int]]) -> Dict[Color, List[int]]:
    return dict(values)


@command
def echo_leveled(values: Dict[Level, Dict[int, int]]) -> Dict[Level, Dict[int, int]]:
    return values


@command
def echo_keys(
    ids: Dict[UUID, int], dates: Dict[date, Dict[Decimal, str]], small: Dict[UInt8, str]
) -> Tuple[Dict[UUID, int], Dict[date, Dict[Decimal, str]], Dict[UInt8, str]]:
    return ids, dates, small


@command
def echo_mixed(values: Set[Union[int, str, Tuple[Decimal, UUID]]]) -> Set[Union[int, str, Tuple[Decimal, UUID]]]:
    return values


@command
def echo_limited(
    few: Annotated[Set[int], MaxLen(2)], named: Dict[Annotated[str, Len(1, 3)], int]
) -> Tuple[Set[int], Dict[str, int]]:
    return few, named


@command
def echo_span(value: Span = Span(3)) -> Span:
    return value


@command
def echo_rated(value: Rated) -> Rated:
    return value


@command
def keys_of(value: Rated) -> List[str]:
    """Tells what has come, so that what is absent can be told from what is null."""
    return sorted(value)


@command
def echo_link(value: Link) -> Link:
    return value


@command
def echo_tree(value: Tree) -> Tree:
    return value


@command
def echo_page(value: Page[Point]) -> Page[Point]:
    return value


@command
def echo_pages(value: Page[Page[int]]) -> Page[Page[int]]:
    return value


@command
def count_defaults(
    texts: FrozenSet[str] = frozenset({"b", "a"}),
    pair: Tuple[int, str] = (1, "x"),
    maybe: Optional[Tuple[int, int]] = (1, 2),
    keyed: Optional[Dict[int, int]] = None,
) -> str:
    return f"{sorted(texts)} {pair} {maybe} {keyed}"


@command
def chain(length: int) -> Link:
    """A list of links."""
    link = Link(0, None)
    for value in range(1, length):
        link = Link(value, link)
    return link


@command
def wrong_set() -> Set[float]:
    """Two values that are not equal in Python, and the same in JSON."""
    return {float("nan"), float("nan"), 1.0}


@command
def wrong_tuple(length: int) -> Tuple[int, str]:
    """Returns a tuple of another length."""
    values: Any = (1, "a", 2)[:length]
    return values


@command
def wrong_key() -> Dict[int, List[int]]:
    """Returns a key of another type."""
    keys: Any = {1: [1], "x": [2]}
    return keys


@command
def wrong_rated() -> List[Rated]:
    """Returns a TypedDict without a key that it has to have."""
    rated: Any = [{"title": "a"}, {"stars": 1}]
    return rated
