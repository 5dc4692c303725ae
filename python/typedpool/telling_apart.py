"""How callers tell the objects of a union apart; see "Unions" in docs/schema.md."""

from __future__ import annotations

from typing import Dict, List, Set, Tuple, cast

from typedpool.alternatives import Alternative, Schemas, listed
from typedpool.kinds.base import JsonObject


def own_members(alternatives: List[Alternative], schemas: Schemas) -> Dict[str, Alternative]:
    """The members by which objects are known, with the object; none where a tag tells them apart, or there is only one."""
    objects = [each for each in alternatives if each.schema.get("type") == "object" and "properties" in each.schema]
    if len(objects) < 2 or any(_is_tag(name, objects, schemas) for name in _properties(objects[0])):
        return {}
    counts: Dict[str, int] = {}
    for each in objects:
        for name in _properties(each):
            counts[name] = counts.get(name, 0) + 1
    owners = [(min((name for name in _required(each) if counts.get(name) == 1), default=None), each) for each in objects]
    return {name: each for name, each in owners if name is not None}


def _is_tag(name: str, objects: List[Alternative], schemas: Schemas) -> bool:
    known: Set[Tuple[str, str]] = set()
    for each in objects:
        if name not in _properties(each) or name not in _required(each):
            return False
        for alternative in schemas.alternatives(_properties(each)[name]):
            values = listed(alternative.schema)
            keys = {(type(value).__name__, str(value)) for value in values or []}
            if not keys or known & keys or not {kind for kind, _ in keys} <= {"str", "int"}:
                return False
            known |= keys
    return True


def _properties(alternative: Alternative) -> JsonObject:
    return cast(JsonObject, alternative.schema["properties"])


def _required(alternative: Alternative) -> List[str]:
    return cast(List[str], alternative.schema.get("required", []))
