"""The fields of an exception that a command declares: what its class annotates as an attribute."""

from __future__ import annotations

import typing
from typing import Any, ClassVar, Iterator, Optional, Tuple

from typedpool import docstrings
from typedpool.kinds.namespaces import evaluate, names_in_class
from typedpool.kinds.records import Field, Record
from typedpool.kinds.table import KindTable
from typedpool.locations import place_of_class
from typedpool.problems import Problem, Unsupported


def fields_of(exception: type, table: KindTable) -> Optional[Record]:
    """The fields as a record whose encoder reads them from the exception; None where there are none.

    Args:
        exception: The exception's class.
        table: Where the kinds of annotations come from. Receives the problem of a field that cannot be described.
    """
    record = Record(exception, exception.__name__, "")
    for name, annotation, owner in _annotated(exception):
        documented = [docstrings.parse(docstrings.own_docstring(cls)).parameters for cls in (exception, owner)]
        description = documented[0].get(name) or documented[1].get(name, "")
        try:
            evaluated = evaluate(annotation, names_in_class(owner))
            if evaluated is ClassVar or typing.get_origin(evaluated) is ClassVar:
                continue
            kind = table.kind(evaluated, names_in_class(owner))
            record.fields.append(Field(name, kind, description, (), False, True, owner))
        except Unsupported as unsupported:
            text = f"exception '{exception.__name__}', field '{name}': {unsupported.text}"
            problem = Problem(place_of_class(owner, name), unsupported.id, text)
            if problem not in table.problems:  # Several commands may declare one exception.
                table.problems.append(problem)
    record.is_complete = True
    return record if record.fields else None


def _annotated(exception: type) -> Iterator[Tuple[str, Any, type]]:
    seen = set[str]()
    for cls in reversed(exception.__mro__):
        if cls.__module__ == "builtins":
            continue
        for name in cls.__dict__.get("__annotations__", {}):
            if not name.startswith("_") and name not in seen:
                seen.add(name)
                owner = next(base for base in exception.__mro__ if name in base.__dict__.get("__annotations__", ()))
                yield name, owner.__dict__["__annotations__"][name], owner
