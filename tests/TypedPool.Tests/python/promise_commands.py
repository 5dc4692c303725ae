"""Commands that tell which worker runs them, while a test decides when they end."""

from __future__ import annotations

import os
import time

from typedpool import command


@command
def pid() -> int:
    return os.getpid()


@command
def pid_once_there_is(path: str) -> int:
    while not os.path.exists(path):
        time.sleep(0.002)
    return os.getpid()
