"""What the benchmarks call."""

from __future__ import annotations

from typedpool import command


@command
def echo(text: str) -> str:
    """Returns what it is given.

    Args:
        text: Any text.

    Returns:
        The same text.
    """
    return text
