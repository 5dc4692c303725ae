"""Reads the channel while a call runs long, so that a worker can be pinged, and a call cancelled, and answered.

While no call runs the main thread may read, and owns what was read and not handled: the channel's unread rest and the
inbox. While one runs that goes to whoever holds the title, one ordinary lock, and has seen, holding it, that the call
still runs. A thread looks, every few tens of milliseconds, whether still the same call runs as before, and takes the
title then. From then on it reads when a poll says that there is something, so that it never waits in a read when the
main thread, whose call is over, wants to read again: that writes one byte to a pipe which is polled too. A thread that
waits for the host, in a call, reads in the same way until it has what it waits for. While no call comes the watching
thread parks on a lock.

A call that nobody else reads in costs the main thread no lock. Each side writes its own word before it reads the
other's, the main thread that the call is over, the other one that it has the title; so one of them sees the other.
Where there is no interpreter lock that keeps this order, the main thread takes the title each time.
"""

from __future__ import annotations

import os
import re
import select
import sys
import time
from _thread import LockType, allocate_lock, get_ident
from collections import deque
from typing import Any, Callable, Deque, Dict, List, Optional, Union, cast

from typedpool import faults
from typedpool.arrivals import BrokenInput
from typedpool.background import start
from typedpool.cancelled import Cancelled
from typedpool.interrupt import Interruption
from typedpool.messages import error_message, parse, plain_result_message
from typedpool.port import Port, Request
from typedpool.wire import Channel

Body = Union[bytes, bytearray]

TICK = 0.03
"""Seconds for which a call has to have run before it is watched; up to twice as many pass."""

# Whether what one thread has written before it reads is seen by another one that has read before it writes.
_ORDERED: bool = getattr(sys, "_is_gil_enabled", lambda: True)()

_PARK_AFTER = 1.0
_LAST_RESPITE = 1.0

# What our host sends to have a command run need not be parsed to know that it is a call.
_CALL = re.compile(rb'\{"jsonrpc":"2\.0","id":-?\d+ *,"method":"[^$"]')


