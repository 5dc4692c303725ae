"""`Any`: whatever JSON can hold."""

from __future__ import annotations

from math import isfinite
from typing import Any, Dict, List, Optional, cast

from typedpool.kinds.base import ComponentNames, Decoder, Encoder, JsonObject, Kind, Shape, as_is
from typedpool.kinds.scalars import check_text
from typedpool.mismatch import Mismatch, describe


class Anything(Kind):
    """Any JSON value, which reaches Python as the standard library parses it."""

    typed = False
    hashable = False

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return {}

    def decoder(self) -> Decoder:
        return as_is

    def encoder(self, strict: bool) -> Optional[Encoder]:
        return check_json if strict else None


def check_json(value: Any) -> Any:
    """Finds the first thing in `value` that JSON text in UTF-8 cannot hold.

    Raises:
        Mismatch: Found one; the path leads to it.
    """
    if isinstance(value, str):
        return check_text(value)
    if value is None or isinstance(value, int) or (isinstance(value, float) and isfinite(value)):
        return value
    if isinstance(value, (list, tuple)):
        for index, item in enumerate(cast(List[Any], value)):
            try:
                check_json(item)
            except Mismatch as mismatch:
                raise mismatch.under(index)
        return cast(Any, value)
    if isinstance(value, dict):
        for name, member in cast(Dict[Any, Any], value).items():
            if not isinstance(name, str):
                raise Mismatch("a member named by a string", describe(name))
            try:
                check_text(name)
                check_json(member)
            except Mismatch as mismatch:
                raise mismatch.under(name)
        return cast(Any, value)
    raise Mismatch("a JSON value", describe(value))
