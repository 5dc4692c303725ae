"""Which annotation is which kind."""

from __future__ import annotations

import collections
import enum
import typing
from collections import abc
from typing import (
    Annotated,
    Any,
    Callable,
    Dict,
    Final,
    List,
    Literal,
    Optional,
    Sequence,
    Tuple,
    Type,
    Union,
    cast,
)

from typedpool import docstrings
from typedpool.constraints import Format
from typedpool.kinds.aliases import is_alias, read_alias
from typedpool.kinds.annotated import constrain, constraints_of
from typedpool.kinds.anything import Anything
from typedpool.kinds.base import Kind
from typedpool.kinds.buffers import BytesOf
from typedpool.kinds.choices import Choice, EnumOf, FlagsOf, LiteralOf, check_choices
from typedpool.kinds.classes import MISSING, Declaration, declarations, init_only, is_record, is_typed_dict, original_bases, unmarked
from typedpool.kinds.containers import Nullable
from typedpool.kinds.defaults import stated_default
from typedpool.kinds.foreign import is_pydantic_type, pydantic_type, record_class
from typedpool.kinds.generics import UNIONS, Argument, Bindings, identity, name_of, parameters_of
from typedpool.kinds.integers import INTEGER
from typedpool.kinds.library import kind_of_class, kind_of_form
from typedpool.kinds.maps import map_of
from typedpool.kinds.namespaces import Namespaces, alias_of, evaluate, names_in_class
from typedpool.kinds.ndarrays import array_of, is_array
from typedpool.kinds.packed import list_of
from typedpool.kinds.records import Field, Record
from typedpool.kinds.refusals import refuse, show
from typedpool.kinds.scalars import BOOLEAN, NUMBER, STRING
from typedpool.kinds.sets import SetOf
from typedpool.kinds.tuples import TupleOf
from typedpool.kinds.unions import UnionOf
from typedpool.locations import place_of_class
from typedpool.problems import NOT_ANNOTATED, NOT_DESCRIBABLE, Problem, Unsupported

_PLACEHOLDER = Anything()
# Deeper than anybody writes, and shallow enough for Python's stack.
_MOST_NESTED = 60
_LONGEST_NAME = 400


