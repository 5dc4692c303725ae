"""Unions, flags and sets of values of several kinds, each returning what it got."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum, Flag, IntEnum, IntFlag
from typing import Dict, List, Literal, Optional, Union
from uuid import UUID

from typedpool import command


class Color(Enum):
    RED = "red"
    DARK_BLUE = "dark-blue"
    CRIMSON = "red"  # An alias of RED.


class Size(IntEnum):
    SMALL = 1
    LARGE = 10


class Rights(Flag):
    """What is allowed."""

    READ = 1
    WRITE = 2
    RUN = 4
    ALL = 7


class Wide(IntFlag):
    NOTHING = 0
    LOW = 1
    HIGH = 2**40


class Answer(Enum):
    YES = "yes"
    COUNT = 1
    HALF = 0.5


class Factor(Enum):
    HALF = 0.5
    TWICE = 2.0


@dataclass
class Circle:
    """Round.

    Attributes:
        radius: From the middle.
    """

    radius: float
    kind: Literal["circle"] = "circle"


@dataclass
class Box:
    kind: Literal["square", "rectangle"]
    sides: List[float]


@dataclass
class Group:
    members: List[Drawing]
    kind: Literal["group"] = "group"


Drawing = Union[Circle, Box, Group]


@dataclass
class File:
    path: str
    size: Optional[int] = None


@dataclass
class Link:
    url: str


@dataclass
class Nothing:
    reason: Optional[str] = None


Json = Union[str, int, float, bool, None, List["Json"], Dict[str, "Json"]]


@dataclass
class Everything:
    """Unions in every place."""

    number: Union[int, float]
    text: Union[str, bool, None]
    shapes: Dict[str, Union[Circle, Box]]
    color: Union[Color, int]
    with_default: Union[int, str] = "x"
    nullable: Optional[Union[int, str]] = 5
    many: List[Union[int, List[str], None]] = field(default_factory=list)


@command
def echo_scalar(value: Union[int, str]) -> Union[int, str]:
    return value


@command
def echo_number(value: Union[bool, int, float]) -> Union[bool, int, float]:
    return value


@command
def echo_real_or_flag(value: Union[float, bool]) -> Union[float, bool]:
    return value


@command
def echo_real_or_text(value: Union[float, str]) -> Union[float, str]:
    return value


@command
def echo_optional(value: Union[int, List[str], None] = 3) -> Union[int, List[str], None]:
    return value


@command
def echo_shape(shape: Drawing) -> Drawing:
    return shape


@command
def echo_source(source: Union[File, Link, Nothing]) -> Union[File, Link, Nothing]:
    return source


@command
def echo_json(value: Json) -> Json:
    return value


@command
def echo_open_color(color: Union[Color, str]) -> Union[Color, str]:
    return color


@command
def describe(value: Union[Color, str, int, Circle]) -> str:
    return repr(value)


@command
def echo_rights(rights: Rights, wide: Wide = Wide.LOW | Wide.HIGH) -> Rights:
    return rights


@command
def echo_wide(wide: Wide) -> Wide:
    return wide


@command
def echo_mixed(value: Literal["a", 1, True, None]) -> Literal["a", 1, True, None]:
    return value


@command
def echo_answer(answer: Answer, factor: Factor = Factor.HALF) -> Dict[str, Union[Answer, None]]:
    return {repr(factor): answer}


@command
def echo_text(value: Union[date, datetime, timedelta, UUID, Decimal, None]) -> Union[date, datetime, timedelta, UUID, Decimal, None]:
    return value


@command
def echo_factor(factor: Factor) -> Factor:
    return factor


@command
def echo_everything(value: Everything) -> Everything:
    return value


@command
def wrong_case() -> List[Union[Circle, Box]]:
    return [Circle(1.0), Link("u")]  # type: ignore[list-item]
