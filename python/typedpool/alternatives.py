"""A schema as the list of what it allows, so that `T` and `T | None` and a union compare alike."""

from __future__ import annotations

import json
from typing import Any, Callable, Dict, FrozenSet, Iterator, List, NamedTuple, Optional, Tuple, cast

from typedpool.kinds.base import JsonObject

ANY: JsonObject = {}
NULL: JsonObject = {"type": "null"}

_COMPONENT = "#/components/schemas/"
_ATTACHING = {"contentEncoding", "x-packed", "x-ndarray"}
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

    def attaches(self, schema: Any) -> bool:
        """Whether something in it may travel beside the message."""
        return any(_ATTACHING & set(each) for each in self._objects(schema))

    def closure(self, schema: Any) -> Dict[str, Any]:
        """The components that it leads to, by name."""
        found: Dict[str, Any] = {}
        waiting = [schema]
        while waiting:
            for each in _objects_in(waiting.pop()):
                reference = each.get("$ref")
                if isinstance(reference, str) and reference not in found:
                    found[reference] = self._target(_name_of(reference))
                    waiting.append(found[reference])
        return found

    def _objects(self, schema: Any) -> Iterator[JsonObject]:
        for each in (schema, *self.closure(schema).values()):
            yield from _objects_in(each)

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
        if len(told.get("allOf", ())) == 1:
            (inner,) = told.pop("allOf")
            return [Alternative(each.name, {**each.schema, **told}) for each in self._expand(inner, inside)]
        if told.get("format") == "path":
            del told["format"]  # Any text is one.
        if "const" in told:
            told["enum"] = [told.pop("const")]
        types: Any = told.get("type", _types_of(told.get("enum")))
        if not isinstance(types, list):
            return [Alternative("", told)]
        return [Alternative("", _of_type(told, type)) for type in cast(List[str], types)]

    def _resolve(self, reference: str, beside: JsonObject, inside: FrozenSet[str]) -> List[Alternative]:
        name = _name_of(reference)
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


def _name_of(reference: str) -> str:
    return reference[len(_COMPONENT) :] if reference.startswith(_COMPONENT) else reference


def _objects_in(value: Any) -> Iterator[JsonObject]:
    if isinstance(value, dict):
        yield cast(JsonObject, value)
        for member in cast(JsonObject, value).values():
            yield from _objects_in(member)
    elif isinstance(value, list):
        for item in cast(List[Any], value):
            yield from _objects_in(item)


def _types_of(values: Any) -> Any:
    """The types of listed values; None where no values are listed, or one is no plain value."""
    types = [_TYPES.get(cast(Any, type(value))) for value in cast(List[Any], values or [])]
    return list(dict.fromkeys(types)) if types and None not in types else None


def _of_type(schema: JsonObject, type: str) -> JsonObject:
    """What a schema of several types says of one of them."""
    if type == "null":
        return NULL
    told = {**schema, "type": type}
    if "enum" in told:
        told["enum"] = [value for value in told["enum"] if _types_of([value]) == [type]]
    return told


_TYPES: Dict[type, str] = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}

Pairs = Tuple[List[Tuple[Alternative, Alternative]], List[Alternative], List[Alternative]]


def pair(old: List[Alternative], new: List[Alternative]) -> Pairs:
    """Which alternatives stand for each other: equal ones, then those of one name, of one tag, of equal members, of one type.

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
    if not pairs and len(removed) == len(added) == 1:
        pairs.append((removed.pop(), added.pop()))
    return pairs, removed, added


def _members(alternative: Alternative) -> JsonObject:
    return cast(JsonObject, alternative.schema.get("properties", {}))


def _fixed(alternative: Alternative) -> JsonObject:
    """The members of an object that have one value."""
    members = {name: listed(cast(JsonObject, schema)) for name, schema in _members(alternative).items() if isinstance(schema, dict)}
    return {name: values[0] for name, values in members.items() if values is not None and len(values) == 1}


def listed(schema: JsonObject) -> Optional[List[Any]]:
    """The values of which a schema allows no other; None where it lists none."""
    return [schema["const"]] if "const" in schema else schema.get("enum")


_KEYS: Tuple[Callable[[Alternative], str], ...] = (
    lambda each: json.dumps([each.name, each.schema], sort_keys=True),
    lambda each: each.name,
    lambda each: json.dumps(each.schema, sort_keys=True),
    lambda each: json.dumps(_fixed(each), sort_keys=True) if _fixed(each) else "",
    lambda each: json.dumps(sorted(_members(each))) if _members(each) else "",
    lambda each: json.dumps([each.schema.get("type"), each.schema.get("format"), "enum" in each.schema]),
    lambda each: json.dumps([each.schema.get("type"), "enum" in each.schema]),
    lambda each: str(each.schema.get("type", "")),
    lambda each: "number" if each.schema.get("type") in ("integer", "number") else str(each.schema.get("type", "")),
)
