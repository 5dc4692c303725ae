"""What went wrong in a call, as the error that the caller receives."""

from __future__ import annotations

from typing import Any, Dict, Mapping

from typedpool.attachments import plain
from typedpool.commands import DeclaredError
from typedpool.kinds.records import Record
from typedpool.messages import CANCELLED, COMMAND_RAISED, INTERNAL_ERROR, INVALID_PARAMS, RpcError
from typedpool.mismatch import Mismatch
from typedpool.raised import ErrorTree, name_of, text_of


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
    """The worker failed outside of the command: for want of memory, or in an attribute of the result as it was read."""
    data = ErrorTree().describe(error, name_of(type(error)))
    return RpcError(INTERNAL_ERROR, f"the worker could not answer: {data['message']}", data)


def raised(error: BaseException, declared: Mapping[type, DeclaredError]) -> RpcError:
    """A command raised an exception.

    Args:
        error: The exception.
        declared: The exceptions that the command declares. One also stands for its subclasses.
    """
    cls = type(error)
    known, *others = [declared[base] for base in cls.__mro__ if base in declared] or [None]
    data = ErrorTree().describe(error, name_of(cls) if known is None else known.type)
    # An exception object that is raised again and again would collect the frames of every call.
    error.__traceback__ = None
    if known is None:
        return RpcError(COMMAND_RAISED, data["message"], data)
    if others:
        # A caller from before this one was declared knows it as one of these.
        data["bases"] = [other.type for other in others if other is not None]
    if known.exception is not cls:
        data["actualType"] = name_of(cls)
    if known.fields is not None:
        data.update(_fields(known.fields, error))
    return RpcError(known.code, data["message"], data)


def cancelled(error: BaseException) -> RpcError:
    """A command ended because it was cancelled, with this exception: the one it was stopped with, or what came of it."""
    data = raised(error, {}).data
    return RpcError(CANCELLED, "the call was cancelled", data)


def never_started() -> RpcError:
    """A call was cancelled before its command was started."""
    return RpcError(CANCELLED, "the call was cancelled before it was started", {"type": "typedpool.Cancelled"})


def closed() -> RpcError:
    """A call was cancelled, and its generator has been closed."""
    return RpcError(CANCELLED, "the call was cancelled, and its generator closed", {"type": "typedpool.Cancelled"})


def _misfit(code: int, type: str, what: str, mismatch: Mismatch) -> RpcError:
    pointer = mismatch.pointer
    data = {"type": type, "pointer": pointer, "expected": mismatch.expected, "found": mismatch.found}
    return RpcError(code, f"{what} {pointer}: {mismatch}" if pointer else f"{what}: {mismatch}", data)


def _fields(fields: Record, error: BaseException) -> Dict[str, Any]:
    try:
        return {"fields": plain(fields.encoder(strict=True)(error))}
    except Mismatch as mismatch:
        problem = mismatch
    except BaseException as failure:  # A field may be a property: user code runs here.
        problem = Mismatch("fields that can be read", f"{name_of(type(failure))}: {text_of(failure)}")
    return {"fieldsProblem": {"pointer": problem.pointer, "expected": problem.expected, "found": problem.found}}