class Watcher:
    """The reading end of a worker that runs one call at a time, in its main thread.

    Attributes:
        title: Who holds it may read while a call runs.
        call: The number of the call that runs; 0 while none does. Set by the main thread alone.
        last: The number of the last one that began. Set by the main thread alone.
        message: The running call's request; None while none runs. Set by the main thread alone.
        is_parked: Whether the watching thread has to be woken when a call begins.
        is_taken: Whether the main thread has to take the title when a call ends.
        listens: Whether the command of a request can notice that it is cancelled, and so is given time to.
        inbox: What was read and is for the main thread. It belongs to whoever may read.
        heard: How many cancellations have been read. It belongs to whoever may read.
        interruption: How the running call is stopped.
    """

    def __init__(self, channel: Channel, tick: float = TICK) -> None:
        self.title: LockType = allocate_lock()
        self.is_taken = not _ORDERED
        self.call = 0
        self.last = 0
        self.message: Optional[Dict[str, Any]] = None
        self.is_parked = False
        self.listens: Callable[[Dict[str, Any]], bool] = lambda request: False
        self.inbox: Deque[Body] = deque()
        self.heard = 0
        self.interruption = Interruption(lambda: self.call)
        self.ends_with_host = False
        self._channel = channel
        self._tick = tick
        self._main = get_ident()
        self._port: Optional[Port] = None
        self._cancelled = 0
        self._park: LockType = allocate_lock()
        self._park.acquire()
        self._poll: Any = None
        # Made before there is any code of the user's: where that closes descriptors, these numbers are not theirs.
        self._wake = os.pipe() if hasattr(select, "poll") else (-1, -1)
        self._requests: Dict[int, Request] = {}
        self._last_request = 0
        self._waiters: List[LockType] = []
        self._is_asked_for = False
        self._is_deaf = False

    def start(self) -> bool:
        """Starts the thread.

        Returns:
            False where calls cannot be watched, and so not be cancelled, on this system.
        """
        if not hasattr(select, "poll") or not self.interruption.arm():
            return False
        self._poll = select.poll()
        self._poll.register(self._channel.source, select.POLLIN)
        self._poll.register(self._wake[0], select.POLLIN)
        start(self._watch)
        return True

    # The main thread.

    def unpark(self) -> None:
        """A call has begun, and the watching thread is parked."""
        self.is_parked = False
        try:
            self._park.release()
        except RuntimeError:
            pass  # It had not parked yet, and sees the call.

    def take_back(self) -> None:
        """A call has ended, and somebody reads: when this returns nobody does, nor will before the next call."""
        if not self.title.acquire(False):
            os.write(self._wake[1], b"\0")
            self.title.acquire()
        self.title.release()

    def hear(self, count: int) -> bool:
        """Reads on until so many cancellations have been read, since one may be of the very call that is about to run.

        Args:
            count: How many the host says that it has sent. It sends what it counts.

        Returns:
            Whether the call is to run all the same.
        """
        try:
            self.wait(self.port, lambda: self.heard >= count)
        except Cancelled:
            pass
        return self._cancelled != self.call

    def forked(self) -> None:
        """This is a forked child: it has no watching thread, and whoever held the title is not there."""
        self.title = allocate_lock()
        self.is_taken = not _ORDERED

    def close(self) -> None:
        """Nothing is watched, nor ever will be."""
        for descriptor in self._wake:
            os.close(descriptor)

    # Line: what ports need.

    @property
    def port(self) -> Port:
        """The running call's."""
        port = self._port
        if port is None or port.number != self.call:
            port = self._port = Port(self, (self.message or {}).get("id"), self.call)
        return port

    def send(self, body: bytes) -> None:
        """Writes one message."""
        self._channel.write(body)

    def is_cancelled(self, port: Port) -> bool:
        """Whether the host has cancelled the call."""
        return self._cancelled == port.number

    def ask(self, request: Request, message: Callable[[int], bytes]) -> None:
        """Sends a request to the host under a fresh id, and remembers who waits for the answer."""
        self._last_request = id = self._last_request + 1
        self._requests[id] = request
        self._channel.write(message(id))

    def wait(self, port: Port, done: Callable[[], bool]) -> None:
        """Returns when something that the host sends has made `done()` true, reading it where nobody else does."""
        while not done():
            if self._is_deaf:
                raise EOFError("the host has closed its end of the channel")
            waiter = allocate_lock()
            waiter.acquire()
            self._waiters.append(waiter)
            call = self.call
            # While no call runs the main thread reads, or is about to.
            if not (call and self._try_own(call, lambda: done() or self._is_deaf)) and not done():
                self._is_asked_for = True
                waiter.acquire()
            if get_ident() == self._main:
                self.interruption.check()

    def take_answer(self, message: Dict[str, Any]) -> bool:
        """Takes an answer of the host's in.

        Returns:
            False where nobody has asked.
        """
        id: Any = message.get("id")
        request = self._requests.pop(id, None) if type(id) is int else None
        if request is None or "method" in message:
            return False
        request.complete(message)
        self._wake_waiters()
        return True

    # Whoever holds the title.

    def _try_own(self, call: int, done: Callable[[], bool]) -> bool:
        """Takes the title, and reads until the call is over or `done()` is true.

        Returns:
            False where somebody else has the title.
        """
        if not self.title.acquire(False):
            return False
        try:
            self.is_taken = True
            self._is_asked_for = False
            if self.call == call:
                self._own(call, done)
        finally:
            self.is_taken = not _ORDERED
            self.title.release()
            # Another one that waits has to read on.
            self._wake_waiters()
        return True

    def _own(self, call: int, done: Callable[[], bool]) -> None:
        interruption = self.interruption
        self._take_all()  # More than the call may have been read with it.
        while self.call == call and not done():
            respite = interruption.wait()
            for descriptor, _ in self._poll.poll(None if respite is None else respite * 1000):
                if descriptor == self._wake[0]:
                    os.read(descriptor, 64)
                elif not self._read():
                    self._stop_hearing()
                    self._host_is_gone(call)
            if get_ident() == self._main:
                interruption.check()
            elif interruption.wait() == 0.0:
                interruption.strike()
                self._wake_waiters()

    def _read(self) -> bool:
        is_open = self._channel.receive()
        self._take_all()
        return is_open

    def _take_all(self) -> None:
        try:
            body = self._channel.take()
            while body is not None:
                self._handle(body)
                body = self._channel.take()
        except BrokenInput:
            # The main thread will meet it too, and answer.
            self._stop_hearing()

    def _stop_hearing(self) -> None:
        self._is_deaf = True
        self._wake_waiters()
        try:
            self._poll.unregister(self._channel.source)
        except KeyError:
            pass  # It is done already.

    def _handle(self, body: Body) -> None:
        message = None if _CALL.match(body) else _parsed(body)
        if message is None:
            self.inbox.append(body)
            return
        method: Any = message.get("method")
        if method is None and self.take_answer(message):
            return
        if method == "$/ping" and "id" in message:
            self._channel.write(plain_result_message(message["id"], b"{}"))
        elif method == "$/cancelRequest":
            self._cancel(message.get("params"))
        elif "call" in message and "id" not in message:
            self._tell(message)
        else:
            self.inbox.append(body)

    def _tell(self, message: Dict[str, Any]) -> None:
        port = self._port
        if port is not None and port.number == self.call and is_same(port.id, message["call"]):
            handler = port.handlers.get(message.get("method", ""))
            if handler is not None:
                handler(message.get("params"))
                self._wake_waiters()

    def _cancel(self, params: Any) -> None:
        if type(params) is dict:
            self._cancel_call(cast(Dict[str, Any], params))
        self.heard += 1
        self._wake_waiters()

    def _cancel_call(self, given: Dict[str, Any]) -> None:
        id, grace = given.get("id"), given.get("graceMs", 0)
        # The call may end meanwhile; the next one does not begin before the title is given back.
        call, running = self.call, self.message
        if call and running is not None and is_same(id, running.get("id")):
            self._cancelled = call
            listens = self.listens(running) and type(grace) in (int, float)
            self.interruption.begin(call, grace / 1000 if listens else 0.0)
            return
        for body in list(self.inbox):
            message = _parsed(body)
            if message is not None and "method" in message and "id" in message and is_same(id, message["id"]):
                self.inbox.remove(body)
                self._channel.write(error_message(id, faults.never_started()))

    def _host_is_gone(self, call: int) -> None:
        """Nobody waits for the answer any more: the command gets a moment to clear up, then the process ends."""
        if not self.ends_with_host:
            return  # A client may close its end when it has said all, and still read.
        end = time.monotonic() + _LAST_RESPITE
        self._cancelled = call
        self.interruption.begin(call, 0.0)
        while self.call == call and time.monotonic() < end:
            self.interruption.strike()
            self._wake_waiters()
            self._poll.poll(20)
        if self.call == call:
            os._exit(1)

    def _wake_waiters(self) -> None:
        while self._waiters:
            self._waiters.pop().release()

    # The watching thread.

    def _watch(self) -> None:
        try:
            idle_since = time.monotonic()
            while True:
                last, call = self.last, self.call
                time.sleep(self._tick)
                if call and self.call == call:
                    self._try_own(call, self._may_leave)
                if self.interruption.pending():
                    self._forget_interruptions()
                if last != self.last or call:
                    idle_since = time.monotonic()
                elif time.monotonic() - idle_since > _PARK_AFTER:
                    self._park_until_called()
        except OSError:
            pass  # The channel is closed: the process ends.

    def _may_leave(self) -> bool:
        """Whether somebody who waited has got something: he reads the next himself, as passing it on costs a change of threads."""
        return self._is_asked_for and not self._waiters and not self.interruption.pending()

    def _forget_interruptions(self) -> None:
        if self.title.acquire(False):
            try:
                for call in self.interruption.pending():
                    if call != self.call:
                        self.interruption.end(call)
            finally:
                self.title.release()

    def _park_until_called(self) -> None:
        last = self.last
        self.is_parked = True
        # Either this sees the call that begins now, or that sees that this is parked.
        if self.last == last:
            self._park.acquire()
        else:
            self.is_parked = False


def _parsed(body: Body) -> Optional[Dict[str, Any]]:
    try:
        message = parse(str(body, "utf-8"))
    except (ValueError, RecursionError, MemoryError):
        return None  # The main thread answers what is no message.
    return cast(Dict[str, Any], message) if type(message) is dict else None


def is_same(id: Any, other: Any) -> bool:
    """Whether two ids of JSON-RPC are one: 1, 1.0 and true are three."""
    return type(id) is type(other) and id == other
