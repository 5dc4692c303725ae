"""What a command meets where the stream that it reads has failed on the caller's side."""

from __future__ import annotations


class StreamFailed(Exception):
    """Raised by an iterator that is a parameter, in place of its next item, when the caller's stream has thrown.

    A command that lets it pass ends the call with what the caller's stream has thrown.
    """


# As users import it, and so as callers are told.
StreamFailed.__module__ = "typedpool"
