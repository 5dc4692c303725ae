"""What an annotation that has no kind is answered: never a silent `object`, always what to write instead."""

from __future__ import annotations

import collections.abc
import datetime
import decimal
import enum
import pathlib
import typing
import uuid
from typing import Any, Dict, Optional, TypeVar, Union, cast

from typedpool.problems import NOT_DESCRIBABLE, NOT_SUPPORTED_YET, Unsupported

_NOT_YET: Dict[Any, str] = {
    bytes: "str holding base64",
    bytearray: "str holding base64",
    memoryview: "str holding base64",
    tuple: "list[T], or a dataclass",
    set: "list[T]",
    frozenset: "list[T]",
    datetime.datetime: "str in ISO 8601",
    datetime.date: "str in ISO 8601",
    datetime.time: "str in ISO 8601",
    datetime.timedelta: "float, in seconds",
    decimal.Decimal: "str",
    uuid.UUID: "str",
    pathlib.Path: "str",
    pathlib.PurePath: "str",
    collections.abc.Sequence: "list[T]",
    collections.abc.Iterable: "list[T]",
    collections.abc.Collection: "list[T]",
    collections.abc.Mapping: "dict[str, T]",
    collections.abc.MutableMapping: "dict[str, T]",
    getattr(typing, "Annotated"): "the type inside Annotated",
}

_BARE: Dict[Any, str] = {list: "list[T], e.g. list[str] or list[Any]", dict: "dict[str, T], e.g. dict[str, Any]"}


def refuse(annotation: Any) -> Unsupported:
    """The reason why `annotation` cannot stand in a schema."""
    shown = show(annotation)
    origin = typing.get_origin(annotation) or annotation
    if hasattr(annotation, "__metadata__"):
        origin = getattr(typing, "Annotated")
    if _is_hashable(origin) and origin in _BARE:
        return Unsupported(NOT_DESCRIBABLE, f"{shown} does not say what is inside. Write {_BARE[origin]}.")
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
    if _is_hashable(origin) and origin in _NOT_YET:
        return _NOT_YET[origin]
    if origin is Union or type(annotation).__name__ == "UnionType":
        return "Optional[T] for a value that may be None, or a dataclass with one field for each case"
    if isinstance(annotation, TypeVar):
        return "a concrete type"
    if hasattr(annotation, "__supertype__"):
        return f"{show(annotation.__supertype__)}, the type that it stands for"
    if not isinstance(origin, type):
        return None
    cls = cast("type[Any]", origin)
    if issubclass(cls, enum.Flag):
        return "int, or a list of a plain Enum"
    if hasattr(cls, "__total__") or hasattr(cls, "_field_defaults"):
        return "a dataclass"
    if hasattr(cls, "__dataclass_fields__"):
        return "a dataclass that is not generic"
    return None


def _is_hashable(annotation: Any) -> bool:
    # Anything may stand where an annotation is expected, also `x: [int]`.
    try:
        hash(annotation)
    except TypeError:
        return False
    return True
