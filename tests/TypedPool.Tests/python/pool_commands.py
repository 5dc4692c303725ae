"""Commands that behave in every way that a pool must withstand.

Some hundred workers import this module in every run of the tests: what few commands need they import themselves.
"""

from __future__ import annotations

import atexit
import os
import sys
import time
from dataclasses import dataclass
from typing import Any, Optional

from typedpool import Context, command


class TooSmall(ValueError):
    """A declared error."""


@dataclass
class Item:
    name: str
    count: int


@command
def echo(value: Any) -> Any:
    return value


@command
def add(a: int, b: int) -> int:
    return a + b


@command
def pid() -> int:
    return os.getpid()


@command
def parent() -> int:
    return os.getppid()


@command
def session(ctx: Context) -> Optional[str]:
    return ctx.session_id


@command
def traceparent(ctx: Context) -> Optional[str]:
    return ctx.traceparent


@command
def remaining(ctx: Context) -> Optional[float]:
    return ctx.remaining()


@command
def getenv(name: str) -> Optional[str]:
    return os.environ.get(name)


@command
def working_directory() -> str:
    return os.getcwd()


@command
def touch_and_wait(path: str) -> None:
    """Says that it runs by making a file, and then runs for ever."""
    open(path, "w").close()
    while True:
        time.sleep(3600)


@command
def wait_for(path: str) -> str:
    """Ends when there is a file."""
    while not os.path.exists(path):
        time.sleep(0.002)
    return path


@command
def spin_after(path: str) -> None:
    open(path, "w").close()
    while True:
        pass


@command
def exit_process(code: int) -> None:
    os._exit(code)


@command
def print_and_exit_process(text: str, code: int) -> None:
    print(text, file=sys.stderr, flush=True)
    os._exit(code)


@command
def kill_itself(number: int) -> None:
    os.kill(os.getpid(), number)


@command
def sys_exit(code: int) -> None:
    sys.exit(code)


@command
def raise_base_exception() -> None:
    raise BaseException("from the base")


@command
def raise_value_error(message: str) -> None:
    raise ValueError(message)


@command(raises={TooSmall: 1001})
def raise_declared(message: str) -> None:
    raise TooSmall(message)


@command
def wrong_type() -> int:
    return "text"  # type: ignore[return-value]


@command
def wrong_items() -> list[Item]:
    return [Item("a", 1), Item("b", "two")]  # type: ignore[arg-type]


@command
def no_json() -> Any:
    return {"deep": [object()]}


@command
def text_of(length: int) -> str:
    return "x" * length


@command
def length_of(text: str) -> int:
    return len(text)


@command
def print_megabytes(count: int) -> int:
    line = "x" * 1023
    for _ in range(count * 1024):
        print(line)
        print(line, file=sys.stderr)
    return count


@command
def write_to_descriptor_1(text: str) -> None:
    os.write(1, text.encode())


@command
def close_descriptor_1() -> None:
    os.close(1)


@command
def close_all_descriptors() -> None:
    os.closerange(3, 256)


@command
def leave_a_child_behind(seconds: float) -> int:
    """Starts a process that holds standard error, and does not wait for it."""
    import subprocess

    return subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({seconds})"]).pid


@command
def leave_a_session_behind(seconds: float) -> int:
    """The same, with a process that leaves the worker's process group."""
    import subprocess

    script = f"import time; time.sleep({seconds})"
    return subprocess.Popen([sys.executable, "-c", script], start_new_session=True).pid


@command
def sleep_in_c_holding_the_lock(path: str) -> None:
    """Runs for ever in C code that does not give the interpreter lock away."""
    import ctypes

    open(path, "w").close()
    libc = ctypes.PyDLL(None)
    while True:  # A signal ends one sleep early.
        libc.sleep(100_000)


@command
def leave_slowly(path: str) -> None:
    """Has the worker take a moment for its end, and tell when that is over."""

    def last() -> None:
        time.sleep(0.2)
        open(path, "w").close()

    atexit.register(last)


@dataclass
class Lazy:
    name: str

    def __getattribute__(self, name: str) -> Any:
        if name == "name":
            raise RuntimeError("the file is closed")
        return super().__getattribute__(name)


@command
def read_too_late() -> Lazy:
    """The result cannot be read any more when it is written."""
    return Lazy("x")
