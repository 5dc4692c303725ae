"""What stands in `Annotated` beside the type: constraints.

They are known by the names of their attributes, so that those of annotated_types and pydantic work without being
imported. Whatever else stands there is somebody else's.
"""

from __future__ import annotations

import operator
import re
from functools import partial
from math import ceil, floor, isfinite
from typing import Any, Callable, Dict, Iterable, List, Mapping, Tuple, cast

from typedpool.kinds.base import JsonObject, Kind, as_is
from typedpool.kinds.constrained import Check, Constrained
from typedpool.kinds.containers import Nullable
from typedpool.kinds.integers import BIG, INTEGER, LARGEST_INTEGER, SMALLEST_INTEGER, WIDTHS
from typedpool.mismatch import Mismatch, describe
from typedpool.problems import NOT_DESCRIBABLE, Unsupported

Constraints = Dict[str, Any]
"""By the names of the attributes, only what is set."""

_MULTIPLE, _PATTERN = "multiple_of", "pattern"

# Attribute, keyword, whether it holds of (bound, value), and the words for what it asks.
_BOUNDS: Tuple[Tuple[str, str, Callable[[Any, Any], Any], str], ...] = (
    ("ge", "minimum", operator.le, "at least"),
    ("gt", "exclusiveMinimum", operator.lt, "more than"),
    ("le", "maximum", operator.ge, "at most"),
    ("lt", "exclusiveMaximum", operator.gt, "less than"),
)
_LENGTHS: Tuple[Tuple[str, str, Callable[[Any, Any], Any], str], ...] = (
    ("min_length", "min", operator.le, "at least"),
    ("max_length", "max", operator.ge, "at most"),
)
_UNITS = {"Length": "character", "Items": "item", "Properties": "member"}

# Of two that say the same, the stricter one counts.
_STRICTER: Dict[str, Callable[[Any, Any], Any]] = {
    "ge": max,
    "gt": max,
    "le": min,
    "lt": min,
    "min_length": max,
    "max_length": min,
}


def constraints_of(metadata: Iterable[Any]) -> Constraints:
    """The constraints among what stands in `Annotated`.

    Raises:
        Unsupported: Two of them contradict each other.
    """
    found: Constraints = {}
    for each in metadata:
        if isinstance(each, type):
            continue
        inner = getattr(each, "metadata", None)
        found = _both(found, constraints_of(cast(List[Any], inner)) if isinstance(inner, list) else _attributes(each))
    return found


def constrain(kind: Kind, constraints: Constraints, shown: str) -> Kind:
    """The kind of those values of `kind` that meet the constraints.

    Args:
        kind: The kind; of one that may be null, the constraints are for what is not.
        constraints: See `constraints_of`.
        shown: The annotation, for messages.

    Raises:
        Unsupported: A constraint means nothing for this kind.
    """
    if not constraints:
        return kind
    if isinstance(kind, Nullable):
        return Nullable(constrain(kind.item, constraints, shown))
    if isinstance(kind, Constrained):
        # Of a type that has constraints of its own: a NewType, or an alias.
        return constrain(kind.plain, _both(kind.constraints, constraints), shown)
    return _Constraining(kind, shown).apply(constraints)


