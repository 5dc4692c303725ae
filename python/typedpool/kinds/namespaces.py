"""What annotations in strings mean: in which scopes their names are looked up."""

from __future__ import annotations

import sys
from typing import Any, Dict, ForwardRef, Mapping, Sequence, cast

from typedpool.kinds.generics import parameters_of
from typedpool.problems import NOT_EVALUATED, Unsupported

# Names that annotations in strings may use, innermost scope last.
Namespaces = Sequence[Mapping[str, Any]]


def evaluate(annotation: Any, namespaces: Namespaces) -> Any:
    """An annotation as an object: a string or a forward reference is looked up.

    Raises:
        Unsupported: The string is no expression, or names something that is not there.
    """
    while isinstance(annotation, (str, ForwardRef)):
        text = annotation if isinstance(annotation, str) else annotation.__forward_arg__
        names: Dict[str, Any] = {}
        for namespace in namespaces:
            names.update(namespace)
        # What a TypedDict inherits knows the module that it was written in.
        module = sys.modules.get(cast(str, getattr(annotation, "__forward_module__", None)))
        names.update({} if module is None else vars(module))
        try:
            annotation = eval(text, names)
        except Exception as error:
            hint = ""
            if isinstance(error, TypeError) and "|" in text:
                hint = " Before Python 3.10, write Optional[T] instead of T | None."
            raise Unsupported(
                NOT_EVALUATED, f"the annotation '{text}' cannot be evaluated: {type(error).__name__}: {error}.{hint}"
            ) from None
    return annotation


def alias_of(annotation: Any, namespaces: Namespaces) -> str:
    """The name that a module gives to a union, which is then one type wherever it is used; empty where there is none."""
    names = [name for namespace in namespaces for name, value in namespace.items() if value is annotation]
    return min(names, default="")


def names_in_class(cls: type) -> Namespaces:
    """What the annotations in the body of a class may name."""
    module = sys.modules.get(cls.__module__)
    # A field may be named like a type: `date: Optional[date] = None`.
    fields: Mapping[str, Any] = getattr(cls, "__dataclass_fields__", getattr(cls, "__annotations__", {}))
    members = {name: value for name, value in vars(cls).items() if name not in fields}
    parameters = {each.__name__: each for each in parameters_of(cls)}
    return (members, {} if module is None else vars(module), parameters, {cls.__name__: cls})
