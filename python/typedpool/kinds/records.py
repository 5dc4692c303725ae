"""Classes of named fields: dataclasses, NamedTuples, TypedDicts and classes of attrs."""

from __future__ import annotations

from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Sequence, cast

from typedpool.kinds.base import ComponentNames, Decoder, Encoder, JsonObject, Kind, Shape
from typedpool.kinds.choices import EnumOf, LiteralOf
from typedpool.kinds.members import Member, compile_decoder, compile_list_decoder, refuse_members
from typedpool.mismatch import Mismatch, describe


class Field(NamedTuple):
    """One field of a class.

    Attributes:
        default: What stands in the schema as its default: empty, or one JSON value.
        optional: Whether it may be absent from what is received.
        accepted: Whether it is received at all; a field that the class computes for itself is only sent.
        owner: The class that wrote it down.
    """

    name: str
    kind: Kind
    description: str
    default: Sequence[Any]
    optional: bool
    accepted: bool
    owner: type

    def is_fixed(self) -> bool:
        """Whether it can have one value only, a string or an integer, as tags of unions do: C# always sends it, default or not."""
        return isinstance(self.kind, (EnumOf, LiteralOf)) and len(self.kind.values) == 1 and self.kind.json_type is not None


class Record(Kind):
    """A dataclass or a NamedTuple. It is a component of the document, or two where its shapes differ.

    Attributes:
        name: What the component is called: the class's name, and of a generic class its arguments.
    """

    native = False

    def __init__(self, cls: type, name: str, description: str) -> None:
        self.cls = cls
        self.name = name
        self.description = description
        self.hashable = getattr(cls, "__hash__") is not None
        # Filled in after construction: a field may lead back to this very class.
        self.fields: List[Field] = []
        self.is_complete = False
        self._decode: Optional[Decoder] = None
        self._decode_list: Optional[Decoder] = None
        self._encode: Dict[bool, Encoder] = {}

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return names.reference(self, shape)

    def component(self, shape: Shape, names: ComponentNames) -> JsonObject:
        """The schema of the class itself, in one shape."""
        receiving = shape is Shape.INPUT
        output = names.reference(self, Shape.OUTPUT) if receiving else {}
        return self._object(shape, names, output if receiving and output != names.reference(self, Shape.INPUT) else {})

    def members(self, shape: Shape, names: ComponentNames) -> JsonObject:
        """The schema of an object with these fields that is no component, in one shape."""
        return self._object(shape, names, {})

    def _object(self, shape: Shape, names: ComponentNames, output: JsonObject) -> JsonObject:
        receiving = shape is Shape.INPUT
        schema: JsonObject = {"type": "object"}
        if self.description:
            schema["description"] = self.description
        properties: JsonObject = {}
        required: List[str] = []
        for field in self.fields:
            if receiving and not field.accepted:
                continue
            member = field.kind.schema(shape, names)
            if output and field.kind.in_place and member == field.kind.schema(Shape.OUTPUT, names):
                # Two equal types in two places would be two types in C#.
                member = {"$ref": f"{output['$ref']}/properties/{_step(field.name)}"}
            if receiving and field.default and not field.is_fixed():
                member["default"] = field.default[0]
            if field.description:
                member["description"] = field.description
            properties[field.name] = member
            if not self.may_be_absent(field, shape):
                required.append(field.name)
        schema.update(properties=properties, required=required, additionalProperties=False)
        return schema

    def may_be_absent(self, field: Field, shape: Shape) -> bool:
        """Whether what is received or sent may lack the field; what is sent always has each."""
        return shape is Shape.INPUT and field.optional and not field.is_fixed()

    def differences(self) -> List[Field]:
        """The fields in which input and output differ, whatever their kinds contain."""
        return [
            field
            for field in self.fields
            if not field.accepted or self.may_be_absent(field, Shape.INPUT) != self.may_be_absent(field, Shape.OUTPUT)
        ]

    def children(self) -> Iterator[Kind]:
        return (field.kind for field in self.fields)

    def decoder(self) -> Decoder:
        if self._decode is None:
            # Stands in for the real one while that is being compiled, and afterwards inside a recursive type.
            self._decode = lambda value: cast(Decoder, self._decode)(value)
            self._decode = self._compile_decoder()
        return self._decode

    def list_decoder(self) -> Decoder:
        if self._decode_list is None:
            self._decode_list = lambda values: cast(Decoder, self._decode_list)(values)
            self._decode_list = compile_list_decoder(self._members(), self.constructor(), self.decoder())
        return self._decode_list

    def encoder(self, strict: bool) -> Encoder:
        if not self.is_complete:
            # Asked for by the default of a field, while others are still to come.
            return lambda value: self.encoder(strict)(value)
        if strict not in self._encode:
            self._encode[strict] = lambda value: self._encode[strict](value)
            self._encode[strict] = self._compile_encoder(strict)
        return self._encode[strict]

    def constructor(self) -> Callable[..., Any]:
        """What makes an object of its fields, given by their names."""
        return self.cls

    def attribute(self, field: Field) -> str:
        """Where an object keeps a field."""
        return field.name

    def _compile_decoder(self) -> Decoder:
        expected = f"an object {self.cls.__name__}"
        members = self._members()

        def refuse(value: Any) -> Any:
            if type(value) is not dict:
                raise Mismatch(expected, describe(value))
            refuse_members(
                cast(Dict[str, Any], value), members, f"a member of {expected}", f"no member of this name in {expected}"
            )

        return compile_decoder(members, self.constructor(), refuse)

    def _members(self) -> List[Member]:
        return [Member(field.name, field.kind, field.optional) for field in self.fields if field.accepted]

    def _compile_encoder(self, strict: bool) -> Encoder:
        cls = self.cls
        members = [
            (field.name, self.attribute(field), None if field.kind.native and not strict else field.kind.encoder(strict))
            for field in self.fields
        ]

        def encode(value: Any) -> Dict[str, Any]:
            if not isinstance(value, cls):
                raise Mismatch(f"an object {cls.__name__}", describe(value))
            result: Dict[str, Any] = {}
            for name, attribute, encode_member in members:
                try:
                    member = getattr(value, attribute)
                    result[name] = member if encode_member is None else encode_member(member)
                except AttributeError:
                    raise Mismatch(f"a field of {cls.__name__}", "nothing").under(name) from None
                except Mismatch as mismatch:
                    raise mismatch.under(name)
            return result

        return encode


class DictRecord(Record):
    """A TypedDict. A key that need not be there may be absent from what is sent, too."""

    def may_be_absent(self, field: Field, shape: Shape) -> bool:
        return field.optional

    def _compile_encoder(self, strict: bool) -> Encoder:
        expected = f"an object {self.cls.__name__}"
        names = {field.name for field in self.fields}
        members = [
            (field.name, None if field.kind.native and not strict else field.kind.encoder(strict), field.optional)
            for field in self.fields
        ]

        def encode(value: Any) -> Dict[str, Any]:
            if not isinstance(value, dict):
                raise Mismatch(expected, describe(value))
            given = cast(Dict[Any, Any], value)
            result: Dict[str, Any] = {}
            for name, encode_member, optional in members:
                if name in given:
                    try:
                        member = given[name]
                        result[name] = member if encode_member is None else encode_member(member)
                    except Mismatch as mismatch:
                        raise mismatch.under(name)
                elif not optional:
                    raise Mismatch(f"a member of {expected}", "nothing").under(name)
            if len(result) != len(given):
                unknown = next(name for name in given if name not in names)
                raise Mismatch(f"no member of this name in {expected}", describe(given[unknown])).under(str(unknown))
            return result

        return encode


def _step(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1").replace("%", "%25")
