"""A value that a user's library has refused, with everything that it says."""

from __future__ import annotations

from typing import List, NamedTuple, Sequence, Union

from typedpool.mismatch import Mismatch

Step = Union[str, int]


class Complaint(NamedTuple):
    """One thing that is wrong.

    Attributes:
        path: The way from the value that was refused to what is wrong in it.
        text: What the library says.
        found: What stood there, in JSON's words.
    """

    path: Sequence[Step]
    text: str
    found: str


class Rejected(Mismatch):
    """A value with one or more things wrong. It stands for the first, and its text names all."""

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        first = complaints[0]
        super().__init__(first.text, first.found)
        self._complaints = complaints
        for step in reversed(first.path):
            self.under(step)

    def __str__(self) -> str:
        if len(self._complaints) == 1:
            return f"{self.expected} (found {self.found})"
        # What the enclosing values have added on the way out stands before the path of each.
        outer = self._steps[len(self._complaints[0].path) :]
        told: List[str] = []
        for path, text, found in self._complaints:
            place = Mismatch("", "")
            for step in (*reversed(path), *outer):
                place.under(step)
            told.append(f"{place.pointer or 'the value'}: {text} (found {found})")
        return f"{len(told)} problems: {'; '.join(told)}"
