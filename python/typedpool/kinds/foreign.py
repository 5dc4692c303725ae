"""Types of libraries that a user's module may use. What knows of one is imported when a module has imported it."""

from __future__ import annotations

import sys
from typing import Any, Type

from typedpool.kinds.base import Kind
from typedpool.kinds.classes import is_attrs, is_typed_dict
from typedpool.kinds.records import DictRecord, Record


def is_pydantic_type(annotation: Any) -> bool:
    """Whether an annotation is pydantic's to read and write."""
    if "pydantic" not in sys.modules:
        return False
    from typedpool.kinds.pydantic_types import is_pydantic

    return is_pydantic(annotation)


def pydantic_type(annotation: Any) -> Kind:
    """The kind of a type that is pydantic's to read and write.

    Raises:
        Unsupported: pydantic cannot describe it.
    """
    from typedpool.kinds.pydantic_types import PydanticType

    return PydanticType(annotation)


def record_class(cls: type) -> Type[Record]:
    """The kind of a class of named fields."""
    if is_attrs(cls):
        from typedpool.kinds.attrs_records import AttrsRecord

        return AttrsRecord
    return DictRecord if is_typed_dict(cls) else Record
