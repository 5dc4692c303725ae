"""Defaults: what of them a schema can state."""

from __future__ import annotations

from math import isfinite
from typing import Any, List, Sequence, cast

from typedpool.kinds.base import Kind
from typedpool.kinds.records import Record
from typedpool.mismatch import Mismatch
from typedpool.problems import DEFAULT_MISFITS, Unsupported


def stated_default(kind: Kind, value: Any) -> Sequence[Any]:
    """The default as it stands in the schema: one JSON value, or empty where it cannot be stated.

    Raises:
        Unsupported: The default does not have the annotated type.
    """
    encode = kind.encoder(strict=True)
    try:
        written = value if encode is None else encode(value)
    except Mismatch as mismatch:
        hint = " Write Optional[T] for a value that may be None." if value is None else ""
        raise Unsupported(DEFAULT_MISFITS, f"the default does not fit the annotation: {mismatch}.{hint}") from None
    return () if _contains_record(kind) or not _is_finite(value) else (written,)


def _contains_record(kind: Kind) -> bool:
    return isinstance(kind, Record) or any(_contains_record(child) for child in kind.children())


def _is_finite(value: Any) -> bool:
    if isinstance(value, float):
        return isfinite(value)
    if isinstance(value, dict):
        return all(_is_finite(item) for item in cast("dict[str, Any]", value).values())
    if isinstance(value, (list, tuple)):
        return all(_is_finite(item) for item in cast(List[Any], value))
    return True
