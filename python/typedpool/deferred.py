"""What the package has only when it is asked for: a worker starts faster without datetime."""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    # Python asks here for submodules, too. Their names begin with a small letter.
    if name[0].isupper():
        import typedpool.types as types

        if name in types.__all__:
            return getattr(types, name)
    raise AttributeError(f"module 'typedpool' has no attribute '{name}'")
