"""Imported for its effect: where the environment says so, this worker does not agree to shared memory, and all goes through the pipe."""

from __future__ import annotations

import os
from typing import Any

if os.environ.get("TYPED_PIPE_ONLY"):
    from typedpool.worker import Worker

    def initialize_without_memory(worker: Worker, given: Any) -> bytes:
        """As a worker of a bridge that knows no shared memory answers."""
        capabilities = {name: value for name, value in given["capabilities"].items() if name != "memory"}
        return _initialize(worker, {**given, "capabilities": capabilities})

    _initialize = getattr(Worker, "_initialize")
    setattr(Worker, "_initialize", initialize_without_memory)
