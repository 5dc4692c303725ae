"""Messages that attachments follow, as they arrive; and what makes it impossible to find the next message."""

from __future__ import annotations

import re
from typing import Any, List, Optional, Sequence

from typedpool.messages import ANNOUNCEMENT

# A number has one form. Forty digits are enough to say that it is too large.
_SIZE = rb"(?:0|[1-9]\d{0,39})"
SIZES = rb"((?:%b(?:,%b)*)?)\]" % (_SIZE, _SIZE)
"""What a message says of the sizes of its attachments, up to the end of the announcement; the group is for `sizes_of`."""

_FOLLOWING = re.escape(ANNOUNCEMENT) + SIZES

# The least that a message needs to name an attachment.
_REFERENCE_BYTES = 17


class BrokenInput(Exception):
    """It is not known where the next message begins: what follows cannot be made sense of.

    Attributes:
        body: The message that is to blame, where there is one.
    """

    body: bytes = b""


class FrameLengthError(BrokenInput):
    """A frame announced a length of zero, or one above the limit."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"a frame of {length} bytes; it must be from 1 to {limit}")


class AnnouncementError(BrokenInput):
    """A message does not tell how many bytes follow it, or there is no room for them."""

    def __init__(self, text: str, body: bytes) -> None:
        super().__init__(text)
        self.body = body


class MemoryUnreachable(Exception):
    """Memory of the host's cannot be opened, or is not as large as it should be. It is known where the next message begins."""


class Announced(bytes):
    """The body of a message that attachments came with.

    Attributes:
        attachments: They, in the order of their announcement.
        lent: The memory of the host's that they are in, if they are: `typedpool.memory.Lent`.
    """

    attachments: Sequence[Any] = ()
    lent: Any = None


def sizes_of(text: bytes, body: bytes, limit: int) -> List[int]:
    """The sizes that a message announces.

    Args:
        text: What stands for them.
        body: The message.
        limit: The most bytes that it may have, with its attachments.

    Raises:
        AnnouncementError: There are more, or they are larger, than may be.
    """
    sizes = [int(size) for size in text.split(b",") if size]
    if len(sizes) > len(body) // _REFERENCE_BYTES:
        raise AnnouncementError(f"{len(sizes)} attachments are announced, more than the message can name", body)
    total = len(body) + sum(sizes)
    if total > limit:
        raise AnnouncementError(f"a message of {total} bytes with its attachments; the limit is {limit}", body)
    return sizes


class Arriving:
    """A message whose attachments have not all come.

    Args:
        body: It begins with `ANNOUNCEMENT`.
        limit: The most bytes that it may have, with its attachments.
        failure: What is wrong with its announcement, where that is known already.

    Attributes:
        attachments: Those that have come.
    """

    def __init__(self, body: bytes, limit: int, failure: Optional[AnnouncementError] = None) -> None:
        self.attachments: List[bytearray] = []
        self._body = body
        self._sizes: List[int] = []
        self._failure = failure
        if failure is not None:
            return
        found = re.match(_FOLLOWING, body)
        if found is None:
            self._failure = AnnouncementError("attachments are announced by their sizes in bytes", body)
            return
        try:
            self._sizes = sizes_of(found[1], body, limit)
        except AnnouncementError as error:
            self._failure = error

    @property
    def size(self) -> Optional[int]:
        """Of the next attachment, in bytes; None where all have come.

        Raises:
            AnnouncementError: It is not known, or is too much. So it stays: whoever asks next is told the same.
        """
        if self._failure is not None:
            raise self._failure
        done = len(self.attachments)
        return self._sizes[done] if done < len(self._sizes) else None

    def memory(self) -> bytearray:
        """Memory for the next attachment.

        Raises:
            AnnouncementError: There is none. So it stays.
        """
        size = self.size or 0
        try:
            return bytearray(size)
        except MemoryError:
            self._failure = AnnouncementError(f"there is no memory for an attachment of {size} bytes", self._body)
            raise self._failure from None

    def message(self) -> Announced:
        """The message with all of them."""
        body = Announced(self._body)
        body.attachments = self.attachments
        return body
