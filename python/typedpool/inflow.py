"""What a command reads of a stream of the caller's: items as they come, of which it asks for no more than it reads."""

from __future__ import annotations

from collections import deque
from typing import Any, Callable, Deque, Dict, Iterator, List, Optional, cast

from typedpool import faults
from typedpool.kinds.anything import check_json
from typedpool.kinds.base import Decoder
from typedpool.kinds.streamed import StreamOf, StreamReference
from typedpool.messages import to_json
from typedpool.mismatch import Mismatch
from typedpool.port import Port
from typedpool.stream_failed import StreamFailed

_WINDOW = 1024
NOTHING: Any = object()
"""In place of an item that has not come yet."""


class Inflow:
    """One stream. Whoever reads the channel puts in; the command takes out.

    Args:
        port: The call.
        number: Which of its streams it is.
        name: The parameter.
        decode: From a JSON value to an item.
    """

    def __init__(self, port: Port, number: int, name: str, decode: Decoder) -> None:
        self._port = port
        self._number = number
        self._name = name
        self._decode = decode
        self._batches: Deque[List[Any]] = deque()
        self._items: Iterator[Any] = iter(())
        self._count = 0
        self._to_ask = _WINDOW
        self._failure: Optional[str] = None
        self._has_ended = False
        self.wake: Callable[[], object] = _nothing

    def put(self, items: List[Any]) -> None:
        """Items have come."""
        self._batches.append(items)
        self.wake()

    def end(self, failure: Optional[str]) -> None:
        """No more will come; `failure` is why, where it is not the end."""
        self._failure = failure
        self._has_ended = True
        self.wake()

    def has_news(self) -> bool:
        """Whether there is something to take, or it has ended."""
        return bool(self._batches) or self._has_ended

    def take(self) -> Any:
        """The next item; `NOTHING` where it has not come yet.

        Raises:
            RpcError: It does not fit.
        """
        value = next(self._items, NOTHING)
        if value is NOTHING:
            if not self._batches:
                return NOTHING
            self._items = self._checked(self._batches.popleft())
            return self.take()
        self._to_ask += 1
        if self._to_ask >= _WINDOW // 2 and not self._has_ended:
            self.ask()
        index = self._count
        self._count += 1
        try:
            return self._decode(value)
        except Mismatch as mismatch:
            raise faults.invalid_arguments(mismatch.under(index).under(self._name)) from None

    def ask(self) -> None:
        """Asks for as many more as have been read."""
        if self._to_ask and not self._has_ended:
            count, self._to_ask = self._to_ask, 0
            self._port.notify("$/stream/credit", b'{"stream":%d,"items":%d}' % (self._number, count))

    def is_over(self) -> bool:
        """Whether all items have been taken.

        Raises:
            StreamFailed: The caller's stream has thrown; told once.
        """
        if self._batches or not self._has_ended:
            return False
        failure, self._failure = self._failure, None
        if failure is not None:
            raise StreamFailed(failure)
        return True

    def _checked(self, items: List[Any]) -> Iterator[Any]:
        try:
            to_json(items)  # It refuses lone surrogates, and is written in C.
        except ValueError:
            try:
                check_json(items)
            except Mismatch as mismatch:
                raise faults.invalid_arguments(mismatch.under(self._name)) from None
        return iter(items)


class PlainInflow(Inflow):
    """For plain commands."""

    def __iter__(self) -> PlainInflow:
        return self

    def __next__(self) -> Any:
        item = self.take()
        while item is NOTHING:
            if self.is_over():
                raise StopIteration
            self.ask()
            self._port.wait(self.has_news)
            item = self.take()
        return item


class Inflows:
    """The streams that one call reads.

    Args:
        port: The call.
        make: What reads one.
    """

    def __init__(self, port: Port, make: Callable[[Port, int, str, Decoder], Inflow]) -> None:
        self._port = port
        self._make = make
        self._open: Dict[int, Inflow] = {}
        port.handlers["$/stream/items"] = self._put
        port.handlers["$/stream/end"] = self._end

    def connect(self, arguments: Dict[str, Any], streams: Dict[str, StreamOf]) -> None:
        """Puts iterators where arguments stand for streams.

        Raises:
            RpcError: Two stand for the same.
        """
        for name, stream in streams.items():
            reference = arguments.get(name)
            if type(reference) is StreamReference:
                arguments[name] = self._connect(reference.number, name, stream)

    def _connect(self, number: int, name: str, stream: StreamOf) -> Inflow:
        if number in self._open:
            raise faults.invalid_arguments(Mismatch("a stream that stands nowhere else", f"stream {number} again").under(name))
        inflow = self._open[number] = self._make(self._port, number, name, stream.item.decoder())
        return inflow

    def _put(self, params: Any) -> None:
        inflow = self._find(params)
        items: Any = None if inflow is None else params.get("items")
        if inflow is not None and type(items) is list:
            inflow.put(cast(List[Any], items))

    def _end(self, params: Any) -> None:
        inflow = self._find(params)
        if inflow is not None:
            error: Any = params.get("error")
            inflow.end(None if error is None else str(error))

    def _find(self, params: Any) -> Optional[Inflow]:
        number: Any = cast(Dict[str, Any], params).get("stream") if type(params) is dict else None
        return self._open.get(number) if type(number) is int else None


def _nothing() -> None:
    pass
