"""Memory of the host's, for what is large beside a message; docs/protocol.md, "Shared memory".

The host lends it: anonymous files, each for one call. So whatever dies, nothing is left behind, and who may write when is
the host's to know. A command gets its arguments in a private mapping of the file: it may write to them, and so may a
forked child, and nobody else sees that.
"""

from __future__ import annotations

import mmap
import os
import re
import sys
from _thread import allocate_lock
from typing import Any, Dict, List, Optional, Set, Tuple, Union, cast
from weakref import ref

from typedpool.arrivals import SIZES, Announced, AnnouncementError, MemoryUnreachable, sizes_of
from typedpool.messages import ANNOUNCEMENT, WithAttachments

# The number of the host's descriptor, and one that tells it from others that have had this number.
_NAME = r"\d{1,10}\.\d{1,19}"
_IN_MEMORY = re.escape(ANNOUNCEMENT) + b'"(%b)",' % _NAME.encode() + SIZES
_ALIGNMENT = 64
# More than a host lends at once to most workers.
_MOST_OPEN = 16
# Each mapping that a command keeps has a descriptor. Beyond so many it gets a copy to keep.
_MOST_KEPT = 64
_LARGEST_NAME = 100


class Memory:
    """The segments of one host, as far as this process has them open.

    Args:
        folder: Where the host's descriptors are.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._open: Dict[str, _Segment] = {}  # The one that was used last stands last.
        self._opening = allocate_lock()
        self._kept: Set["ref[mmap.mmap]"] = set()
        self.forks = 0
        os.register_at_fork(before=self._count_fork)

    def announced(self, body: bytes, limit: int) -> Announced:
        """A message whose attachments are in a segment.

        Raises:
            AnnouncementError: It does not tell where, or there are more than may be.
        """
        found = re.match(_IN_MEMORY, body)
        if found is None:
            raise AnnouncementError("attachments in memory are announced by the segment and their sizes in bytes", body)
        message = Announced(body)
        message.lent = lent = Lent(self, str(found[1], "ascii"), sizes_of(found[2], body, limit))
        message.attachments = lent.pieces
        return message

    def place(self, name: Any, message: WithAttachments) -> Optional[bytes]:
        """Puts attachments into a segment.

        Returns:
            The message, which says that they are there; None where they have to be sent.
        """
        if type(name) is not str or re.fullmatch(_NAME, name) is None:
            return None
        places, end = _places(list(map(len, message.attachments)))
        try:
            view = self.segment(name).view(end)
        except MemoryUnreachable:
            return None
        for (start, stop), data in zip(places, message.attachments):
            view[start:stop] = data
        return b'%b"%b",%b' % (ANNOUNCEMENT, name.encode(), message.message[len(ANNOUNCEMENT) :])

    def segment(self, name: str) -> _Segment:
        """An open segment.

        Raises:
            MemoryUnreachable: It cannot be opened.
        """
        with self._opening:
            segment = self._open.pop(name, None)
            if segment is None:
                try:
                    segment = _Segment(os.path.join(self._folder, name.partition(".")[0]))
                except OSError as error:
                    raise MemoryUnreachable(f"memory of the host's cannot be opened: {error}") from None
                while len(self._open) >= _MOST_OPEN:
                    del self._open[next(iter(self._open))]
            self._open[name] = segment
            return segment

    def forget(self, name: str) -> None:
        """Closes a segment, but for what is in use."""
        with self._opening:
            self._open.pop(name, None)

    @property
    def may_be_kept(self) -> bool:
        """Whether there are few enough mappings that commands have kept."""
        return len(self._kept) < _MOST_KEPT

    def keep(self, mapping: mmap.mmap) -> None:
        """Counts a mapping as long as somebody has it."""
        self._kept.add(ref(mapping, self._kept.discard))

    def _count_fork(self) -> None:
        self.forks += 1


class Lent:
    """The attachments of a request, in a segment that belongs to it until it has been answered.

    Attributes:
        pieces: One for each of them.
    """

    def __init__(self, memory: Memory, name: str, sizes: List[int]) -> None:
        self._memory = memory
        self._name = name
        self._forks = 0
        places, self._end = _places(sizes)
        self._mapping: Optional[mmap.mmap] = None
        self._view = memoryview(b"")
        self.pieces = [_Piece(self, start, stop) for start, stop in places]

    def shared(self) -> memoryview:
        """The memory as it is."""
        return self._memory.segment(self._name).view(self._end)

    def private(self) -> Optional[memoryview]:
        """The memory with what is written to it here, which nobody else sees; None where nobody may keep it."""
        if self._mapping is None:
            if not self._memory.may_be_kept:
                return None
            segment = self._memory.segment(self._name)
            self._forks = self._memory.forks
            self._mapping = segment.map(self._end, mmap.MAP_PRIVATE)
            self._view = memoryview(self._mapping)
        return self._view

    def end(self) -> bool:
        """Gives the memory back, when nothing of the call is left but what somebody has kept.

        Returns:
            Whether somebody has: another object, or a forked child. Then it is his for good.
        """
        if self._mapping is None:
            return False
        is_closed = True
        try:
            self._view.release()
            self._mapping.close()
        except BufferError:
            is_closed = False
            self._memory.keep(self._mapping)
        self._mapping = None
        # Asked last: a child that is forked from now on gets nothing of it.
        is_kept = not is_closed or self._forks != self._memory.forks
        if is_kept:
            self._memory.forget(self._name)
        return is_kept


class _Piece:
    def __init__(self, lent: Lent, start: int, stop: int) -> None:
        self._lent = lent
        self._start = start
        self._stop = stop

    def borrowed(self) -> memoryview:
        """To be copied at once."""
        return self._lent.shared()[self._start : self._stop]

    def own(self) -> Union[bytearray, memoryview]:
        """To be kept and written to."""
        private = self._lent.private()
        return bytearray(self.borrowed()) if private is None else private[self._start : self._stop]


class _Segment:
    def __init__(self, path: str) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        self._size = os.fstat(self._descriptor).st_size
        self._view = memoryview(b"")

    def __del__(self) -> None:
        if hasattr(self, "_descriptor"):
            os.close(self._descriptor)

    def view(self, length: int) -> memoryview:
        """All of it; at least so much."""
        if not self._view or length > self._size:
            self._view = memoryview(self.map(max(length, self._size), mmap.MAP_SHARED))
        return self._view

    def map(self, length: int, flags: int) -> mmap.mmap:
        """A mapping of its own."""
        try:
            if length > self._size:
                raise ValueError(f"{length} bytes in a segment of {self._size}")
            return mmap.mmap(self._descriptor, length, flags, mmap.PROT_READ | mmap.PROT_WRITE)
        except (OSError, ValueError) as error:
            raise MemoryUnreachable(f"memory of the host's cannot be mapped: {error}") from None


def agree(offer: Any) -> Optional[Memory]:
    """The memory that a host offers, where it can be reached from here.

    Args:
        offer: What the host says of it, and the text that one of its segments holds: a process in another namespace may have
            a file of the same name.
    """
    if sys.platform != "linux" or sys.implementation.name != "cpython" or type(offer) is not dict:
        return None
    told = cast(Dict[str, Any], offer)
    folder, name, text = told.get("folder"), told.get("segment"), told.get("holds")
    if type(folder) is not str or type(name) is not str or type(text) is not str or not text or len(text) > _LARGEST_NAME:
        return None
    memory = Memory(folder)
    try:
        wanted = text.encode()
        return memory if bytes(memory.segment(name).view(len(wanted))[: len(wanted)]) == wanted else None
    except (MemoryUnreachable, ValueError):
        return None
    finally:
        memory.forget(name)


def _places(sizes: List[int]) -> Tuple[List[Tuple[int, int]], int]:
    """Where each attachment stands, and where the last one ends: each at the next multiple of 64 bytes."""
    places: List[Tuple[int, int]] = []
    end = 0
    for size in sizes:
        start = -(-end // _ALIGNMENT) * _ALIGNMENT
        end = start + size
        places.append((start, end))
    return places, end
