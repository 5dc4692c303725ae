"""Tuples of a fixed length, each place with a type of its own."""

from __future__ import annotations

from typing import Any, Iterator, List, Optional, Sequence, cast

from typedpool.kinds.base import ComponentNames, Decoder, Encoder, JsonObject, Kind, Shape, as_is
from typedpool.mismatch import Mismatch, describe


class TupleOf(Kind):
    """`tuple[A, B]`, an array of exactly that length."""

    def __init__(self, items: Sequence[Kind]) -> None:
        self.items = tuple(items)
        # The JSON encoder writes tuples as arrays. It does not count them: who reads the answer does.
        self.native = all(item.native for item in items)
        self.typed = all(item.typed for item in items)
        self.in_place = any(item.in_place for item in items)
        self.hashable = all(item.hashable for item in items)

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        length = len(self.items)
        places: JsonObject = {"prefixItems": [item.schema(shape, names) for item in self.items]} if length else {}
        return {"type": "array", **places, "minItems": length, "maxItems": length}

    def children(self) -> Iterator[Kind]:
        return iter(self.items)

    def decoder(self) -> Decoder:
        decoders = [item.decoder() for item in self.items]

        def decode(value: Any) -> Any:
            if type(value) is not list or len(cast(List[Any], value)) != len(decoders):
                raise Mismatch(self._expected(), describe(value))
            return tuple(_place_by_place(cast(List[Any], value), decoders))

        return decode

    def encoder(self, strict: bool) -> Optional[Encoder]:
        if self.native and not strict:
            return None
        encoders = [item.encoder(strict) or as_is for item in self.items]

        def encode(value: Any) -> List[Any]:
            if not isinstance(value, (tuple, list)) or len(cast(List[Any], value)) != len(encoders):
                raise Mismatch(self._expected(), describe(value))
            return _place_by_place(cast(List[Any], value), encoders)

        return encode

    def _expected(self) -> str:
        return "an array of 1 item" if len(self.items) == 1 else f"an array of {len(self.items)} items"


def _place_by_place(values: Sequence[Any], converters: Sequence[Decoder]) -> List[Any]:
    result: List[Any] = []
    try:
        for convert, value in zip(converters, values):
            result.append(convert(value))
    except Mismatch as mismatch:
        raise mismatch.under(len(result))
    return result
