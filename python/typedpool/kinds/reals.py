"""`Decimal`, and `float` of 32 bits."""

from __future__ import annotations

from decimal import Context, Decimal, InvalidOperation
from operator import mod
from struct import Struct
from typing import Any

from typedpool.kinds.scalars import Scalar, decode_number, encode_number
from typedpool.mismatch import Mismatch, describe

# C#'s decimal: an integer below 2**96, divided by a power of ten up to 28.
_LIMIT = 2**96
_MOST_PLACES = 28
_LONGEST_TEXT = 31
_DECIMAL = f"a decimal number below 2**96 in digits, {_MOST_PLACES} of them after the point"

_single = Struct("f")


def _write_decimal(value: Any) -> str:
    # adjusted() first: 1E+999999999 would be a text of a gigabyte.
    if isinstance(value, Decimal) and value.is_finite() and -_MOST_PLACES <= value.adjusted() <= _MOST_PLACES:
        text = format(value, "f")
        whole, _, places = text.partition(".")
        if len(places) <= _MOST_PLACES and -_LIMIT < int(whole + places) < _LIMIT:
            return text
    raise Mismatch(_DECIMAL, describe(value))


def _read_decimal(value: Any) -> Decimal:
    if type(value) is str and len(value) <= _LONGEST_TEXT:
        try:
            number = Decimal(value)
            # Decimal also takes blanks, underscores, exponents and the digits of every script.
            if _write_decimal(number) == value:
                return number
        except (InvalidOperation, Mismatch):
            pass
    raise Mismatch(f'a string such as "-1.50" with {_DECIMAL}', describe(value))


def _fits(number: float) -> bool:
    try:
        return number != number or _single.unpack(_single.pack(number))[0] == number
    except OverflowError:
        return False


def _read_single(value: Any) -> float:
    number = decode_number(value)
    if _fits(number):
        return number
    raise Mismatch("a number that 32 bits hold exactly", describe(value))


def _write_single(value: Any) -> Any:
    written = encode_number(value)
    if isinstance(written, str) or _fits(written):
        return written
    raise Mismatch("a number that 32 bits hold exactly", describe(value))


DECIMAL = Scalar(
    {"type": "string", "format": "decimal"},
    _read_decimal,
    _write_decimal,
    native=False,
    bounds="format",
    # The user's own context may have too few digits for a quotient of the largest by the smallest.
    remainder=Context(prec=2 * _LONGEST_TEXT).remainder,
)
FLOAT32 = Scalar(
    {"type": "number", "format": "float"}, _read_single, _write_single, native=False, bounds="", remainder=mod
)
