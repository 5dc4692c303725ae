"""The package's own types in pydantic's models, which knows nothing of their forms by itself."""

from __future__ import annotations

import sys
from typing import Any, Callable

from typedpool.kinds.base import Kind, as_is
from typedpool.kinds.library import kind_of_form
from typedpool.mismatch import Mismatch


class PydanticForm:
    """What stands for a `Format` where pydantic reads an annotation.

    Args:
        name: That of the form.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        kind = kind_of_form(source, self._name)
        if kind is None:
            raise TypeError(f"{source} has no form {self._name}")
        schema = handler(source)
        if schema["type"] == "datetime":
            return {**schema, "tz_constraint": "naive"}
        # Bounds that stand beside it come after it: as bounds of the type itself they would take the place of its own.
        return sys.modules["pydantic_core"].core_schema.no_info_after_validator_function(_checking(kind), schema)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Callable[[Any], Any]) -> Any:
        written = handler(schema)
        return {**written, "format": self._name} if "type" in written else written


def _checking(kind: Kind) -> Callable[[Any], Any]:
    encode = kind.encoder(True) or as_is

    def check(value: Any) -> Any:
        try:
            encode(value)
        except Mismatch as mismatch:
            raise ValueError(f"expected {mismatch.expected}") from None
        return value

    return check
