"""Commands that leave something behind, or change what is not theirs."""

from __future__ import annotations

import asyncio
import contextvars
import locale
import os
import signal
import threading
import time
from typing import List

from typedpool import Context, command

_name: contextvars.ContextVar[str] = contextvars.ContextVar("name", default="nobody")


@command
def pid() -> int:
    return os.getpid()


@command
def set_variable(name: str) -> str:
    before = _name.get()
    _name.set(name)
    return before


@command
def change_the_process(folder: str) -> None:
    os.chdir(folder)
    os.environ["CARELESS"] = "set"
    os.umask(0o077)
    time.tzset()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


@command
def the_process() -> List[str]:
    return [os.getcwd(), os.environ.get("CARELESS", ""), str(signal.getsignal(signal.SIGTERM) == signal.SIG_IGN)]


@command
def change_the_locale() -> float:
    """A locale whose decimal point is a comma, where the system has one; else the numbers are formatted by hand."""
    for name in ("de_DE.UTF-8", "de_DE", "fr_FR.UTF-8", "C.UTF-8", "C"):
        try:
            locale.setlocale(locale.LC_ALL, name)
            break
        except locale.Error:
            continue
    return 1234.5


@command
def number(value: float) -> float:
    return value + 0.25


@command
def change_all_signals() -> None:
    for each in signal.valid_signals():
        if each not in (signal.SIGKILL, signal.SIGSTOP, signal.SIGCHLD):
            signal.signal(each, lambda *_: None)


@command
def run_a_loop() -> str:
    async def main() -> str:
        await asyncio.sleep(0)
        return "run"

    return asyncio.run(main())


@command
def leave_a_thread_that_reports(path: str, ctx: Context) -> None:
    """It reports on and on, until there is the file `path`, and makes the file `path.done` then."""

    def run() -> None:
        while not os.path.exists(path):
            ctx.progress(666)
            time.sleep(0.0005)
        open(path + ".done", "w").close()

    threading.Thread(target=run, daemon=True).start()


@command
def leave_a_thread_that_is_no_daemon(path: str) -> None:
    def run() -> None:
        while not os.path.exists(path):
            time.sleep(0.002)

    threading.Thread(target=run).start()


@command
def report_once(value: float, ctx: Context) -> None:
    ctx.progress(value)


@command
def wait(path: str) -> None:
    open(path, "w").close()
    while True:
        time.sleep(0.002)


@command
def clear_up(path: str, go: str) -> None:
    """Ends by its cancellation when there is the file `go`."""
    try:
        open(path, "w").close()
        while True:
            time.sleep(0.002)
    finally:
        open(path + ".clearing", "w").close()
        while not os.path.exists(go):
            time.sleep(0.002)
