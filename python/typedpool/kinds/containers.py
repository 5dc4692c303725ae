"""Lists, maps and what may be null."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Optional, cast

from typedpool.kinds.base import ComponentNames, Decoder, Encoder, JsonObject, Kind, Shape, as_is
from typedpool.kinds.scalars import check_text
from typedpool.mismatch import Mismatch, describe


class _Container(Kind):
    """A kind around one other."""

    def __init__(self, item: Kind) -> None:
        self.item = item
        self.native = item.native
        self.typed = item.typed

    def children(self) -> Iterator[Kind]:
        yield self.item


class ListOf(_Container):
    """`list[T]`."""

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return {"type": "array", "items": self.item.schema(shape, names)}

    def decoder(self) -> Decoder:
        decode_item = self.item.decoder()

        def decode(value: Any) -> List[Any]:
            if type(value) is not list:
                raise Mismatch("an array", describe(value))
            return _each(cast(List[Any], value), decode_item)

        return decode

    def encoder(self, strict: bool) -> Optional[Encoder]:
        if self.native and not strict:
            return None
        encode_item = self.item.encoder(strict) or as_is

        def encode(value: Any) -> List[Any]:
            if not isinstance(value, (list, tuple)):
                raise Mismatch("an array", describe(value))
            return _each(cast(List[Any], value), encode_item)

        return encode


class MapOf(_Container):
    """`dict[str, T]`."""

    def __init__(self, item: Kind) -> None:
        super().__init__(item)
        # The JSON encoder would write a key that is no string as one, without a word.
        self.native = False

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return {"type": "object", "additionalProperties": self.item.schema(shape, names)}

    def decoder(self) -> Decoder:
        decode_item = self.item.decoder()

        def decode(value: Any) -> Dict[str, Any]:
            if type(value) is not dict:
                raise Mismatch("an object", describe(value))
            result: Dict[str, Any] = {}
            for name, member in cast(Dict[str, Any], value).items():
                try:
                    result[name] = decode_item(member)
                except Mismatch as mismatch:
                    raise mismatch.under(name)
            return result

        return decode

    def encoder(self, strict: bool) -> Optional[Encoder]:
        if self.item.native and not strict:
            return _check_keys
        encode_item = self.item.encoder(strict) or as_is

        def encode(value: Any) -> Dict[str, Any]:
            if not isinstance(value, dict):
                raise Mismatch("an object", describe(value))
            result: Dict[str, Any] = {}
            for name, member in cast(Dict[Any, Any], value).items():
                if not isinstance(name, str):
                    raise Mismatch("members named by strings", describe(name))
                try:
                    result[check_text(name)] = encode_item(member)
                except Mismatch as mismatch:
                    raise mismatch.under(name)
            return result

        return encode


class Nullable(_Container):
    """`Optional[T]`."""

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


def _check_keys(value: Any) -> Any:
    if not isinstance(value, dict):
        raise Mismatch("an object", describe(value))
    names = cast(Dict[Any, Any], value)
    if not set(map(type, names)) <= {str}:
        for name in names:
            if not isinstance(name, str):
                raise Mismatch("members named by strings", describe(name))
    return names


def _each(values: List[Any], convert: Decoder) -> List[Any]:
    result: List[Any] = []
    append = result.append
    try:
        for value in values:
            append(convert(value))
    except Mismatch as mismatch:
        # What has been converted tells where it stopped: counting along would cost every call.
        raise mismatch.under(len(result))
    return result
