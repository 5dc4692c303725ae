"""What a command is stopped with."""

from __future__ import annotations


class Cancelled(BaseException):
    """Raised in a running command whose caller has given up, or whose time is up, wherever the command stands.

    A `finally` or `with` around it runs as for any exception, and may take its time. Like `KeyboardInterrupt` it is no
    `Exception`, so that `except Exception` lets it pass; what a bare `except` swallows is raised again. A command that
    watches `Context.cancelled` returns before it comes to this.
    """


# As users import it, and so as callers are told.
Cancelled.__module__ = "typedpool"
