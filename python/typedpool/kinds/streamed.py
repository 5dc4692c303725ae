"""Streams: rows of items that travel one after another while the command runs."""

from __future__ import annotations

import typing
from collections import abc
from typing import Any, AsyncIterator, Dict, List, NamedTuple, Optional, Tuple, cast

from typedpool.kinds.base import ComponentNames, Decoder, Encoder, JsonObject, Kind, Shape
from typedpool.kinds.containers import Container, Nullable, each
from typedpool.kinds.namespaces import Namespaces
from typedpool.kinds.refusals import refuse, show
from typedpool.kinds.table import KindTable
from typedpool.mismatch import Mismatch, describe
from typedpool.problems import NOT_A_PLAIN_FUNCTION, Unsupported

REFERENCE = "$stream"

_PLAIN: Tuple[Any, ...] = (abc.Iterator, abc.Generator)
_ASYNC: Tuple[Any, ...] = (abc.AsyncIterator, abc.AsyncIterable, abc.AsyncGenerator)
_GENERATORS: Tuple[Any, ...] = (abc.Generator, abc.AsyncGenerator)


class StreamReference(NamedTuple):
    """Stands in the arguments for a stream that the caller sends beside them."""

    number: int


class StreamOf(Container):
    """`Iterator[T]`, `AsyncIterator[T]` and their like, as a whole parameter or result.

    Attributes:
        is_async: Whether Python reads or writes it with `async for`.
    """

    def __init__(self, item: Kind, is_async: bool) -> None:
        super().__init__(item)
        self.is_async = is_async

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return {"type": "array", "items": self.item.schema(shape, names)}

    def decoder(self) -> Decoder:
        """To an iterator, where the caller has sent all items at once; else to a `StreamReference`."""
        decode_item = self.item.decoder()

        def decode(value: Any) -> Any:
            if type(value) is list:
                items = each(cast(List[Any], value), decode_item)
                return _one_by_one(items) if self.is_async else iter(items)
            given = cast(Dict[str, Any], value) if type(value) is dict else {}
            number = given.get(REFERENCE)
            if type(number) is not int or len(given) != 1:
                raise Mismatch("an array or a stream", describe(value))
            return StreamReference(number)

        return decode

    def encoder(self, strict: bool) -> Encoder:
        """For a default alone: what a command yields is written item by item."""

        def encode(value: Any) -> Any:
            raise Mismatch("None in place of a stream, which the first call would use up", describe(value))

        return encode


def stream_in(kind: Kind) -> Optional[StreamOf]:
    """The stream that a parameter is, which may also be null; None where it is none."""
    inner = kind.item if isinstance(kind, Nullable) else kind
    return inner if isinstance(inner, StreamOf) else None


def parameter_stream(annotation: Any, is_async: bool, table: KindTable, namespaces: Namespaces) -> Optional[Kind]:
    """The kind of a parameter that is a stream; None where its annotation is none.

    Args:
        is_async: Whether the command runs on the event loop.

    Raises:
        Unsupported: Such a command cannot read such a stream.
    """
    inner = _without_none(annotation)
    origin = typing.get_origin(inner)
    if origin not in _PLAIN + _ASYNC:
        return None
    if origin in _GENERATORS:
        asked = "AsyncIterator" if origin in _ASYNC else "Iterator"
        raise Unsupported(NOT_A_PLAIN_FUNCTION, f"{show(annotation)}: a caller sends no generator. Write {asked}[T].")
    if is_async != (origin in _ASYNC):
        why, asked = ("would hold up the event loop", "AsyncIterator") if is_async else ("needs an event loop", "Iterator")
        text = f"{show(annotation)} {why}. Write {asked}[T]" + (", or `async def`." if not is_async else ".")
        raise Unsupported(NOT_A_PLAIN_FUNCTION, text)
    stream = StreamOf(_item(inner, table, namespaces), origin in _ASYNC)
    return stream if inner is annotation else Nullable(stream)


def result_stream(
    annotation: Any, yields: bool, is_async: bool, table: KindTable, namespaces: Namespaces
) -> Optional[StreamOf]:
    """The kind of a result that is a stream; None where it is none.

    Args:
        yields: Whether the function is a generator.
        is_async: Whether it is `async def`.

    Raises:
        Unsupported: A generator has another annotation, or says that it gives or takes more than its items.
    """
    origin = typing.get_origin(annotation)
    if yields and not (origin in (_ASYNC if is_async else _PLAIN) or origin is abc.Iterable):
        asked = "AsyncIterator" if is_async else "Iterator"
        raise Unsupported(NOT_A_PLAIN_FUNCTION, f"{show(annotation)}: this function yields. Write {asked}[T].")
    if origin not in _PLAIN + _ASYNC and not yields:
        return None
    if is_async and origin in _PLAIN:
        text = f"{show(annotation)} would hold up the event loop. Write AsyncIterator[T], and yield the items."
        raise Unsupported(NOT_A_PLAIN_FUNCTION, text)
    beside = [argument for argument in typing.get_args(annotation)[1:] if argument not in (None, type(None), Any)]
    if origin in _GENERATORS and beside:
        asked = "AsyncIterator" if origin in _ASYNC else "Iterator"
        text = f"{show(annotation)}: only what it yields travels. Write {asked}[T]."
        raise Unsupported(NOT_A_PLAIN_FUNCTION, text)
    return StreamOf(_item(annotation, table, namespaces), origin in _ASYNC)


async def _one_by_one(items: List[Any]) -> AsyncIterator[Any]:
    for item in items:
        yield item


def _item(annotation: Any, table: KindTable, namespaces: Namespaces) -> Kind:
    arguments = typing.get_args(annotation)
    if not arguments:
        raise refuse(annotation)
    return table.kind(arguments[0], namespaces)


def _without_none(annotation: Any) -> Any:
    arguments = typing.get_args(annotation)
    if type(None) in arguments and len(arguments) == 2:
        return next(argument for argument in arguments if argument is not type(None))
    return annotation
