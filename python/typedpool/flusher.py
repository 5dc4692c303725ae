"""Sends what waits to be sent where whoever has put it there is busy with something else."""

from __future__ import annotations

import time
from _queue import SimpleQueue
from typing import Optional, Protocol

from typedpool.background import start

PATIENCE = 0.001
"""Seconds for which an item may wait for others to be sent with it."""


class Flushed(Protocol):
    """What is to be sent."""

    def flush(self) -> None:
        """Sends what waits."""
        ...


class Flusher:
    """One thread, started when it is needed first."""

    def __init__(self) -> None:
        self._due: Optional[SimpleQueue[Flushed]] = None

    def soon(self, flushed: Flushed) -> None:
        """Has it flushed in a moment."""
        if self._due is None:
            self._due = SimpleQueue()
            start(self._run, self._due)
        self._due.put(flushed)

    def _run(self, due: SimpleQueue[Flushed]) -> None:
        while True:
            flushed = due.get()
            time.sleep(PATIENCE)
            try:
                flushed.flush()
            except OSError:
                return  # Nobody reads any more, which the main thread will learn by itself.
