"""Maps, and what their keys can be."""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from typing import Any, Callable, Dict, Iterator, Mapping, Optional, cast

from typedpool.kinds.base import ComponentNames, Decoder, Encoder, JsonObject, Kind, Shape, as_is
from typedpool.kinds.containers import Container
from typedpool.kinds.members import compile_shortcut
from typedpool.kinds.scalars import STRING, check_text
from typedpool.mismatch import Mismatch, describe

_INTEGER_NAME = "^(0|-?[1-9][0-9]*)$"
_INTEGER_READ = "(0|-?[1-9][0-9]{0,4000})"

Members = Dict[Any, Any]


def number_names(key: JsonObject) -> JsonObject:
    """The schema of members' names that are integers: names are strings, so no schema of integers fits them."""
    return {"pattern": _INTEGER_NAME, "x-key": key}


class MapOf(Container):
    """`dict[str, T]`."""

    length = "Properties"

    def __init__(self, item: Kind, make: Optional[Callable[[Members], Any]] = None) -> None:
        super().__init__(item)
        self._make = make
        self.verbatim = f"type({{0}}) is dict and {item.all_verbatim.format('{0}.values()')}" if item.all_verbatim and make is None else ""
        # The JSON encoder would write a key that is no string as one, without a word.
        self.native = False
        self.hashable = False

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return {"type": "object", "additionalProperties": self.item.schema(shape, names)}

    def decoder(self) -> Decoder:
        decode_item = self.item.decoder()
        make = self._make

        def decode(value: Any) -> Members:
            if type(value) is not dict:
                raise Mismatch("an object", describe(value))
            result: Members = {}
            for name, member in cast(Members, value).items():
                try:
                    result[name] = decode_item(member)
                except Mismatch as mismatch:
                    raise mismatch.under(name)
            return result

        if make is not None:
            return lambda value: make(decode(value))
        return compile_shortcut(self.verbatim, decode)

    def encoder(self, strict: bool) -> Optional[Encoder]:
        if self.item.native and not strict:
            return _check_keys
        encode_item = self.item.encoder(strict) or as_is

        def encode(value: Any) -> Members:
            result: Members = {}
            for name, member in _mapping(value).items():
                if not isinstance(name, str):
                    raise Mismatch("members named by strings", describe(name))
                try:
                    result[check_text(name)] = encode_item(member)
                except Mismatch as mismatch:
                    raise mismatch.under(name)
            return result

        return encode


class KeyedMapOf(MapOf):
    """`dict[K, T]` of other keys: members are named by the JSON text of the key, without quotes.

    Args:
        key: What the keys are; see `is_key`.
        item: What the values are.
        make: From a dict to the class that the annotation asks for.
    """

    def __init__(self, key: Kind, item: Kind, make: Optional[Callable[[Members], Any]] = None) -> None:
        super().__init__(item, make)
        self.key = key
        self.verbatim = ""
        self.typed = item.typed and key.typed
        self.in_place = item.in_place or key.in_place

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        key = self.key.schema(shape, names)
        if self.key.json_type == "integer":
            key = number_names(key)
        return {"type": "object", "propertyNames": key, "additionalProperties": self.item.schema(shape, names)}

    def children(self) -> Iterator[Kind]:
        yield self.key
        yield self.item

    def decoder(self) -> Decoder:
        decode_key = self._key_decoder()
        decode_item = self.item.decoder()
        make = self._make

        def decode(value: Any) -> Any:
            if type(value) is not dict:
                raise Mismatch("an object", describe(value))
            result: Members = {}
            for name, member in cast(Dict[str, Any], value).items():
                try:
                    key = decode_key(name)
                    if key in result:
                        raise Mismatch("a key that the map does not have yet", describe(name))
                    result[key] = decode_item(member)
                except Mismatch as mismatch:
                    raise mismatch.under(name)
            return result if make is None else make(result)

        return decode

    def encoder(self, strict: bool) -> Encoder:
        encode_key = self.key.encoder(strict=True) or as_is
        encode_item = self.item.encoder(strict) or as_is

        def encode(value: Any) -> Members:
            result: Members = {}
            for key, member in _mapping(value).items():
                try:
                    name = str(encode_key(key))
                except Mismatch as mismatch:
                    raise Mismatch(f"members named by {mismatch.expected}", mismatch.found) from None
                try:
                    if name in result:
                        raise Mismatch("a key that the map does not have yet", describe(name))
                    result[name] = encode_item(member)
                except Mismatch as mismatch:
                    raise mismatch.under(name)
            return result

        return encode

    def _key_decoder(self) -> Decoder:
        decode = self.key.decoder()
        if self.key.json_type == "string":
            return decode

        def decode_integer_name(name: str) -> Any:
            if re.fullmatch(_INTEGER_READ, name) is None:
                raise Mismatch("a member named by an integer", describe(name))
            return decode(int(name))

        return decode_integer_name


def map_of(key: Kind, item: Kind, make: Optional[Callable[[Members], Any]] = None) -> MapOf:
    """The kind of a map."""
    return MapOf(item, make) if key is STRING else KeyedMapOf(key, item, make)


def _mapping(value: Any) -> Mapping[Any, Any]:
    if not isinstance(value, AnyMapping):
        raise Mismatch("an object", describe(value))
    return cast(Mapping[Any, Any], value)


def _check_keys(value: Any) -> Any:
    names = _mapping(value)
    if not set(map(type, names)) <= {str}:
        for name in names:
            if not isinstance(name, str):
                raise Mismatch("members named by strings", describe(name))
    return names if isinstance(names, dict) else dict(names)
