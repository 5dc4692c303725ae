"""What a running command may know about its call."""

from __future__ import annotations

import time
from typing import Any, Optional


class Context:
    """What is known about one call. A parameter annotated `Context` receives it and is no part of the schema.

    Attributes:
        session_id: The session that the caller named, or None. For logs and statistics: sessions hold no state here.
        deadline: When the caller stops waiting, in seconds on the clock of `time.monotonic()`, or None.
        worker_id: The name that the pool gave to this worker process, or None.
        traceparent: The caller's place in its trace, as W3C Trace Context writes it, or None where nothing traces.
    """

    __slots__ = ("_port", "deadline", "session_id", "traceparent", "worker_id")

    def __init__(
        self,
        session_id: Optional[str] = None,
        deadline: Optional[float] = None,
        worker_id: Optional[str] = None,
        traceparent: Optional[str] = None,
        *,
        _port: Any = None,
    ) -> None:
        self.session_id = session_id
        self.deadline = deadline
        self.worker_id = worker_id
        self.traceparent = traceparent
        self._port = _port

    @property
    def cancelled(self) -> bool:
        """Whether the caller has given up, or the call's time is up: True from then on, at the latest some tens of
        milliseconds later. A command that looks at it between two steps, and returns or raises, has ended in good order;
        one that does not is stopped with `typedpool.Cancelled` when the caller's `CancelGrace` has passed.
        """
        return self._port is not None and self._port.is_cancelled

    def remaining(self) -> Optional[float]:
        """The seconds until the deadline, 0.0 once it has passed; None without a deadline."""
        if self.deadline is None:
            return None
        return max(0.0, self.deadline - time.monotonic())
