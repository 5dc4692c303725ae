"""Defaults: what of them a schema can state."""

from __future__ import annotations

from dataclasses import is_dataclass
from math import isfinite
from typing import Any, List, Sequence, cast

from typedpool.attachments import plain
from typedpool.kinds.base import Kind
from typedpool.kinds.ordered import ordered
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
    return (ordered(value, plain(written)),) if _can_be_stated(value) else ()


def _can_be_stated(value: Any) -> bool:
    if isinstance(value, float):
        return isfinite(value)
    if isinstance(value, dict):
        return all(map(_can_be_stated, cast("dict[str, Any]", value).values()))
    if isinstance(value, (list, tuple, set, frozenset)):
        return all(map(_can_be_stated, cast(List[Any], value)))
    return not (is_dataclass(value) or hasattr(value, "__pydantic_validator__") or hasattr(value, "__attrs_attrs__"))
