"""What the benchmarks of running calls call: plain commands."""

from __future__ import annotations

import time
from typing import Protocol

from typedpool import Context, command, host


@host
class Desk(Protocol):
    def ask(self, text: str) -> str: ...


@command
def echo(text: str) -> str:
    return text


@command
def ask(text: str, times: int, desk: Desk) -> str:
    """Asks the host so many times, one after another."""
    for _ in range(times):
        text = desk.ask(text)
    return text


@command
def work(ctx: Context) -> None:
    """Says that it has begun, and looks every millisecond whether it is to end."""
    ctx.progress(0)
    while not ctx.cancelled:
        time.sleep(0.001)
