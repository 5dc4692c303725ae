"""Strings that are told apart by their form: dates, times, durations, UUIDs and decimals.

C# keeps the same rules (`TextForms.cs`). They go by the places of signs: whether a text is a value of its form its own decoder
finds out, which can say what is wrong.
"""

from __future__ import annotations

from typing import Any, Dict, Optional, Sequence

from typedpool.kinds.base import ComponentNames, Decoder, Kind, Shape
from typedpool.mismatch import Mismatch, describe

FORMATS = ("decimal", "date", "time", "date-time-local", "date-time", "duration", "uuid")


def form_of(text: str) -> Optional[str]:
    """The one of `FORMATS` that a text may be of; None where it is of none."""
    if len(text) >= 10 and text[4] == text[7] == "-":
        return "date" if len(text) == 10 else _moment(text)
    if len(text) == 36 and text[8] == text[13] == text[18] == text[23] == "-":
        return "uuid"
    if len(text) > 2 and text[2] == ":":
        return "time"
    if text.startswith(("P", "-P")):
        return "duration"
    return "decimal" if text and not text.strip("-.0123456789") else None


def _moment(text: str) -> Optional[str]:
    if text[10] not in "Tt ":
        return None
    return "date-time" if any(sign in text[10:] for sign in "+-Zz") else "date-time-local"


def are_told_apart(kinds: Sequence[Kind]) -> bool:
    """Whether each of several kinds of strings is of a form of its own."""
    formats = [_format(kind) for kind in kinds]
    return len(set(formats)) == len(formats) and all(each in FORMATS for each in formats)


def by_form(kinds: Sequence[Kind]) -> Decoder:
    """Decodes a string as the one of several kinds whose form it has; `are_told_apart` holds of them."""
    expected = "a string of one of the formats " + ", ".join(str(_format(kind)) for kind in kinds)
    decoders: Dict[Optional[str], Decoder] = {_format(kind): kind.decoder() for kind in kinds}

    def decode(value: Any) -> Any:
        decode_form = decoders.get(form_of(value))
        if decode_form is None:
            raise Mismatch(expected, describe(value))
        return decode_form(value)

    return decode


def _format(kind: Kind) -> Optional[str]:
    return kind.schema(Shape.INPUT, ComponentNames()).get("format")
