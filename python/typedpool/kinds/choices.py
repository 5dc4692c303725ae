"""One of a few values: enums and literals."""

from __future__ import annotations

from enum import Enum
from typing import Any, Dict, List, Sequence, Type, Union

from typedpool.kinds.base import ComponentNames, Decoder, Encoder, JsonObject, Kind, Shape
from typedpool.kinds.integers import INTEGER
from typedpool.mismatch import Mismatch, describe

_MOST_NAMED = 20
Choice = Union[str, int]


class EnumOf(Kind):
    """An `Enum` whose values are all strings or all integers. It is a component of the document."""

    native = False

    def __init__(self, cls: Type[Enum], description: str) -> None:
        self.cls = cls
        self.name = cls.__name__
        self.description = description
        self.members: List[Enum] = list(cls)
        self._values: List[Choice] = [_plain(member.value) for member in self.members]
        self.json_type = _json_type(self._values)

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return names.reference(self, Shape.OUTPUT)

    def component(self) -> JsonObject:
        """The schema of the enum itself."""
        schema = _choice_schema(self._values)
        if self.description:
            schema = {"type": schema["type"], "description": self.description, "enum": schema["enum"]}
        schema["x-enumNames"] = [member.name for member in self.members]
        return schema

    def decoder(self) -> Decoder:
        decode = _choice_decoder(self._values)
        by_value: Dict[Choice, Enum] = dict(zip(self._values, self.members))
        return lambda value: by_value[decode(value)]

    def encoder(self, strict: bool) -> Encoder:
        cls = self.cls
        by_member: Dict[Enum, Choice] = dict(zip(self.members, self._values))

        def encode(value: Any) -> Choice:
            if isinstance(value, cls):
                return by_member[value]
            raise Mismatch(f"a member of {cls.__name__}", describe(value))

        return encode


class LiteralOf(Kind):
    """A `Literal` of strings or of integers. It stands in the schema where it is used."""

    in_place = True

    def __init__(self, values: Sequence[Choice]) -> None:
        self._values = list(values)
        self.json_type = _json_type(values)

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return _choice_schema(self._values)

    def decoder(self) -> Decoder:
        return _choice_decoder(self._values)

    def encoder(self, strict: bool) -> Encoder:
        return _choice_decoder(self._values)


def _plain(value: Choice) -> Choice:
    # A member of a StrEnum is its own value; what is written and compared is the bare string.
    return str.__str__(value) if isinstance(value, str) else int(value)


def _json_type(values: Sequence[Choice]) -> str:
    return "string" if isinstance(values[0], str) else "integer"


def _choice_schema(values: Sequence[Choice]) -> JsonObject:
    return {"type": _json_type(values), "enum": list(values)}


def _choice_decoder(values: Sequence[Choice]) -> Decoder:
    allowed = frozenset(values)
    decode_integer = INTEGER.decoder()
    textual = isinstance(values[0], str)
    shown = [f'"{value}"' if textual else str(value) for value in values[:_MOST_NAMED]]
    expected = "one of " + ", ".join(shown) + (", …" if len(values) > _MOST_NAMED else "")

    def decode(value: Any) -> Any:
        if textual and isinstance(value, str):
            if value in allowed:
                return value
        elif not textual and isinstance(value, (int, float)):
            number = decode_integer(value)
            if number in allowed:
                return number
        raise Mismatch(expected, describe(value))

    return decode
