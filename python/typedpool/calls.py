"""A command, compiled once: from JSON arguments to a call, and from its result to JSON."""

from __future__ import annotations

import inspect
from typing import Any, Callable, Dict, List, Mapping, NoReturn, Optional, Tuple, cast

from typedpool.commands import Command
from typedpool.context import Context
from typedpool.kinds.base import Decoder, as_is, may_attach
from typedpool.kinds.members import Member, compile_decoder, refuse_members
from typedpool.kinds.streamed import StreamOf, stream_in
from typedpool.mismatch import Mismatch, describe


class Call:
    """Calls one command with JSON values.

    Attributes:
        takes_context: Whether the function takes the context.
        needs_context: Whether `run` needs a context.
        is_async: Whether it belongs on the event loop.
        yields: Whether the result is a stream: what `encode` takes is one of its items then.
        read: The parameters that are streams.
        streams: Whether the result or a parameter is one.
        listens: Whether the command can notice that it is cancelled, and so is given time to.
        declared: The exceptions that the command declares, by class.
        encode: From the function's result to what the JSON encoder can be given. It trusts what is JSON by annotation.
        encode_strictly: The same, looking at every value, to say which one JSON cannot hold.
        attaches: Whether an `Attachment` may stand in what they make.
    """

    def __init__(self, command: Command, implementations: Mapping[type, Callable[[Context], Any]] = {}) -> None:
        """
        Args:
            implementations: What makes, of a context, the functions of the host that each class declares.
        """
        self._function = command.function
        self._parameters = [Member(each.name, each.kind, not each.required) for each in command.parameters]
        self._names = [each.name for each in command.parameters]
        # Compiled by the first call: most workers never see most commands.
        self._decode: Decoder = self._first
        self._positional_only = command.positional_only
        self._context = command.context
        self._hosts = [(name, implementations[cls]) for name, cls in command.hosts]
        self.takes_context = command.context is not None
        self.needs_context = self.takes_context or bool(self._hosts)
        result = command.result
        self.yields = isinstance(result, StreamOf)
        self.read = {each.name: stream for each in command.parameters for stream in [stream_in(each.kind)] if stream}
        self.streams = self.yields or bool(self.read)
        self.listens = self.takes_context or self.yields
        self.is_async = inspect.iscoroutinefunction(command.function) or (isinstance(result, StreamOf) and result.is_async)
        self.declared = {error.exception: error for error in command.errors}
        item = result.item if isinstance(result, StreamOf) else result
        self.encode = item.encoder(strict=False) or as_is
        self.encode_strictly = item.encoder(strict=True) or as_is
        self.attaches = may_attach(item)

    def arguments(self, params: Any) -> Dict[str, Any]:
        """The function's arguments by name.

        Args:
            params: The `params` of a request: an object, an array in declared order, or None.

        Raises:
            Mismatch: They do not fit; the path leads to the argument.
        """
        if params.__class__ is dict:
            return self._decode(params)
        if params is None:
            return self._decode({})
        if params.__class__ is list:
            return self._by_position(params)
        raise Mismatch("an object or an array", describe(params))

    def run(self, arguments: Dict[str, Any], context: Optional[Context]) -> Any:
        """Calls the function; what it raises passes through."""
        if self._context is not None:
            arguments[self._context] = context
        for name, implement in self._hosts:
            arguments[name] = implement(cast(Context, context))
        if not self._positional_only:
            return self._function(**arguments)
        return self._function(*self._take_positional(arguments), **arguments)

    def _first(self, params: Any) -> Any:
        self._decode = compile_decoder(self._parameters, dict, self._refuse, outermost=True)
        return self._decode(params)

    def _refuse(self, params: Dict[str, Any]) -> NoReturn:
        known = ", ".join(self._names) or "none"
        refuse_members(params, self._parameters, "an argument", f"no argument of this name (there are: {known})")

    def _by_position(self, params: List[Any]) -> Dict[str, Any]:
        if len(params) > len(self._names):
            extra = len(self._names)
            raise Mismatch(f"at most {extra} arguments", describe(params[extra])).under(extra)
        try:
            return self._decode(dict(zip(self._names, params)))
        except Mismatch as mismatch:
            raise mismatch.at_position(self._names)

    def _take_positional(self, arguments: Dict[str, Any]) -> Tuple[Any, ...]:
        # What is absent stands with its default, so that what follows it keeps its place.
        return tuple(arguments.pop(name, default) for name, default in self._positional_only)
