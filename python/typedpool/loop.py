"""A worker with `async def` commands: an event loop in the main thread, and as many calls at once as come, each its own task.

A thread reads the channel, so that pings, cancellations and answers of the host are heard also while a command keeps the
loop busy; calls go to the loop in the order in which they came. Plain commands run in the main thread too, where the host
sends one call at a time; otherwise on one thread or several, so that they hold up no task. Nothing is raised there.
"""

from __future__ import annotations

import asyncio
import contextvars
import os
import time
from _thread import LockType, allocate_lock, get_ident
from typing import Any, Callable, Dict, List, Optional, Tuple, Union, cast

from typedpool import faults
from typedpool.arrivals import BrokenInput
from typedpool.background import start
from typedpool.calls import Call
from typedpool.host_functions import HostError
from typedpool.interrupt import Interruption
from typedpool.messages import ATTACHMENTS, RpcError, WithAttachments, error_message, plain_result_message, result_message
from typedpool.port import Port, Request
from typedpool.requests import Unanswerable, broken_message, check_surrogates, read
from typedpool.results import encode
from typedpool.running import Running, awaited, comes_of_cancellation
from typedpool.threads import Threads
from typedpool.watcher import Watcher, is_same
from typedpool.window import Window
from typedpool.wire import Channel
from typedpool.worker import LOST, Service, Worker, arguments_of, within_limit

_LAST_RESPITE = 1.0
_NUMBER: contextvars.ContextVar[int] = contextvars.ContextVar("typedpool.call", default=0)


