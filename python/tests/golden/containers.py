"""Every container and every class of named fields, in all their spellings."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import (
    AbstractSet,
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
)

from typedpool import command

T = TypeVar("T")


class Color(Enum):
    RED = "red"
    BLUE = "blue"


class Level(IntEnum):
    LOW = 1
    HIGH = 10


class Span(NamedTuple):
    """From here to there.

    Attributes:
        start: The first.
    """

    start: int
    end: Optional[int] = None


class Movie(TypedDict):
    title: str


class Rated(Movie, total=False):
    """A movie, perhaps with stars."""

    stars: Optional[int]
    sequels: List[Rated]


@dataclass(frozen=True)
class Empty:
    pass


@dataclass(frozen=True)
class Point:
    x: float
    y: float = 0.0


@dataclass
class Page(Generic[T]):
    """One page of many.

    Attributes:
        items: What is on it.
    """

    items: List[T]
    next: Optional[Page[T]] = None


@dataclass
class Drawing:
    """Is another type where it is sent, and what stands in it is the same in both."""

    points: FrozenSet[Point]
    mode: Literal["fast", "exact"]
    modes: Set[Literal["x/y", "z"]] = field(default_factory=set)
    spans: Tuple[Span, ...] = (Span(1),)
    sizes: Dict[Level, Tuple[int, str]] = field(default_factory=dict)
    level: Literal[1, 2] = 2


@command
def lists(
    sequence: Sequence[int],
    iterable: Iterable[Optional[str]],
    row: Tuple[bool, ...] = (True, False),
    queue: Optional[Deque[float]] = None,
) -> List[List[int]]:
    raise NotImplementedError


@command
def sets(
    plain: Set[int],
    frozen: FrozenSet[Tuple[int, str]] = frozenset({(2, "b"), (1, "a")}),
    abstract: Optional[AbstractSet[Color]] = frozenset({Color.RED, Color.BLUE}),
) -> Set[FrozenSet[str]]:
    raise NotImplementedError


@command
def tuples(pair: Tuple[int, str], none: Tuple[()], one: Tuple[Any], default: Tuple[int, Optional[str]] = (1, None)) -> Tuple[Tuple[int, int], List[Color]]:
    raise NotImplementedError


@command
def maps(
    by_text: Mapping[str, int],
    by_number: Dict[int, List[str]],
    by_color: OrderedDict[Color, int],
    by_level: Dict[Level, Dict[Literal["a", "b"], int]] = {Level.LOW: {"a": 1}},
) -> Optional[Dict[int, Dict[Color, Set[int]]]]:
    raise NotImplementedError


@command
def records(span: Span, rated: Rated, empty: Empty, drawing: Drawing, pages: List[Page[Point]]) -> Page[Rated]:
    raise NotImplementedError


@command
def returned() -> Tuple[Span, Drawing, Page[Point], Page[Dict[str, Optional[int]]], Empty]:
    raise NotImplementedError
