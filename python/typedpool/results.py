"""Results as JSON, and what of them is attached."""

from __future__ import annotations

from typing import Any, Callable, List, Union

from typedpool import faults
from typedpool.attachments import REFERENCE, Attachment, Buffer
from typedpool.calls import Call
from typedpool.messages import WithAttachments, to_json, to_json_with
from typedpool.mismatch import Mismatch


def encode(call: Call, result: Any, may_attach: bool) -> Union[bytes, WithAttachments]:
    """A command's result as JSON.

    Args:
        may_attach: Whether the host takes attachments.

    Raises:
        RpcError: It does not fit its annotation, or JSON.
    """
    if not call.attaches:
        return _encode(call, result, to_json)
    attachments: List[Buffer] = []

    def words(value: Any) -> Any:
        if type(value) is not Attachment:
            raise TypeError(f"{type(value).__name__} is not JSON")
        if not may_attach:
            return value.plain()
        attachments.append(value.data)
        return {REFERENCE: len(attachments) - 1}

    def write(value: Any) -> bytes:
        attachments.clear()
        return to_json_with(words, value)

    json = _encode(call, result, write)
    return WithAttachments(json, attachments) if attachments else json


def too_deep() -> Mismatch:
    """For a value that Python's own recursion limit ends."""
    return Mismatch("less nesting", "more than Python can follow")


def _encode(call: Call, result: Any, write: Callable[[Any], bytes]) -> bytes:
    try:
        return write(call.encode(result))
    except Mismatch as mismatch:
        raise faults.invalid_result(mismatch) from None
    except (ValueError, TypeError, RecursionError):
        pass  # Something in it is not JSON. The strict encoder knows how to write it, or where it stands.
    try:
        return write(call.encode_strictly(result))
    except Mismatch as mismatch:
        raise faults.invalid_result(mismatch) from None
    except RecursionError:
        raise faults.invalid_result(too_deep()) from None
    except (ValueError, TypeError) as error:
        raise faults.invalid_result(Mismatch("a JSON value", str(error))) from None
