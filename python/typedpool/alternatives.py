"""A schema as the list of what it allows, so that `T` and `T | None` and a union compare alike."""

from __future__ import annotations

import json
from typing import Any, Callable, Dict, FrozenSet, List, NamedTuple, Tuple, cast

from typedpool.kinds.base import JsonObject

ANY: JsonObject = {}
NULL: JsonObject = {"type": "null"}

_COMPONENT = "#/components/schemas/"
_SAY_NOTHING = {"title", "description", "default", "examples", "deprecated", "$comment", "x-enumNames"}


class Alternative(NamedTuple):
    """One of the things that a schema allows.

    Attributes:
        name: The component that it is; empty where it stands in place.
        schema: It resolved: without reference, union, list of types or nullability.
    """

    name: str
    schema: JsonObject

    @property
    def shown(self) -> str:
        """It in a word or two."""
        if self.name or not self.schema:
            return self.name or "any value"
        if "format" in self.schema:
            return f"{self.schema.get('type', '')} ({self.schema['format']})".strip()
        return str(self.schema.get("type", json.dumps(self.schema, sort_keys=True)))


class Schemas:
    """The components of one contract.

    Args:
        components: The schemas by name.
    """

    def __init__(self, components: Dict[str, JsonObject]) -> None:
        self._components = components

    def alternatives(self, schema: Any) -> List[Alternative]:
        """What a schema allows, each thing once."""
        found: List[Alternative] = []
        for alternative in self._expand(schema, frozenset()):
            if alternative not in found:
                found.append(alternative)
        return [Alternative("", ANY)] if any(each.schema == ANY for each in found) else found

    def _expand(self, schema: Any, inside: FrozenSet[str]) -> List[Alternative]:
        if not isinstance(schema, dict):
            return [Alternative("", ANY if schema is True else {"not": {}})]
        told = {name: value for name, value in cast(JsonObject, schema).items() if name not in _SAY_NOTHING}
        reference = told.pop("$ref", None)
        if reference is not None:
            return self._resolve(str(reference), told, inside)
        for keyword in ("anyOf", "oneOf"):
            if keyword in told:
                rest = {name: value for name, value in told.items() if name not in (keyword, "discriminator")}
                each = [self._expand(branch, inside) for branch in told[keyword]]
                return [Alternative(one.name, {**rest, **one.schema}) for branch in each for one in branch]
        if isinstance(told.get("type"), list):
            return [Alternative("", {**told, "type": type}) for type in told["type"]]
        if told.get("const", told) is None:
            return [Alternative("", NULL)]
        return [Alternative("", told)]

    def _resolve(self, reference: str, beside: JsonObject, inside: FrozenSet[str]) -> List[Alternative]:
        name = reference[len(_COMPONENT) :] if reference.startswith(_COMPONENT) else reference
        target = self._target(name)
        if target is None or name in inside:
            return [Alternative(name, {"$ref": reference})]
        expanded = self._expand(target, inside | {name})
        # What stands inside a component has no name: it is the same wherever else it is written out.
        name = "" if "/" in name else name
        if len(expanded) == 1 and not expanded[0].name:
            return [Alternative(name, {**expanded[0].schema, **beside})]
        return [Alternative(each.name, {**each.schema, **beside}) for each in expanded]

    def _target(self, name: str) -> Any:
        target: Any = self._components
        for step in name.replace("%25", "%").split("/"):
            found = cast(JsonObject, target) if isinstance(target, dict) else {}
            target = found.get(step.replace("~1", "/").replace("~0", "~"))
        return target


Pairs = Tuple[List[Tuple[Alternative, Alternative]], List[Alternative], List[Alternative]]


def pair(old: List[Alternative], new: List[Alternative]) -> Pairs:
    """Which alternatives stand for each other: equal ones, then those of one name, then those of one type.

    Returns:
        The pairs, what is only in `old`, what is only in `new`.
    """
    if any(each.schema == ANY for each in (*old, *new)):
        return [(old[0], new[0])], [], []
    pairs: List[Tuple[Alternative, Alternative]] = []
    removed, added = list(old), list(new)
    for key in _KEYS:
        for one in list(removed):
            other = next((each for each in added if key(one) and key(one) == key(each)), None)
            if other is not None:
                pairs.append((one, other))
                removed.remove(one)
                added.remove(other)
    if len(removed) == len(added) == 1 and NULL not in (removed[0].schema, added[0].schema):
        pairs.append((removed.pop(), added.pop()))
    return pairs, removed, added


_KEYS: Tuple[Callable[[Alternative], str], ...] = (
    lambda each: json.dumps([each.name, each.schema], sort_keys=True),
    lambda each: each.name,
    lambda each: json.dumps([each.schema.get("type"), each.schema.get("format")]),
    lambda each: "number" if each.schema.get("type") in ("integer", "number") else str(each.schema.get("type", "")),
)
