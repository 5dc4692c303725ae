"""One of a few values: enums, flags and literals."""

from __future__ import annotations

from enum import Enum
from math import isfinite
from typing import Any, Dict, List, Sequence, Tuple, Type, Union, cast

from typedpool.kinds.base import ComponentNames, Decoder, Encoder, JsonObject, Kind, Shape
from typedpool.kinds.integers import INTEGER, LARGEST_INTEGER, SMALLEST_INTEGER
from typedpool.mismatch import Mismatch, describe
from typedpool.problems import NOT_DESCRIBABLE, Unsupported

_MOST_NAMED = 20
_TYPES: Dict[type, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}
Choice = Union[str, int, float, bool]


class EnumOf(Kind):
    """An `Enum` whose values are strings, integers, floats or booleans. It is a component of the document."""

    native = False

    def __init__(self, cls: Type[Enum], description: str) -> None:
        self.cls = cls
        self.name = cls.__name__
        self.description = description
        self.members: List[Enum] = list(cls)
        self.values: List[Choice] = [_plain(member.value) for member in self.members]
        self.json_type = _key_type(self.values)

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return names.reference(self, Shape.OUTPUT)

    def component(self) -> JsonObject:
        """The schema of the enum itself."""
        schema = _choice_schema(self.values)
        values = schema.pop("enum")
        if self.description:
            schema["description"] = self.description
        schema["enum"] = values
        schema["x-enumNames"] = [member.name for member in self.members]
        return schema

    def decoder(self) -> Decoder:
        decode = _choice_decoder(self.values)
        by_value = {_key(value): member for value, member in zip(self.values, self.members)}
        return lambda value: by_value[_key(decode(value))]

    def encoder(self, strict: bool) -> Encoder:
        cls = self.cls
        by_member: Dict[Enum, Choice] = dict(zip(self.members, self.values))

        def encode(value: Any) -> Choice:
            if isinstance(value, cls):
                return by_member[value]
            raise Mismatch(f"a member of {cls.__name__}", describe(value))

        return encode


class FlagsOf(EnumOf):
    """A `Flag`: any combination of its bits, and no other."""

    def __init__(self, cls: Type[Enum], description: str) -> None:
        super().__init__(cls, description)
        # Aliases and combinations are no members to Python, but names all the same.
        self.bits: Dict[str, int] = {name: int(member.value) for name, member in cls.__members__.items()}
        self.values = []
        self.json_type = None
        self._mask = 0
        for bit in self.bits.values():
            self._mask |= bit

    def component(self) -> JsonObject:
        schema: JsonObject = {"type": "integer"}
        if self.description:
            schema["description"] = self.description
        schema["x-flags"] = list(self.bits.values())
        schema["x-enumNames"] = list(self.bits)
        return schema

    def decoder(self) -> Decoder:
        cls: Any = self.cls
        decode_integer = INTEGER.decoder()
        return lambda value: cls(self._checked(decode_integer(value)))

    def encoder(self, strict: bool) -> Encoder:
        cls = self.cls

        def encode(value: Any) -> int:
            if isinstance(value, cls):
                return self._checked(int(cast(Any, value).value))
            raise Mismatch(f"flags of {cls.__name__}", describe(value))

        return encode

    def _checked(self, value: int) -> int:
        if value & ~self._mask:
            raise Mismatch(f"a combination of the bits of {self._mask}", describe(value))
        return value


class LiteralOf(Kind):
    """A `Literal` of strings, integers or booleans. It stands in the schema where it is used."""

    in_place = True

    def __init__(self, values: Sequence[Choice]) -> None:
        self.values = list(values)
        self.json_type = _key_type(self.values)

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return _choice_schema(self.values)

    def decoder(self) -> Decoder:
        return _choice_decoder(self.values)

    def encoder(self, strict: bool) -> Encoder:
        return _choice_decoder(self.values)


def _plain(value: Choice) -> Choice:
    # A member of a StrEnum is its own value; what is written and compared is the bare string.
    if isinstance(value, str):
        return str.__str__(value)
    return value if isinstance(value, (bool, float)) else int(value)


def _key(value: Choice) -> Tuple[type, Choice]:
    # To Python True is 1, and 1.0 as well.
    return type(value), value


def _key_type(values: Sequence[Choice]) -> Any:
    types = {type(value) for value in values}
    return _TYPES[types.pop()] if types in ({str}, {int}) else None


def _choice_schema(values: Sequence[Choice]) -> JsonObject:
    types = list(dict.fromkeys(_TYPES[type(value)] for value in values))
    return {"type": types[0], "enum": list(values)} if len(types) == 1 else {"enum": list(values)}


def _choice_decoder(values: Sequence[Choice]) -> Decoder:
    allowed = {_key(value): value for value in values}
    shown = [_shown(value) for value in values[:_MOST_NAMED]]
    expected = "one of " + ", ".join(shown) + (", …" if len(values) > _MOST_NAMED else "")

    def decode(value: Any) -> Any:
        for cls in _alike(value):
            found = allowed.get((cls, value))
            if found is not None:
                return found
        raise Mismatch(expected, describe(value))

    return decode


def _alike(value: Any) -> Tuple[type, ...]:
    """The types that a JSON value may be of: `3.0` is 3 where an integer is asked for, and `3` is 3.0."""
    if isinstance(value, bool):
        return (bool,)
    if isinstance(value, str):
        return (str,)
    if isinstance(value, int):
        return (int, float)
    return (float, int) if isinstance(value, float) else ()


def _shown(value: Choice) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)


def check_choices(shown: str, values: Sequence[Any]) -> None:
    """Refuses values that JSON or C# cannot hold.

    Raises:
        Unsupported: One of them is of another type, or there are none.
    """
    for value in values:
        plain = isinstance(value, (str, int, float)) and not (isinstance(value, Enum) and "Literal" in shown)
        if not plain or (isinstance(value, float) and not isfinite(value)):
            text = f"{shown}: write values that are strings, integers, booleans, or floats that are finite."
            raise Unsupported(NOT_DESCRIBABLE, text)
        if isinstance(value, int) and not SMALLEST_INTEGER <= value <= LARGEST_INTEGER:
            raise Unsupported(NOT_DESCRIBABLE, f"{shown}: integers must fit into 64 bits.")
    if not values:
        raise Unsupported(NOT_DESCRIBABLE, f"{shown} has no values. Write at least one.")
