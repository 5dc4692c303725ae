"""Calls functions of the host: what a command gets that asks for them."""

from __future__ import annotations

import functools
import inspect
from typing import Any, Callable, Dict, FrozenSet, List, Mapping, Tuple, cast

from typedpool.attachments import plain
from typedpool.context import Context
from typedpool.host_functions import HostError
from typedpool.host_types import HostFunction, HostType
from typedpool.kinds.base import as_is
from typedpool.messages import CANCELLED, METHOD_NOT_FOUND, RpcError, to_json
from typedpool.mismatch import Mismatch
from typedpool.port import Port, Request
from typedpool.wire import DEFAULT_LIMIT

_ENVELOPE = 256


class Terms:
    """What the host has said of itself in the handshake.

    Attributes:
        offered: The classes whose functions it implements, by name.
        limit: The longest message that it takes, in bytes.
    """

    def __init__(self) -> None:
        self.offered: FrozenSet[str] = frozenset()
        self.limit = DEFAULT_LIMIT

    def agree(self, limit: int, offered: Any) -> None:
        """Takes in what the host said: the limit of messages, and a list of names, or whatever else it sent for that."""
        self.limit = limit
        self.offered = frozenset(map(str, cast(List[Any], offered)) if type(offered) is list else ())


def implementation(host: HostType, terms: Terms) -> Callable[[Context], Any]:
    """What makes, of a call's context, an object with the functions of `host`."""

    def remember(self: Any, context: Context) -> None:
        self._port = context._port  # pyright: ignore[reportPrivateUsage]

    members: Dict[str, Any] = {"__slots__": ("_port",), "__init__": remember, "__module__": host.cls.__module__}
    for function in host.functions:
        members[function.name] = _Function(host.name, function, terms).method()
    cls: Any = type(host.name, (), members)
    return cls


class _Function:
    def __init__(self, host: str, function: HostFunction, terms: Terms) -> None:
        self._host = host
        self._name = f"{host}.{function.name}"
        self._method = f"$/host/{self._name}"
        self._function = function
        self._terms = terms
        self._signature = inspect.signature(function.function)
        own = list(self._signature.parameters.values())[1:]
        self._positional = [each.name for each in own if each.kind != each.KEYWORD_ONLY]
        self._defaults = {each.name: each.default for each in own if each.default is not each.empty}
        # What has to be given when nothing is given by name.
        self._required = [each.name for each in own if each.default is each.empty]
        self._parameters = [(each.name, each.kind.encoder(strict=True) or as_is) for each in function.parameters]
        self._decode = function.result.decoder()

    def method(self) -> Callable[..., Any]:
        def call(self_: Any, *args: Any, **kwargs: Any) -> Any:
            port, params = self._prepare(self_, args, kwargs)
            try:
                result = port.request(self._method, params)
            except RpcError as error:
                if error.code == CANCELLED:
                    port.wait(lambda: port.is_cancelled)  # The host cancels both, one a moment after the other.
                    port.stop()
                raise self._error(error) from None
            return self._result(result)

        async def call_async(self_: Any, *args: Any, **kwargs: Any) -> Any:
            port, params = self._prepare(self_, args, kwargs)
            try:
                result = await _ask(port, self._method, params)
            except RpcError as error:
                raise self._error(error) from None
            return self._result(result)

        return functools.wraps(self._function.function)(call_async if self._function.is_async else call)

    def _prepare(self, implementation: Any, args: Tuple[Any, ...], kwargs: Dict[str, Any]) -> Tuple[Port, bytes]:
        if self._host not in self._terms.offered:
            raise HostError(f"The host implements no {self._host}: {self._name} cannot be called.")
        given = self._by_name(implementation, args, kwargs)
        values: Dict[str, Any] = {}
        for name, encode in self._parameters:
            try:
                values[name] = plain(encode(given[name]))
            except Mismatch as mismatch:
                raise TypeError(f"{self._name}, argument {mismatch.under(name).pointer}: {mismatch}") from None
        try:
            params = to_json(values)
        except (ValueError, TypeError, RecursionError) as error:
            raise TypeError(f"{self._name}: the arguments cannot be sent: {error}") from None
        if len(params) > self._terms.limit - _ENVELOPE:
            raise ValueError(f"{self._name}: the arguments have {len(params)} bytes; the limit is {self._terms.limit}")
        return implementation._port, params

    def _by_name(self, implementation: Any, args: Tuple[Any, ...], kwargs: Dict[str, Any]) -> Mapping[str, Any]:
        given = self._positional[: len(args)]
        if not kwargs and len(given) == len(args) and given[: len(self._required)] == self._required:
            # `inspect` comes to the same, and takes longer than all the rest on this side.
            return {**self._defaults, **dict(zip(given, args))}
        bound = self._signature.bind(implementation, *args, **kwargs)
        bound.apply_defaults()
        return bound.arguments

    def _error(self, error: RpcError) -> HostError:
        if error.code == METHOD_NOT_FOUND:
            return HostError(f"{self._name} cannot be called: {error.message}.")
        return HostError(error.message, str((error.data or {}).get("type", "")))

    def _result(self, result: Any) -> Any:
        try:
            return self._decode(result)
        except Mismatch as mismatch:
            raise HostError(f"{self._name} returned what it does not declare{_at(mismatch.pointer)}: {mismatch}") from None


async def _ask(port: Port, method: str, params: bytes) -> Any:
    import asyncio  # Whoever awaits has it.

    loop = asyncio.get_running_loop()
    answered: asyncio.Future[None] = loop.create_future()

    def wake() -> None:
        try:
            loop.call_soon_threadsafe(_set, answered)
        except RuntimeError:
            pass  # The loop has been closed, and nobody waits.

    request = Request(wake)
    port.begin(method, params, request)
    await answered
    if request.error is not None and request.error.code == CANCELLED:
        await loop.create_future()  # The host cancels the call too: that ends this.
    return request.answer()


def _set(future: Any) -> None:
    if not future.done():
        future.set_result(None)


def _at(pointer: str) -> str:
    return f" at {pointer}" if pointer else ""


def names_of(hosts: Tuple[HostType, ...]) -> Dict[str, List[str]]:
    """What the host has to implement: the functions of each class, by name."""
    return {host.name: [function.name for function in host.functions] for host in hosts}
