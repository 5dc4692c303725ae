"""What pydantic asks of decimals, dates and times, in our keywords: its own schemas do not say it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Mapping

from typedpool.kinds.base import ComponentNames, JsonObject, Kind, Shape, as_is
from typedpool.mismatch import Mismatch

_KEYWORDS = (
    ("ge", "formatMinimum"),
    ("gt", "formatExclusiveMinimum"),
    ("le", "formatMaximum"),
    ("lt", "formatExclusiveMaximum"),
    ("multiple_of", "x-multipleOf"),
)


def bounded(kind: Kind, constraints: Mapping[str, Any]) -> JsonObject:
    """The schema of a type with its bounds in the type's own text.

    Args:
        kind: The type.
        constraints: The bounds by pydantic's names for them, among other things.
    """
    schema = kind.schema(Shape.INPUT, ComponentNames())
    for name, keyword in _KEYWORDS:
        bound = constraints.get(name)
        if bound is not None:
            try:
                schema[keyword] = (kind.encoder(True) or as_is)(Decimal(bound) if type(bound) is int else bound)
            except Mismatch:
                pass  # Such a bound cannot travel: pydantic alone holds values against it.
    return schema
