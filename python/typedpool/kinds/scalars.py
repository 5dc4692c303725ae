"""Strings, booleans, `float` and null."""

from __future__ import annotations

from math import inf, isfinite, nan
from operator import mod
from typing import Any

from typedpool.kinds.base import ComponentNames, Decoder, Encoder, JsonObject, Kind, Shape
from typedpool.kinds.verbatim import BOOLEANS, NUMBERS, STRINGS
from typedpool.mismatch import Mismatch, describe

# JSON has no words for these numbers; see "Values" in docs/schema.md.
_NON_FINITE = {"NaN": nan, "Infinity": inf, "-Infinity": -inf}


class Scalar(Kind):
    """A kind without parts, so cheap to check that its encoder always does.

    Args:
        schema: The JSON Schema.
        decoder: See `Kind.decoder`.
        encoder: See `Kind.encoder`.
        traits: Attributes of `Kind` in which it differs from most.
    """

    def __init__(self, schema: JsonObject, decoder: Decoder, encoder: Encoder, **traits: Any) -> None:
        self._schema = schema
        self._decoder = decoder
        self._encoder = encoder
        if schema.get("type") in ("string", "integer") and "contentEncoding" not in schema:
            self.json_type = schema["type"]
        vars(self).update(traits)

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return dict(self._schema)

    def decoder(self) -> Decoder:
        return self._decoder

    def encoder(self, strict: bool) -> Encoder:
        return self._encoder


def check_text(value: str) -> str:
    """Refuses a string that UTF-8 cannot hold."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise Mismatch("a string of whole characters", f"a lone surrogate in {describe(value)}") from None
    return value


def _decode_string(value: Any) -> str:
    # Lone surrogates can only come from \ud… escapes: the worker looks for those once, in the whole message.
    if type(value) is str:
        return value
    raise Mismatch("a string", describe(value))


def _encode_string(value: Any) -> str:
    if isinstance(value, str):
        return check_text(value)
    raise Mismatch("a string", describe(value))


def _boolean(value: Any) -> bool:
    if type(value) is bool:
        return value
    raise Mismatch("a boolean", describe(value))


def decode_number(value: Any) -> float:
    """A number of 64 bits, or one of the strings for what JSON cannot write."""
    if type(value) is float:
        # The parser reads 1e999 as infinity.
        if isfinite(value):
            return value
    elif type(value) is int:
        try:
            return float(value)
        except OverflowError:
            pass
    elif type(value) is str and value in _NON_FINITE:
        return _NON_FINITE[value]
    raise Mismatch("a number of 64 bits", describe(value))


def encode_number(value: Any) -> Any:
    """A number of 64 bits as the JSON encoder can write it."""
    if isinstance(value, float):
        if isfinite(value):
            return value
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, int) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError:
            pass
    raise Mismatch("a number of 64 bits", describe(value))


def _null(value: Any) -> None:
    if value is not None:
        raise Mismatch("null", describe(value))


STRING = Scalar(
    {"type": "string"}, _decode_string, _encode_string, length="Length", verbatim="type({0}) is str", all_verbatim=STRINGS
)
BOOLEAN = Scalar({"type": "boolean"}, _boolean, _boolean, verbatim="type({0}) is bool", all_verbatim=BOOLEANS)
NUMBER = Scalar(
    {"type": "number"},
    decode_number,
    encode_number,
    bounds="",
    remainder=mod,
    verbatim="type({0}) is float and {0} - {0} == 0.0",
    all_verbatim=NUMBERS,
)
NULL = Scalar({"type": "null"}, _null, _null)
