"""What the benchmarks call of streams: a module without them does not import what they need."""

from __future__ import annotations

from typing import Iterator

from typedpool import command


@command
def count(to: int) -> Iterator[int]:
    """Counts.

    Args:
        to: Where to stop.

    Returns:
        All numbers below.
    """
    yield from range(to)
