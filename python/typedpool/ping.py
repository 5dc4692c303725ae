"""The command that every worker has, so that a host can see that calls arrive and come back."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from typing import Any, Optional

from typedpool.context import Context
from typedpool.registry import command

_started = time.monotonic()


@dataclass
class PingResult:
    """What a worker says about itself.

    Attributes:
        status: "ok".
        echo: What was sent.
        session_id: The session that the caller named.
        worker_id: The name that the pool gave to the worker.
        pid: The worker's process id.
        uptime: Seconds since the worker started.
        python_version: Like "3.12.1".
        memory_bytes: Resident memory of the worker's process in bytes; 0 where it cannot be known.
    """

    status: str
    echo: Any
    session_id: Optional[str]
    worker_id: Optional[str]
    pid: int
    uptime: float
    python_version: str
    memory_bytes: int


@command(idempotent=True)
def ping(ctx: Context, echo: Any = None) -> PingResult:
    """Answers at once, with what was sent and a few facts about the worker.

    Args:
        echo: Any value; it comes back unchanged.

    Returns:
        Facts about the worker that answered.
    """
    return PingResult(
        status="ok",
        echo=echo,
        session_id=ctx.session_id,
        worker_id=ctx.worker_id,
        pid=os.getpid(),
        uptime=time.monotonic() - _started,
        python_version=sys.version.split()[0],
        memory_bytes=_resident_bytes(),
    )


def _resident_bytes() -> int:
    try:
        with open("/proc/self/statm", "rb") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        pass
    try:
        import resource
    except ImportError:
        return 0
    # The highest so far, not the present one; in KiB, except on macOS.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
