"""Ties a worker's life to its host's, however the host ends and whatever the worker is doing.

The host holds both ends of a pipe and never writes to it. The worker opens the reading end and asks the kernel to send
SIGKILL to the worker's process group when the last writer is gone (`fcntl(2)`: F_SETOWN, F_SETSIG, O_ASYNC). No code of
the worker's has to run for that: it works also while C code holds the interpreter lock, and for the worker's children.
Linux only; elsewhere a worker learns of its host's end from the end of its input.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from typing import Optional

VARIABLE = "TYPEDPOOL_LIFELINE"
"""Where the environment of a process that a pool starts names it."""


def lead_process_group() -> None:
    """Puts this process, and with it those that it will start, into a group that can be killed as one."""
    if hasattr(os, "setpgid"):
        try:
            os.setpgid(0, 0)
        except OSError:
            pass  # It leads a session, and so a group, already.


def tie_to_host(path: Optional[str]) -> Optional[int]:
    """Arms a lifeline. Without one, nothing happens.

    Args:
        path: Where its reading end is opened.

    Returns:
        The descriptor that is watched by the kernel; None where there is none.
    """
    if path is None or sys.platform != "linux":
        return None
    import fcntl

    try:
        lifeline = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError as error:
        # Another user's host, or one that has just ended: then so does the input.
        print(f"typedpool: the lifeline to the host cannot be opened ({error})", file=sys.stderr)
        return None
    group = os.getpgrp()
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, -group)
    fcntl.fcntl(lifeline, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    # The host may have ended before the kernel was told to watch.
    poll = select.poll()
    poll.register(lifeline, select.POLLHUP)
    if poll.poll(0):
        os.killpg(group, signal.SIGKILL)
    return lifeline
