"""What the host can see of a worker without asking it: which call has been started, and where Python stands; and what the
worker sees of its host: how many cancellations are on their way.

These are anonymous files in memory that the host opens through `/proc`: nothing is left when the worker has ended, and
nothing has to be answered. Linux only.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any, Dict, List, Union

_WORD_BYTES = 8

STARTED = 0
"""Which of the words is the id of the call that was started last; the worker writes it."""

CANCELLED = 1
"""Which one counts the cancellations that the host has sent, or is about to send; the host writes it."""


class Window:
    """The two files.

    Attributes:
        words: The id of the call that was started last, to be set before any of the user's code runs; and the number of
            cancellations.
        is_shared: Whether the host can see them, and write its own.
        capabilities: What `$/initialize` says of them: `started` and `stacks`, each a path.
    """

    def __init__(self) -> None:
        self.words: Union[List[int], Any] = [0, 0]
        self.is_shared = False
        self.capabilities: Dict[str, str] = {}
        if sys.platform == "linux":
            self._open()

    def _open(self) -> None:
        import faulthandler
        import mmap

        counter = os.memfd_create("typedpool-started")
        os.ftruncate(counter, 2 * _WORD_BYTES)
        self.words = memoryview(mmap.mmap(counter, 2 * _WORD_BYTES)).cast("q")
        self.is_shared = True
        # On this signal the C code of faulthandler writes the stacks of all threads, whoever holds the interpreter lock.
        stacks = os.memfd_create("typedpool-stacks")
        faulthandler.register(signal.SIGUSR1, file=stacks, all_threads=True)
        self.capabilities = {"started": _path(counter), "stacks": _path(stacks)}


def _path(descriptor: int) -> str:
    return f"/proc/{os.getpid()}/fd/{descriptor}"
