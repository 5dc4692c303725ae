"""Classes of attrs: made, converted and validated by attrs itself."""

from __future__ import annotations

from typing import Any, Callable, Dict

from typedpool.kinds.classes import init_name
from typedpool.kinds.records import Field, Record
from typedpool.kinds.rejected import Complaint, Rejected
from typedpool.mismatch import describe


class AttrsRecord(Record):
    """A class of attrs. What its validators and converters refuse does not fit."""

    def constructor(self) -> Callable[..., Any]:
        cls: Any = self.cls

        def construct(**arguments: Any) -> Any:
            try:
                return cls(**arguments)
            except (TypeError, ValueError) as error:
                raise _refused(error, arguments, cls.__name__) from None

        return construct

    def attribute(self, field: Field) -> str:
        return next(each.name for each in getattr(self.cls, "__attrs_attrs__") if init_name(each) == field.name)


def _refused(error: Exception, arguments: Dict[str, Any], name: str) -> Rejected:
    text = f"{type(error).__name__}: {error.args[0] if error.args else error}"
    # The validators of attrs tell which field they looked at.
    for argument in error.args[1:]:
        field = init_name(argument) if hasattr(argument, "validator") else None
        if field in arguments:
            return Rejected([Complaint([field], text, describe(arguments[field]))])
    return Rejected([Complaint([], text, f"an object {name}")])