class _Constraining:
    def __init__(self, kind: Kind, shown: str) -> None:
        self._kind = kind
        self._shown = shown
        self._keywords: JsonObject = {}
        self._checks: List[Check] = []

    def apply(self, constraints: Constraints) -> Kind:
        for name, keyword, holds, words in _BOUNDS:
            if name in constraints:
                self._bound(name, keyword, holds, words, constraints[name])
        if _MULTIPLE in constraints:
            self._multiple(constraints[_MULTIPLE])
        for name, prefix, holds, words in _LENGTHS:
            if name in constraints:
                self._length(name, prefix, holds, words, constraints[name])
        if _PATTERN in constraints:
            self._pattern(constraints[_PATTERN])
        kind = _wide_enough(constraints) if self._kind is INTEGER else self._kind
        return Constrained(kind, self._keywords, self._checks, self._kind, constraints)

    def _bound(self, name: str, keyword: str, holds: Callable[[Any, Any], Any], words: str, bound: Any) -> None:
        prefix = self._kind.bounds
        if prefix is None:
            raise self._meaningless(name)
        value, written = self._value(name, bound)
        self._keywords[_with_prefix(prefix, keyword)] = written
        self._checks.append(Check(partial(holds, value), f"{words} {written}", describe))

    def _multiple(self, factor: Any) -> None:
        remainder = self._kind.remainder
        if remainder is None:
            raise self._meaningless(_MULTIPLE)
        value, written = self._value(_MULTIPLE, factor)
        if value <= 0:
            raise self._wrong(_MULTIPLE, "a positive number")
        self._keywords["x-multipleOf" if self._kind.bounds else "multipleOf"] = written

        def holds(each: Any) -> bool:
            return remainder(each, value) == 0

        self._checks.append(Check(holds, f"a multiple of {written}", describe))

    def _value(self, name: str, bound: Any) -> Tuple[Any, Any]:
        """A bound as a value of the type, and as it stands in the schema."""
        if self._kind.bounds == "":
            if isinstance(bound, (int, float)) and not isinstance(bound, bool) and isfinite(bound):
                return bound, bound
            raise self._wrong(name, "a finite number")
        try:
            value = self._kind.decoder()(str(bound)) if type(bound) is int else bound
            return value, (self._kind.encoder(True) or as_is)(value)
        except Mismatch as mismatch:
            raise self._wrong(name, mismatch.expected) from None

    def _length(self, name: str, prefix: str, holds: Callable[[Any, Any], Any], words: str, limit: Any) -> None:
        suffix = self._kind.length
        if suffix is None:
            raise self._meaningless(name)
        if type(limit) is not int or limit < 0:
            raise self._wrong(name, "a number of 0 or more")
        unit = _UNITS.get(suffix, "item")


        def fits(value: Any) -> Any:
            return holds(limit, len(value))

        def count(value: Any) -> str:
            return describe(value) if suffix != "Length" else _counted(len(value), f"a string of {len(value)} {unit}")

        self._keywords[prefix + suffix] = limit
        self._checks.append(Check(fits, _counted(limit, f"{words} {limit} {unit}"), count))

    def _pattern(self, pattern: Any) -> None:
        if self._kind.length != "Length":
            raise self._meaningless(_PATTERN)
        text = getattr(pattern, "pattern", pattern)
        try:
            search = re.compile(pattern).search
        except (TypeError, re.error) as error:
            raise self._wrong(_PATTERN, f"a regular expression: {error}") from None
        self._keywords["pattern"] = text
        self._checks.append(Check(search, f"a string that matches the pattern {text}", describe))

    def _meaningless(self, name: str) -> Unsupported:
        return Unsupported(NOT_DESCRIBABLE, f"{self._shown}: {name} means nothing for this type. Take it away.")

    def _wrong(self, name: str, expected: str) -> Unsupported:
        return Unsupported(NOT_DESCRIBABLE, f"{self._shown}: {name} must be {expected}.")


def _both(some: Mapping[str, Any], others: Mapping[str, Any]) -> Constraints:
    both = dict(some)
    for name, value in others.items():
        if name in both and both[name] != value:
            if name not in _STRICTER:
                raise Unsupported(NOT_DESCRIBABLE, f"two different {name} cannot be described. Write one.")
            value = _STRICTER[name](both[name], value)
        both[name] = value
    return both


def _attributes(each: Any) -> Constraints:
    names = (*_STRICTER, _MULTIPLE, _PATTERN)
    values = {name: getattr(each, name, None) for name in names}
    # Len's lower limit is 0 where none is meant.
    return {name: value for name, value in values.items() if value is not None and (name, value) != ("min_length", 0)}


def _wide_enough(constraints: Constraints) -> Kind:
    """The narrowest of 64 bits signed, 64 bits unsigned and any width that holds whatever the bounds allow."""
    smallest = max(_rounded(constraints, ("ge", ceil, 0), ("gt", floor, 1)), default=SMALLEST_INTEGER)
    largest = min(_rounded(constraints, ("le", floor, 0), ("lt", ceil, -1)), default=LARGEST_INTEGER)
    if smallest >= SMALLEST_INTEGER and largest <= LARGEST_INTEGER:
        return INTEGER
    return WIDTHS["uint64"] if smallest >= 0 and largest < 2**64 else BIG


def _rounded(constraints: Constraints, *rules: Tuple[str, Callable[[Any], int], int]) -> List[int]:
    return [round(constraints[name]) + step for name, round, step in rules if name in constraints]


def _with_prefix(prefix: str, keyword: str) -> str:
    return prefix + keyword[0].upper() + keyword[1:] if prefix else keyword


def _counted(number: int, text: str) -> str:
    return text if number == 1 else text + "s"
