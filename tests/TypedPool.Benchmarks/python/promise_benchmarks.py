"""Commands that are to be ended, or waited for."""

from __future__ import annotations

import time

from typedpool import Context, command


@command
def hold(ctx: Context) -> None:
    """Says that it has begun, and sleeps."""
    ctx.progress(0)
    time.sleep(60)


@command
def hold_the_lock(ctx: Context) -> None:
    """Says that it has begun, and adds in C code that neither lets go of the interpreter lock nor ends at a signal, as a sleep does."""
    ctx.progress(0)
    sum(range(10**13))


@command
def refuse_to_end(ctx: Context) -> None:
    """Says that it has begun, and lets nothing that is raised in it end it."""
    ctx.progress(0)
    while True:
        try:
            time.sleep(60)
        except BaseException:
            pass
