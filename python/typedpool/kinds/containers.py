"""Lists, and what may be null."""

from __future__ import annotations

from operator import length_hint
from typing import Any, Callable, Iterator, List, Optional, Tuple, cast

from typedpool.kinds.base import ComponentNames, Decoder, Encoder, JsonObject, Kind, Shape, as_is
from typedpool.kinds.members import compile_shortcut
from typedpool.kinds.verbatim import of_lists
from typedpool.mismatch import Mismatch, describe

Make = Callable[[List[Any]], Any]


class Container(Kind):
    """A kind around one other."""

    def __init__(self, item: Kind) -> None:
        self.item = item
        self.native = item.native
        self.typed = item.typed
        self.in_place = item.in_place

    def children(self) -> Iterator[Kind]:
        yield self.item


class ListOf(Container):
    """`list[T]`, and whatever else is a row of items: `Sequence[T]`, `tuple[T, ...]`, `deque[T]`.

    Args:
        item: What its items are.
        make: From a list to the class that the annotation asks for; None where that is a list.
        accepted: The classes that a function may return.
        is_native: Whether the JSON encoder knows these classes; what else a function returns, it finds out by itself.
    """

    length = "Items"

    def __init__(
        self, item: Kind, make: Optional[Make] = None, accepted: Tuple[type, ...] = (list, tuple), is_native: bool = True
    ) -> None:
        super().__init__(item)
        self._make = make
        if item.all_verbatim and make is None:
            self.verbatim = f"type({{0}}) is list and {item.all_verbatim}"
            self.all_verbatim = of_lists(item.all_verbatim)
        self._accepted = accepted
        self.native = item.native and is_native
        # Of these only a tuple can be an item of a set, and it is one where its own items are.
        self.hashable = make is tuple and item.hashable

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return {"type": "array", "items": self.item.schema(shape, names)}

    def decoder(self) -> Decoder:
        decode_all = self.item.list_decoder() or each_with(self.item.decoder())
        make = self._make

        def decode(value: Any) -> List[Any]:
            if type(value) is not list:
                raise Mismatch("an array", describe(value))
            return decode_all(value)

        if make is not None:
            return lambda value: make(decode(value))
        return compile_shortcut(self.verbatim, decode)

    def encoder(self, strict: bool) -> Optional[Encoder]:
        if self.native and not strict:
            return None
        encode_item = self.item.encoder(strict) or as_is
        accepted = self._accepted

        def encode(value: Any) -> List[Any]:
            # Text and objects are rows of something, too, but nobody means that.
            if not isinstance(value, accepted) or isinstance(value, (str, bytes, bytearray, dict)):
                raise Mismatch("an array", describe(value))
            return each(cast(List[Any], value), encode_item)

        return encode


class Nullable(Container):
    """`Optional[T]`."""

    def __init__(self, item: Kind) -> None:
        super().__init__(item)
        self.hashable = item.hashable
        self.verbatim = f"({{0}} is None or {item.verbatim})" if item.verbatim else ""

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return {"anyOf": [self.item.schema(shape, names), {"type": "null"}]}

    def decoder(self) -> Decoder:
        decode_item = self.item.decoder()
        return lambda value: None if value is None else decode_item(value)

    def encoder(self, strict: bool) -> Optional[Encoder]:
        encode_item = self.item.encoder(strict)
        if encode_item is None:
            return None
        return lambda value: None if value is None else encode_item(value)


def each_with(convert: Decoder) -> Decoder:
    """`each` of whatever list, with one function."""
    return lambda values: each(values, convert)


def each(values: List[Any], convert: Decoder) -> List[Any]:
    """Every value converted; a mismatch tells at which index."""
    if type(values) is list:
        waiting = iter(values)
        try:
            return list(map(convert, waiting))
        except Mismatch as mismatch:
            # What still waits tells where it stopped: counting along would cost every call.
            raise mismatch.under(len(values) - length_hint(waiting) - 1)
    result: List[Any] = []
    append = result.append
    try:
        for value in values:
            append(convert(value))
    except Mismatch as mismatch:
        raise mismatch.under(len(result))
    return result
