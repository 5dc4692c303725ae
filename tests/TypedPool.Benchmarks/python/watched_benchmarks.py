"""The same command on a worker that can be had to do without what makes calls end before their time: nobody reads its
channel then while a command runs, and nothing is noted for anybody who might."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any, Dict

from live_benchmarks import echo as echo
from typedpool import command, faults, watcher
from typedpool.calls import Call
from typedpool.messages import RpcError
from typedpool.results import encode
from typedpool.worker import Worker, arguments_of

_run = Worker.run
_of_process: Any = None
_sleeping = watcher.allocate_lock()
_sleeping.acquire()


class _Unwatched(Worker):
    """What `Worker` would be without."""

    def _call(self, call: Call, message: Dict[str, Any], arrived: Any) -> Any:
        self._tell_started(message)
        arguments = arguments_of(call, message, arrived)
        try:
            result = self._variables.copy().run(call.run, arguments, None)
        except RpcError:
            raise
        except BaseException as error:
            raise faults.raised(error, call.declared) from None
        return encode(call, result, call.attaches and self.takes_attachments(message))


def _keep(self: Any) -> int:
    global _of_process
    _of_process = self
    return _run(self)


Worker.run = _keep


def _sleep(seconds: float) -> None:
    """Sleeps so that it can be woken, and not at all where there is nothing to watch."""
    if type(_of_process) is Worker:
        _sleeping.acquire(True, seconds)


setattr(watcher, "time", SimpleNamespace(monotonic=time.monotonic, sleep=_sleep))


@command
def watch(on: bool) -> None:
    """From the next call on calls are watched, or not."""
    _of_process.__class__ = Worker if on else _Unwatched  # Both look the same in memory.
    # Where there is nothing to watch its thread parks at once, and a call that is watched wakes it.
    setattr(watcher, "_PARK_AFTER", 1.0 if on else -1.0)
    if not on and _sleeping.locked():
        _sleeping.release()
