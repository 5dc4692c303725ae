"""SHA-256, from the module behind hashlib where Python has it: hashlib itself loads all of OpenSSL."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any


def sha256(data: bytes) -> bytes:
    """The digest of some bytes."""
    digest: bytes = _module().sha256(data).digest()
    return digest


def _module() -> Any:
    try:
        return import_module("_sha2" if sys.version_info >= (3, 12) else "_sha256")
    except ImportError:
        return import_module("hashlib")
