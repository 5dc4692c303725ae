"""Bytes."""

from __future__ import annotations

import binascii
import re
from typing import Any, Callable, Optional, cast

from typedpool.attachments import Attachment, Buffer, is_reference, take
from typedpool.kinds.base import ComponentNames, Decoder, Encoder, JsonObject, Kind, Shape
from typedpool.mismatch import Mismatch, describe

_EXPECTED = "base64 in a string"
# What a2b_base64 does not know would be skipped.
_BASE64 = "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"


class BytesOf(Kind):
    """`bytes`, `bytearray` or `memoryview`. What is received as one of the last two may be written to.

    Args:
        construct: Makes the type of a `bytearray` that belongs to nobody else; None for that itself.
    """

    native = False
    attaches = True

    def __init__(self, construct: Optional[Callable[[bytearray], Buffer]] = None) -> None:
        self._construct = construct
        self.hashable = construct is bytes

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return {"type": "string", "contentEncoding": "base64"}

    def decoder(self) -> Decoder:
        construct = self._construct
        return decode_bytes if construct is None else lambda value: construct(decode_bytes(value))

    def encoder(self, strict: bool) -> Encoder:
        return _encode


def decode_bytes(value: Any) -> bytearray:
    """Bytes of one's own, from an attachment or from base64."""
    if type(value) is str:
        if re.fullmatch(_BASE64, value) is None:
            raise Mismatch(_EXPECTED, describe(value))
        return bytearray(binascii.a2b_base64(value))
    if is_reference(value):
        return take(value)
    raise Mismatch(_EXPECTED, describe(value))


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
