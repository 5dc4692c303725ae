"""`UUID` and paths."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, Type
from uuid import UUID

from typedpool.kinds.scalars import Scalar, check_text
from typedpool.mismatch import Mismatch, describe

_UUID = 'a UUID such as "12345678-1234-5678-9abc-123456789abc"'


def _read_uuid(value: Any) -> UUID:
    if type(value) is str and len(value) == 36:
        try:
            uuid = UUID(value)
        except ValueError:
            pass
        else:
            # UUID also takes braces, dashes anywhere, and whatever int() takes.
            if str(uuid) == value.lower():
                return uuid
    raise Mismatch(_UUID, describe(value))


def _write_uuid(value: Any) -> str:
    if isinstance(value, UUID):
        return str(value)
    raise Mismatch("a UUID", describe(value))


def path_of(cls: Type[PurePath]) -> Scalar:
    """The kind of one of pathlib's classes."""

    def read(value: Any) -> PurePath:
        if type(value) is str:
            return cls(value)
        raise Mismatch("a path as a string", describe(value))

    def write(value: Any) -> str:
        if isinstance(value, cls):
            return check_text(str(value))
        raise Mismatch(f"a {cls.__name__}", describe(value))

    return Scalar({"type": "string", "format": "path"}, read, write, native=False)


UUIDS = Scalar({"type": "string", "format": "uuid"}, _read_uuid, _write_uuid, native=False)
