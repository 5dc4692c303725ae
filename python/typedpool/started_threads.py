"""Which modules have started threads while they were imported.

A process with more than one thread must not be forked: in the child only the one that forks goes on, and what the others
had locked stays locked for ever.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import Any, List, Optional


class StartedThreads:
    """Notes who starts threads while modules are imported. Nothing is changed in how they are imported.

    Python's threads are noted when they are started, with the module whose body runs then. Those of C code are found by
    counting at the next import: they are put down to the module whose import has begun last.

    Attributes:
        modules: The names, each once, in order.
    """

    def __init__(self) -> None:
        self.modules: List[str] = []
        self._count = count()
        self._last = ""

    def __enter__(self) -> StartedThreads:
        started, original = self, threading.Thread.start
        self._original = original

        def start(self: threading.Thread) -> None:
            started._note()
            original(self)
            started._blame(_module_that_runs() or started._last)
            started._count = count()

        threading.Thread.start = start
        sys.meta_path.insert(0, self)  # pyright: ignore[reportArgumentType] # What is no class has no more of a finder.
        return self

    def __exit__(self, *_: object) -> None:
        sys.meta_path.remove(self)  # pyright: ignore[reportArgumentType]
        threading.Thread.start = self._original
        self._note()

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> None:
        """Finds nothing: the import system asks before it asks those who do."""
        self._note()
        self._last = fullname

    def _note(self) -> None:
        now = count()
        if now > self._count:
            self._blame(self._last)
        self._count = now

    def _blame(self, module: str) -> None:
        if module and module not in self.modules:
            self.modules.append(module)


def count() -> int:
    """How many threads this process has, those of C code among them."""
    return len(os.listdir("/proc/self/task"))


def _module_that_runs() -> Optional[str]:
    """The module whose body is executed, the innermost one."""
    frame = sys._getframe()  # pyright: ignore[reportPrivateUsage]
    while frame is not None and frame.f_code.co_name != "<module>":
        frame = frame.f_back
    return None if frame is None else frame.f_globals.get("__name__")
