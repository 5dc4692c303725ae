"""Texts that pydantic spells otherwise than we do: `P1Y` for 365 days, and `1E-7` for a decimal number."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any, Callable, Dict, List, Optional, cast

from typedpool.kinds.base import JsonObject
from typedpool.kinds.reals import DECIMAL
from typedpool.mismatch import Mismatch

# Of years and months pydantic writes years alone, and means 365 days by each.
_years = re.compile(r"(-?P)([0-9]+)Y(?:([0-9]+)D)?(T.*)?")
_DAYS_OF_YEAR = 365
_REFERENCE = "#/$defs/"


def respelling(schema: JsonObject) -> Optional[Callable[[Any], Any]]:
    """What brings a value that pydantic has written into our spelling; None where there is nothing to respell.

    Args:
        schema: The document that describes the value, in pydantic's mode for what it writes.
    """
    if not _holds_form(schema):
        return None
    definitions: Dict[str, JsonObject] = schema.get("$defs", {})

    def respell(value: Any, described: Any) -> Any:
        found = _case(value, described)
        if found is None:
            return value
        if isinstance(value, str):
            spell = _FORMS.get(found.get("format", ""))
            return value if spell is None else spell(value)
        if isinstance(value, list):
            items = cast(List[Any], value)
            first: List[Any] = found.get("prefixItems", [])
            rest = found.get("items", {})
            return [respell(item, first[i] if i < len(first) else rest) for i, item in enumerate(items)]
        if isinstance(value, dict):
            properties, others = found.get("properties", {}), found.get("additionalProperties", {})
            members = cast(JsonObject, value)
            return {name: respell(member, properties.get(name, others)) for name, member in members.items()}
        return value

    def _case(value: Any, described: Any) -> Optional[JsonObject]:
        """The schema that a value has been written by; None where several may be it, or none."""
        if not isinstance(described, dict):
            return None
        one = cast(JsonObject, described)
        if "$ref" in one:
            return _case(value, definitions.get(one["$ref"][len(_REFERENCE) :]))
        cases = [*one.get("anyOf", []), *one.get("oneOf", []), *one.get("allOf", [])]
        if not cases:
            return one if _may_be(value, one) else None
        found = [each for each in (_case(value, case) for case in cases) if each is not None]
        return found[0] if len(found) == 1 else None

    def _may_be(value: Any, one: JsonObject) -> bool:
        if "type" in one and _TYPES.get(one["type"], object) is not type(value):
            return False
        if "const" in one or "enum" in one:
            return value in one.get("enum", [one.get("const")])
        if not isinstance(value, dict):
            return True
        members = cast(JsonObject, value)
        fixed = {name: each for name, each in one.get("properties", {}).items() if "const" in each or "enum" in each}
        return all(name in members for name in one.get("required", [])) and all(
            _may_be(members[name], each) for name, each in fixed.items() if name in members
        )

    return lambda value: respell(value, schema)


def _holds_form(schema: Any) -> bool:
    if isinstance(schema, list):
        return any(map(_holds_form, cast(List[Any], schema)))
    if not isinstance(schema, dict):
        return False
    members = cast(JsonObject, schema)
    form = members.get("format")
    return (isinstance(form, str) and form in _FORMS) or any(map(_holds_form, members.values()))


def _without_years(text: str) -> str:
    match = _years.fullmatch(text)
    if match is None:
        return text
    sign, years, days, rest = match.groups(default="")
    return f"{sign}{int(years) * _DAYS_OF_YEAR + int(days or 0)}D{rest}"


def _without_exponent(text: str) -> str:
    try:
        return _write_decimal(Decimal(text)) if "E" in text else text
    except (InvalidOperation, Mismatch):
        return text  # Who reads it says what is wrong with it.


_write_decimal = cast(Callable[[Decimal], str], DECIMAL.encoder(strict=True))
_FORMS: Dict[str, Callable[[str], str]] = {"duration": _without_years, "decimal": _without_exponent}
_TYPES: Dict[str, type] = {"string": str, "array": list, "object": dict, "boolean": bool, "integer": int, "number": float}
