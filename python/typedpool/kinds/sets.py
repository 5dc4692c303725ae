"""Sets."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any, List, cast

from typedpool.kinds.base import ComponentNames, Decoder, Encoder, JsonObject, Kind, Shape, as_is
from typedpool.kinds.containers import Container, Make, each
from typedpool.mismatch import Mismatch, describe


class SetOf(Container):
    """`set[T]` and `frozenset[T]`: an array without order, in which no item stands twice.

    Args:
        item: What its items are; Python has to be able to hash them.
        make: From a list to the class that the annotation asks for.
    """

    native = False
    length = "Items"

    def __init__(self, item: Kind, make: Make) -> None:
        super().__init__(item)
        self.native = False
        self.hashable = make is frozenset
        self._make = make

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return {"type": "array", "items": self.item.schema(shape, names), "uniqueItems": True}

    def decoder(self) -> Decoder:
        decode_item = self.item.decoder()
        make = self._make

        def decode(value: Any) -> Any:
            if type(value) is not list:
                raise Mismatch("an array", describe(value))
            received = cast(List[Any], value)
            items = each(received, decode_item)
            try:
                result = make(items)
            except TypeError:
                raise Mismatch("items that Python can hash", describe(value)) from None
            if len(result) != len(items):
                index = _first_repeated(items)
                raise Mismatch("an item that the set does not have yet", describe(received[index])).under(index)
            return result

        return decode

    def encoder(self, strict: bool) -> Encoder:
        encode_item = self.item.encoder(strict) or as_is

        def encode(value: Any) -> List[Any]:
            if not isinstance(value, AbstractSet):
                raise Mismatch("a set", describe(value))
            return each(cast(List[Any], value), encode_item)

        return encode


def _first_repeated(items: List[Any]) -> int:
    seen: "set[Any]" = set()
    for index, item in enumerate(items):
        if item in seen:
            return index
        seen.add(item)
    raise AssertionError("no item is repeated")
