"""`int` of any width."""

from __future__ import annotations

from operator import mod
from typing import Any, Dict

from typedpool.kinds.base import JsonObject
from typedpool.kinds.verbatim import INTEGERS
from typedpool.kinds.scalars import Scalar
from typedpool.mismatch import Mismatch, describe

SMALLEST_INTEGER = -(2**63)
LARGEST_INTEGER = 2**63 - 1

# Above it a float stands for several integers: it does not say which one was written.
_LARGEST_EXACT_FLOAT = 2**53

# What Python converts from text and to text, unless told otherwise (sys.set_int_max_str_digits).
_MOST_DIGITS = 4300


class Integer(Scalar):
    """An `int` between two bounds, both included."""

    def __init__(
        self, schema: JsonObject, smallest: int, largest: int, expected: str, native: bool = False, **traits: Any
    ) -> None:
        self.smallest = smallest
        self.largest = largest

        def decode(value: Any) -> int:
            if type(value) is int:
                if smallest <= value <= largest:
                    return value
            elif type(value) is float and value.is_integer() and -_LARGEST_EXACT_FLOAT <= value <= _LARGEST_EXACT_FLOAT:
                return decode(int(value))
            raise Mismatch(expected, describe(value))

        def encode(value: Any) -> int:
            if isinstance(value, int) and not isinstance(value, bool) and smallest <= value <= largest:
                return value
            raise Mismatch(expected, describe(value))

        super().__init__(schema, decode, encode, bounds="", remainder=mod, native=native, **traits)


def _of_width(bits: int, signed: bool) -> Integer:
    smallest, largest = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)
    name = f"{'' if signed else 'u'}int{bits}"
    return Integer({"type": "integer", "format": name}, smallest, largest, f"an integer from {smallest} to {largest}")


INTEGER = Integer(
    {"type": "integer"},
    SMALLEST_INTEGER,
    LARGEST_INTEGER,
    "an integer of 64 bits",
    native=True,
    # Python compares small ones in a third of the time.
    verbatim=f"type({{0}}) is int and (-1073741824 < {{0}} < 1073741824 or {SMALLEST_INTEGER} <= {{0}} <= {LARGEST_INTEGER})",
    all_verbatim=INTEGERS,
)

# A bool in place of an integer is found by who reads it, as with INTEGER; what has too many digits the JSON encoder finds.
BIG = Integer(
    {"type": "integer", "format": "bigint"},
    1 - 10**_MOST_DIGITS,
    10**_MOST_DIGITS - 1,
    f"an integer of at most {_MOST_DIGITS} digits",
    native=True,
)

WIDTHS: Dict[str, Integer] = {
    "bigint": BIG,
    **{f"int{bits}": _of_width(bits, signed=True) for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": _of_width(bits, signed=False) for bits in (8, 16, 32, 64)},
}
"""By format; the names of all but "bigint" are those of OpenAPI's registry."""
