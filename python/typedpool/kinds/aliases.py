"""`type X = T`, `type X[T] = T | None`, and TypeAliasType of older Pythons."""

from __future__ import annotations

import sys
import typing
from typing import Any, NamedTuple, Sequence, Tuple

from typedpool.kinds.namespaces import Namespaces
from typedpool.kinds.refusals import show
from typedpool.problems import NOT_DESCRIBABLE, NOT_EVALUATED, Unsupported


class Alias(NamedTuple):
    """What an alias says.

    Attributes:
        origin: The alias without its arguments.
        value: What it stands for.
        parameters: Its type parameters.
        arguments: What stands for them.
        scope: What strings in it may name: its module's names, and its parameters.
    """

    origin: Any
    value: Any
    parameters: Tuple[Any, ...]
    arguments: Sequence[Any]
    scope: Namespaces


def is_alias(annotation: Any) -> bool:
    """Whether it is an alias, with or without arguments."""
    return type(typing.get_origin(annotation) or annotation).__name__ == "TypeAliasType"


def read_alias(annotation: Any) -> Alias:
    """What an alias says; Python evaluates it only now.

    Raises:
        Unsupported: It names something that is not there, or arguments are missing.
    """
    arguments = typing.get_args(annotation)
    origin = typing.get_origin(annotation) or annotation
    parameters: Tuple[Any, ...] = origin.__type_params__
    if len(parameters) != len(arguments):
        example = f"{origin.__name__}[{', '.join(['int'] * len(parameters))}]"
        raise Unsupported(NOT_DESCRIBABLE, f"{origin.__name__} does not say what is inside. Write e.g. {example}.")
    module = sys.modules.get(origin.__module__ or "")
    scope = ({} if module is None else vars(module), {each.__name__: each for each in parameters})
    try:
        return Alias(origin, origin.__value__, parameters, arguments, scope)
    except NameError as error:
        raise Unsupported(NOT_EVALUATED, f"the alias {show(annotation)} cannot be evaluated: {error}.") from None