class KindTable:
    """Finds the kind of an annotation, and remembers the classes it has met.

    Attributes:
        components: The kinds that stand in the document by name, by their class (and its arguments, where it is
            generic), in the order of meeting.
        problems: What was wrong inside those classes; each class is reported once, wherever it is used.
    """

    def __init__(self) -> None:
        self.components: Dict[Any, Union[EnumOf, Record]] = {}
        self.problems: List[Problem] = []
        # What stands for the type parameters of the class whose fields are being read.
        self._bindings: Bindings = {}
        self._nested = 0
        self._pydantic: Dict[Any, Kind] = {}
        # By identity, with what stands for type parameters, and the annotation that it holds alive: a recursive alias is one
        # object wherever it is named.
        self._unions: Dict[Any, Tuple[Any, UnionOf]] = {}

    def kind(self, annotation: Any, namespaces: Namespaces) -> Kind:
        """The kind of `annotation`, which may be or contain a string.

        Raises:
            Unsupported: There is none; the text says what to write instead.
        """
        annotation = evaluate(annotation, namespaces)
        if isinstance(annotation, typing.TypeVar) and annotation in self._bindings:
            return self._bindings[annotation].kind
        if self._nested > _MOST_NESTED:
            raise Unsupported(NOT_DESCRIBABLE, "types nest too deeply, or without end. Write a class where they repeat.")
        self._nested += 1
        try:
            for matches, build in _ROWS:
                if matches(annotation):
                    return build(self, annotation, namespaces)
        finally:
            self._nested -= 1
        known = kind_of_class(annotation)
        if known is None:
            raise refuse(annotation)
        return known

    def enum(self, cls: Type[enum.Enum]) -> EnumOf:
        """The kind of an enum class."""
        known = self.components.get(cls)
        if isinstance(known, EnumOf):
            return known
        described = docstrings.parse(docstrings.own_docstring(cls)).text()
        if issubclass(cls, enum.Flag):
            check_choices(show(cls), [member.value for member in cls.__members__.values()])
            kind: EnumOf = FlagsOf(cls, described)
        else:
            check_choices(show(cls), [member.value for member in cls])
            kind = EnumOf(cls, described)
        self.components[cls] = kind
        return kind

    def union(self, annotation: Any, namespaces: Namespaces, name: str = "", parameters: Sequence[Any] = ()) -> Kind:
        """The kind of a union of two or more types, null aside; a name makes it one type wherever it is used.

        Args:
            annotation: The union.
            namespaces: Where names in strings are looked up.
            name: What an alias calls it; otherwise the name that a module has for it, if it has one.
            parameters: The alias's type parameters, which the name tells already.
        """
        bound = [each for each in parameters_of(annotation) if each in self._bindings] if not name else parameters
        if not name and not bound:
            name = alias_of(annotation, namespaces)
        arguments = [argument for argument in typing.get_args(annotation) if argument is not type(None)]
        is_nullable = len(arguments) < len(typing.get_args(annotation))
        # What has a name means the same everywhere, but for parameters of its own.
        key = id(annotation), tuple(self._bindings[each].identity.key for each in (bound if name else self._bindings))
        known = self._unions.get(key)
        if known is not None:
            kind = known[1]
            if not kind.is_complete and not kind.name:
                raise Unsupported(NOT_DESCRIBABLE, f"{show(annotation)} contains itself and has no name. Write an alias in the module.")
        else:
            kind = UnionOf(show(annotation), str(namespaces[0].get("__name__", namespaces[0].get("__module__", ""))))
            if name:
                kind.describe_by_name(name)
            self._unions[key] = annotation, kind
            kind.complete([self.kind(argument, namespaces) for argument in arguments])
        return Nullable(kind) if is_nullable else kind

    def alias(self, annotation: Any, namespaces: Namespaces) -> Kind:
        """The kind of what an alias stands for. A union has the alias's name, which lets it contain itself."""
        alias = read_alias(annotation)
        arguments = [self._argument(each, namespaces) for each in alias.arguments]
        outer = self._bindings
        self._bindings = {**outer, **dict(zip(alias.parameters, arguments))}
        try:
            scope = (*namespaces, *alias.scope)
            if _is_union(alias.value) and not _is_optional(alias.value) and not is_pydantic_type(alias.value):
                name = name_of(alias.origin, [each.identity for each in arguments])
                return self.union(alias.value, scope, name, alias.parameters)
            return self.kind(alias.value, scope)
        finally:
            self._bindings = outer

    def pydantic(self, annotation: Any) -> Kind:
        """The kind of a type that pydantic knows how to read and write."""
        try:
            known = self._pydantic.get(annotation)
        except TypeError:  # What stands in an Annotated need not be hashable.
            return pydantic_type(annotation)
        if known is None:
            known = self._pydantic[annotation] = pydantic_type(annotation)
        return known

    def record(self, annotation: Any, namespaces: Namespaces) -> Record:
        """The kind of a class of named fields, or of a generic one with its arguments.

        Raises:
            Unsupported: Arguments are missing.
        """
        cls: type = typing.get_origin(annotation) or annotation
        arguments = [self._argument(each, namespaces) for each in typing.get_args(annotation)]
        parameters = parameters_of(cls)
        if len(arguments) != len(parameters):
            example = f"{cls.__name__}[{', '.join(['int'] * len(parameters))}]"
            raise Unsupported(NOT_DESCRIBABLE, f"{cls.__name__} does not say what is inside. Write e.g. {example}.")
        name = name_of(cls, [each.identity for each in arguments])
        if len(name) > _LONGEST_NAME:
            raise Unsupported(NOT_DESCRIBABLE, f"{cls.__name__} contains itself with ever other arguments. Write a class.")
        key: Any = (cls, *(each.identity.key for each in arguments)) if arguments else cls
        known = self.components.get(key)
        if isinstance(known, Record):
            return known
        documentation = docstrings.parse(docstrings.own_docstring(cls))
        kind = record_class(cls)(cls, name, documentation.text())
        self.components[key] = kind
        outer = self._bindings, self._nested
        bindings = self._bindings_of(cls, arguments)
        try:
            for declared in declarations(cls, lambda text, owner: evaluate(text, names_in_class(owner))):
                self._bindings, self._nested = bindings.get(declared.owner, {}), 0
                kind.fields.append(self._field(cls, declared, documentation.parameters.get(declared.name, "")))
                kind.hashable &= kind.fields[-1].kind.hashable or not declared.hashed
        finally:
            self._bindings, self._nested = outer
        kind.is_complete = True
        for name in init_only(cls):
            self._report(cls, cls, name, Unsupported(NOT_DESCRIBABLE, "InitVar is no field. Write an ordinary field."))
        return kind

    def _argument(self, annotation: Any, namespaces: Namespaces) -> Argument:
        kind = self.kind(annotation, namespaces)
        return Argument(kind, identity(annotation, lambda each: evaluate(each, namespaces), self._bindings))

    def _bindings_of(self, cls: type, arguments: Sequence[Argument]) -> Dict[type, Bindings]:
        """What stands for the type parameters of a class and of those that it inherits from."""
        outer = self._bindings
        own = self._bindings = dict(zip(parameters_of(cls), arguments))
        found: Dict[type, Bindings] = {cls: own}
        try:
            for base in original_bases(cls):
                origin: Any = typing.get_origin(base) or base
                if is_record(origin):
                    inherited = [self._argument(each, names_in_class(cls)) for each in typing.get_args(base)]
                    found.update(self._bindings_of(origin, inherited))
        finally:
            self._bindings = outer
        return found

    def _field(self, cls: type, declared: Declaration, description: str) -> Field:
        default: Sequence[Any] = ()
        kind: Kind = _PLACEHOLDER
        namespaces = names_in_class(declared.owner)
        try:
            if declared.annotation is MISSING:
                raise Unsupported(NOT_ANNOTATED, f"no annotation. Write e.g. {declared.name}: str = field().")
            annotation = evaluate(declared.annotation, namespaces)
            kind = self.kind(unmarked(annotation)[0] if is_typed_dict(cls) else annotation, namespaces)
            if declared.default is not MISSING:
                default = stated_default(kind, declared.default)
        except Unsupported as problem:
            self._report(cls, declared.owner, declared.name, problem)
        stated = default if declared.accepted else ()
        return Field(declared.name, kind, description, stated, declared.optional, declared.accepted, declared.owner)

    def _report(self, cls: type, owner: type, field: str, problem: Unsupported) -> None:
        text = f"class '{cls.__name__}', field '{field}': {problem.text}"
        self.problems.append(Problem(place_of_class(owner, field), problem.id, text))


