"""What Python code says of the functions that it needs from its host."""

from __future__ import annotations

from typing import Any, TypeVar
from weakref import WeakSet

_Class = TypeVar("_Class", bound=type)

# Beside the class and not in it: whatever stands in a protocol is asked of those that implement it.
_hosts: "WeakSet[type]" = WeakSet()


class HostError(Exception):
    """A function of the host has failed, or could not be called.

    Attributes:
        type: The C# class of the exception that it threw, such as `System.InvalidOperationException`; empty where it was
            not called, or returned what it does not declare.
    """

    def __init__(self, message: str, type: str = "") -> None:
        super().__init__(message)
        self.type = type


# As users import it, and so as callers are told.
HostError.__module__ = "typedpool"


def host(cls: _Class, /) -> _Class:
    """Marks a `Protocol` class whose functions the host, a .NET program, implements.

    A command asks for them with a parameter annotated with the class, which is no part of its own schema. What it gets
    has the call's session and deadline, and is of use until the call has ended. A function may be `def` or `async def`.

    Raises:
        TypeError: What is marked is not a Protocol class.
    """
    if not isinstance(cls, type) or not getattr(cls, "_is_protocol", False):  # pyright: ignore[reportUnnecessaryIsInstance]
        name: Any = getattr(cls, "__name__", cls)
        raise TypeError(f"@host marks Protocol classes. Write class {name}(Protocol): and @host above it.")
    _hosts.add(cls)
    return cls


def is_host(annotation: Any) -> bool:
    """Whether an annotation is a class that is marked so."""
    return isinstance(annotation, type) and annotation in _hosts
