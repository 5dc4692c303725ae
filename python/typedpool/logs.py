"""What the code in a worker says, sent to the host: records of `logging`, warnings, and what is printed.

A module's own way of logging stays as it is: its levels, filters and handlers decide and write as ever. Only what they write
to standard output or standard error is left out, since the host has the record itself. `logging` is not imported for that;
it is taken hold of when somebody imports it. Nothing that is said waits for the host, fails, or raises anything here.
"""

from __future__ import annotations

import math
import os
import sys
import warnings
from importlib.machinery import ModuleSpec, PathFinder
from threading import local
from types import ModuleType
from typing import TYPE_CHECKING, Any, Callable, Dict, Optional, Sequence, Tuple

from typedpool.context import PORT
from typedpool.interrupt import Interruption
from typedpool.messages import to_json
from typedpool.printed import Printed
from typedpool.wire import Channel

if TYPE_CHECKING:
    import logging

_WARNING = 30
_LONGEST_TEXT = 32_000
_LONGEST_FIELD = 1_000
_MOST_FIELDS = 32
_LARGEST_INTEGER = 2**63

# What `logging` itself puts into a record; anything else is the user's `extra`.
_OWN = frozenset(
    "args asctime created exc_info exc_text filename funcName levelname levelno lineno message module msecs msg name pathname "
    "process processName relativeCreated stack_info taskName thread threadName".split()
)


class Logs:
    """Sends what is said to the host.

    Attributes:
        request_of: Tells the request whose command says it, given the command's port or None: who runs in this thread.
    """

    def __init__(self, channel: Channel, minimum: int) -> None:
        """
        Args:
            channel: The channel to the host.
            minimum: The least level, as `logging` counts, of the records that are sent.
        """
        self.request_of: Callable[[Any], Optional[Dict[str, Any]]] = _nobody
        self._channel = channel
        self._minimum = minimum
        self._interruption: Optional[Interruption] = None
        self._state = local()
        self._dropped = 0
        self._is_gone = False

    def install(self) -> None:
        """From now on all that is said is sent."""
        sys.stdout = sys.__stdout__ = Printed.in_place_of(sys.stdout, "stdout", self)
        sys.stderr = sys.__stderr__ = Printed.in_place_of(sys.stderr, "stderr", self)
        warnings.showwarning = self._show_warning
        if "logging" in sys.modules:
            self._take_hold_of(sys.modules["logging"])
        else:
            sys.meta_path.insert(0, _WhenImported("logging", self._take_hold_of))
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forked)

    def interrupt_with(self, interruption: Interruption) -> None:
        """Lets a command be interrupted also while it does nothing but log."""
        self._interruption = interruption
        interruption.allow_in(_pass_on)

    def move_to(self, channel: Channel) -> None:
        """Goes on in a forked child, over a channel of its own: whoever holds one of the streams, or logs, goes on as ever."""
        self._channel = channel
        self._dropped = 0
        self._is_gone = False

    def finish(self) -> None:
        """Sends what has not become a line, and how much could not be sent."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, Printed):
                stream.end_line()
        if self._dropped:
            self._send({})

    @property
    def is_muted(self) -> bool:
        """Whether what this thread prints is a record that the host has got."""
        return getattr(self._state, "is_muted", False)

    @property
    def is_gone(self) -> bool:
        """Whether nobody listens: this is a forked child, or the channel is closed."""
        return self._is_gone

    def printed(self, stream: str, line: str, request: Optional[Dict[str, Any]]) -> None:
        """Sends a line that was printed in a request's call, or in none."""
        self._send({"stream": stream, "message": _cut(line, _LONGEST_TEXT)}, request)

    def check(self) -> None:
        """Raises `Cancelled` where that is due: a command that prints endlessly is never met anywhere else."""
        if self._interruption is not None:
            self._interruption.check_unless_handled()

    def _record(self, record: logging.LogRecord) -> None:
        try:
            message, exception = _texts(record)
            params: Dict[str, Any] = {"level": record.levelno, "logger": _cut(record.name, _LONGEST_FIELD), "message": message}
            if exception:
                params["exception"] = exception
            fields = _fields(record)
            if fields:
                params["fields"] = fields
            self._send(params, self.request_of(record.__dict__.get(PORT)))
        except Exception as error:  # Of whatever the user's objects do.
            self._send({"level": _WARNING, "logger": "typedpool", "message": f"A log record cannot be sent: {type(error).__name__}."})

    def _send(self, params: Dict[str, Any], request: Optional[Dict[str, Any]] = None) -> None:
        try:
            if request is not None:
                params.update(call=request.get("id"), command=request["method"])
                if request.get("session") is not None:
                    params["session"] = request["session"]
            dropped = self._dropped
            if dropped:
                params["dropped"] = dropped
            if self._channel.post(b'{"jsonrpc":"2.0","method":"$/log","params":%b}' % to_json(params)):
                self._dropped -= dropped
            else:
                self._dropped += 1
        except OSError:
            self._is_gone = True
        except Exception:
            self._dropped += 1

    def _show_warning(
        self, message: Any, category: Any, filename: str, lineno: int, file: Any = None, line: Optional[str] = None
    ) -> None:
        text = warnings.formatwarning(message, category, filename, lineno, line)
        if file is not None or self._is_gone:
            print(text, end="", file=file or sys.stderr)
        elif self._minimum <= _WARNING:
            self._send({"level": _WARNING, "logger": "py.warnings", "message": _cut(text.rstrip(), _LONGEST_TEXT)}, self.request_of(None))
            self.check()

    def _take_hold_of(self, module: Any) -> None:
        call_handlers, handle_error = module.Logger.callHandlers, module.Handler.handleError

        def send_and_call_handlers(logger: logging.Logger, record: logging.LogRecord) -> None:
            if self._is_gone:
                return call_handlers(logger, record)
            if record.levelno >= self._minimum:
                self._record(record)
            before = self.is_muted
            try:
                self._state.is_muted = True
                _pass_on(call_handlers, logger, record)
            finally:
                self._state.is_muted = before
            self.check()

        def handle_error_aloud(handler: logging.Handler, record: logging.LogRecord) -> None:
            if _is_broken(record) and not self._is_gone:
                return  # The host has been told.
            before = self.is_muted
            try:
                self._state.is_muted = False
                handle_error(handler, record)
            finally:
                self._state.is_muted = before

        module.Logger.callHandlers = send_and_call_handlers
        module.Handler.handleError = handle_error_aloud
        root = module.getLogger()
        if root.level == _WARNING and not root.handlers:
            # So it is where nobody has said anything.
            root.setLevel(self._minimum)

    def _forked(self) -> None:
        self._is_gone = True


