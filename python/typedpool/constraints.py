"""What of a type's values is allowed, to be written into `Annotated`.

    def crop(width: Annotated[int, Ge(1), Le(4096)], name: Annotated[str, MaxLen(80)]) -> ...

The classes of the package annotated_types, which pydantic uses, are understood as well: what counts is the names of the
attributes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

__all__ = ["Format", "Ge", "Gt", "Interval", "Le", "Len", "Lt", "MaxLen", "MinLen", "MultipleOf", "Pattern"]


@dataclass(frozen=True)
class Ge:
    """At least `ge`."""

    ge: Any


@dataclass(frozen=True)
class Gt:
    """More than `gt`."""

    gt: Any


@dataclass(frozen=True)
class Le:
    """At most `le`."""

    le: Any


@dataclass(frozen=True)
class Lt:
    """Less than `lt`."""

    lt: Any


@dataclass(frozen=True)
class Interval:
    """Between two bounds, each of which may be missing."""

    gt: Any = None
    ge: Any = None
    lt: Any = None
    le: Any = None


@dataclass(frozen=True)
class MultipleOf:
    """A whole number of times `multiple_of`."""

    multiple_of: Any


@dataclass(frozen=True)
class MinLen:
    """At least so many characters, items or members."""

    min_length: int


@dataclass(frozen=True)
class MaxLen:
    """At most so many characters, items or members."""

    max_length: int


@dataclass(frozen=True)
class Len:
    """From `min_length` to `max_length` characters, items or members."""

    min_length: int = 0
    max_length: Optional[int] = None


@dataclass(frozen=True)
class Pattern:
    """A string in which the regular expression `pattern` matches somewhere, as `re.search` does."""

    pattern: str


@dataclass(frozen=True)
class Format:
    """Another form of the type: the `format` that stands in the schema.

    The package's own types, such as `typedpool.Float32`, are made of it.
    """

    name: str
