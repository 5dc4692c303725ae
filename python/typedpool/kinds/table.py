"""Which annotation is which kind."""

from __future__ import annotations

import dataclasses
import enum
import sys
import types
import typing
from typing import Any, Callable, Dict, ForwardRef, List, Literal, Mapping, Optional, Sequence, Tuple, Type, Union, cast

from typedpool import docstrings
from typedpool.kinds.anything import Anything
from typedpool.kinds.base import Kind
from typedpool.kinds.choices import Choice, EnumOf, LiteralOf
from typedpool.kinds.containers import ListOf, MapOf, Nullable
from typedpool.kinds.defaults import stated_default
from typedpool.kinds.records import Field, Record, owner
from typedpool.kinds.refusals import refuse, show
from typedpool.kinds.scalars import BOOLEAN, INTEGER, LARGEST_INTEGER, NUMBER, SMALLEST_INTEGER, STRING
from typedpool.locations import place_of_class
from typedpool.problems import NOT_DESCRIBABLE, NOT_EVALUATED, Problem, Unsupported

# Names that annotations in strings may use, innermost scope last.
Namespaces = Sequence[Mapping[str, Any]]

_UNIONS: Tuple[Any, ...] = (Union,) if not hasattr(types, "UnionType") else (Union, getattr(types, "UnionType"))
_PLACEHOLDER = Anything()


class KindTable:
    """Finds the kind of an annotation, and remembers the classes it has met.

    Attributes:
        components: The kinds that stand in the document by name, by their class, in the order of meeting.
        problems: What was wrong inside those classes; each class is reported once, wherever it is used.
    """

    def __init__(self) -> None:
        self.components: Dict[type, Union[EnumOf, Record]] = {}
        self.problems: List[Problem] = []

    def kind(self, annotation: Any, namespaces: Namespaces) -> Kind:
        """The kind of `annotation`, which may be or contain a string.

        Raises:
            Unsupported: There is none; the text says what to write instead.
        """
        annotation = evaluate(annotation, namespaces)
        for matches, build in _ROWS:
            if matches(annotation):
                return build(self, annotation, namespaces)
        raise refuse(annotation)

    def enum(self, cls: Type[enum.Enum]) -> EnumOf:
        """The kind of an enum class."""
        known = self.components.get(cls)
        if isinstance(known, EnumOf):
            return known
        _check_choices(show(cls), [member.value for member in cls])
        kind = self.components[cls] = EnumOf(cls, docstrings.parse(_own_docstring(cls)).text())
        return kind

    def record(self, cls: type) -> Record:
        """The kind of a dataclass."""
        known = self.components.get(cls)
        if isinstance(known, Record):
            return known
        documentation = docstrings.parse(_own_docstring(cls))
        kind = self.components[cls] = Record(cls, documentation.text())
        for field in dataclasses.fields(cls):
            kind.fields.append(self._field(cls, field, documentation.parameters.get(field.name, "")))
        self._refuse_init_only(cls)
        return kind

    def _field(self, cls: type, field: dataclasses.Field[Any], description: str) -> Field:
        optional = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
        default: Sequence[Any] = ()
        kind: Kind = _PLACEHOLDER
        try:
            kind = self.kind(field.type, _namespaces_of(owner(cls, field.name)))
            if field.default is not dataclasses.MISSING:
                default = stated_default(kind, field.default)
            elif cast(Any, field.default_factory) in (list, dict):
                default = (cast(Callable[[], Any], field.default_factory)(),)
        except Unsupported as problem:
            self._report(cls, field.name, problem)
        return Field(field.name, kind, description, default if field.init else (), optional, field.init)

    def _refuse_init_only(self, cls: type) -> None:
        fields: Dict[str, dataclasses.Field[Any]] = getattr(cls, "__dataclass_fields__")
        for name, field in fields.items():
            if getattr(field, "_field_type").name == "_FIELD_INITVAR":
                self._report(cls, name, Unsupported(NOT_DESCRIBABLE, "InitVar is no field. Write an ordinary field."))

    def _report(self, cls: type, field: str, problem: Unsupported) -> None:
        text = f"class '{cls.__name__}', field '{field}': {problem.text}"
        self.problems.append(Problem(place_of_class(owner(cls, field), field), problem.id, text))


def evaluate(annotation: Any, namespaces: Namespaces) -> Any:
    """An annotation as an object: a string or a forward reference is looked up.

    Raises:
        Unsupported: The string is no expression, or names something that is not there.
    """
    while isinstance(annotation, (str, ForwardRef)):
        text = annotation if isinstance(annotation, str) else annotation.__forward_arg__
        names: Dict[str, Any] = {}
        for namespace in namespaces:
            names.update(namespace)
        try:
            annotation = eval(text, names)
        except Exception as error:
            hint = ""
            if isinstance(error, TypeError) and "|" in text:
                hint = " Before Python 3.10, write Optional[T] instead of T | None."
            raise Unsupported(
                NOT_EVALUATED, f"the annotation '{text}' cannot be evaluated: {type(error).__name__}: {error}.{hint}"
            ) from None
    return annotation


