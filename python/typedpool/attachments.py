"""Raw bytes that travel beside a message; docs/protocol.md, "Attachments".

A kind whose values are bytes, or a row of numbers, knows nothing of messages. It encodes to an `Attachment`, and whoever
writes the message decides how that travels. It decodes with `take`, which finds what the message that is being read has
brought.
"""

from __future__ import annotations

from _thread import get_ident
from typing import Any, Callable, Dict, List, Protocol, Sequence, Union, cast

from typedpool.mismatch import Mismatch

REFERENCE = "$attachment"

Buffer = Union[bytes, bytearray, memoryview]


class Attachment:
    """A value that can travel as raw bytes. It stands where JSON has no word for it.

    Attributes:
        data: The bytes, one after the other.
        plain: Makes the JSON for a host that takes no attachments.
        items: The items of a row of numbers; else empty.
    """

    __slots__ = ("data", "items", "plain")

    def __init__(self, data: Buffer, plain: Callable[[], Any], items: Sequence[Any] = ()) -> None:
        self.data = data
        self.plain = plain
        self.items = items


class Piece(Protocol):
    """An attachment that is in memory of somebody else's."""

    def borrowed(self) -> memoryview:
        """To be copied at once."""
        ...

    def own(self) -> Union[bytearray, memoryview]:
        """To be kept and written to."""
        ...


class Arrived:
    """What a message brought. Within `with`, the decoders of this thread take from it, each attachment once.

    Args:
        attachments: They, in order.
        lent: The memory that pieces are in.

    Raises:
        Mismatch: At the end of `with`, where nothing stands for an attachment.
    """

    def __init__(self, attachments: Sequence[Union[bytearray, Piece]], lent: Any = None) -> None:
        self._attachments: List[Union[bytearray, Piece, None]] = list(attachments)
        self.lent = lent

    def take(self, index: int) -> Union[bytearray, Piece]:
        """The attachment of that number."""
        count = len(self._attachments)
        if not 0 <= index < count:
            raise Mismatch(f"one of the {count} attachments of the message", f"attachment {index}")
        data = self._attachments[index]
        if data is None:
            raise Mismatch("an attachment that stands nowhere else", f"attachment {index} for a second time")
        self._attachments[index] = None
        return data

    def __enter__(self) -> None:
        _arrived[get_ident()] = self

    def __exit__(self, raised: Any, *_: object) -> None:
        del _arrived[get_ident()]
        if raised is None:
            for index, data in enumerate(self._attachments):
                if data is not None:
                    raise Mismatch("a place for each attachment", f"none for attachment {index}")


def is_reference(value: Any) -> bool:
    """Whether a JSON value stands for an attachment, at a place where one may stand."""
    return type(value) is dict and len(cast(Dict[str, Any], value)) == 1 and REFERENCE in value


def take(value: Any) -> Union[bytearray, memoryview]:
    """The bytes that a reference stands for, to be copied at once.

    Raises:
        Mismatch: The message has brought no such attachment, or it has been taken already.
    """
    data = _take(value)
    return data if isinstance(data, bytearray) else data.borrowed()


def take_own(value: Any) -> Union[bytearray, memoryview]:
    """The bytes that a reference stands for, to be kept and written to.

    Raises:
        Mismatch: The message has brought no such attachment, or it has been taken already.
    """
    data = _take(value)
    return data if isinstance(data, bytearray) else data.own()


def _take(value: Any) -> Union[bytearray, Piece]:
    """
    Raises:
        Mismatch: The message has brought no such attachment, or it has been taken already.
    """
    index = value[REFERENCE]
    arrived = _arrived.get(get_ident())
    if type(index) is not int:
        raise Mismatch("the number of an attachment", "something else").under(REFERENCE)
    if arrived is None:
        raise Mismatch("a message that brings attachments", f"attachment {index} of one that brings none")
    return arrived.take(index)


def plain(value: Any) -> Any:
    """A value with everything in it as plain JSON."""
    if isinstance(value, Attachment):
        return plain(value.plain())
    if isinstance(value, dict):
        return {name: plain(member) for name, member in cast(Dict[str, Any], value).items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in cast(List[Any], value)]
    return value


# A thread decodes one message at a time.
_arrived: Dict[int, Arrived] = {}
