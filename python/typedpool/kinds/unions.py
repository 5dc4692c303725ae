"""One of several types. How values are told apart, here and in C#, is under "Unions" in docs/schema.md."""

from __future__ import annotations

from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Sequence, Set, Tuple, cast

from typedpool.kinds.base import ComponentNames, Decoder, Encoder, JsonObject, Kind, Shape, as_is
from typedpool.kinds.choices import EnumOf, LiteralOf
from typedpool.kinds.constrained import Constrained
from typedpool.kinds.containers import ListOf, Nullable
from typedpool.kinds.forms import are_told_apart, by_form
from typedpool.kinds.integers import INTEGER
from typedpool.kinds.maps import MapOf
from typedpool.kinds.packed import PackedList
from typedpool.kinds.records import DictRecord, Field, Record
from typedpool.kinds.scalars import BOOLEAN, NUMBER, STRING
from typedpool.mismatch import Mismatch, describe

_WORDS = {
    "string": "a string",
    "boolean": "a boolean",
    "integer": "an integer",
    "number": "a number",
    "array": "an array",
    "object": "an object",
}


class Sign(NamedTuple):
    """By what a record is known among others.

    Attributes:
        values: The values that the tag has in it; empty where there is no tag.
        key: The required field that no other has; None for the one record that is known by the lack of these.
    """

    record: Record
    values: Sequence[Any]
    key: Optional[str]


class UnionOf(Kind):
    """`A | B`.

    Attributes:
        shown: The annotation as its author wrote it.
        name: What the component is called, where it is one: a union that contains itself has to have a name.
        cls: Stands for the module where it was written.
        members: What was written; filled in after construction, because one may lead back to this union.
        is_complete: Whether they are filled in.
    """

    native = False
    in_place = True

    def __init__(self, shown: str, module: str) -> None:
        self.shown = shown
        self.name = ""
        self.cls = type("Union", (), {"__module__": module})
        self.members: List[Kind] = []
        self.is_complete = False
        self._decode: Optional[Decoder] = None
        self._encode: Dict[bool, Encoder] = {}

    def complete(self, members: Sequence[Kind]) -> None:
        """Says what it consists of."""
        self.members = list(members)
        self.typed = all(member.typed for member in members)
        self.native = all(member.native for member in members)
        self.hashable = all(member.hashable for member in members)
        self.is_complete = True
        self.hashable = all(member.hashable for member in self.members)

    def describe_by_name(self, name: str) -> None:
        """Makes it a component of the document."""
        self.name = name
        self.cls.__name__ = name
        self.in_place = False

    def cases(self) -> List[Kind]:
        """Its cases: unions inside it are part of it, and null is none of them."""
        found: List[Kind] = []
        waiting = list(self.members)
        while waiting:
            kind = waiting.pop(0)
            if isinstance(kind, Nullable):
                waiting.insert(0, kind.item)
            elif isinstance(kind, UnionOf):
                waiting[:0] = [] if kind is self else kind.members
            else:
                case = kind.unpacked if isinstance(kind, PackedList) else kind
                if case not in found:
                    found.append(case)
        return found

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return names.reference(self, shape) if self.name else self.component(shape, names)

    def component(self, shape: Shape, names: ComponentNames) -> JsonObject:
        """The schema of the union itself, in one shape."""
        cases = self.cases()
        schemas = [case.schema(shape, names) for case in cases]
        if self._holds_null():
            schemas.append({"type": "null"})
        records = [case for case in cases if isinstance(case, Record)]
        tag = signs(records, shape)[0] if len(records) == len(schemas) else None
        return {"anyOf": schemas} if tag is None else {"oneOf": schemas, "discriminator": {"propertyName": tag}}

    def children(self) -> Iterator[Kind]:
        return iter(self.members)

    def ambiguity(self, shape: Shape) -> Optional[str]:
        """What JSON cannot tell apart in one shape, with what to write instead; None where all is clear."""
        if any(_attaches(case) for case in self.cases()):
            return "bytes, arrays and constrained lists of numbers cannot be one of several types. Write a dataclass with a field for it."
        for form, cases in _by_form(self.cases()).items():
            if form == "":
                return "Any takes every value, so it cannot stand beside others. Write Any alone."
            others = [case for case in cases if not _values(case)]
            records = [case for case in cases if isinstance(case, Record)]
            if form == "object" and len(records) == len(cases) > 1:
                if not signs(records, shape)[1]:
                    shown = " and ".join(record.name for record in records)
                    return (
                        f'nothing tells {shown} apart in JSON. Give each a field like kind: Literal["a"], or a field '
                        "without a default that the others do not have."
                    )
            elif not _disjoint(cases) or (len(others) > 1 and not (form == "string" and are_told_apart(others))):
                return f"several of its types are {_WORDS[form].split()[-1]}s in JSON. Write a dataclass for each."
        return None

    def decoder(self) -> Decoder:
        if self._decode is None:
            self._decode = lambda value: cast(Decoder, self._decode)(value)
            self._decode = self._compile_decoder()
        return self._decode

    def encoder(self, strict: bool) -> Optional[Encoder]:
        if not self.is_complete:
            return lambda value: (self.encoder(strict) or as_is)(value)
        if self.native and not strict:
            return None
        if strict not in self._encode:
            self._encode[strict] = lambda value: self._encode[strict](value)
            self._encode[strict] = self._compile_encoder(strict)
        return self._encode[strict]

    def _holds_null(self) -> bool:
        return any(isinstance(member, Nullable) for member in self.members)

    def _expected(self) -> str:
        words = [getattr(case, "name", "") or _WORDS[next(iter(_forms(case)), "object")] for case in self.cases()]
        return "one of " + ", ".join(dict.fromkeys(words))

    def _compile_decoder(self) -> Decoder:
        forms = _by_form(self.cases())
        expected = self._expected()
        by_type: Dict[type, Decoder] = {}
        for form, cls in (("string", str), ("boolean", bool), ("integer", int), ("number", float), ("array", list)):
            if form in forms:
                by_type[cls] = _first_set(forms[form])
        if "object" in forms:
            by_type[dict] = _object_decoder(forms["object"])
        # An integer will do for a number, as will 3.0 for an integer, where only one of them is a case.
        if "number" in forms:
            by_type.setdefault(int, by_type[float])
            by_type.setdefault(str, by_type[float])
        elif "integer" in forms:
            by_type.setdefault(float, by_type[int])
        if self._holds_null():
            by_type[type(None)] = as_is

        def decode(value: Any) -> Any:
            decode_case = by_type.get(cast(Any, type(value)))
            if decode_case is None:
                raise Mismatch(expected, describe(value))
            return decode_case(value)

        return decode

    def _compile_encoder(self, strict: bool) -> Encoder:
        cases = self.cases()
        expected = self._expected()
        has_strings = "string" in _by_form(cases)
        exact: Dict[Any, Encoder] = {}
        attempts: List[Encoder] = []
        for case in cases:
            encode_case = _finite(case.encoder(True)) if case is NUMBER and has_strings else case.encoder(True) or as_is
            attempts.append(encode_case)
            cls = _class_of(case)
            if cls is not None and cls not in exact:
                exact[cls] = encode_case if case is NUMBER else case.encoder(strict) or as_is
        if self._holds_null():
            exact[type(None)] = as_is

        def encode(value: Any) -> Any:
            encode_case = exact.get(cast(Any, type(value)))
            if encode_case is not None:
                return encode_case(value)
            for attempt in attempts:
                try:
                    return attempt(value)
                except Mismatch:
                    pass
            raise Mismatch(expected, describe(value))

        return encode


