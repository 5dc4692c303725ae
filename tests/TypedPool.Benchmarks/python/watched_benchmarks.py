"""The same command on a worker that can be had to do without what makes calls end before their time: nobody reads its
channel then while a command runs."""

from __future__ import annotations

from typing import Any

from live_benchmarks import echo as echo
from typedpool import command, watcher

_start = watcher.Watcher.start
_of_process: Any = None


def _keep(self: Any) -> bool:
    global _of_process
    _of_process = self
    return _start(self)


watcher.Watcher.start = _keep


@command
def watch(on: bool) -> None:
    """From the end of this call on, which has begun as the one before it, calls are watched, or not."""
    it = _of_process
    if on == ("begin" not in vars(it)):
        return

    def end_unwatched() -> None:
        del it.begin, it.end

    def end_watched() -> None:
        type(it).end(it)
        it.begin = lambda message, listens: None
        it.end = lambda: None

    it.end = end_unwatched if on else end_watched
    # Its thread parks at once where it has nothing to watch.
    setattr(watcher, "_PARK_AFTER", 1.0 if on else 0.0)
