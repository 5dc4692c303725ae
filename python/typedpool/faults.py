"""What went wrong in a call, as the error that the caller receives."""

from __future__ import annotations

import traceback
from typing import Any, Dict, Mapping, Optional, cast

from typedpool.commands import DeclaredError, qualified_name
from typedpool.loading import without_foreign_frames
from typedpool.messages import COMMAND_RAISED, INTERNAL_ERROR, INVALID_PARAMS, RpcError
from typedpool.mismatch import Mismatch


def invalid_arguments(mismatch: Mismatch) -> RpcError:
    """An argument does not fit its annotation."""
    return _misfit(INVALID_PARAMS, "typedpool.InvalidArguments", "argument", mismatch)


def invalid_result(mismatch: Mismatch) -> RpcError:
    """A result does not fit its annotation, or JSON."""
    return _misfit(INTERNAL_ERROR, "typedpool.InvalidResult", "result", mismatch)


def message_too_large(size: int, limit: int) -> RpcError:
    """An answer is longer than the host allows; both are in bytes."""
    data = {"type": "typedpool.MessageTooLarge", "size": size, "limit": limit}
    return RpcError(INTERNAL_ERROR, f"the answer has {size} bytes; the limit is {limit}", data)


def internal(error: Exception) -> RpcError:
    """The bridge itself failed, most likely for want of memory."""
    return RpcError(INTERNAL_ERROR, f"the worker could not answer: {type(error).__name__}: {_text(error)}")


def raised(error: BaseException, declared: Mapping[type, DeclaredError]) -> RpcError:
    """A command raised an exception.

    Args:
        error: The exception.
        declared: The exceptions that the command declares. One also stands for its subclasses.
    """
    cls = type(error)
    known = next((declared[base] for base in cls.__mro__ if base in declared), None)
    message = _text(error)
    data: Dict[str, Any] = {"type": _name(cls) if known is None else known.type}
    if known is not None and known.exception is not cls:
        data["actualType"] = _name(cls)
    data["message"] = message
    data["traceback"] = _traceback(error)
    notes = _notes(error)
    if notes:
        data["notes"] = notes
    return RpcError(COMMAND_RAISED if known is None else known.code, message, data)


def _misfit(code: int, type: str, what: str, mismatch: Mismatch) -> RpcError:
    pointer = mismatch.pointer
    data = {"type": type, "pointer": pointer, "expected": mismatch.expected, "found": mismatch.found}
    return RpcError(code, f"{what} {pointer}: {mismatch}" if pointer else f"{what}: {mismatch}", data)


def _name(cls: type) -> str:
    try:
        return qualified_name(cls)
    except Exception:
        return "builtins.Exception"  # A class may lie even about its name.


def _text(error: Any) -> str:
    # User code may run here, and may fail again.
    try:
        return str(error)
    except BaseException:
        return "<exception str() failed>"


def _traceback(error: BaseException) -> str:
    try:
        trace = without_foreign_frames(error.__traceback__)
        return "".join(traceback.format_exception(type(error), error, trace))
    except BaseException:
        return ""
    finally:
        # An exception object that is raised again and again would collect the frames of every call.
        error.__traceback__ = None


def _notes(error: BaseException) -> Optional[list[str]]:
    notes = getattr(error, "__notes__", None)
    return [_text(note) for note in cast("list[Any]", notes)] if isinstance(notes, list) else None
