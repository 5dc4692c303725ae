"""Frames: a 4-byte big-endian length, then that many bytes."""

from __future__ import annotations

import os
from _thread import allocate_lock
from io import FileIO
from typing import Optional, Union

DEFAULT_LIMIT = 256 * 1024 * 1024

_HEADER = 4
# Above 128 KiB, os.read maps and unmaps memory on every call.
_READ_SIZE = 64 * 1024
_CLOSED = -1


class FrameLengthError(Exception):
    """A frame announced a length of zero, or one above the limit. What follows it cannot be made sense of."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"a frame of {length} bytes; it must be from 1 to {limit}")


class Channel:
    """Reads frames from one descriptor and writes them to another. Anybody may write; one at a time may read.

    Attributes:
        limit: The longest body in bytes that may be received; what is sent is for the caller to check.
    """

    def __init__(self, source: int, sink: int) -> None:
        self.limit = DEFAULT_LIMIT
        self._writing = allocate_lock()
        self._source = source
        self._sink = sink
        self._file = FileIO(source, "rb", closefd=False)
        self._received = b""
        self._offset = 0
        # A frame larger than a read that `receive` has begun: what there is of it, and how much of that is filled.
        self._large: Optional[bytearray] = None
        self._filled = 0

    @property
    def source(self) -> int:
        """The descriptor that is read from."""
        return self._source

    def read(self) -> Union[bytes, bytearray, None]:
        """The body of the next frame; None at the end of the input, also where that cuts a frame.

        Raises:
            FrameLengthError: The length is not allowed.
        """
        received, start = self._received, self._offset
        if self._large is not None:
            return self._finish_large()
        if not received:
            received = os.read(self._source, _READ_SIZE)
            # Nearly always this is one whole frame.
            body = received[_HEADER:]
            if body and len(body) == int.from_bytes(received[:_HEADER], "big") <= self.limit:
                return body
        while len(received) - start < _HEADER:
            more = os.read(self._source, _READ_SIZE)
            if not more:
                return None
            received, start = received[start:] + more, 0
        length = int.from_bytes(received[start : start + _HEADER], "big")
        if not 0 < length <= self.limit:
            raise FrameLengthError(length, self.limit)
        start += _HEADER
        end = start + length
        if end > len(received):
            return self._read_rest(received[start:], length)
        if end == len(received):
            self._received, self._offset = b"", 0
        else:
            self._received, self._offset = received, end
        return received[start:end]

    def receive(self) -> bool:
        """Reads what there is, waiting only where there is nothing; `take` then has the frames.

        Returns:
            False at the end of the input.
        """
        if self._large is not None:
            count = self._file.readinto(memoryview(self._large)[self._filled :])
            self._filled += count or 0
            return bool(count)
        more = os.read(self._source, _READ_SIZE)
        self._received, self._offset = self._received[self._offset :] + more, 0
        return bool(more)

    def take(self) -> Union[bytes, bytearray, None]:
        """The body of the next frame that has been received whole; None where there is none.

        Raises:
            FrameLengthError: The length is not allowed. So will every later attempt to read.
        """
        if self._large is not None:
            return self._finish_large() if self._filled == len(self._large) else None
        received, start = self._received, self._offset + _HEADER
        if len(received) < start:
            return None
        length = int.from_bytes(received[start - _HEADER : start], "big")
        if not 0 < length <= self.limit:
            raise FrameLengthError(length, self.limit)
        if len(received) - start >= length:
            self._offset = start + length
            return received[start : start + length]
        if length > _READ_SIZE:
            self._large, self._filled = bytearray(length), len(received) - start
            self._large[: self._filled] = received[start:]
            self._received, self._offset = b"", 0
        return None

    def write(self, body: bytes) -> None:
        """Sends one frame.

        Raises:
            OSError: Nobody reads any more.
        """
        frame = len(body).to_bytes(_HEADER, "big") + body
        with self._writing:
            written = os.write(self._sink, frame)
            if written < len(frame):
                self._write_all(memoryview(frame)[written:])

    def write_raw(self, data: bytes) -> None:
        """Sends bytes that are no frame."""
        self._write_all(memoryview(data))

    def close(self) -> None:
        """Closes both descriptors. Reading and writing fail from then on."""
        # In a forked child whoever held it does not exist.
        self._writing = allocate_lock()
        for descriptor in (self._source, self._sink):
            if descriptor != _CLOSED:
                os.close(descriptor)
        self._source = self._sink = _CLOSED

    def _read_rest(self, begun: bytes, length: int) -> Union[bytearray, None]:
        self._received, self._offset = b"", 0
        self._large, self._filled = bytearray(length), len(begun)
        self._large[: len(begun)] = begun
        return self._finish_large()

    def _finish_large(self) -> Union[bytearray, None]:
        body, rest = self._large, memoryview(self._large or b"")[self._filled :]
        self._large = None
        while rest:
            count = self._file.readinto(rest)
            if not count:
                return None
            rest = rest[count:]
        return body

    def _write_all(self, rest: memoryview) -> None:
        while rest:
            rest = rest[os.write(self._sink, rest) :]
