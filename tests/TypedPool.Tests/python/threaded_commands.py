"""Plain commands that run on threads; there is no `async def` among them."""

from __future__ import annotations

import contextvars
import os
import threading
import time

from typedpool import Context, command

_name: contextvars.ContextVar[str] = contextvars.ContextVar("name", default="nobody")
_meeting = threading.Condition()
_present = 0


@command
def pid() -> int:
    return os.getpid()


@command
def meet(count: int) -> str:
    """Returns when so many calls are here at once."""
    global _present
    with _meeting:
        _present += 1
        _meeting.notify_all()
        _meeting.wait_for(lambda: _present >= count)
    return threading.current_thread().name


@command
def remember(name: str, ctx: Context) -> str:
    """What is left in the context variables and the context when others have had their turn."""
    before = _name.get()
    _name.set(name)
    time.sleep(0.001)
    return f"{before} {_name.get()} {ctx.session_id}"


@command
def report(value: float, ctx: Context) -> None:
    time.sleep(0.001)
    ctx.progress(value)


@command
def watch(path: str, ctx: Context) -> str:
    """Looks whether it is cancelled."""
    open(path, "w").close()
    while not ctx.cancelled:
        time.sleep(0.001)
    return "in good order"


@command
def wait_for_ever(path: str) -> None:
    open(path, "w").close()
    threading.Event().wait()


@command
def fail() -> None:
    raise ValueError("no luck")
