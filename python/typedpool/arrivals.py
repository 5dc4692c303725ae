"""Messages that attachments follow, as they arrive; and what makes it impossible to find the next message."""

from __future__ import annotations

import re
from typing import List, Optional, Sequence

from typedpool.messages import ANNOUNCEMENT

# A number has one form. Forty digits are enough to say that it is too large.
_SIZE = rb"(?:0|[1-9]\d{0,39})"
_SIZES = re.escape(ANNOUNCEMENT) + rb"((?:%b(?:,%b)*)?)\]" % (_SIZE, _SIZE)

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


class Announced(bytes):
    """The body of a message that attachments came with.

    Attributes:
        attachments: They, in the order of their announcement.
    """

    attachments: Sequence[bytearray] = ()


class Arriving:
    """A message whose attachments have not all come.

    Args:
        body: It begins with `ANNOUNCEMENT`.
        limit: The most bytes that it may have, with its attachments.

    Attributes:
        attachments: Those that have come.
    """

    def __init__(self, body: bytes, limit: int) -> None:
        self.attachments: List[bytearray] = []
        self._body = body
        self._sizes: List[int] = []
        self._failure: Optional[AnnouncementError] = None
        found = re.match(_SIZES, body)
        if found is None:
            self._failure = AnnouncementError("attachments are announced by their sizes in bytes", body)
            return
        self._sizes = [int(size) for size in found[1].split(b",") if size]
        count = len(self._sizes)
        if count > len(body) // _REFERENCE_BYTES:
            self._failure = AnnouncementError(f"{count} attachments are announced, more than the message can name", body)
            return
        total = len(body) + sum(self._sizes)
        if total > limit:
            text = f"a message of {total} bytes with its attachments; the limit is {limit}"
            self._failure = AnnouncementError(text, body)

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
