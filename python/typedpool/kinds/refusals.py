"""What an annotation that has no kind is answered: never a silent `object`, always what to write instead."""

from __future__ import annotations

import typing
from typing import Any, Dict, Optional, TypeVar

from typedpool.kinds.library import class_name
from typedpool.problems import NOT_DESCRIBABLE, NOT_SUPPORTED_YET, Unsupported

# By name, because a worker should not import all these modules only to be able to refuse their types.
_NOT_YET: Dict[str, str] = {
    "collections.defaultdict": "dict[K, T]",
}

_BARE: Dict[str, str] = {
    "builtins.list": "list[T], e.g. list[str] or list[Any]",
    "builtins.dict": "dict[str, T], e.g. dict[str, Any]",
    "builtins.tuple": "tuple[A, B] with as many types as it has items, or tuple[T, ...]",
    "builtins.set": "set[T], e.g. set[str]",
    "builtins.frozenset": "frozenset[T], e.g. frozenset[str]",
    "collections.deque": "deque[T], e.g. deque[str]",
    "collections.OrderedDict": "OrderedDict[str, T]",
    "collections.Sequence": "Sequence[T], e.g. Sequence[str]",
    "collections.MutableSequence": "MutableSequence[T]",
    "collections.Collection": "Collection[T]",
    "collections.Iterable": "Iterable[T]",
    "collections.Set": "AbstractSet[T]",
    "collections.MutableSet": "MutableSet[T]",
    "collections.Mapping": "Mapping[str, T], e.g. Mapping[str, Any]",
    "collections.MutableMapping": "MutableMapping[str, T]",
}

_STREAMS: Dict[str, str] = {
    "collections.Iterator": "Iterator[T]",
    "collections.Generator": "Iterator[T]",
    "collections.AsyncIterator": "AsyncIterator[T]",
    "collections.AsyncIterable": "AsyncIterator[T]",
    "collections.AsyncGenerator": "AsyncIterator[T]",
}


def refuse(annotation: Any) -> Unsupported:
    """The reason why `annotation` cannot stand in a schema."""
    shown = show(annotation)
    origin = typing.get_origin(annotation) or annotation
    bare = _BARE.get(class_name(origin))
    if bare is not None:
        return Unsupported(NOT_DESCRIBABLE, f"{shown} does not say what is inside. Write {bare}.")
    stream = _STREAMS.get(class_name(origin))
    if stream is not None and not typing.get_args(annotation):
        return Unsupported(NOT_DESCRIBABLE, f"{shown} does not say what is inside. Write {stream}, e.g. {stream.replace('T', 'str')}.")
    if stream is not None:
        text = f"a stream is a whole parameter or result of a command. Write {stream} there, or list[T] here."
        return Unsupported(NOT_DESCRIBABLE, f"{shown}: {text}")
    instead = _instead(annotation, origin)
    if instead is not None:
        return Unsupported(NOT_SUPPORTED_YET, f"{shown} is not supported yet. Write {instead}.")
    if isinstance(origin, type):
        return Unsupported(NOT_DESCRIBABLE, f"{shown} is no type that JSON can carry. Write a dataclass.")
    return Unsupported(NOT_DESCRIBABLE, f"{shown} is no type. Write e.g. str, list[int] or a dataclass.")


def show(annotation: Any) -> str:
    """An annotation as its author would write it."""
    if isinstance(annotation, type) and not typing.get_args(annotation):
        return annotation.__qualname__
    return repr(annotation).replace("typing.", "")


def _instead(annotation: Any, origin: Any) -> Optional[str]:
    if class_name(origin) in _NOT_YET:
        return _NOT_YET[class_name(origin)]
    if isinstance(annotation, TypeVar):
        return "a concrete type"
    return None
