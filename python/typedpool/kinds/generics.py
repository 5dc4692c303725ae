"""What stands for the parameters of generic classes, and how an instantiation is called."""

from __future__ import annotations

import re
import types
import typing
from typing import Annotated, Any, Callable, List, Literal, Mapping, NamedTuple, Tuple, Union, cast

from typedpool.kinds.base import Kind

UNIONS: Tuple[Any, ...] = (Union,) if not hasattr(types, "UnionType") else (Union, getattr(types, "UnionType"))

Evaluate = Callable[[Any], Any]


class Identity(NamedTuple):
    """What tells a type from others.

    Attributes:
        key: Equal for annotations that mean the same.
        word: As part of a name.
    """

    key: Any
    word: str


class Argument(NamedTuple):
    """What stands for a type parameter."""

    kind: Kind
    identity: Identity


Bindings = Mapping[Any, Argument]


def parameters_of(cls: Any) -> Tuple[Any, ...]:
    """The type parameters of a class; none of most."""
    return cast(Tuple[Any, ...], getattr(cls, "__parameters__", ()))


def identity(annotation: Any, evaluate: Evaluate, bindings: Bindings) -> Identity:
    """Tells a type from others: `List["Label"]` is `list[Label]`, and its word is `ListOfLabel`.

    Args:
        annotation: The type.
        evaluate: From a string or a forward reference to what it names.
        bindings: What stands for type parameters.
    """
    annotation = evaluate(annotation)
    if isinstance(annotation, typing.TypeVar) and annotation in bindings:
        return bindings[annotation].identity
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is None or not arguments:
        return Identity(annotation, _word(annotation))
    if origin is Literal:
        return Identity((origin, tuple(map(repr, arguments))), "Literal" + _words(arguments))
    if origin is Annotated:
        inner = identity(arguments[0], evaluate, bindings)
        said = [re.sub(" at 0x[0-9A-Fa-f]+", "", repr(each)) for each in arguments[1:]]
        return Identity((inner.key, tuple(said)), inner.word + _words(said))
    inside = [identity(each, evaluate, bindings) for each in arguments]
    key = (Union if origin in UNIONS else origin, tuple(each.key for each in inside))
    if origin in UNIONS:
        named = [each.word for each in inside if each.key is not type(None)]
        return Identity(key, ("Optional" if len(named) < len(inside) else "") + "Or".join(named))
    return Identity(key, name_of(origin, inside))


def name_of(cls: type, arguments: List[Identity]) -> str:
    """How a generic class is called with its arguments: `PageOfLabel`, `PairOfIntAndStr`; a class by itself as it is."""
    if not arguments:
        return cls.__name__
    return _word(cls) + "Of" + "And".join(each.word for each in arguments)


def _word(annotation: Any) -> str:
    if annotation is None or annotation is type(None):
        return "None"
    if annotation is Ellipsis:
        return "More"
    name: str = getattr(annotation, "__name__", None) or repr(annotation).rpartition(".")[2]
    return _words([name])


def _words(values: Any) -> str:
    words = [word for value in values for word in re.findall(r"[^\W_]+", str(value))]
    return "".join(word[0].upper() + word[1:] for word in words)
