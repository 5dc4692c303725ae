"""Results as JSON, and what of them is attached."""

from __future__ import annotations

from typing import Any, Callable, List, Optional, Union

from typedpool import faults
from typedpool.attachments import REFERENCE, Attachment, Buffer
from typedpool.calls import Call
from typedpool.messages import WithAttachments, to_json, to_json_with
from typedpool.mismatch import Mismatch, too_deep


def encode(call: Call, result: Any, may_attach: bool) -> Union[bytes, WithAttachments]:
    """A command's result as JSON.

    Args:
        may_attach: Whether the host takes attachments.

    Raises:
        RpcError: It does not fit its annotation, or JSON.
    """
    try:
        if not call.attaches:
            try:
                return to_json(call.encode(result))
            except (ValueError, TypeError, RecursionError):
                pass
            return _encode_strictly(call, result, to_json)
        attachments: List[Buffer] = []
        json = _encode(call, result, _writer(attachments if may_attach else None))
    except Mismatch as mismatch:
        raise faults.invalid_result(mismatch) from None
    return WithAttachments(json, attachments) if attachments else json


def encode_item(call: Call, item: Any, index: int) -> bytes:
    """One item of a stream as JSON, with nothing attached.

    Raises:
        RpcError: It does not fit its annotation, or JSON.
    """
    try:
        return _encode(call, item, _write_plainly if call.attaches else to_json)
    except Mismatch as mismatch:
        raise faults.invalid_result(mismatch.under(index)) from None


def _writer(attachments: Optional[List[Buffer]]) -> Callable[[Any], bytes]:
    def words(value: Any) -> Any:
        if type(value) is not Attachment:
            raise TypeError(f"{type(value).__name__} is not JSON")
        if attachments is None:
            return value.plain()
        attachments.append(value.data)
        return {REFERENCE: len(attachments) - 1}

    def write(value: Any) -> bytes:
        if attachments is not None:
            attachments.clear()
        return to_json_with(words, value)

    return write


_write_plainly = _writer(None)


def _encode(call: Call, value: Any, write: Callable[[Any], bytes]) -> bytes:
    try:
        return write(call.encode(value))
    except (ValueError, TypeError, RecursionError):
        pass
    return _encode_strictly(call, value, write)


def _encode_strictly(call: Call, value: Any, write: Callable[[Any], bytes]) -> bytes:
    """Something in it is not JSON. The strict encoder knows how to write it, or where it stands."""
    try:
        return write(call.encode_strictly(value))
    except RecursionError:
        raise too_deep() from None
    except (ValueError, TypeError) as error:
        raise Mismatch("a JSON value", str(error)) from None
