"""The standard library's types, and which other forms of a type there are.

Their kinds are imported when a user's module names such a type: a worker without them starts without them.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Dict, Optional, Tuple

from typedpool.kinds.base import Kind
from typedpool.kinds.integers import WIDTHS

_Where = Tuple[str, str]

_CLASSES: Dict[str, _Where] = {
    "decimal.Decimal": ("reals", "DECIMAL"),
    "datetime.datetime": ("times", "AWARE"),
    "datetime.date": ("times", "DATE"),
    "datetime.time": ("times", "TIME"),
    "datetime.timedelta": ("times", "DURATION"),
    "uuid.UUID": ("names", "UUIDS"),
    # At run time pydantic's are classes of their own, whose values are datetimes.
    "pydantic.AwareDatetime": ("times", "AWARE"),
    "pydantic.NaiveDatetime": ("times", "NAIVE"),
}

_FORMS: Dict[Tuple[str, str], _Where] = {
    ("datetime.datetime", "date-time-local"): ("times", "NAIVE"),
    ("builtins.float", "float"): ("reals", "FLOAT32"),
}


def kind_of_class(annotation: Any) -> Optional[Kind]:
    """The kind of one of the standard library's classes; None where it is none of these."""
    name = class_name(annotation)
    if name.startswith("pathlib."):
        from typedpool.kinds.names import path_of

        return path_of(annotation)
    return _load(_CLASSES.get(name))


def kind_of_form(annotation: Any, form: str) -> Optional[Kind]:
    """The kind of a type in another form; None where it has no such form."""
    if annotation is int:
        return WIDTHS.get(form)
    return _load(_FORMS.get((class_name(annotation), form)))


def class_name(annotation: Any) -> str:
    """A class as one would import it; empty for what is no class."""
    # Private submodules are no part of a type's name: pathlib.Path lives in pathlib._local.
    return f"{annotation.__module__.split('.')[0]}.{annotation.__qualname__}" if isinstance(annotation, type) else ""


def _load(where: Optional[_Where]) -> Optional[Kind]:
    return None if where is None else getattr(import_module("typedpool.kinds." + where[0]), where[1])
