"""Bytes."""

from __future__ import annotations

import binascii
import re
from typing import Any, Callable, Optional, Union, cast

from typedpool.attachments import Attachment, Buffer, is_reference, take, take_own
from typedpool.kinds.base import ComponentNames, Decoder, Encoder, JsonObject, Kind, Shape
from typedpool.mismatch import Mismatch, describe

_EXPECTED = "base64 in a string"
# What a2b_base64 does not know would be skipped.
_BASE64 = "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"


class BytesOf(Kind):
    """`bytes`, `bytearray` or `memoryview`. What is received as one of the last two may be written to.

    Args:
        construct: Makes the type of bytes that belong to nobody else; None for `bytearray`.
    """

    native = False
    attaches = True

    def __init__(self, construct: Optional[Callable[[Union[bytearray, memoryview]], Buffer]] = None) -> None:
        self._construct = construct
        self.hashable = construct is bytes

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return {"type": "string", "contentEncoding": "base64"}

    def decoder(self) -> Decoder:
        construct = self._construct
        if construct is None:
            return _decode_bytearray
        if construct is bytes:
            return _decode_copy
        return lambda value: construct(decode_bytes(value))

    def encoder(self, strict: bool) -> Encoder:
        return _encode


def decode_bytes(value: Any) -> Union[bytearray, memoryview]:
    """Bytes of one's own, from an attachment or from base64."""
    return take_own(value) if is_reference(value) else bytearray(_decode_base64(value))


def _decode_copy(value: Any) -> bytes:
    return bytes(take(value)) if is_reference(value) else _decode_base64(value)


def _decode_bytearray(value: Any) -> bytearray:
    data = take(value) if is_reference(value) else _decode_base64(value)
    return data if isinstance(data, bytearray) else bytearray(data)


def _decode_base64(value: Any) -> bytes:
    if type(value) is not str or re.fullmatch(_BASE64, value) is None:
        raise Mismatch(_EXPECTED, describe(value))
    return binascii.a2b_base64(value)


def attach(data: Buffer) -> Attachment:
    """Bytes as they are sent."""
    return Attachment(data, lambda: str(binascii.b2a_base64(data, newline=False), "ascii"))


def _encode(value: Any) -> Attachment:
    if isinstance(value, memoryview):
        return attach(_flat(cast("memoryview[int]", value)))
    if isinstance(value, (bytes, bytearray)):
        return attach(value)
    raise Mismatch("bytes", describe(value))


def _flat(view: "memoryview[int]") -> Buffer:
    return view.cast("B") if view.c_contiguous and 0 not in (view.shape or ()) else view.tobytes()
