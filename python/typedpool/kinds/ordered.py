"""Sets as JSON in an order that is the same in every process: Python's own follows from hashes, which differ."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Dict, List, cast


def ordered(value: Any, written: Any) -> Any:
    """The JSON of a value with the items of each set in it, at any depth, in the order of their JSON texts.

    Args:
        value: The value in Python.
        written: What has been written of it, in the order in which it is iterated.
    """
    if getattr(value, "__pydantic_root_model__", False):
        value = value.root
    if isinstance(written, dict):
        members = cast(Dict[str, Any], written)
        inside = _inside(value, members)
        return {name: ordered(inside.get(name), member) for name, member in members.items()}
    if not isinstance(written, list) or not isinstance(value, Collection):
        return cast(Any, written)
    values, texts = cast("Collection[Any]", value), cast(List[Any], written)
    if len(values) != len(texts):
        # A serializer of the user's own has made something else of it.
        return texts
    items = [ordered(*pair) for pair in zip(values, texts)]
    return sorted(items, key=json.dumps) if isinstance(value, AbstractSet) else items


def _inside(value: Any, members: Dict[str, Any]) -> Dict[str, Any]:
    """What the members of an object were written of, by their names."""
    if isinstance(value, tuple):
        return dict(zip(members, cast("tuple[Any, ...]", value)))
    if isinstance(value, Mapping):
        given = cast("Mapping[Any, Any]", value)
        # Keys that are no strings were written as some, one after the other.
        return dict(given) if all(name in members for name in given) else dict(zip(members, given.values()))
    fields: Dict[str, Any] = getattr(cast(Any, type(value)), "__pydantic_fields__", {})
    attributes = {getattr(field, "serialization_alias", None) or name: name for name, field in fields.items()}
    return {name: getattr(value, attributes.get(name, name), None) for name in members}
