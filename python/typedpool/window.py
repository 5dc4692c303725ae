"""What the host can see of a worker without asking it: which call has been started, and where Python stands.

Both are anonymous files in memory that the host opens through `/proc`: nothing is left when the worker has ended, and
nothing has to be answered. Linux only.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any, Dict, List, Union

_COUNTER_BYTES = 8


class Window:
    """The two files.

    Attributes:
        started: Its only item is the id of the call that was started last; to be set before any of the user's code runs.
        capabilities: What `$/initialize` says of them: `started` and `stacks`, each a path.
    """

    def __init__(self) -> None:
        self.started: Union[List[int], Any] = [0]
        self.capabilities: Dict[str, str] = {}
        if sys.platform == "linux":
            self._open()

    def _open(self) -> None:
        import faulthandler
        import mmap

        counter = os.memfd_create("typedpool-started")
        os.ftruncate(counter, _COUNTER_BYTES)
        self.started = memoryview(mmap.mmap(counter, _COUNTER_BYTES)).cast("q")
        # On this signal the C code of faulthandler writes the stacks of all threads, whoever holds the interpreter lock.
        stacks = os.memfd_create("typedpool-stacks")
        faulthandler.register(signal.SIGUSR1, file=stacks, all_threads=True)
        self.capabilities = {"started": _path(counter), "stacks": _path(stacks)}


def _path(descriptor: int) -> str:
    return f"/proc/{os.getpid()}/fd/{descriptor}"
