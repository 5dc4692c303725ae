"""Frames: a 4-byte big-endian length, then that many bytes; and the attachments that may follow one."""

from __future__ import annotations

import os
from _thread import allocate_lock
from collections import deque
from io import FileIO
from typing import TYPE_CHECKING, Deque, List, Optional, Tuple, Union

from typedpool.arrivals import Announced, AnnouncementError, Arriving, FrameLengthError
from typedpool.messages import ANNOUNCEMENT, WithAttachments

if TYPE_CHECKING:
    from typedpool.memory import Memory

DEFAULT_LIMIT = 256 * 1024 * 1024

_HEADER = 4
# Above 128 KiB, os.read maps and unmaps memory on every call.
_READ_SIZE = 64 * 1024
# What every POSIX system with writev takes, and most take no more.
_MOST_AT_ONCE = 1024
_MOST_POSTED = 1000
_CLOSED = -1
_IN_MEMORY = ANNOUNCEMENT + b'"'


class Channel:
    """Reads frames from one descriptor and writes them to another. Anybody may write; one at a time may read.

    Attributes:
        limit: The longest message in bytes that may be received, with its attachments; what is sent is for the caller to
            check.
        agreed: Whether attachments may follow a message. Otherwise what announces them is read as any other message.
        memory: The host's, in which they may be instead.
    """

    def __init__(self, source: int, sink: int) -> None:
        self.limit = DEFAULT_LIMIT
        self.agreed = False
        self.memory: Optional[Memory] = None
        self._writing = allocate_lock()
        self._posted: Deque[bytes] = deque()
        self._source = source
        self._sink = sink
        self._torn = _CLOSED
        self._file = FileIO(source, "rb", closefd=False)
        self._identity = self._identified()
        self._received = b""
        self._offset = 0
        # What is larger than a read, a frame or an attachment, and has begun: the memory for it, how much of it is filled.
        self._large: Optional[bytearray] = None
        self._filled = 0
        self._arriving: Optional[Arriving] = None

    @property
    def source(self) -> int:
        """The descriptor that is read from."""
        return self._source

    @property
    def is_intact(self) -> bool:
        """Whether the descriptors are open, and have not been opened anew as something else."""
        try:
            return self._identified() == self._identity
        except OSError:
            return False

    def read(self) -> Union[bytes, bytearray, None]:
        """The body of the next message, `Announced` where attachments came with it; None where the input has ended.

        Raises:
            BrokenInput: A length is not allowed.
        """
        if self._arriving is None:
            body = self._read_frame()
            if body is None or not self.agreed or not body.startswith(ANNOUNCEMENT):
                return body
            begun = self._begin(bytes(body))
            if isinstance(begun, Announced):
                return begun
            self._arriving = begun
        arriving = self._arriving
        size = arriving.size
        while size is not None:
            attachment = self._read_attachment(arriving, size)
            if attachment is None:
                return None
            arriving.attachments.append(attachment)
            size = arriving.size
        self._arriving = None
        return arriving.message()

    def _begin(self, body: bytes) -> Union[Announced, Arriving]:
        failure: Optional[AnnouncementError] = None
        if self.memory is not None and body.startswith(_IN_MEMORY):
            try:
                return self.memory.announced(body, self.limit)
            except AnnouncementError as error:
                failure = error
        return Arriving(body, self.limit, failure)

    def _identified(self) -> List[Tuple[int, int]]:
        return [(stat.st_dev, stat.st_ino) for stat in map(os.fstat, (self._source, self._sink))]

    def _read_frame(self) -> Union[bytes, bytearray, None]:
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
        """The body of the next message that has been received whole; None where there is none.

        Raises:
            BrokenInput: A length is not allowed. So will every later attempt to read.
        """
        if self._arriving is None:
            body = self._take_frame()
            if body is None or not self.agreed or not body.startswith(ANNOUNCEMENT):
                return body
            begun = self._begin(bytes(body))
            if isinstance(begun, Announced):
                return begun
            self._arriving = begun
        arriving = self._arriving
        size = arriving.size
        while size is not None:
            attachment = self._take_part(self._offset, size, arriving)
            if attachment is None:
                return None
            arriving.attachments.append(attachment if isinstance(attachment, bytearray) else bytearray(attachment))
            size = arriving.size
        self._arriving = None
        return arriving.message()

    def _take_frame(self) -> Union[bytes, bytearray, None]:
        if self._large is not None:
            return self._take_large()
        start = self._offset + _HEADER
        if len(self._received) < start:
            return None
        length = int.from_bytes(self._received[start - _HEADER : start], "big")
        if not 0 < length <= self.limit:
            raise FrameLengthError(length, self.limit)
        return self._take_part(start, length)

    def _take_part(self, start: int, length: int, arriving: Optional[Arriving] = None) -> Union[bytes, bytearray, None]:
        if self._large is not None:
            return self._take_large()
        received = self._received
        if len(received) - start >= length:
            self._offset = start + length
            return received[start : start + length]
        if length > _READ_SIZE:
            self._large, self._filled = bytearray(length) if arriving is None else arriving.memory(), len(received) - start
            self._large[: self._filled] = received[start:]
            self._received, self._offset = b"", 0
        return None

    def _take_large(self) -> Union[bytearray, None]:
        return self._finish_large() if self._large is not None and self._filled == len(self._large) else None

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
        if self._posted:
            self._write_posted()

    def post(self, body: bytes) -> bool:
        """Sends one frame and waits for nobody who writes: he will send it then. So it may be called wherever Python code runs,
        also where this thread itself is writing, as in a finalizer.

        Returns:
            False where too much is waiting already: it is not sent.

        Raises:
            OSError: Nobody reads any more.
        """
        if len(self._posted) >= _MOST_POSTED:
            return False
        self._posted.append(body)
        self._write_posted()
        return True

    def _write_posted(self) -> None:
        # Whoever cannot have the lock has posted before: its holder sees that when he has given it back.
        while self._posted and self._writing.acquire(False):
            try:
                if self._posted:
                    body = self._posted.popleft()
                    self._write_all(memoryview(len(body).to_bytes(_HEADER, "big") + body))
            finally:
                self._writing.release()

    def send(self, message: Union[bytes, WithAttachments]) -> None:
        """Sends one message. Attachments are not copied.

        Raises:
            OSError: Nobody reads any more.
        """
        if isinstance(message, bytes):
            self.write(message)
            return
        body = message.message
        parts = [memoryview(len(body).to_bytes(_HEADER, "big") + body), *map(memoryview, message.attachments)]
        with self._writing:
            self._write_parts(parts)
        if self._posted:
            self._write_posted()

    def write_raw(self, data: bytes) -> None:
        """Sends bytes that are no frame."""
        self._write_all(memoryview(data))

    def close(self) -> None:
        """Closes both descriptors. Reading and writing fail from then on."""
        # In a forked child whoever held it does not exist.
        self._writing = allocate_lock()
        self._posted.clear()
        for descriptor in (self._source, self._sink, self._torn):
            if descriptor != _CLOSED:
                os.close(descriptor)
        self._source = self._sink = self._torn = _CLOSED

    def _read_attachment(self, arriving: Arriving, size: int) -> Union[bytearray, None]:
        if self._large is not None:
            return self._finish_large()
        start = self._offset
        begun = self._received[start : start + size]
        if len(begun) < size:
            return self._read_rest(begun, size, arriving)
        if start + size == len(self._received):
            self._received, self._offset = b"", 0
        else:
            self._offset = start + size
        return bytearray(begun)

    def _read_rest(self, begun: bytes, length: int, arriving: Optional[Arriving] = None) -> Union[bytearray, None]:
        self._large, self._filled = bytearray(length) if arriving is None else arriving.memory(), len(begun)
        self._received, self._offset = b"", 0
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
        try:
            while rest:
                rest = rest[os.write(self._sink, rest) :]
        except BaseException:
            self._tear()
            raise

    def _write_parts(self, parts: List[memoryview]) -> None:
        try:
            self._write_each(parts)
        except BaseException:
            self._tear()
            raise

    def _tear(self) -> None:
        # Half a message is followed by nothing else, such as the traceback of what has just been raised: the host would
        # take that for the other half.
        if self._sink != _CLOSED:
            self._torn, self._sink = self._sink, _CLOSED

    def _write_each(self, parts: List[memoryview]) -> None:
        if not hasattr(os, "writev"):  # Windows has none.
            for part in parts:
                self._write_all(part)
            return
        at = 0
        while at < len(parts):
            written = os.writev(self._sink, parts[at : at + _MOST_AT_ONCE])
            while at < len(parts) and written >= len(parts[at]):
                written -= len(parts[at])
                at += 1
            if written:
                parts[at] = parts[at][written:]
