"""The faults of the crash matrix. Each function is one. What hangs never returns, and says by itself that it has begun: whoever
looks then, finds it where it hangs."""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import sys
import time

from typedpool.wire import Channel

FAULTY_STATUS = 3

_HEADROOM = 32 * 1024 * 1024
_TOO_MUCH = 1024 * 1024 * 1024
_UNKNOWN_ID = 999_999_999


def announce(fault: str) -> None:
    # Not by print: that goes through the channel, and so into the middle of a frame of which half has been written.
    os.write(2, f"about to fail: {fault}\n".encode())


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def segmentation_fault() -> None:
    ctypes.string_at(0)


def exit_with_zero() -> None:
    os._exit(0)


def exit_with_three() -> None:
    os._exit(FAULTY_STATUS)


def system_exit() -> None:
    sys.exit(FAULTY_STATUS)


def uncaught_exception() -> None:
    raise RuntimeError("a fault of the crash matrix")


def abort() -> None:
    os.abort()


def memory_limit() -> None:
    """The limit stays: whoever goes on, goes on with little memory."""
    with open("/proc/self/statm") as statm:
        used = int(statm.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + _HEADROOM, resource.RLIM_INFINITY))
    bytearray(_TOO_MUCH)


def hang_in_python() -> None:
    announce("hang_in_python")
    while True:
        pass


def hang_holding_the_lock() -> None:
    libc = ctypes.PyDLL(None)
    announce("hang_holding_the_lock")
    while True:  # A signal ends one sleep early.
        libc.sleep(100_000)


def hang_releasing_the_lock() -> None:
    libc = ctypes.CDLL(None)
    announce("hang_releasing_the_lock")
    while True:
        libc.sleep(100_000)


ANNOUNCED = (hang_in_python, hang_holding_the_lock, hang_releasing_the_lock)
"""What says so by itself."""


def closed_channel() -> None:
    """What os.closerange() in a command does, too."""
    channel = _channel()
    os.close(channel._source)
    os.close(channel._sink)


def garbage() -> None:
    os.write(_channel()._sink, b"\xff\xfe this is no frame \r\n" * 4)


def wrong_id() -> None:
    body = b'{"jsonrpc":"2.0","id":%d,"result":null}' % _UNKNOWN_ID
    os.write(_channel()._sink, len(body).to_bytes(4, "big") + body)


def _channel() -> Channel:
    return next(it for it in gc.get_objects() if type(it) is Channel)