def signs(records: Sequence[Record], shape: Shape) -> Tuple[Optional[str], List[Sign]]:
    """By what records are told apart: the tag, if it is one, and a sign for each; none where nothing does."""
    if not records:
        return None, []
    # Of several the ordinally first, for a tag as for a member: the order of a class says nothing.
    for name in sorted(field.name for field in records[0].fields):
        tagged = _by_tag(name, records, shape)
        if tagged:
            return name, tagged
    counts: Dict[str, int] = {}
    for record in records:
        for field in _fields(record, shape):
            counts[field.name] = counts.get(field.name, 0) + 1
    keyed = [Sign(record, (), _own_key(record, shape, counts)) for record in records]
    return None, keyed if sum(sign.key is None for sign in keyed) <= 1 else []


def ambiguities(kind: Kind, shape: Shape, known: Set[Kind]) -> Iterator[Tuple[UnionOf, str]]:
    """The unions in a kind that cannot be told apart, with the reason; each union once."""
    waiting = [kind]
    while waiting:
        kind = waiting.pop()
        if kind not in known:
            known.add(kind)
            waiting.extend(kind.children())
            reason = kind.ambiguity(shape) if isinstance(kind, UnionOf) else None
            if reason is not None:
                yield cast(UnionOf, kind), reason


class _Unnamed(ComponentNames):
    """Shows of components no more than their form."""

    def reference(self, component: Kind, shape: Shape) -> JsonObject:
        return component.component() if isinstance(component, EnumOf) else {"type": "object"}


def _attaches(case: Kind) -> bool:
    while isinstance(case, Constrained):
        case = case.inner
    return case.attaches


def _fields(record: Record, shape: Shape) -> List[Field]:
    return [field for field in record.fields if field.accepted or shape is Shape.OUTPUT]


