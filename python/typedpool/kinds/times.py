"""Dates, times of day, moments and durations.

All are written as `isoformat` does, which `fromisoformat` of every Python from 3.9 on reads. What other clients write,
as RFC 3339 has it, is brought into that form first. Checks of single characters come before anything else: newer Pythons
also read week dates, and cut off what is finer than a microsecond.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Callable

from typedpool.kinds.scalars import Scalar
from typedpool.mismatch import Mismatch, describe

_MOMENT = 'a moment with its offset, such as "2026-01-31T12:00:00+01:00"'
_OFFSET = "a moment whose offset is in whole minutes and at most 14 hours"
_IN_RANGE = "a moment from year 1 to 9999 in UTC, too"
_NAIVE = 'a date and time without an offset, such as "2026-01-31T12:00:00"'
_DATE = 'a date such as "2026-01-31"'
_TIME = 'a time of day without an offset, such as "12:00:00"'
_DURATION = 'a duration such as "P1DT2H3M4.5S"'
_LARGEST_OFFSET = "14:00"

# A TimeSpan has 2**63 ticks of 100 ns each way.
_LONGEST = timedelta(microseconds=(2**63 - 1) // 10)

_any_moment = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ]((?:[01]\d|2[0-3]):\d\d:\d\d)(?:\.(\d{1,6}))?([Zz]|[+-]\d\d:\d\d)?", re.ASCII
)
_any_time = re.compile(r"((?:[01]\d|2[0-3]):\d\d:\d\d)(?:\.(\d{1,6}))?", re.ASCII)
_any_duration = re.compile(
    r"(-)?P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,18})H)?(?:(\d{1,18})M)?(?:(\d{1,18})(?:\.(\d{1,6}))?S)?)?",
    re.ASCII,
)


def _read_aware(value: Any) -> datetime:
    text = _moment_text(value, 25, 32, _MOMENT)
    if text[-6] not in "+-":
        raise Mismatch(_MOMENT, describe(value))
    return _check_aware(_parsed(datetime.fromisoformat, text, _MOMENT), text)


def _write_aware(value: Any) -> str:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise Mismatch("a datetime with a tzinfo", describe(value))
    text = value.isoformat()
    _check_aware(value, text)
    return text


def _check_aware(value: datetime, text: str) -> datetime:
    # An offset with seconds is longer; so is a subclass that counts nanoseconds.
    if len(text) not in (25, 32) or text[-6] not in "+-" or text[-5:] > _LARGEST_OFFSET:
        raise Mismatch(_OFFSET, describe(value))
    if not 1 < value.year < 9999:
        try:
            value.astimezone(timezone.utc)
        except OverflowError:
            raise Mismatch(_IN_RANGE, describe(value)) from None
    return value


def _read_naive(value: Any) -> datetime:
    text = _moment_text(value, 19, 26, _NAIVE)
    if len(text) not in (19, 26):
        raise Mismatch(_NAIVE, describe(value))
    moment = _parsed(datetime.fromisoformat, text, _NAIVE)
    if moment.tzinfo is not None:
        raise Mismatch(_NAIVE, describe(value))
    return moment


def _write_naive(value: Any) -> str:
    if isinstance(value, datetime) and value.tzinfo is None:
        text = value.isoformat()
        if len(text) in (19, 26):
            return text
    raise Mismatch("a datetime without a tzinfo, in microseconds", describe(value))


def _moment_text(value: Any, whole: int, exact: int, expected: str) -> str:
    """A moment as `isoformat` writes it, if it is one at all."""
    if type(value) is str:
        length = len(value)
        if (length == whole or (length == exact and value[19] == ".")) and value[7] == "-" and value[10] == "T":
            if value[16] == ":" and value[11:13] < "24":
                return value
        match = _any_moment.fullmatch(value)
        if match is not None:
            day, clock, fraction, offset = match.groups(default="")
            return f"{day}T{clock}{_fraction(fraction)}{'+00:00' if offset in 'Zz' and offset else offset}"
    raise Mismatch(expected, describe(value))


def _read_date(value: Any) -> date:
    if type(value) is str and len(value) == 10 and value[4] == value[7] == "-":
        return _parsed(date.fromisoformat, value, _DATE)
    raise Mismatch(_DATE, describe(value))


def _write_date(value: Any) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise Mismatch("a date", describe(value))


def _read_time(value: Any) -> time:
    if type(value) is str:
        match = _any_time.fullmatch(value)
        if match is not None:
            clock, fraction = match.groups(default="")
            return _parsed(time.fromisoformat, clock + _fraction(fraction), _TIME)
    raise Mismatch(_TIME, describe(value))


def _write_time(value: Any) -> str:
    if isinstance(value, time) and value.tzinfo is None:
        return value.isoformat()
    raise Mismatch("a time without a tzinfo", describe(value))


def _read_duration(value: Any) -> timedelta:
    match = _any_duration.fullmatch(value) if type(value) is str else None
    if match is None or value[-1] == "P":
        raise Mismatch(_DURATION, describe(value))
    sign, weeks, days, hours, minutes, seconds, fraction = match.groups(default="0")
    try:
        duration = timedelta(
            weeks=int(weeks),
            days=int(days),
            hours=int(hours),
            minutes=int(minutes),
            seconds=int(seconds),
            microseconds=int(fraction.ljust(6, "0")),
        )
    except OverflowError:
        duration = timedelta.max
    return _check_duration(-duration if sign == "-" else duration, value)


def _write_duration(value: Any) -> str:
    if not isinstance(value, timedelta):
        raise Mismatch("a timedelta", describe(value))
    _check_duration(value, value)
    if not value:
        return "PT0S"
    sign, value = ("-", -value) if value.days < 0 else ("", value)
    minutes, seconds = divmod(value.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{sign}P{value.days}D" if value.days else sign + "P"
    if value.seconds or value.microseconds:
        text += "T"
        if hours:
            text += f"{hours}H"
        if minutes:
            text += f"{minutes}M"
        if value.microseconds:
            text += f"{seconds}.{value.microseconds:06}S"
        elif seconds:
            text += f"{seconds}S"
    return text


def _check_duration(duration: timedelta, value: Any) -> timedelta:
    if -_LONGEST <= duration <= _LONGEST:
        return duration
    raise Mismatch(f"a duration of at most {_LONGEST.days} days", describe(value))


def _fraction(digits: str) -> str:
    return "." + digits.ljust(6, "0") if digits.strip("0") else ""


def _parsed(parse: Callable[[str], Any], text: str, expected: str) -> Any:
    try:
        return parse(text)
    except ValueError:
        raise Mismatch(expected, describe(text)) from None


def _scalar(form: str, read: Callable[[Any], Any], write: Callable[[Any], str]) -> Scalar:
    return Scalar({"type": "string", "format": form}, read, write, native=False, bounds="format")


AWARE = _scalar("date-time", _read_aware, _write_aware)
NAIVE = _scalar("date-time-local", _read_naive, _write_naive)
DATE = _scalar("date", _read_date, _write_date)
TIME = _scalar("time", _read_time, _write_time)
DURATION = _scalar("duration", _read_duration, _write_duration)