def _list(make: Optional[Callable[[Any], Any]], accepted: Tuple[Any, ...], is_native: bool = True) -> _Build:
    return lambda table, annotation, namespaces: list_of(
        table.kind(typing.get_args(annotation)[0], namespaces), make, accepted, is_native
    )


def _set(make: Callable[[Any], Any]) -> _Build:
    def build(table: KindTable, annotation: Any, namespaces: Namespaces) -> Kind:
        item = table.kind(typing.get_args(annotation)[0], namespaces)
        if not item.hashable:
            inside = show(evaluate(typing.get_args(annotation)[0], namespaces))
            instead = "a frozen dataclass, tuple[T, ...] or frozenset[T] inside, or list[T] around"
            raise Unsupported(NOT_DESCRIBABLE, f"{show(annotation)}: Python cannot hash {inside}. Write {instead}.")
        return SetOf(item, make)

    return build


def _map(make: Optional[Callable[[Any], Any]]) -> _Build:
    def build(table: KindTable, annotation: Any, namespaces: Namespaces) -> Kind:
        arguments = typing.get_args(annotation)
        key, item = (table.kind(argument, namespaces) for argument in arguments)
        if key.json_type is None:
            shown = show(evaluate(arguments[0], namespaces))
            text = f"{show(annotation)}: JSON names members by strings, and {shown} is not written as one. Write dict[str, T]."
            raise Unsupported(NOT_DESCRIBABLE, text)
        return map_of(key, item, make)

    return build


def _tuple(table: KindTable, annotation: Any, namespaces: Namespaces) -> Kind:
    arguments = typing.get_args(annotation)
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return list_of(table.kind(arguments[0], namespaces), tuple)
    # Before Python 3.11, tuple[()] has one argument, and that is ().
    return TupleOf([table.kind(argument, namespaces) for argument in arguments if argument != ()])


