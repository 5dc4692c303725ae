"""Every type without parts, and every constraint, wherever a type can stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Annotated, ClassVar, Dict, Final, List, NewType, Optional
from uuid import UUID

from typedpool import (
    BigInt,
    Float32,
    Int8,
    Int16,
    Int32,
    Int64,
    NaiveDatetime,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    command,
)
from typedpool.constraints import Ge, Gt, Interval, Le, Len, Lt, MaxLen, MinLen, MultipleOf, Pattern

Percent = Annotated[int, Interval(ge=0, le=100)]
UserId = NewType("UserId", UUID)
Price = NewType("Price", Annotated[Decimal, Ge(0), MultipleOf(Decimal("0.01"))])


@dataclass
class Widths:
    """Integers."""

    limit: ClassVar[int] = 3

    i8: Int8
    u8: UInt8
    i16: Int16
    u16: UInt16
    i32: Int32
    u32: UInt32
    i64: Int64
    u64: UInt64
    big: BigInt
    byte: Annotated[int, Ge(0), Le(255)]
    wide: Annotated[int, Ge(0), Lt(2**64)]
    wider: Annotated[int, Gt(-1), Le(2**256 - 1)]


@dataclass
class Moments:
    """Times."""

    aware: datetime
    naive: NaiveDatetime
    day: date
    clock: time
    span: timedelta
    maybe: Optional[datetime]
    many: List[timedelta]
    named: Dict[str, Optional[date]]
    since: datetime = datetime(2026, 1, 31, 12, 30, 0, 5, timezone(timedelta(hours=-3, minutes=-30)))
    until: Optional[NaiveDatetime] = None
    within: Final[timedelta] = timedelta(days=1, hours=2, microseconds=3)


@dataclass
class Offer:
    """Constraints.

    Attributes:
        price: In euros.
    """

    id: UserId
    price: Price
    name: Annotated[str, Len(1, 80), Pattern("^[^ ]")]
    score: Annotated[float, Gt(0), Lt(1.5)]
    share: Percent
    tags: Annotated[List[Annotated[str, MaxLen(10)]], MinLen(1), MaxLen(3)]
    prices: Annotated[Dict[str, Price], MaxLen(2)]
    step: Annotated[Optional[int], MultipleOf(5)] = None
    weight: Float32 = 0.5
    day: Annotated[date, Ge(date(2000, 1, 1))] = date(2026, 1, 31)
    total: Decimal = Decimal("1.50")
    folder: Path = field(default=Path("a") / "b")


@command
def offers(widths: Widths, moments: Moments, at: Percent = 50, of: Optional[UserId] = None) -> List[Offer]:
    raise NotImplementedError


@command
def move(
    path: PurePath, to: Optional[Path] = Path("."), wait: timedelta = timedelta(0), big: BigInt = 2**70, like: Optional[Offer] = None
) -> Widths:
    raise NotImplementedError
