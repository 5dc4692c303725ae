"""Lists of numbers, which travel as one row of bytes where they are long."""

from __future__ import annotations

import sys
from array import array
from operator import countOf
from typing import Any, Callable, Dict, Iterable, List, Tuple, Union, cast

from typedpool.attachments import Attachment, is_reference, take
from typedpool.kinds.base import ComponentNames, Decoder, Encoder, JsonObject, Kind, Shape, as_is
from typedpool.kinds.containers import ListOf
from typedpool.kinds.integers import INTEGER
from typedpool.kinds.members import compile_shortcut
from typedpool.kinds.scalars import NUMBER, Scalar
from typedpool.mismatch import Mismatch

SHORTEST_PACKED = 64
"""From how many numbers on a list is packed. Both sides accept both forms at every length."""

_SWAPPED = sys.byteorder == "big"


class PackedList(ListOf):
    """`list[float]`, `list[int]`, and whatever else is a row of them."""

    attaches = True

    def __init__(self, item: Scalar, *arguments: Any, **options: Any) -> None:
        super().__init__(item, *arguments, **options)
        self.native = False
        # In a union, where the first token decides, a list is always an array.
        self.unpacked = ListOf(item, *arguments, **options)
        self._type, self._code, self._name = _PACKINGS[item]
        self._encode_each = cast(Encoder, super().encoder(strict=True))

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return {**super().schema(shape, names), "x-packed": self._name}

    def decoder(self) -> Decoder:
        decode_list = super().decoder()
        make = self._make or as_is

        def decode(value: Any) -> Any:
            return make(self._unpack(take(value))) if is_reference(value) else decode_list(value)

        return compile_shortcut(self.verbatim, decode)

    def encoder(self, strict: bool) -> Encoder:
        encode_each = self._encode_each
        # A short list is JSON by its annotation: see `Kind.encoder`.
        encode_short = encode_each if strict else as_is

        def encode(value: Any) -> Any:
            if type(value) is list or type(value) is tuple:
                values = cast(List[Any], value)
                return encode_short(values) if len(values) < SHORTEST_PACKED else self._pack(values)
            encoded = encode_each(value)
            return encoded if len(encoded) < SHORTEST_PACKED else self._attach_encoded(encoded)

        return encode

    def _pack(self, values: List[Any]) -> Attachment:
        # An array would take a bool for a number, and round whatever knows how to become a float.
        if countOf(map(type, values), self._type) == len(values):
            return self._attach(values, values, lambda: self._encode_each(values))
        return self._attach_encoded(self._encode_each(values))

    def _attach_encoded(self, values: List[Any]) -> Attachment:
        # Among them are words for what JSON cannot write, and float knows them.
        return self._attach(map(self._type, values), values, lambda: values)

    def _attach(self, numbers: Iterable[Any], values: List[Any], plain: Callable[[], List[Any]]) -> Attachment:
        try:
            packed: "array[Any]" = array(self._code, numbers)
        except OverflowError:
            plain()  # Knows which one it is.
            raise
        if _SWAPPED:
            packed.byteswap()
        return Attachment(memoryview(packed).cast("B"), plain, values)

    def _unpack(self, data: Union[bytearray, memoryview]) -> List[Any]:
        packed: "array[Any]" = array(self._code)
        if len(data) % packed.itemsize:
            raise Mismatch(f"numbers of {packed.itemsize} bytes", f"an attachment of {len(data)} bytes")
        packed.frombytes(data)
        if _SWAPPED:
            packed.byteswap()
        return packed.tolist()


def list_of(item: Kind, *arguments: Any, **options: Any) -> ListOf:
    """The kind of a list, packed where its items are numbers; the arguments are those of `ListOf`."""
    return (PackedList if item in _PACKINGS else ListOf)(cast(Scalar, item), *arguments, **options)


# The Python type, the code of its array, and the name that the schema has for it.
_PACKINGS: Dict[Any, Tuple[Any, str, str]] = {NUMBER: (float, "d", "float64"), INTEGER: (int, "q", "int64")}
