"""The limits that a schema sets to numbers, lengths and counts."""

from __future__ import annotations

from typing import Any, Dict, NamedTuple, Set

from typedpool.kinds.base import JsonObject

_WIDTHS = {"int8": (True, 8), "int16": (True, 16), "int32": (True, 32), "int64": (True, 64)}
_WIDTHS.update({"uint8": (False, 8), "uint16": (False, 16), "uint32": (False, 32), "uint64": (False, 64)})

_LOWER = ("minimum", "minLength", "minItems", "minProperties", "minContains")
_UPPER = ("maximum", "maxLength", "maxItems", "maxProperties", "maxContains")


class Bound(NamedTuple):
    """One limit.

    Attributes:
        exclusive: Whether the value itself is beyond the limit.
    """

    value: Any
    upper: bool
    exclusive: bool = False

    def allows(self, other: Bound) -> bool:
        """Whether whatever `other` lets through passes here, too."""
        if self.value == other.value:
            return other.exclusive or not self.exclusive
        return (self.value > other.value) is self.upper

    def __str__(self) -> str:
        sign = "<" if self.upper else ">"
        return f"{sign if self.exclusive else sign + '='} {self.value}"


def bounds(schema: JsonObject) -> Dict[str, Bound]:
    """The limits by the name of their keyword; an exclusive one, and the width of an integer, under that of the plain one."""
    found: Dict[str, Bound] = {}
    if schema.get("type") == "integer" and schema.get("format") in _WIDTHS:
        signed, bits = _WIDTHS[schema["format"]]
        found["minimum"] = Bound(-(2 ** (bits - 1)) if signed else 0, upper=False)
        found["maximum"] = Bound(2 ** (bits - signed) - 1, upper=True)
    for names, upper in ((_LOWER, False), (_UPPER, True)):
        for name in names:
            if name in schema:
                _tighten(found, name, Bound(schema[name], upper))
    if "exclusiveMinimum" in schema:
        _tighten(found, "minimum", Bound(schema["exclusiveMinimum"], False, True))
    if "exclusiveMaximum" in schema:
        _tighten(found, "maximum", Bound(schema["exclusiveMaximum"], True, True))
    return found


def bound_keywords(schema: JsonObject) -> Set[str]:
    """The keywords that `bounds` has read."""
    width = {"format"} if schema.get("type") == "integer" and schema.get("format") in _WIDTHS else set[str]()
    return {*_LOWER, *_UPPER, "exclusiveMinimum", "exclusiveMaximum", *width}


def _tighten(found: Dict[str, Bound], name: str, bound: Bound) -> None:
    known = found.get(name)
    found[name] = bound if known is None or known.allows(bound) else known