def _by_tag(name: str, records: Sequence[Record], shape: Shape) -> List[Sign]:
    found: List[Sign] = []
    known: Set[Any] = set()
    for record in records:
        field = next((each for each in _fields(record, shape) if each.name == name), None)
        values = [] if field is None else _values(field.kind)
        if field is None or not values or record.may_be_absent(field, shape):
            return []
        if not known.isdisjoint(values) or not all(type(value) in (str, int) for value in values):
            return []
        known.update(values)
        found.append(Sign(record, values, None))
    return found


def _own_key(record: Record, shape: Shape, counts: Dict[str, int]) -> Optional[str]:
    fields = [field for field in _fields(record, shape) if not record.may_be_absent(field, shape) and not field.is_fixed()]
    return min((field.name for field in fields if counts[field.name] == 1), default=None)


def _values(kind: Kind) -> List[Any]:
    return kind.values if isinstance(kind, (EnumOf, LiteralOf)) else []


def _disjoint(cases: Sequence[Kind]) -> bool:
    every = [value for case in cases for value in _values(case)]
    return len(set(every)) == len(every)


def _forms(kind: Kind) -> List[str]:
    """What values are in JSON, as far as their first token tells; the empty string for any."""
    schema = kind.schema(Shape.INPUT, _Unnamed())
    if "type" in schema:
        return [schema["type"]]
    names = {str: "string", bool: "boolean", int: "integer", float: "number"}
    return list(dict.fromkeys(names[type(value)] for value in schema["enum"])) if "enum" in schema else [""]


def _by_form(cases: Sequence[Kind]) -> Dict[str, List[Kind]]:
    found: Dict[str, List[Kind]] = {}
    for case in cases:
        for form in _forms(case):
            found.setdefault(form, []).append(case)
    return found


def _class_of(case: Kind) -> Optional[type]:
    """The Python class by which a case is known at once."""
    if isinstance(case, (Record, EnumOf)):
        return None if isinstance(case, DictRecord) else case.cls
    if isinstance(case, (ListOf, MapOf)):
        return list if isinstance(case, ListOf) else dict
    return {id(STRING): str, id(BOOLEAN): bool, id(INTEGER): int, id(NUMBER): float}.get(id(case))


def _finite(encode: Optional[Encoder]) -> Encoder:
    def encode_finite(value: Any) -> Any:
        written = (encode or as_is)(value)
        if isinstance(written, str):
            raise Mismatch("a finite number, because strings are another case of this union", describe(value))
        return written

    return encode_finite


def _first_set(cases: Sequence[Kind]) -> Decoder:
    """Sets of values come first, then the case that takes any other, or those that are told apart by their form."""
    sets = [(frozenset(_values(case)), case.decoder()) for case in cases if _values(case)]
    others = [case for case in cases if not _values(case)]
    if len(cases) == 1:
        return cases[0].decoder()
    last = by_form(others) if len(others) > 1 else others[0].decoder() if others else sets[-1][1]

    def decode(value: Any) -> Any:
        for values, decode_set in sets:
            if value in values:
                return decode_set(value)
        return last(value)

    return decode


def _object_decoder(cases: Sequence[Kind]) -> Decoder:
    if len(cases) == 1:
        return cases[0].decoder()
    tag, found = signs([case for case in cases if isinstance(case, Record)], Shape.INPUT)
    return _tag_decoder(tag, found) if tag is not None else _key_decoder(found)


def _tag_decoder(tag: str, found: Sequence[Sign]) -> Decoder:
    by_value = {value: sign.record.decoder() for sign in found for value in sign.values}
    shown = ", ".join(f'"{value}"' if isinstance(value, str) else str(value) for value in by_value)

    def decode(value: Dict[str, Any]) -> Any:
        if tag not in value:
            raise Mismatch(f"one of {shown}", "nothing").under(tag)
        given = value[tag]
        decode_record = by_value.get(given) if type(given) in (str, int) else None
        if decode_record is None:
            raise Mismatch(f"one of {shown}", describe(given)).under(tag)
        return decode_record(value)

    return decode


def _key_decoder(found: Sequence[Sign]) -> Decoder:
    by_key = {sign.key: sign.record.decoder() for sign in found if sign.key is not None}
    rest: Optional[Callable[[Any], Any]] = next((sign.record.decoder() for sign in found if sign.key is None), None)
    shown = ", ".join(f'"{key}"' for key in by_key)

    def decode(value: Dict[str, Any]) -> Any:
        for name in value:
            decode_record = by_key.get(name)
            if decode_record is not None:
                return decode_record(value)
        if rest is None:
            raise Mismatch(f"an object with one of the members {shown}", "an object without any of them")
        return rest(value)

    return decode
