"""Takes the process's standard input and output away from everything else that runs in it."""

from __future__ import annotations

import os
import sys
from typing import Any, Tuple


def detach() -> Tuple[int, int]:
    """Moves standard input and output to private descriptors.

    Afterwards descriptor 0 is the null device and descriptor 1 is standard error: what Python or C code prints can no
    longer reach whoever reads the real output.

    Returns:
        The descriptors of the real input and the real output. Child processes do not inherit them.
    """
    source, sink = move()
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream)
    return source, sink


def move() -> Tuple[int, int]:
    """Does so with the descriptors alone, where Python's streams have been detached from them before.

    Returns:
        The same.
    """
    _ensure_standard_error()
    source, sink = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(source, os.O_BINARY)
        msvcrt.setmode(sink, os.O_BINARY)
    return source, sink


def _ensure_standard_error() -> None:
    # A closed descriptor 2 would become the next one opened: the channel itself.
    try:
        os.fstat(2)
    except OSError:
        null = os.open(os.devnull, os.O_WRONLY)
        if null != 2:
            os.dup2(null, 2)
            os.close(null)


def _reconfigure(stream: Any) -> None:
    if stream is not None:
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
