"""Mark Python functions as commands that a .NET program calls, typed, in worker processes.

    from typedpool import command

    @command
    def add(a: int, b: int = 1) -> int:
        \"\"\"Adds two numbers.\"\"\"
        return a + b

`python -m typedpool export commands -o commands.openrpc.json` writes what C# is generated from.
"""

# Old syntax only: an older Python has to come as far as the check below.
import sys as _sys

__version__ = "0.1.0"
__all__ = [
    "BigInt",
    "Cancelled",
    "Context",
    "Float32",
    "HostError",
    "Int16",
    "Int32",
    "Int64",
    "Int8",
    "NaiveDatetime",
    "Shape",
    "StreamFailed",
    "UInt16",
    "UInt32",
    "UInt64",
    "UInt8",
    "command",
    "host",
    "on_start",
    "on_stop",
]

if _sys.version_info < (3, 9):
    _message = "typedpool needs Python 3.9 or later, this is %d.%d.%d (%s)" % (
        _sys.version_info[:3] + (_sys.executable,)
    )
    # `python -m typedpool` imports the package under this name, before __main__ can say anything.
    if _sys.argv[0] == "-m":
        _sys.stderr.write(_message + "\n")
        _sys.exit(78)
    raise ImportError(_message)

from typing import TYPE_CHECKING as _TYPE_CHECKING

from typedpool.cancelled import Cancelled
from typedpool.context import Context
from typedpool.deferred import __getattr__
from typedpool.host_functions import HostError, host
from typedpool.registry import command, on_start, on_stop
from typedpool.shape import Shape
from typedpool.stream_failed import StreamFailed

if _TYPE_CHECKING:
    from typedpool.types import (
        BigInt,
        Float32,
        Int8,
        Int16,
        Int32,
        Int64,
        NaiveDatetime,
        UInt8,
        UInt16,
        UInt32,
        UInt64,
    )
