"""The limits that a schema sets to numbers, lengths, counts and moments."""

from __future__ import annotations

from decimal import Decimal
from importlib import import_module
from math import ceil, floor
from typing import Any, Dict, List, NamedTuple, Optional, Set, Tuple, cast

from typedpool.kinds.base import JsonObject
from typedpool.kinds.scalars import Scalar
from typedpool.mismatch import Mismatch

_WIDTHS = {"int8": (True, 8), "int16": (True, 16), "int32": (True, 32), "int64": (True, 64)}
_WIDTHS.update({"uint8": (False, 8), "uint16": (False, 16), "uint32": (False, 32), "uint64": (False, 64)})
_ANY_WIDTH = "bigint"

_LOWER = ("minimum", "minLength", "minItems", "minProperties", "minContains")
_UPPER = ("maximum", "maxLength", "maxItems", "maxProperties", "maxContains")

# Keyword, the limit that it is one of, whether it is an upper one, and whether the value itself is beyond it.
_OF_FORMATS: Tuple[Tuple[str, str, bool, bool], ...] = (
    ("formatMinimum", "minimum", False, False),
    ("formatExclusiveMinimum", "minimum", False, True),
    ("formatMaximum", "maximum", True, False),
    ("formatExclusiveMaximum", "maximum", True, True),
)
# How the texts of a format are read, so that they can be compared.
_READERS = {
    "decimal": ("reals", "DECIMAL"),
    "date": ("times", "DATE"),
    "time": ("times", "TIME"),
    "date-time": ("times", "AWARE"),
    "date-time-local": ("times", "NAIVE"),
    "duration": ("times", "DURATION"),
}


class Bound(NamedTuple):
    """One limit.

    Attributes:
        exclusive: Whether the value itself is beyond the limit.
        written: The value as it stands in the schema, where that is another text.
    """

    value: Any
    upper: bool
    exclusive: bool = False
    written: str = ""

    def allows(self, other: Bound) -> bool:
        """Whether whatever `other` lets through passes here, too."""
        if self.value == other.value:
            return other.exclusive or not self.exclusive
        return (self.value > other.value) is self.upper

    def is_same(self, other: Bound) -> bool:
        """Whether both let the same through."""
        return self.allows(other) and other.allows(self)

    def lets_through(self, value: Any) -> bool:
        """Whether a value, or a length, passes."""
        return self.allows(Bound(value, self.upper))

    def __str__(self) -> str:
        sign = "<" if self.upper else ">"
        return f"{sign if self.exclusive else sign + '='} {self.written or self.value}"


def bounds(schema: JsonObject, implied: bool = True) -> Dict[str, Bound]:
    """The limits by the name of their keyword; an exclusive one, and the width of an integer, under that of the plain one.

    Args:
        schema: Without references and alternatives.
        implied: Whether an integer of which nothing is said has 64 bits.
    """
    found: Dict[str, Bound] = {}
    is_integer = schema.get("type") == "integer"
    for names, upper in ((_LOWER, False), (_UPPER, True)):
        for name in names:
            # Nothing is shorter than 0.
            if name in schema and (name == "minimum" or upper or schema[name] != 0):
                _tighten(found, name, _whole(Bound(schema[name], upper)) if is_integer else Bound(schema[name], upper))
    for name, plain, upper in (("exclusiveMinimum", "minimum", False), ("exclusiveMaximum", "maximum", True)):
        if name in schema:
            bound = Bound(schema[name], upper, True)
            _tighten(found, plain, _whole(bound) if is_integer else bound)
    if is_integer:
        _add_width(found, schema, implied)
    for plain, bound in _of_format(schema) or ():
        _tighten(found, plain, bound)
    return found


def factor(schema: JsonObject) -> Optional[Decimal]:
    """What values are multiples of."""
    written = schema.get("multipleOf", schema.get("x-multipleOf"))
    return None if written is None else Decimal(str(written))


def form(schema: JsonObject) -> Any:
    """The format, where it is another text, and no width of a number."""
    written = schema.get("format")
    kind = schema.get("type")
    is_width = kind == "integer" and (written in _WIDTHS or written == _ANY_WIDTH)
    return None if is_width or (kind == "number" and written in ("float", "double")) else written


def bound_keywords(schema: JsonObject) -> Set[str]:
    """The keywords that `bounds`, `factor` and `form` have read."""
    formats = set[str]() if _of_format(schema) is None else {name for name, *_ in _OF_FORMATS}
    return {*_LOWER, *_UPPER, "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "x-multipleOf", "format", *formats}


def _add_width(found: Dict[str, Bound], schema: JsonObject, implied: bool) -> None:
    """An integer has 64 bits, unless its format says otherwise, or a bound is beyond them."""
    written = schema.get("format")
    if written == _ANY_WIDTH:
        return
    signed, bits = _WIDTHS.get(written, (True, 64)) if isinstance(written, str) else (True, 64)
    smallest = Bound(-(2 ** (bits - 1)) if signed else 0, upper=False)
    largest = Bound(2 ** (bits - signed) - 1, upper=True)
    for name, bound in (("minimum", smallest), ("maximum", largest)):
        if written in _WIDTHS or (implied and name not in found):
            _tighten(found, name, bound)


def _whole(bound: Bound) -> Bound:
    """A limit of integers as the last one that is allowed."""
    if bound.upper:
        return Bound(ceil(bound.value) - 1 if bound.exclusive else floor(bound.value), True)
    return Bound(floor(bound.value) + 1 if bound.exclusive else ceil(bound.value), False)


def _of_format(schema: JsonObject) -> Optional[List[Tuple[str, Bound]]]:
    """The limits of a text with a format; None where one of them cannot be read, so that it stays what it is."""
    given = [row for row in _OF_FORMATS if row[0] in schema]
    if not given:
        return []
    where = _READERS.get(schema.get("format", "")) if schema.get("type") == "string" else None
    if where is None:
        return None
    read = cast(Scalar, getattr(import_module("typedpool.kinds." + where[0]), where[1])).decoder()
    try:
        return [(plain, Bound(read(schema[name]), upper, exclusive, schema[name])) for name, plain, upper, exclusive in given]
    except Mismatch:
        return None


def _tighten(found: Dict[str, Bound], name: str, bound: Bound) -> None:
    known = found.get(name)
    found[name] = bound if known is None or known.allows(bound) else known