def _namespaces_of(cls: type) -> Namespaces:
    module = sys.modules.get(cls.__module__)
    # A field may be named like a type: `date: Optional[date] = None`.
    fields: Mapping[str, Any] = getattr(cls, "__dataclass_fields__", {})
    members = {name: value for name, value in vars(cls).items() if name not in fields}
    return (members, {} if module is None else vars(module), {cls.__name__: cls})


def _own_docstring(cls: type) -> str:
    text: Optional[str] = cls.__dict__.get("__doc__")
    if text is None or text == "An enumeration." or ("\n" not in text and text.startswith(cls.__name__ + "(")):
        return ""  # Written by enum or dataclasses, not by the author.
    return text


def _list(table: KindTable, annotation: Any, namespaces: Namespaces) -> Kind:
    return ListOf(table.kind(typing.get_args(annotation)[0], namespaces))


def _map(table: KindTable, annotation: Any, namespaces: Namespaces) -> Kind:
    key, value = typing.get_args(annotation)
    if evaluate(key, namespaces) is not str:
        raise Unsupported(NOT_DESCRIBABLE, f"{show(annotation)}: JSON names members by strings. Write dict[str, T].")
    return MapOf(table.kind(value, namespaces))


def _nullable(table: KindTable, annotation: Any, namespaces: Namespaces) -> Kind:
    # Optional[Any] says no more than Any, and Optional of an optional no more than one.
    others = [argument for argument in typing.get_args(annotation) if argument is not type(None)]
    kind = table.kind(others[0], namespaces)
    return kind if isinstance(kind, (Anything, Nullable)) else Nullable(kind)


def _literal(table: KindTable, annotation: Any, namespaces: Namespaces) -> Kind:
    values = list(typing.get_args(annotation))
    _check_choices(show(annotation), values)
    return LiteralOf(cast(List[Choice], values))


def _check_choices(shown: str, values: Sequence[Any]) -> None:
    plain = not any(isinstance(value, (bool, enum.Enum)) for value in values)
    textual = plain and all(isinstance(value, str) for value in values)
    numeric = plain and all(isinstance(value, int) for value in values)
    if not values or not (textual or numeric):
        raise Unsupported(NOT_DESCRIBABLE, f"{shown}: write values that are all strings, or all integers.")
    if numeric and not all(SMALLEST_INTEGER <= value <= LARGEST_INTEGER for value in values):
        raise Unsupported(NOT_DESCRIBABLE, f"{shown}: integers must fit into 64 bits.")


def _is_optional(annotation: Any) -> bool:
    arguments = typing.get_args(annotation)
    return typing.get_origin(annotation) in _UNIONS and len(arguments) == 2 and type(None) in arguments


def _is_enum(annotation: Any) -> bool:
    return _is_class(annotation) and issubclass(annotation, enum.Enum) and not issubclass(annotation, enum.Flag)


def _is_dataclass(annotation: Any) -> bool:
    return _is_class(annotation) and dataclasses.is_dataclass(annotation)


def _is_class(annotation: Any) -> bool:
    # Before Python 3.11, tuple[int] is an instance of type, too.
    return isinstance(annotation, type) and not typing.get_args(annotation)


def _is(expected: Any) -> Callable[[Any], bool]:
    return lambda annotation: annotation is expected


def _is_generic(expected: Any) -> Callable[[Any], bool]:
    return lambda annotation: typing.get_origin(annotation) is expected and bool(typing.get_args(annotation))


def _always(kind: Kind) -> _Build:
    return lambda table, annotation, namespaces: kind


_Build = Callable[[KindTable, Any, Namespaces], Kind]

# One row a type: does it match, and what is it then?
_ROWS: Tuple[Tuple[Callable[[Any], bool], _Build], ...] = (
    (_is(str), _always(STRING)),
    (_is(bool), _always(BOOLEAN)),
    (_is(int), _always(INTEGER)),
    (_is(float), _always(NUMBER)),
    (_is(Any), _always(Anything())),
    (_is(object), _always(Anything())),
    (_is_generic(list), _list),
    (_is_generic(dict), _map),
    (_is_optional, _nullable),
    (_is_generic(Literal), _literal),
    (_is_enum, lambda table, annotation, namespaces: table.enum(annotation)),
    (_is_dataclass, lambda table, annotation, namespaces: table.record(annotation)),
)
