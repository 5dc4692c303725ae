"""What a command yields, on its way to the host: as many items at a time as there are, and no more than the reader wants.

An item that comes alone is sent at once. Items that come in quick succession are sent together: when they are many, or
by another thread when the generator is at something else for longer than a moment.
"""

from __future__ import annotations

import time
from _thread import allocate_lock
from collections import deque
from collections.abc import Iterator
from typing import Any, Callable, Deque, Dict, List, Optional, Tuple, cast

from typedpool import faults
from typedpool.calls import Call
from typedpool.flusher import PATIENCE
from typedpool.loading import print_exception
from typedpool.messages import INVALID_REQUEST, RpcError
from typedpool.mismatch import Mismatch, describe
from typedpool.port import Port
from typedpool.results import encode_item

_MOST_AT_ONCE = 512
_MOST_BYTES_AT_ONCE = 32 * 1024
_MOST_BYTES_UNREAD = 1024 * 1024
_ENVELOPE = 200


class Outflow:
    """The items of one call. The command's thread puts them in; the host says how many more it wants.

    Args:
        call: The command.
        port: The call that it is.
        credit: How many items the host takes before it has asked for more; None where it wants the result as one array.
        limit: The most bytes of a message.
        soon: Has `flush` called in a moment.

    Attributes:
        wake: Called, by whoever reads, when the host has asked for more.
    """

    def __init__(self, call: Call, port: Port, credit: Optional[int], limit: int, soon: Callable[[Outflow], object]) -> None:
        self.wake: Callable[[], object] = _nothing
        self._call = call
        self._port = port
        self._limit = limit
        self._soon = soon
        self._is_collected = credit is None
        self._window = self._granted = credit or 0
        self._count = 0
        # All that follows is guarded by the lock. What was sent and not read yet: up to which item, and its bytes.
        self._lock = allocate_lock()
        self._waiting: List[bytes] = []
        self._waiting_bytes = 0
        self._flushed_at = 0.0
        self._sent_count = 0
        self._unread: Deque[Tuple[int, int]] = deque()
        self._unread_bytes = 0
        port.handlers["$/stream/credit"] = self._grant

    def put(self, item: Any) -> bool:
        """Takes an item.

        Returns:
            Whether `wait` is to be called before the next one.

        Raises:
            RpcError: It does not fit its annotation, or a message.
        """
        body = encode_item(self._call, item, self._count)
        size = len(body) + 1
        self._count += 1
        if self._is_collected:
            return self._collect(body, size)
        if size > self._limit - _ENVELOPE:
            raise faults.message_too_large(size, self._limit)
        now = time.monotonic()
        with self._lock:
            if self._waiting_bytes + size > self._limit - _ENVELOPE:
                self._send(now)
            self._waiting.append(body)
            self._waiting_bytes += size
            waiting = len(self._waiting)
            if (
                waiting >= _MOST_AT_ONCE
                or self._waiting_bytes >= _MOST_BYTES_AT_ONCE
                or now - self._flushed_at > PATIENCE
                or not self._has_credit()
            ):
                self._send(now)
                return True
        if waiting == 1:
            self._soon(self)
        return False

    def wait(self) -> bool:
        """Waits until the reader takes another item.

        Returns:
            False where the call is to end instead.

        Raises:
            Cancelled: It is, and has not within its grace.
        """
        if not self._may_go_on():
            self._port.wait(self._may_go_on)
        return not self._port.is_cancelled

    def has_room(self) -> bool:
        """Whether the reader takes another item."""
        if self._is_collected:
            return True
        with self._lock:
            self._forget_read()
            return self._has_credit()

    def flush(self) -> None:
        """Sends what waits. Any thread may call it."""
        with self._lock:
            self._send(time.monotonic())

    def end(self) -> bytes:
        """Sends what waits; no item comes after it.

        Returns:
            The result of the call.
        """
        if self._is_collected:
            return b"[%b]" % b",".join(self._waiting)
        self.flush()
        return b"null"

    def _may_go_on(self) -> bool:
        return self._port.is_cancelled or self.has_room()

    def _collect(self, body: bytes, size: int) -> bool:
        self._waiting.append(body)
        self._waiting_bytes += size
        if self._waiting_bytes > self._limit:
            raise faults.message_too_large(self._waiting_bytes, self._limit)
        return len(self._waiting) % _MOST_AT_ONCE == 0

    def _send(self, now: float) -> None:
        waiting, size = self._waiting, self._waiting_bytes
        if not waiting or self._is_collected:
            return
        self._waiting, self._waiting_bytes, self._flushed_at = [], 0, now
        self._sent_count += len(waiting)
        self._unread.append((self._sent_count, size))
        self._unread_bytes += size
        self._forget_read()
        self._port.notify("$/stream/items", b'{"items":[%b]}' % b",".join(waiting))

    def _has_credit(self) -> bool:
        return self._count < self._granted and self._unread_bytes + self._waiting_bytes < _MOST_BYTES_UNREAD

    def _forget_read(self) -> None:
        # The host asks for as many more as it has read.
        read = self._granted - self._window
        while self._unread and self._unread[0][0] <= read:
            self._unread_bytes -= self._unread.popleft()[1]

    def _grant(self, params: Any) -> None:
        given: Any = cast(Dict[str, Any], params).get("items") if type(params) is dict else None
        if type(given) is int and given > 0:
            self._granted += given
            self.wake()


def credit_of(message: Dict[str, Any]) -> Optional[int]:
    """How many items a request asks for at first; None where it does not ask for a stream.

    Raises:
        RpcError: It asks in another way.
    """
    credit: Any = message.get("credit")
    if credit is not None and (type(credit) is not int or credit <= 0):
        raise RpcError(INVALID_REQUEST, "credit is a positive integer")
    return credit


def stream(outflow: Outflow, result: Any) -> bytes:
    """Sends all that an iterator yields.

    Returns:
        The result of the call.

    Raises:
        RpcError: An item does not fit, or the call was cancelled.
    """
    if not isinstance(result, Iterator):
        raise faults.invalid_result(Mismatch("an iterator", describe(result)))
    iterator = cast("Iterator[Any]", result)
    is_exhausted = False
    try:
        is_exhausted = pull(iterator, outflow)
    except BaseException:
        outflow.flush()
        close_quietly(iterator)
        raise
    if not is_exhausted:
        close_quietly(iterator)
        raise faults.closed()
    return outflow.end()


def pull(iterator: Iterator[Any], outflow: Outflow) -> bool:
    """Takes items until there are no more; the entry to the user's code, where it may be interrupted.

    Returns:
        False where the call is to end before.
    """
    for item in iterator:
        if outflow.put(item) and not outflow.wait():
            return False
    return True


def close(iterator: Any) -> None:
    """Closes a generator, so that its `finally` runs; an entry to the user's code, too."""
    if hasattr(iterator, "close"):
        iterator.close()


def close_quietly(iterator: Any) -> None:
    """The same for one that nobody reads any more: what fails in it is printed."""
    try:
        close(iterator)
    except Exception as error:
        print_exception(error)


def _nothing() -> None:
    pass