def _nullable(table: KindTable, annotation: Any, namespaces: Namespaces) -> Kind:
    # Optional[Any] says no more than Any, and Optional of an optional no more than one.
    others = [argument for argument in typing.get_args(annotation) if argument is not type(None)]
    kind = table.kind(others[0], namespaces)
    return kind if isinstance(kind, (Anything, Nullable)) else Nullable(kind)


def _annotated(table: KindTable, annotation: Any, namespaces: Namespaces) -> Kind:
    inner = evaluate(annotation.__origin__, namespaces)
    form = next((each for each in annotation.__metadata__ if isinstance(each, Format)), None)
    kind = table.kind(inner, namespaces) if form is None else kind_of_form(inner, form.name)
    if kind is None:
        raise Unsupported(NOT_DESCRIBABLE, f"{show(inner)} has no form {form}. Write one of typedpool's types.")
    return constrain(kind, constraints_of(annotation.__metadata__), show(inner))


def _literal(table: KindTable, annotation: Any, namespaces: Namespaces) -> Kind:
    values = typing.get_args(annotation)
    real = [value for value in values if value is not None]
    if not real:
        raise refuse(type(None))
    check_choices(show(annotation), real)
    kind = LiteralOf(cast(List[Choice], real))
    return Nullable(kind) if len(real) < len(values) else kind


def _is_annotated(annotation: Any) -> bool:
    return typing.get_origin(annotation) is Annotated


def _is_new_type(annotation: Any) -> bool:
    # Before Python 3.10, NewType makes functions.
    return hasattr(annotation, "__supertype__")


def _is_optional(annotation: Any) -> bool:
    arguments = typing.get_args(annotation)
    return typing.get_origin(annotation) in UNIONS and len(arguments) == 2 and type(None) in arguments


def _is_union(annotation: Any) -> bool:
    return typing.get_origin(annotation) in UNIONS


def _is_enum(annotation: Any) -> bool:
    return _is_class(annotation) and issubclass(annotation, enum.Enum)


def _is_record(annotation: Any) -> bool:
    return is_record(annotation if _is_class(annotation) else typing.get_origin(annotation))


def _is_tuple(annotation: Any) -> bool:
    return typing.get_origin(annotation) is tuple and annotation is not typing.Tuple


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
    (_is(bytes), _always(BytesOf(bytes))),
    (_is(bytearray), _always(BytesOf())),
    (_is(memoryview), _always(BytesOf(memoryview))),
    (is_array, lambda table, annotation, namespaces: array_of(annotation)),
    (_is(Any), _always(Anything())),
    (_is(object), _always(Anything())),
    (_is_generic(list), _list(None, (list, tuple))),
    (_is_generic(collections.deque), _list(collections.deque, (collections.deque, list, tuple), is_native=False)),
    (_is_generic(abc.Sequence), _list(None, (abc.Sequence,))),
    (_is_generic(abc.MutableSequence), _list(None, (abc.Sequence,))),
    (_is_generic(abc.Collection), _list(None, (abc.Iterable,))),
    (_is_generic(abc.Iterable), _list(None, (abc.Iterable,))),
    (_is_tuple, _tuple),
    (_is_generic(set), _set(set)),
    (_is_generic(frozenset), _set(frozenset)),
    (_is_generic(abc.Set), _set(frozenset)),
    (_is_generic(abc.MutableSet), _set(set)),
    (_is_generic(dict), _map(None)),
    (_is_generic(abc.Mapping), _map(None)),
    (_is_generic(abc.MutableMapping), _map(None)),
    (_is_generic(collections.OrderedDict), _map(collections.OrderedDict)),
    (is_pydantic_type, lambda table, annotation, namespaces: table.pydantic(annotation)),
    (_is_annotated, _annotated),
    (_is_new_type, lambda table, annotation, namespaces: table.kind(annotation.__supertype__, namespaces)),
    (is_alias, lambda table, annotation, namespaces: table.alias(annotation, namespaces)),
    (_is_generic(Final), lambda table, annotation, namespaces: table.kind(typing.get_args(annotation)[0], namespaces)),
    (_is_optional, _nullable),
    (_is_union, lambda table, annotation, namespaces: table.union(annotation, namespaces)),
    (_is_generic(Literal), _literal),
    (_is_enum, lambda table, annotation, namespaces: table.enum(annotation)),
    (_is_record, lambda table, annotation, namespaces: table.record(annotation, namespaces)),
)
