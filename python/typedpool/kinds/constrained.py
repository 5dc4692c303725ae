"""A type of which not every value is allowed."""

from __future__ import annotations

from typing import Any, Callable, Iterator, Mapping, NamedTuple, Sequence

from typedpool.attachments import Attachment
from typedpool.kinds.base import ComponentNames, Decoder, Encoder, JsonObject, Kind, Shape, as_is
from typedpool.mismatch import Mismatch


class Check(NamedTuple):
    """Something that a value is asked.

    Attributes:
        holds: Whether a value of the type may pass.
        expected: What may pass, in words.
        describe: Says in words what came instead.
    """

    holds: Callable[[Any], Any]
    expected: str
    describe: Callable[[Any], str]


class Constrained(Kind):
    """Another kind, and what of its values is allowed.

    Args:
        inner: The other kind.
        keywords: What the schema says beside the other kind's.
        checks: What a value is asked.
        plain: What it was before it was constrained: bounds may make an integer wider.
        constraints: The constraints that make it what it is.
    """

    native = False

    def __init__(
        self, inner: Kind, keywords: JsonObject, checks: Sequence[Check], plain: Kind, constraints: Mapping[str, Any]
    ) -> None:
        self.inner = inner
        self.plain = plain
        self.constraints = constraints
        self.typed = inner.typed
        self.hashable = inner.hashable
        self.in_place = inner.in_place
        self.json_type = inner.json_type
        self.bounds = inner.bounds
        self.length = inner.length
        self.remainder = inner.remainder
        self._keywords = keywords
        self._checks = tuple(checks)

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        return {**self.inner.schema(shape, names), **self._keywords}

    def decoder(self) -> Decoder:
        decode, check = self.inner.decoder(), self._check
        return lambda value: check(decode(value))

    def encoder(self, strict: bool) -> Encoder:
        encode, check = self.inner.encoder(True) or as_is, self._check
        # What is iterated can be counted only when it is written.
        counts_written = self.inner.length in ("Items", "Properties")

        def encode_checked(value: Any) -> Any:
            # What is of another type could not be compared: the type comes first.
            written = encode(value)
            if counts_written:
                check(written.items if isinstance(written, Attachment) else written)
            else:
                check(value)
            return written

        return encode_checked

    def children(self) -> Iterator[Kind]:
        yield self.inner

    def _check(self, value: Any) -> Any:
        for holds, expected, describe in self._checks:
            if not holds(value):
                raise Mismatch(expected, describe(value))
        return value
