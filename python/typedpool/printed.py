"""Standard output and standard error as Python code has them in a worker: what is printed goes to the host line by line."""

from __future__ import annotations

import io
from threading import local
from typing import Any, Dict, Optional, Protocol

_LONGEST_LINE = 4_096


class Listener(Protocol):
    """Who gets the lines."""

    request_of: Any

    @property
    def is_muted(self) -> bool:
        """Whether what is printed now is known already."""
        ...

    @property
    def is_gone(self) -> bool:
        """Whether nobody listens any more."""
        ...

    def printed(self, stream: str, line: str, request: Optional[Dict[str, Any]]) -> None:
        """Takes a line that was printed in a request's call, or in none."""
        ...

    def check(self) -> None:
        """Raises what is due."""
        ...


class Printed(io.TextIOWrapper):
    """A text stream over one of the process's own. What is written to `buffer`, or to the descriptor, goes there as ever.

    A line is one thread's, and one call's: what is printed without an end waits for it, as long as both stay the same.
    """

    _name: str
    _listener: Listener
    _begun: Any

    @classmethod
    def in_place_of(cls, stream: Any, name: str, listener: Listener) -> Any:
        """The stream that takes the place of `stream`, which is of no more use then; None where there is none."""
        if stream is None:
            return None
        stream.flush()
        printed = cls(stream.detach(), encoding="utf-8", errors="backslashreplace", line_buffering=True)
        printed._name = name
        printed._listener = listener
        printed._begun = local()
        return printed

    def write(self, text: str, /) -> int:
        """Sends the lines that end in `text`."""
        listener = self._listener
        if listener.is_gone or self.closed or not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            return super().write(text)
        if listener.is_muted:
            return len(text)
        request = listener.request_of(None)
        begun: Optional[_Line] = getattr(self._begun, "line", None)
        if begun is not None and begun.request is not request:
            begun.end()
            begun = None
        if begun is None:
            begun = self._begun.line = _Line(self._name, listener, request)
        begun.add(text)
        if begun.is_empty:
            self._begun.line = None
        listener.check()
        return len(text)

    def end_line(self) -> None:
        """Sends what this thread has printed without an end."""
        begun: Optional[_Line] = getattr(self._begun, "line", None)
        if begun is not None:
            begun.end()
            self._begun.line = None


class _Line:
    """What a thread has printed and not ended. Where the thread ends first, that is the end of the line."""

    def __init__(self, stream: str, listener: Listener, request: Optional[Dict[str, Any]]) -> None:
        self.request = request
        self._stream = stream
        self._listener = listener
        self._text = ""

    def __del__(self) -> None:
        self.end()

    @property
    def is_empty(self) -> bool:
        """Whether all that came has been sent."""
        return not self._text

    def add(self, text: str) -> None:
        """Goes on with the line, and sends what is ended by that; a line that never ends is sent in pieces."""
        *lines, rest = (self._text + text).split("\n")
        self._text = rest if len(rest) < _LONGEST_LINE else ""
        for line in lines if self._text or not rest else [*lines, rest]:
            self._send(line)

    def end(self) -> None:
        """The line ends here."""
        text, self._text = self._text, ""
        self._send(text)

    def _send(self, line: str) -> None:
        for start in range(0, len(line), _LONGEST_LINE):
            piece = line[start : start + _LONGEST_LINE].rstrip("\r")
            if piece:
                self._listener.printed(self._stream, piece, self.request)