class LoopWorker(Worker):
    """Serves one channel with an event loop."""

    def __init__(
        self, channel: Channel, service: Service, watcher: Watcher, window: Optional[Window], at_once: int, threads: int = 1
    ) -> None:
        super().__init__(channel, service, watcher, window)
        self._at_once = at_once
        self._threads = Threads(self._run_on_thread, threads)
        self._starting = allocate_lock()
        self._ends_with_host = watcher.ends_with_host
        self._interruption = Interruption(_NUMBER.get)
        self._striking = allocate_lock()
        self._running: Dict[int, Running] = {}
        self._last = 0
        self._requests: Dict[int, Request] = {}
        self._last_request = 0
        self._waiters: List[LockType] = []
        self._has_ended = False

    def run(self) -> int:
        """Serves until the input ends or the host asks for the end.

        Returns:
            The status to leave with.
        """
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        self._end: asyncio.Future[int] = self._loop.create_future()
        self._allow_interruptions(self._interruption)
        self._interruption.allow_in(awaited)
        self._interruption.arm()
        self._capabilities["cancel"] = True
        try:
            self._start_hooks()
            self._variables = contextvars.copy_context()
            start(self._read_all)
            return self._loop.run_until_complete(self._end)
        finally:
            self._stop_hooks()
            self._leave_loop()

    def request_of(self, port: Optional[Port]) -> Optional[Dict[str, Any]]:
        """The running request of a port; without one, that whose task or thread this is."""
        running = self._running.get(_NUMBER.get() if port is None else port.number)
        return None if running is None else running.message

    # What ports need; any thread.

    def send(self, body: bytes) -> None:
        """Writes one message."""
        self._channel.write(body)

    def is_cancelled(self, port: Port) -> bool:
        """Whether the host has cancelled the call."""
        running = self._running.get(port.number)
        return running is not None and running.is_cancelled

    def ask(self, request: Request, message: Callable[[int], bytes]) -> None:
        """Sends a request to the host under a fresh id, and remembers who waits for the answer."""
        self._last_request = id = self._last_request + 1
        self._requests[id] = request
        self._channel.write(message(id))

    def wait(self, port: Port, done: Callable[[], bool]) -> None:
        """Returns when something that the host sends has made `done()` true. For plain commands and threads."""
        if self._at_once > 1 and get_ident() == self._main:
            raise HostError("A command on the event loop must not wait for the host: that would hold up all others. Declare it async def.")
        while not done():
            waiter = allocate_lock()
            waiter.acquire()
            self._waiters.append(waiter)
            if not done():
                waiter.acquire()
            if _NUMBER.get() == port.number:
                self._interruption.check()

    # The reading thread.

    def _read_all(self) -> None:
        status = 0
        try:
            body = self._channel.read()
            while body is not None:
                self._hear(body)
                body = self._channel.read()
        except BrokenInput as error:
            self._channel.write(broken_message(error))
            status = LOST
        except OSError:
            status = 1  # The channel is closed.
        if self._ends_with_host:
            # Nobody waits for the answers: what runs gets a moment to clear up, then the process ends.
            for running in list(self._running.values()):
                self._stop(running, 0.0)
            self._post(self._input_ended, status)
            time.sleep(_LAST_RESPITE)
            os._exit(1)
        for running in list(self._running.values()):
            if running.streams:
                self._stop(running, 0.0)  # It waits for what will not come.
        self._post(self._input_ended, status)

    def _hear(self, body: Union[bytes, bytearray]) -> None:
        try:
            text, message = read(body)
            method: str = message["method"]
            if method == "$/ping" and "id" in message:
                self._channel.write(plain_result_message(message["id"], b"{}"))
            elif method == "$/cancelRequest":
                self._cancel(message.get("params"))
            elif "call" in message and "id" not in message:
                self._tell(message)
            else:
                if "\\" in text and "\\u" in text:
                    check_surrogates(message)
                arrived = self.arrived_with(body) if ATTACHMENTS in message else None
                self._last = number = self._last + 1
                running = self._running[number] = Running(self, number, message, arrived)
                self._post(self._begin, running)
        except Unanswerable as error:
            if not self._take_answer(error.received):
                self._channel.write(error_message(error.id, error))
        except RpcError as error:
            self._channel.write(error_message(_id_of(body), error))

    def _take_answer(self, message: Dict[str, Any]) -> bool:
        id: Any = message.get("id")
        request = self._requests.pop(id, None) if type(id) is int else None
        if request is None:
            return False
        request.complete(message)
        self._wake_waiters()
        return True

    def _tell(self, message: Dict[str, Any]) -> None:
        running = self._find(message["call"])
        handler = None if running is None else running.port.handlers.get(message["method"])
        if handler is not None:
            handler(message.get("params"))
            self._wake_waiters()

    def _cancel(self, params: Any) -> None:
        if type(params) is dict:
            given = cast(Dict[str, Any], params)
            running, grace = self._find(given.get("id")), given.get("graceMs", 0)
            if running is not None:
                self._stop(running, grace / 1000 if type(grace) in (int, float) else 0.0)

    def _find(self, id: Any) -> Optional[Running]:
        return next((each for each in list(self._running.values()) if is_same(each.port.id, id)), None)

    def _stop(self, running: Running, grace: float) -> None:
        if running.is_cancelled:
            return
        running.grace = grace
        running.is_cancelled = True
        if running.listens is None:
            return  # It has not begun, and sees that it is not to.
        number = running.port.number
        self._interruption.begin(number, grace if running.listens else 0.0)
        self._post(self._cancel_task, running)
        self._post(self._loop.call_later, grace, self._cancel_task, running)
        if number not in self._running:
            self._interruption.end(number)  # It has ended meanwhile.
        elif self._striking.acquire(False):
            start(self._strike)

    def _strike(self) -> None:
        try:
            respite = self._interruption.wait()
            while respite is not None:
                time.sleep(min(respite, 0.01))
                self._interruption.strike()
                self._wake_waiters()
                respite = self._interruption.wait()
        finally:
            self._striking.release()

    def _wake_waiters(self) -> None:
        while self._waiters:
            self._waiters.pop().release()

    def _post(self, callback: Callable[..., object], *arguments: Any) -> None:
        try:
            self._loop.call_soon_threadsafe(callback, *arguments, context=self._variables)
        except RuntimeError:
            pass  # The loop has been closed.

    # The loop.

    def _begin(self, running: Running) -> None:
        message = running.message
        call = self._calls.get(message["method"])
        if call is not None:
            # Before it is asked whether the call is cancelled: so either this or the reading thread sees the other's word.
            running.streams, running.listens = call.streams, call.is_async or call.listens
        if running.is_cancelled:
            self._answer(running, _raise_never_started)
        elif call is None:
            self._answer(running, lambda: self._protocol(message))
            if self._exit_status is not None and not self._end.done():
                self._end.set_result(self._exit_status)
        elif call.is_async:
            running.task = self._loop.create_task(self._run_async(running, call))
        elif self._at_once == 1:
            contextvars.copy_context().run(self._run_plainly, running, call)
        else:
            self._threads.put((running, call))

    def _run_on_thread(self, item: Tuple[Running, Call]) -> None:
        running, call = item
        if running.is_cancelled:
            self._answer(running, _raise_never_started)
        else:
            self._variables.copy().run(self._run_plainly, running, call)

    def _cancel_task(self, running: Running) -> None:
        if running.task is None or running.port.number not in self._running:
            return
        if running.has_begun:
            running.is_told = True
            running.task.cancel()
        else:
            # One that is cancelled before its first step never runs, and so would answer nothing.
            self._loop.call_soon(self._cancel_task, running)

    async def _run_async(self, running: Running, call: Call) -> None:
        running.has_begun = True
        _NUMBER.set(running.port.number)
        # It is given away: what is attached may be memory of the request, which must be in use no more when that is asked.
        outcome = [await self._outcome_of(running, call)]
        self._answer(running, lambda: _or_raise(outcome.pop()))

    async def _outcome_of(self, running: Running, call: Call) -> Union[bytes, WithAttachments, RpcError]:
        try:
            arguments = self._prepare(running, call)
            context = self._context_of(running, call)
            try:
                if call.streams:
                    return await self._streaming.run_async(call, running, arguments, context)
                result = await awaited(call.run(arguments, context))
                return encode(call, result, call.attaches and self.takes_attachments(running.message))
            except RpcError:
                raise
            except BaseException as raised:
                return self._failure(running, call, raised)
        except RpcError as refused:
            return refused

    def _run_plainly(self, running: Running, call: Call) -> None:
        _NUMBER.set(running.port.number)
        self._answer(running, lambda: self._result(running, call))

    def _result(self, running: Running, call: Call) -> Union[bytes, WithAttachments]:
        arguments = self._prepare(running, call)
        context = self._context_of(running, call)
        try:
            if call.streams:
                return self._streaming.run(call, running.message, running.port, arguments, context)
            result = call.run(arguments, context)
        except RpcError:
            raise
        except BaseException as raised:
            raise self._failure(running, call, raised) from None
        return encode(call, result, call.attaches and self.takes_attachments(running.message))

    def _prepare(self, running: Running, call: Call) -> Dict[str, Any]:
        # Calls begin in any order: what is told is that none with a higher id has begun.
        with self._starting:
            self._tell_started(running.message)
        return arguments_of(call, running.message, running.arrived)

    def _context_of(self, running: Running, call: Call) -> Any:
        return self._context(running.message, running.port) if call.needs_context else None

    def _failure(self, running: Running, call: Call, error: BaseException) -> RpcError:
        if running.is_cancelled and (self._interruption.caused(error) or comes_of_cancellation(error)):
            self._interruption.hide_from_traceback()
            return faults.cancelled(error)
        return faults.raised(error, call.declared)

    def _answer(self, running: Running, produce: Callable[[], Union[bytes, WithAttachments]]) -> None:
        message = running.message
        id: Any = message.get("id")
        try:
            answer = result_message(id, produce())
        except RpcError as error:
            answer = error_message(id, error)
        except Exception as error:  # Above all a MemoryError: the next call may need less.
            answer = error_message(id, faults.internal(error))
        answer = within_limit(id, answer, self._channel.limit)
        answer = self._placed(answer, message)
        if running.arrived is not None:
            answer = self._released(answer, running.arrived)
        number = running.port.number
        self._running.pop(number, None)
        self._interruption.end(number)
        try:
            if "id" in message:
                self._channel.send(answer)
        except OSError:
            self._post(self._input_ended, 1)
        if self._has_ended:
            self._post(self._input_ended, 0)

    def _input_ended(self, status: int) -> None:
        """A client may close its end when it has said all, and still read: what runs is answered."""
        self._has_ended = True
        if not self._end.done() and (status or not self._running):
            self._end.set_result(status)

    def _call_hook(self, hook: Callable[[], Any]) -> None:
        result = hook()
        if asyncio.iscoroutine(result):
            self._loop.run_until_complete(result)

    def _leave_loop(self) -> None:
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        if tasks:
            self._loop.run_until_complete(asyncio.wait(tasks, timeout=_LAST_RESPITE))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()


def _or_raise(outcome: Union[bytes, WithAttachments, RpcError]) -> Union[bytes, WithAttachments]:
    if isinstance(outcome, RpcError):
        raise outcome
    return outcome


def _raise_never_started() -> bytes:
    raise faults.never_started()


def _id_of(body: Union[bytes, bytearray]) -> Any:
    return read(body)[1].get("id")
