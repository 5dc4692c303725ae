"""What of a type's values is allowed, to be written into `Annotated`.

    def crop(width: Annotated[int, Ge(1), Le(4096)], name: Annotated[str, MaxLen(80)]) -> ...

The classes of the package annotated_types, which pydantic uses, are understood as well: what counts is the names of the
attributes.
"""

from __future__ import annotations

import sys
from typing import Any, Iterator, NoReturn, Optional

__all__ = ["Format", "Ge", "Gt", "Interval", "Le", "Len", "Lt", "MaxLen", "MinLen", "MultipleOf", "Pattern"]


class _Constraint:
    """A value of its attributes. Every worker imports this module, and twelve dataclasses take a tenth of its start."""

    __slots__ = ()

    # pydantic knows the classes of annotated_types alone, and asks others whether they stand for several of these.
    __is_annotated_types_grouped_metadata__ = True

    def __iter__(self) -> Iterator[Any]:
        """The constraint as pydantic has it, for models that use it."""
        given = {each: getattr(self, each) for each in self.__slots__}
        yield sys.modules["pydantic"].Field(**{name: value for name, value in given.items() if value is not None})

    def __init__(self, **attributes: Any) -> None:
        for name, value in attributes.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__} cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__} cannot be changed")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and all(getattr(self, each) == getattr(other, each) for each in self.__slots__)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, each) for each in self.__slots__)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{each}={getattr(self, each)!r}' for each in self.__slots__)})"

    def __reduce__(self) -> Any:
        return type(self), tuple(getattr(self, each) for each in self.__slots__)


class Ge(_Constraint):
    """At least `ge`."""

    __slots__ = ("ge",)
    ge: Any

    def __init__(self, ge: Any) -> None:
        super().__init__(ge=ge)


class Gt(_Constraint):
    """More than `gt`."""

    __slots__ = ("gt",)
    gt: Any

    def __init__(self, gt: Any) -> None:
        super().__init__(gt=gt)


class Le(_Constraint):
    """At most `le`."""

    __slots__ = ("le",)
    le: Any

    def __init__(self, le: Any) -> None:
        super().__init__(le=le)


class Lt(_Constraint):
    """Less than `lt`."""

    __slots__ = ("lt",)
    lt: Any

    def __init__(self, lt: Any) -> None:
        super().__init__(lt=lt)


class Interval(_Constraint):
    """Between two bounds, each of which may be missing."""

    __slots__ = ("gt", "ge", "lt", "le")
    gt: Any
    ge: Any
    lt: Any
    le: Any

    def __init__(self, gt: Any = None, ge: Any = None, lt: Any = None, le: Any = None) -> None:
        super().__init__(gt=gt, ge=ge, lt=lt, le=le)


class MultipleOf(_Constraint):
    """A whole number of times `multiple_of`."""

    __slots__ = ("multiple_of",)
    multiple_of: Any

    def __init__(self, multiple_of: Any) -> None:
        super().__init__(multiple_of=multiple_of)


class MinLen(_Constraint):
    """At least so many characters, items or members."""

    __slots__ = ("min_length",)
    min_length: int

    def __init__(self, min_length: int) -> None:
        super().__init__(min_length=min_length)


class MaxLen(_Constraint):
    """At most so many characters, items or members."""

    __slots__ = ("max_length",)
    max_length: int

    def __init__(self, max_length: int) -> None:
        super().__init__(max_length=max_length)


class Len(_Constraint):
    """From `min_length` to `max_length` characters, items or members."""

    __slots__ = ("min_length", "max_length")
    min_length: int
    max_length: Optional[int]

    def __init__(self, min_length: int = 0, max_length: Optional[int] = None) -> None:
        super().__init__(min_length=min_length, max_length=max_length)


class Pattern(_Constraint):
    """A string in which the regular expression `pattern` matches somewhere, as `re.search` does."""

    __slots__ = ("pattern",)
    pattern: str

    def __init__(self, pattern: str) -> None:
        super().__init__(pattern=pattern)


class Format(_Constraint):
    """Another form of the type: the `format` that stands in the schema.

    The package's own types, such as `typedpool.Float32`, are made of it.
    """

    __slots__ = ("name",)
    name: str

    def __init__(self, name: str) -> None:
        super().__init__(name=name)

    def __iter__(self) -> Iterator[Any]:
        """The form as pydantic has it, for models that use it."""
        # By name, and not before: what a user imports knows nothing of the kinds, which know all of it.
        import importlib

        yield importlib.import_module("typedpool.kinds.pydantic_forms").PydanticForm(self.name)
