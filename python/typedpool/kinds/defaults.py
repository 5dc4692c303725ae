"""Defaults: what of them a schema can state."""

from __future__ import annotations

import json
from dataclasses import is_dataclass
from math import isfinite
from typing import Any, List, Sequence, cast

from typedpool.attachments import plain
from typedpool.kinds.base import Kind
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
    written = plain(written)
    if not _can_be_stated(value):
        return ()
    if isinstance(value, (set, frozenset)):
        # In an order that is the same in every run.
        written = sorted(written, key=json.dumps)
    return (written,)


def _can_be_stated(value: Any) -> bool:
    if isinstance(value, float):
        return isfinite(value)
    if isinstance(value, (set, frozenset)):
        # Sets in sets would have to be ordered, too.
        items = cast(List[Any], value)
        return all(map(_can_be_stated, items)) and not any(isinstance(item, frozenset) for item in items)
    if isinstance(value, dict):
        return all(map(_can_be_stated, cast("dict[str, Any]", value).values()))
    if isinstance(value, (list, tuple)):
        return all(map(_can_be_stated, cast(List[Any], value)))
    return not (is_dataclass(value) or hasattr(value, "__pydantic_validator__") or hasattr(value, "__attrs_attrs__"))
