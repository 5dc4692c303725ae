"""pydantic's models: described, validated and written by pydantic itself, in the mode that it has for JSON.

Nothing here imports pydantic unless the user's module has done so: whether a class is pydantic's can only be asked then.
"""

from __future__ import annotations

import json
import sys
import typing
from importlib import import_module
from math import isfinite
from typing import Any, Dict, List, Sequence, Tuple, cast

from typedpool.kinds.base import ComponentNames, Decoder, Encoder, JsonObject, Kind, Shape
from typedpool.kinds.pydantic_generator import generator
from typedpool.kinds.pydantic_texts import respelling
from typedpool.kinds.rejected import Complaint, Rejected, Step
from typedpool.mismatch import Mismatch, describe
from typedpool.problems import NOT_DESCRIBABLE, NOT_SUPPORTED_YET, Unsupported

_WORDS = {"title", "description", "default", "examples", "deprecated", "$defs"}
_SCHEMA = ("items", "additionalProperties")
_SCHEMAS = ("anyOf", "oneOf", "allOf", "prefixItems")
_NAMED_SCHEMAS = ("properties", "patternProperties", "$defs")


def is_pydantic(annotation: Any) -> bool:
    """Whether an annotation is a model or dataclass of pydantic's, or a union that has one among its cases.

    Args:
        annotation: Any, in a process that has imported pydantic.
    """
    if isinstance(annotation, type) and not typing.get_args(annotation):
        return _is_model(annotation)
    cases = [case for case in typing.get_args(annotation) if case is not type(None)]
    beside: Tuple[Any, ...] = getattr(annotation, "__metadata__", ())
    if beside:
        # Only a union needs what stands beside it: which member tells its cases apart.
        return any(hasattr(each, "discriminator") for each in beside) and is_pydantic(cases[0])
    is_union = typing.get_origin(annotation) is typing.Union or type(annotation).__name__ == "UnionType"
    return is_union and len(cases) > 1 and any(map(is_pydantic, cases))


class PydanticType(Kind):
    """What pydantic knows how to read and write.

    Attributes:
        annotation: A class or a union.
    """

    native = False
    is_foreign = True

    def __init__(self, annotation: Any) -> None:
        pydantic = sys.modules["pydantic"]
        if str(getattr(pydantic, "VERSION", "")).startswith("1."):
            raise Unsupported(NOT_SUPPORTED_YET, "models of pydantic 1 are not supported. Install pydantic 2.")
        self.annotation = annotation
        self.hashable = not isinstance(annotation, type) or getattr(annotation, "__hash__") is not None
        try:
            self.adapter: Any = getattr(pydantic, "TypeAdapter")(annotation)
            self.typed = _says_all(self.adapter.json_schema(mode="serialization"))
        except Exception as error:
            text = f"pydantic cannot describe it: {type(error).__name__}: {str(error).splitlines()[0]}"
            raise Unsupported(NOT_DESCRIBABLE, text) from None

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return names.reference(self, shape)

    def decoder(self) -> Decoder:
        validate, failed = self.adapter.validate_json, _validation_error()

        def decode(value: Any) -> Any:
            try:
                # As text: only of JSON does a strict model take a string for a date, and an array for a set.
                return validate(json.dumps(value))
            except failed as error:
                raise _rejected(value, error.errors(include_url=False)) from None

        return decode

    def encoder(self, strict: bool) -> Encoder:
        dump = self.adapter.dump_python
        respell = respelling(self.adapter.json_schema(mode="serialization", by_alias=True, schema_generator=generator()))
        cls: Any = self.annotation if isinstance(self.annotation, type) else object

        def encode(value: Any) -> Any:
            if not isinstance(value, cls):
                raise Mismatch(f"an object {cls.__name__}", describe(value))
            try:
                written = dump(value, mode="json", by_alias=True, warnings="error")
            except Exception as error:  # Serializers are user code, too.
                raise Mismatch("what pydantic can write", f"{type(error).__name__}: {error}") from None
            written = written if respell is None else respell(written)
            return _with_words(written) if strict else written

        return encode


def _is_model(cls: Any) -> bool:
    base: Any = getattr(sys.modules["pydantic"], "BaseModel", None)
    if isinstance(base, type) and issubclass(cls, base):
        return cls.__module__.split(".")[0] != "pydantic"
    return "__pydantic_validator__" in cls.__dict__ and "__pydantic_core_schema__" in cls.__dict__


def _says_all(schema: Any) -> bool:
    """Whether nothing in it is any value: neither a schema that says nothing nor a map of whatever comes."""
    members = cast(JsonObject, schema)
    is_any_map = members.get("additionalProperties") is True and "properties" not in members
    if not set(members) - _WORDS or is_any_map:
        return False
    inner: List[Any] = [members[name] for name in _SCHEMA if name in members]
    for name in _SCHEMAS:
        inner += members.get(name, ())
    for name in _NAMED_SCHEMAS:
        inner += members.get(name, {}).values()
    return all(_says_all(each) for each in inner if isinstance(each, dict))


def _validation_error() -> Any:
    return getattr(import_module("pydantic"), "ValidationError")


def _rejected(value: Any, errors: Sequence[Dict[str, Any]]) -> Rejected:
    complaints: List[Complaint] = []
    for error in errors:
        missing = error["type"] == "missing"
        path = _path(value, error["loc"], missing)
        complaints.append(Complaint(path, error["msg"], "nothing" if missing else describe(error["input"])))
    return Rejected(complaints)


def _path(value: Any, location: Sequence[Step], missing: bool) -> List[Step]:
    """The steps of pydantic's location that lead through the JSON: others name the case of a union, or a function."""
    path: List[Step] = []
    for index, step in enumerate(location):
        if isinstance(value, dict) and step in value:
            value = cast(Dict[Any, Any], value)[step]
        elif isinstance(value, list) and isinstance(step, int) and step < len(cast(List[Any], value)):
            value = cast(List[Any], value)[step]
        elif not (missing and index == len(location) - 1):
            continue
        path.append(step)
    return path


def _with_words(value: Any) -> Any:
    """JSON has no NaN and no infinities; see "Values" in docs/schema.md."""
    if isinstance(value, float) and not isfinite(value):
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {name: _with_words(member) for name, member in cast(Dict[str, Any], value).items()}
    if isinstance(value, list):
        return [_with_words(item) for item in cast(List[Any], value)]
    return value
