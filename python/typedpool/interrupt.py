"""Raises an exception in the main thread, from another one, wherever the command stands that runs there.

A real signal does it, so that a blocked system call returns. SIGURG is what a process ignores unless it says otherwise:
where a command has taken it for itself, or has blocked it, nothing is raised, and the host's last resort is to end the
worker. The exception is raised in the user's code alone, never in the bridge's own; and again and again until the
command has ended, since user code can swallow it, but not while it is being handled: a `finally` may take its time.
"""

from __future__ import annotations

import signal
import sys
import time
from _thread import get_ident
from types import CodeType, FrameType
from typing import Any, Callable, Dict, List, Optional, Set

from typedpool.cancelled import Cancelled

_SIGNAL: Optional[int] = getattr(signal, "SIGURG", None)
_AGAIN_AFTER = 0.02
_LONGEST_CHAIN = 100
_HIDDEN = (__name__, "typedpool.logs", "typedpool.printed")


class Interruption:
    """What is known of the exception that is to be raised: in which calls, from when on, and where it has been."""

    def __init__(self, running: Callable[[], int]) -> None:
        """
        Args:
            running: The number of the call whose code runs in the main thread; 0 where none does.
        """
        self._running = running
        self._main = get_ident()
        self._due: Dict[int, float] = {}
        self._struck: Set[int] = set()
        self._raised: List[Cancelled] = []
        self._entries: Set[CodeType] = set()

    def allow_in(self, entry: Any) -> None:
        """Lets the exception be raised in whatever the function `entry` of the bridge calls."""
        self._entries.add(entry.__code__)

    def arm(self) -> bool:
        """Takes the signal. Only the main thread may, and only it can be interrupted.

        Returns:
            False where this system has no such signal.
        """
        if _SIGNAL is None or not hasattr(signal, "pthread_kill"):
            return False
        signal.signal(_SIGNAL, self._on_signal)
        return True

    def begin(self, call: int, grace: float) -> None:
        """Asks for the exception in a call, after `grace` seconds. The first to ask decides."""
        self._due.setdefault(call, time.monotonic() + grace)

    def hasten(self, call: int) -> None:
        """A call that is to be interrupted needs no more time."""
        if call in self._due:
            self._due[call] = time.monotonic()

    def end(self, call: int) -> None:
        """A call has ended: nothing is raised in it any more; nothing is kept when that was the last."""
        self._due.pop(call, None)
        self._struck.discard(call)
        if not self._due:
            self._raised.clear()

    def pending(self) -> List[int]:
        """The calls that are to be interrupted and have not been ended."""
        return list(self._due)

    def wait(self) -> Optional[float]:
        """The seconds until `strike` is due; None where nothing is to be interrupted."""
        due = min(self._due.values(), default=None)
        return None if due is None else max(0.0, due - time.monotonic())

    def strike(self) -> None:
        """Interrupts the call that runs in the main thread, if that is due."""
        now = time.monotonic()
        struck = [call for call, due in list(self._due.items()) if due <= now]
        for call in struck:
            self._due[call] = now + _AGAIN_AFTER
        if struck and _SIGNAL is not None and signal.getsignal(_SIGNAL) == self._on_signal:
            self._struck.update(struck)
            signal.pthread_kill(self._main, _SIGNAL)

    def check(self) -> None:
        """Raises at once where `strike` is due: for the bridge's own code that waits in the main thread."""
        running = self._running()
        if running in self._due and (running in self._struck or time.monotonic() >= self._due[running]):
            self._raise()

    def check_unless_handled(self) -> None:
        """The same for what a command calls anywhere, also while it clears up."""
        if self._due and get_ident() == self._main and not self._is_being_handled():
            self.check()

    def caused(self, error: BaseException) -> bool:
        """Whether an exception is, or goes back to, one that was raised here."""
        current: Optional[BaseException] = error
        for _ in range(_LONGEST_CHAIN if self._raised else 0):
            if current is None:
                return False
            if any(current is raised for raised in self._raised):
                return True
            current = current.__context__ if current.__cause__ is None else current.__cause__
        return False

    def hide_from_traceback(self) -> None:
        """Leaves the bridge's own frames out of the tracebacks of what was raised."""
        for raised in self._raised:
            trace = raised.__traceback__
            while trace is not None and trace.tb_next is not None:
                if trace.tb_next.tb_frame.f_globals.get("__name__") in _HIDDEN:
                    trace.tb_next = None
                    break
                trace = trace.tb_next

    def _on_signal(self, _: int, frame: Optional[FrameType]) -> None:
        call = self._running()
        if call in self._due and call in self._struck and self._is_in_user_code(frame) and not self._is_being_handled():
            self._raise()

    def _raise(self) -> None:
        # Kept until the call's end: it is known again, however user code wraps it.
        self._raised.append(Cancelled("the call was cancelled"))
        raise self._raised[-1]

    def _is_in_user_code(self, frame: Optional[FrameType]) -> bool:
        while frame is not None:
            if str(frame.f_globals.get("__name__", "")).partition(".")[0] == "typedpool":
                return frame.f_code in self._entries
            frame = frame.f_back
        return False

    def _is_being_handled(self) -> bool:
        error = sys.exc_info()[1]
        return error is not None and self.caused(error)
