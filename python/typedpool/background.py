"""Threads that do not hold up the end of the process."""

from __future__ import annotations

from _thread import allocate_lock, start_new_thread
from typing import Any, Callable


def start(run: Callable[..., object], *arguments: Any) -> int:
    """Starts a thread, and returns when it has begun.

    One that has not begun when the interpreter ends crashes it in several versions of CPython, and a worker may be told to
    leave at any moment.

    Returns:
        Its identity, as `get_ident` tells it.
    """
    has_begun = allocate_lock()
    has_begun.acquire()

    def begin() -> None:
        has_begun.release()
        run(*arguments)

    thread = start_new_thread(begin, ())
    has_begun.acquire()
    return thread
