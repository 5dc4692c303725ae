"""One command for each type without parts, each returning what it got; and what lies one step beyond them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Dict, List, Optional
from uuid import UUID

from typedpool import BigInt, Float32, Int8, Int16, Int32, NaiveDatetime, UInt8, UInt16, UInt32, UInt64, command
from typedpool.constraints import Ge, Gt, Le, Len, Lt, MaxLen, MultipleOf, Pattern

Percent = Annotated[int, Ge(0), Le(100)]
Price = Annotated[Decimal, Ge(0), Lt(Decimal("1000.00")), MultipleOf(Decimal("0.01"))]


@dataclass
class Numbers:
    """Numbers of every width."""

    i8: Int8
    u8: UInt8
    i16: Int16
    u16: UInt16
    i32: Int32
    u32: UInt32
    u64: UInt64
    big: BigInt
    single: Float32
    exact: Decimal


@dataclass
class Every:
    """Each type required, nullable, optional, both, in a list and in a map.

    Attributes:
        at: When.
    """

    at: datetime
    local: NaiveDatetime
    day: date
    clock: time
    span: timedelta
    id: UUID
    path: Path
    numbers: Numbers
    maybe_at: Optional[datetime]
    maybe_id: Optional[UUID]
    days: List[date]
    spans: Dict[str, Optional[timedelta]]
    exact: Decimal = Decimal("1.50")
    maybe_exact: Optional[Decimal] = Decimal("2.5")
    maybe_clock: Optional[time] = None


@dataclass
class Order:
    """What is held against constraints."""

    price: Price
    percent: Percent
    name: Annotated[str, Len(1, 3), Pattern("^[^ ]")]
    ratio: Annotated[float, Gt(0)]
    tags: Annotated[List[Annotated[str, MaxLen(2)]], Len(1, 2)]
    due: Annotated[date, Ge(date(2026, 1, 1))] = date(2026, 1, 1)
    opens: Annotated[time, Lt(time(18))] = time(9)
    takes: Annotated[timedelta, Le(timedelta(days=1))] = timedelta(hours=1)
    since: Annotated[datetime, Gt(datetime(2026, 1, 1, tzinfo=timezone.utc))] = datetime(2026, 1, 2, tzinfo=timezone.utc)
    local: Annotated[NaiveDatetime, Ge(datetime(2026, 1, 1))] = datetime(2026, 1, 1)


@command
def echo_decimal(value: Decimal) -> Decimal:
    return value


@command
def echo_moment(value: datetime) -> datetime:
    return value


@command
def echo_naive(value: NaiveDatetime) -> NaiveDatetime:
    return value


@command
def echo_date(value: date) -> date:
    return value


@command
def echo_time(value: time) -> time:
    return value


@command
def echo_duration(value: timedelta) -> timedelta:
    return value


@command
def echo_uuid(value: UUID) -> UUID:
    return value


@command
def echo_path(value: Path) -> Path:
    return value


@command
def echo_numbers(value: Numbers) -> Numbers:
    return value


@command
def echo_singles(values: List[Float32]) -> List[Float32]:
    return values


@command
def echo_big(value: BigInt) -> BigInt:
    return value


@command
def echo_every(value: Every) -> Every:
    return value


@command
def describe(
    at: datetime = datetime(2026, 1, 31, 12, tzinfo=timezone.utc),
    exact: Decimal = Decimal("1.50"),
    percent: Percent = 50,
    span: Optional[timedelta] = timedelta(days=1),
) -> str:
    """Says what it got, in Python's words."""
    return f"{at!r} {exact!r} {percent} {span!r}"


@command
def order(value: Order) -> str:
    return value.name


@command
def big_digits(digits: int) -> BigInt:
    """An integer of so many digits."""
    return 10 ** (digits - 1)


@command
def off_by(name: str) -> List[Every]:
    """Returns a value that the other side does not have, in the field of that name."""
    value = Every(
        datetime(2026, 1, 1, tzinfo=timezone.utc),
        datetime(2026, 1, 1),
        date(2026, 1, 1),
        time(1),
        timedelta(1),
        UUID(int=1),
        Path("a"),
        Numbers(0, 0, 0, 0, 0, 0, 0, 0, 0.0, Decimal(0)),
        None,
        None,
        [],
        {},
    )
    wrong = {
        "at": datetime(2026, 1, 1),
        "local": datetime(2026, 1, 1, tzinfo=timezone.utc),
        "day": datetime(2026, 1, 1),
        "clock": time(1, tzinfo=timezone.utc),
        "span": timedelta.max,
        "id": "1",
        "path": "a",
        "exact": Decimal("NaN"),
        "maybe_exact": Decimal("1E-29"),
    }
    numbers = {"i8": 128, "u8": -1, "u64": 2**64, "single": 0.1, "big": 10**4300}
    setattr(value.numbers if name in numbers else value, name, {**wrong, **numbers}[name])
    return [value]


@command
def percent_of(part: int, whole: int) -> Percent:
    return part * 100 // whole
