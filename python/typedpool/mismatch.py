"""A value that does not have the type that its place asks for."""

from __future__ import annotations

from typing import Any, List, Sized, Union, cast

_LONGEST_QUOTE = 60

# Whose values say briefly what they are.
_PLAIN_MODULES = ("datetime", "decimal", "uuid")


class Mismatch(Exception):
    """A value does not fit. Each container that the exception passes on its way out adds its step to the path.

    Attributes:
        expected: What the place asks for, in JSON's words.
        found: What stood there instead, in JSON's words.
    """

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(expected, found)
        self.expected = expected
        self.found = found
        self._steps: List[Union[str, int]] = []

    def under(self, step: Union[str, int]) -> Mismatch:
        """Says that the value stands under the member or index `step` of the enclosing value."""
        self._steps.append(step)
        return self

    def at_position(self, names: List[str]) -> Mismatch:
        """Replaces the outermost step, one of `names`, by its index: the arguments came as an array."""
        self._steps[-1] = names.index(str(self._steps[-1]))
        return self

    @property
    def pointer(self) -> str:
        """The JSON pointer (RFC 6901) to the value; the empty string for the outermost value itself."""
        return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in reversed(self._steps))

    def __str__(self) -> str:
        return f"expected {self.expected}, found {self.found}"


def too_deep() -> Mismatch:
    """For a value that Python's own recursion limit ends."""
    return Mismatch("less nesting", "more than Python can follow")


def describe(value: Any) -> str:
    """A value in JSON's words, short enough for an error message."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"the number {value}" if -(2**256) < value < 2**256 else "a number of very many digits"
    if isinstance(value, float):
        return f"the number {value!r}"
    if isinstance(value, str):
        return "the string " + _quote(value)
    if isinstance(value, (list, tuple)):
        return f"an array of length {len(cast(Sized, value))}"
    if isinstance(value, (set, frozenset)):
        return f"a set of length {len(cast(Sized, value))}"
    if isinstance(value, dict):
        return "an object"
    kind = cast(Any, type(value))
    if kind.__module__ in _PLAIN_MODULES:
        return f"the {kind.__name__} {_quote(str(value))}"
    return f"a Python object of type {kind.__module__}.{kind.__qualname__}"


def _quote(text: str) -> str:
    shown = text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"
    return '"' + shown.encode("utf-8", "backslashreplace").decode("utf-8") + '"'
