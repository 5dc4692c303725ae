"""The schemas that pydantic writes, all at once, in our spelling."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any, Callable, Dict, List, Sequence, Set, Tuple, cast

from typedpool.kinds.base import JsonObject, Shape
from typedpool.kinds.pydantic_generator import generator
from typedpool.kinds.pydantic_types import PydanticType

_MODES = {Shape.INPUT: "validation", Shape.OUTPUT: "serialization"}
_REFERENCE = "#/components/schemas/"
_NAMED_SCHEMAS = ("properties", "patternProperties", "$defs")

_LIMITS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum", "multiple_of": "multipleOf"}


class PydanticSchemas:
    """The components that pydantic's types need, and how these refer to them.

    Attributes:
        components: Their schemas by name.
        split: The names of those that have another schema where they are received, under the name with `Input`.

    Args:
        uses: Each type with each shape that it stands in.
        own: The components that are described already, by name: one of the same name is shared if it is the same.
    """

    def __init__(self, uses: Sequence[Tuple[PydanticType, Shape]], own: Dict[str, JsonObject]) -> None:
        self.components: Dict[str, JsonObject] = {}
        self.split: List[str] = []
        self._schemas: Dict[Tuple[int, Shape], JsonObject] = {}
        if not uses:
            return
        adapter: Any = getattr(import_module("pydantic"), "TypeAdapter")
        asked = [(str(id(kind)), _MODES[shape], kind.adapter) for kind, shape in uses]
        written, definitions = adapter.json_schemas(
            asked, by_alias=True, ref_template=_REFERENCE + "{model}", schema_generator=generator()
        )
        defined = {name: _cleaned(schema) for name, schema in definitions.get("$defs", {}).items()}
        names = _names(list(defined))
        # A class that both sides describe is one component where they agree, and two where they do not.
        for name, wanted in list(names.items()):
            if wanted in own and _renamed(defined[name], names) != own[wanted]:
                names[name] = wanted + "Model"
        self.split = sorted(names[name] for name in names if name.endswith("-Output") and f"{name[:-7]}-Input" in names)
        for name, schema in defined.items():
            if names[name] not in own:
                self.components[names[name]] = _renamed(schema, names)
        for kind, shape in uses:
            self._schemas[id(kind), shape] = _renamed(_cleaned(written[str(id(kind)), _MODES[shape]]), names)

    def schema(self, kind: PydanticType, shape: Shape) -> JsonObject:
        """What stands where the type is used."""
        return dict(self._schemas[id(kind), shape])


def has_two_shapes(kind: PydanticType) -> bool:
    """Whether what is received and what is sent differ."""
    received, sent = (PydanticSchemas([(kind, shape)], {}) for shape in Shape)
    both = received.schema(kind, Shape.INPUT), received.components, sent.schema(kind, Shape.OUTPUT), sent.components
    return both[:2] != both[2:]


def _names(defined: List[str]) -> Dict[str, str]:
    names: Dict[str, str] = {}
    for name in defined:
        base, shape = re.fullmatch(r"(.*?)(-Input|-Output)?", name, re.DOTALL).groups()  # type: ignore[union-attr]
        # Classes of one name are told apart by their modules, as ours are.
        plain = cast(str, base).rstrip("_").replace("__", ".")
        names[name] = plain + ("Input" if shape == "-Input" else "")
    taken: Set[str] = set()
    for name in sorted(names):
        while names[name] in taken:
            names[name] += "_"
        taken.add(names[name])
    return names


def _renamed(schema: JsonObject, names: Dict[str, str]) -> JsonObject:
    def rename(value: Any) -> Any:
        if isinstance(value, str) and value.startswith(_REFERENCE):
            return _REFERENCE + names.get(value[len(_REFERENCE) :], value[len(_REFERENCE) :])
        return value

    return _mapped(schema, rename)


def _mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, dict):
        return {name: _mapped(member, change) for name, member in cast(JsonObject, value).items()}
    if isinstance(value, list):
        return [_mapped(item, change) for item in cast(List[Any], value)]
    return change(value)


def _keyword(name: str, limit: Any) -> str:
    """Ours for a limit that pydantic writes by its own name, as it does behind a validator; empty for one that cannot travel."""
    if isinstance(limit, (int, float)):
        return _LIMITS[name]
    if not isinstance(limit, str) or re.match("-?P[0-9]+Y", limit):
        return ""
    return "x-multipleOf" if name == "multiple_of" else f"format{_LIMITS[name][0].upper()}{_LIMITS[name][1:]}"


def _cleaned(schema: Any) -> Any:
    """A schema without titles, which only say what the name says, and without examples, which bind nobody."""
    if not isinstance(schema, dict):
        return [_cleaned(each) for each in cast(List[Any], schema)] if isinstance(schema, list) else schema
    cleaned: JsonObject = {}
    for name, value in cast(JsonObject, schema).items():
        if name in _NAMED_SCHEMAS:
            cleaned[name] = {member: _cleaned(each) for member, each in value.items()}
        elif name in ("default", "enum", "const", "required"):
            cleaned[name] = value
        elif name in _LIMITS:
            keyword = _keyword(name, value)
            if keyword:
                cleaned[keyword] = value
        # Sets in examples have been written in the order of hashes, which is another one in every process.
        elif name not in ("title", "examples"):
            cleaned[name] = _cleaned(value)
    if "properties" in cleaned:
        cleaned.setdefault("required", [])
    return cleaned
