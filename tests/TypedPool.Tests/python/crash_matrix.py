"""A worker that fails at one chosen moment in one chosen way, once.

`CRASH_MOMENT` and `CRASH_FAULT` choose, by name. The fault strikes at the first such moment after the file `CRASH_ARMED`
has been made, and removes the file: the worker that comes after it is healthy. Before it strikes it is announced on
standard error.
"""

from __future__ import annotations

import atexit
import os
import select
import signal
import threading
import time
from typing import Callable, Dict, Union

from typedpool import command, on_start
from typedpool.wire import Channel

import crash_faults

_ARMED = os.environ["CRASH_ARMED"]
_MOMENT = os.environ["CRASH_MOMENT"]
_FAULT: Callable[[], None] = getattr(crash_faults, os.environ["CRASH_FAULT"])

# Whoever has sent garbage before a call may still start the call before it is killed. Here it does not: what is
# expected of a call that was not started needs a worker that does not start it.
_WAITS_FOR_ITS_END = _FAULT in (crash_faults.garbage, crash_faults.wrong_id)

_HEADER = 4

_read = Channel.read
_write = Channel.write


@command
def work(text: str) -> int:
    """Fails if the moment is `user_code`, or `waiting_in_worker` once it may; else says which process it ran in."""
    if _MOMENT == "user_code" and _is_armed():
        _strike()
    if _MOMENT == "waiting_in_worker" and _is_armed():
        while not os.path.exists(_ARMED + ".go"):
            time.sleep(0.001)
        _strike_before_a_call()
    return os.getpid()


def _is_armed() -> bool:
    try:
        os.unlink(_ARMED)
    except FileNotFoundError:
        return False
    return True


def _strike() -> None:
    if _FAULT not in crash_faults.ANNOUNCED:
        crash_faults.announce(_FAULT.__name__)
    _FAULT()


def _strike_before_a_call() -> None:
    _strike()
    if _WAITS_FOR_ITS_END:
        signal.pause()


def _wait_for_request(channel: Channel) -> None:
    if not channel._received:
        select.select([channel._source], [], [])


def _read_nothing(channel: Channel) -> Union[bytes, bytearray, None]:
    _wait_for_request(channel)
    if _is_armed():
        _strike_before_a_call()
    return _read(channel)


def _read_half(channel: Channel) -> Union[bytes, bytearray, None]:
    _wait_for_request(channel)
    if _is_armed():
        half = int.from_bytes(os.read(channel._source, _HEADER), "big") // 2
        while half > 0:
            half -= len(os.read(channel._source, half))
        _strike_before_a_call()
    return _read(channel)


def _write_half(channel: Channel, body: bytes) -> None:
    if not _is_armed():
        _write(channel, body)
        return
    frame = len(body).to_bytes(_HEADER, "big") + body
    half = len(frame) // 2
    os.write(channel._sink, frame[:half])
    channel._write_all(_Rest())
    channel.write_raw(frame[half:])


class _Rest:
    """The other half of a frame: the fault strikes when the channel is about to write it."""

    def __bool__(self) -> bool:
        _strike()
        return False


def _write_all(channel: Channel, body: bytes) -> None:
    # Asked before the answer goes out: what is armed when it has come in is meant for the next one.
    strikes = _is_armed()
    _write(channel, body)
    if strikes:
        _strike_before_a_call()


def _at_import() -> None:
    if _is_armed():
        _strike()


def _while_idle() -> None:
    # Blocked here, and so in every thread that is made from now on: only the one that waits for it gets it.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR2})


@on_start
def start_waiting() -> None:
    """Not while the module is imported: what has a thread is not forked."""
    if _MOMENT == "idle":
        threading.Thread(target=_wait_for_signal, daemon=True).start()


def _wait_for_signal() -> None:
    signal.sigwait({signal.SIGUSR2})
    if _is_armed():
        _strike()


def _at_exit() -> None:
    atexit.register(lambda: _strike() if _is_armed() else None)


def _patch(name: str, replacement: Callable[..., object]) -> Callable[[], None]:
    return lambda: setattr(Channel, name, replacement)


_PREPARATIONS: Dict[str, Callable[[], None]] = {
    "before_handshake": _at_import,
    "idle": _while_idle,
    "before_reading": _patch("read", _read_nothing),
    "in_reading": _patch("read", _read_half),
    "user_code": lambda: None,
    "waiting_in_worker": lambda: None,
    "in_writing": _patch("write", _write_half),
    "after_answer": _patch("write", _write_all),
    "exit_hook": _at_exit,
}

_PREPARATIONS[_MOMENT]()
