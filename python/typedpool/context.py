"""What a running command may know about its call."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any, Dict, Optional

if TYPE_CHECKING:
    import logging

PORT = "_typedpool_port"
"""The attribute of a log record that says through whose port it came."""

_LONGEST_MESSAGE = 10_000


class Context:
    """What is known about one call. A parameter annotated `Context` receives it and is no part of the schema.

    Attributes:
        session_id: The session that the caller named, or None. For logs and statistics: sessions hold no state here.
        deadline: When the caller stops waiting, in seconds on the clock of `time.monotonic()`, or None.
        worker_id: The name that the pool gave to this worker process, or None.
        traceparent: The caller's place in its trace, as W3C Trace Context writes it, or None where nothing traces.
    """

    __slots__ = ("_command", "_port", "_reports", "deadline", "session_id", "traceparent", "worker_id")

    def __init__(
        self,
        session_id: Optional[str] = None,
        deadline: Optional[float] = None,
        worker_id: Optional[str] = None,
        traceparent: Optional[str] = None,
        *,
        _port: Any = None,
        _command: str = "typedpool",
        _reports: bool = False,
    ) -> None:
        self.session_id = session_id
        self.deadline = deadline
        self.worker_id = worker_id
        self.traceparent = traceparent
        self._port = _port
        self._command = _command
        self._reports = _reports

    @property
    def cancelled(self) -> bool:
        """Whether the caller has given up, or the call's time is up: True from then on, at the latest some tens of
        milliseconds later. A command that looks at it between two steps, and returns or raises, has ended in good order;
        one that does not is stopped with `typedpool.Cancelled` when the caller's `CancelGrace` has passed.
        """
        return self._port is not None and self._port.is_cancelled

    @property
    def log(self) -> logging.LoggerAdapter[logging.Logger]:
        """A logger of the call, named as the command. Its records are the call's in whatever thread they are logged; those of
        any other logger are where they are logged in the command's own thread or task.
        """
        import logging

        from typedpool.call_log import CallLog

        return CallLog(logging.getLogger(self._command), {PORT: self._port})

    def remaining(self) -> Optional[float]:
        """The seconds until the deadline, 0.0 once it has passed; None without a deadline."""
        if self.deadline is None:
            return None
        return max(0.0, self.deadline - time.monotonic())

    def progress(self, value: float, total: Optional[float] = None, message: Optional[str] = None) -> None:
        """Tells the caller how far the command has come. It does not wait, and costs little where the caller does not ask.

        Args:
            value: How much has been done, in a unit of the command's choice.
            total: How much there is to do, in the same unit; None where that is not known.
            message: What is being done, in words; what comes after 10,000 characters is left out.

        Raises:
            ValueError: A number is not finite.
        """
        params: Dict[str, Any] = {"value": _finite("value", value)}
        if total is not None:
            params["total"] = _finite("total", total)
        if message is not None:
            params["message"] = message[:_LONGEST_MESSAGE].encode("utf-8", "backslashreplace").decode("utf-8")
        if self._reports:
            self._port.tell("$/progress", params)


def _finite(name: str, value: float) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"the {name} of a progress has to be finite, and is {number}")
    return number
