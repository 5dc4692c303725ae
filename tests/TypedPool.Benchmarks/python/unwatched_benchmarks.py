"""The same commands on a worker that nothing can cancel: its channel is watched by nobody while a command runs."""

from __future__ import annotations

from typing import Any

from live_benchmarks import echo as echo
from typedpool import watcher


def _start(self: Any) -> bool:
    return False


def _begin(self: Any, message: Any, listens: bool) -> None:
    pass


def _end(self: Any) -> None:
    pass


watcher.Watcher.start = _start
watcher.Watcher.begin = _begin
watcher.Watcher.end = _end
