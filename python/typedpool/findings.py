"""What a comparison of two contracts has found, and where."""

from __future__ import annotations

import json
from typing import Any, Dict, List, NamedTuple, Tuple

from typedpool.changes import RULES, Difference

ABSENT: Any = object()
"""Stands for what is not there."""

_LONGEST_SHOWN = 60


class Place(NamedTuple):
    """Where the comparison stands.

    Attributes:
        subject: The command or the type.
        path: Where in it.
        sent: Whether callers send what stands there; else it is returned to them.
    """

    subject: str
    path: str
    sent: bool

    def __truediv__(self, step: str) -> Place:
        return self._replace(path=f"{self.path}/{step}")

    def __str__(self) -> str:
        return f"{self.subject} at {self.path}" if self.path else self.subject


class Findings:
    """The differences so far. One that stands both in what is sent and in what is returned counts once, by its worse side."""

    def __init__(self) -> None:
        self._found: Dict[Tuple[str, str, str, str], Difference] = {}

    def __bool__(self) -> bool:
        return bool(self._found)

    def tell(self, place: Place, change: str, old: Any = ABSENT, new: Any = ABSENT) -> None:
        """Adds a difference, judged by the rule of that name."""
        verdict = RULES[change].sent if place.sent else RULES[change].returned
        difference = Difference(str(place), change, _shown(old), _shown(new), verdict.breaking, verdict.why)
        key = difference[:4]
        if key not in self._found or verdict.breaking:
            self._found[key] = difference

    def sorted(self) -> List[Difference]:
        """All of them, breaking ones first."""
        return sorted(self._found.values(), key=lambda difference: not difference.breaking)


def shown(value: Any) -> str:
    """A value as JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _shown(value: Any) -> str:
    if value is ABSENT:
        return ""
    text = value if isinstance(value, str) else shown(value)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
