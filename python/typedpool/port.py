"""What a call that runs can say to the host, and hear from it, beside its request and its answer."""

from __future__ import annotations

import functools
from typing import Any, Callable, Dict, NoReturn, Optional, Protocol, cast

from typedpool.cancelled import Cancelled
from typedpool.interrupt import Interruption
from typedpool.messages import RpcError, to_json

Handler = Callable[[Any], None]


class Line(Protocol):
    """The worker's end of the channel, as a port needs it."""

    def send(self, body: bytes) -> None:
        """Writes one message."""
        ...

    @property
    def interruption(self) -> Interruption:
        """How a command is stopped."""
        ...

    def is_cancelled(self, port: Port) -> bool:
        """Whether the host has cancelled the call."""
        ...

    def ask(self, request: Request, message: Callable[[int], bytes]) -> None:
        """Sends a request to the host under a fresh id, and remembers who waits for the answer."""
        ...

    def wait(self, port: Port, done: Callable[[], bool]) -> None:
        """Returns when something that the host sends has made `done()` true. Raises `Cancelled` in a cancelled call."""
        ...


@functools.lru_cache(maxsize=256)
def _name(method: str) -> bytes:
    return to_json(method)


class Request:
    """A request to the host that has no answer yet. `wake` is called, by whoever reads, when it has one."""

    __slots__ = ("error", "is_done", "result", "wake")

    def __init__(self, wake: Optional[Callable[[], object]] = None) -> None:
        self.is_done = False
        self.result: Any = None
        self.error: Optional[RpcError] = None
        self.wake = wake

    def complete(self, message: Dict[str, Any]) -> None:
        """Takes the answer in."""
        given = message.get("error")
        if type(given) is dict:
            error = cast(Dict[str, Any], given)
            self.error = RpcError(error.get("code", 0), str(error.get("message", "")), error.get("data"))
        else:
            self.result = message.get("result")
        self.is_done = True
        if self.wake is not None:
            self.wake()

    def answer(self) -> Any:
        """The result.

        Raises:
            RpcError: The host answered with an error.
        """
        if self.error is not None:
            raise self.error
        return self.result


class Port:
    """One call's own messages. Any thread may use it; what is sent after the call's end is dropped by the host.

    Attributes:
        id: The id of the call's request.
        number: Which call it is, counted by the worker.
        handlers: By method, what is called with the params of a notification that the host sends about this call; by
            whoever reads, so it must be short and must not wait.
    """

    __slots__ = ("_id", "_line", "handlers", "id", "number")

    def __init__(self, line: Line, id: Any, number: int) -> None:
        self._line = line
        self._id = b""
        self.id = id
        self.number = number
        self.handlers: Dict[str, Handler] = {}

    @property
    def is_cancelled(self) -> bool:
        """Whether the caller has given up, or the call's time is up."""
        return self._line.is_cancelled(self)

    def notify(self, method: str, params: bytes) -> None:
        """Sends a notification about this call; `params` are JSON."""
        self._line.send(
            b'{"jsonrpc":"2.0","method":%b,"call":%b,"params":%b}' % (to_json(method), to_json(self.id), params)
        )

    def tell(self, method: str, params: Any) -> None:
        """Sends a notification about this call; `params` are still to become JSON."""
        self.notify(method, to_json(params))

    def request(self, method: str, params: bytes) -> Any:
        """Asks the host and waits for its answer.

        Raises:
            RpcError: The host answered with an error.
            Cancelled: The call was cancelled meanwhile.
        """
        request = Request()
        self.begin(method, params, request)
        self.wait(lambda: request.is_done)
        return request.answer()

    def begin(self, method: str, params: bytes, request: Request) -> None:
        """Asks the host; `request` gets the answer."""
        name, call = _name(method), self._id or to_json(self.id)
        self._id = call
        self._line.ask(
            request,
            lambda id: b'{"jsonrpc":"2.0","id":%d,"method":%b,"call":%b,"params":%b}' % (id, name, call, params),
        )

    def stop(self) -> NoReturn:
        """Ends the call, which is cancelled, here and now: in the command's own code.

        Raises:
            Cancelled: Always.
        """
        self._line.interruption.hasten(self.number)
        self._line.interruption.check()
        raise Cancelled("the call was cancelled")

    def wait(self, done: Callable[[], bool]) -> None:
        """Waits until something that the host sends, to a handler or as an answer, has made `done()` true.

        Raises:
            Cancelled: The call was cancelled meanwhile.
        """
        self._line.wait(self, done)