def _pass_on(call_handlers: Callable[..., None], logger: logging.Logger, record: logging.LogRecord) -> None:
    """The way to the user's handlers: there a command may be interrupted."""
    call_handlers(logger, record)


class _WhenImported:
    """Finds one module as the import system would, and calls a function with it when it has been imported."""

    def __init__(self, name: str, then: Callable[[ModuleType], None]) -> None:
        self._name = name
        self._then = then

    def find_spec(
        self, fullname: str, path: Optional[Sequence[str]] = None, target: Optional[ModuleType] = None
    ) -> Optional[ModuleSpec]:
        """What the import system asks each finder."""
        if fullname != self._name:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(fullname, path, target)
        loader: Any = None if spec is None else spec.loader
        if loader is not None:
            execute = loader.exec_module

            def exec_module(module: ModuleType) -> None:
                execute(module)
                self._then(module)

            loader.exec_module = exec_module
        return spec


def _nobody(_: Any) -> Optional[Dict[str, Any]]:
    return None


def _texts(record: logging.LogRecord) -> Tuple[str, str]:
    """The message, and the traceback and the stack where the record has them."""
    try:
        message = record.getMessage()
    except Exception as error:
        message = f"{record.msg!s} (its arguments do not fit: {type(error).__name__}: {error})"
    parts = [record.exc_text or "", record.stack_info or ""]
    if record.exc_info and not record.exc_text:
        import traceback

        parts[0] = "".join(traceback.format_exception(*record.exc_info))
    return _cut(message, _LONGEST_TEXT), _cut("\n".join(part.rstrip("\n") for part in parts if part), _LONGEST_TEXT)


def _is_broken(record: logging.LogRecord) -> bool:
    try:
        record.getMessage()
        return False
    except Exception:
        return True


def _fields(record: logging.LogRecord) -> Dict[str, Any]:
    extra = [(name, value) for name, value in record.__dict__.items() if name not in _OWN and name != PORT]
    return {_cut(str(name), _LONGEST_FIELD): _plain(value) for name, value in extra[:_MOST_FIELDS]}


def _plain(value: Any) -> Any:
    if value is None or type(value) is bool:
        return value
    if type(value) is int and -_LARGEST_INTEGER <= value < _LARGEST_INTEGER:
        return value
    if type(value) is float and math.isfinite(value):
        return value
    return _cut(value if type(value) is str else repr(value), _LONGEST_FIELD)


def _cut(text: str, longest: int) -> str:
    kept = text if len(text) <= longest else f"{text[:longest]} … ({len(text) - longest} characters more)"
    return kept.encode("utf-8", "backslashreplace").decode("utf-8")
