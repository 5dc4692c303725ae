"""A class of host functions, understood: each function's parameters and its result."""

from __future__ import annotations

import inspect
from types import FunctionType
from typing import Any, Callable, Iterator, List, NamedTuple, Optional, Protocol, Sequence, Tuple

from typedpool import docstrings, problems
from typedpool.docstrings import Docstring
from typedpool.kinds.base import Kind
from typedpool.kinds.namespaces import evaluate, names_in_class
from typedpool.kinds.scalars import NULL
from typedpool.kinds.table import KindTable
from typedpool.locations import place_of_class, place_of_function
from typedpool.problems import Problem, Unsupported


class HostParameter(NamedTuple):
    """A parameter, which Python always sends: it knows the defaults."""

    name: str
    kind: Kind
    description: str


class HostFunction(NamedTuple):
    """A function that the host implements."""

    name: str
    function: Callable[..., Any]
    parameters: Tuple[HostParameter, ...]
    result: Kind
    documentation: Docstring

    @property
    def is_async(self) -> bool:
        """Whether it returns an awaitable."""
        return inspect.iscoroutinefunction(self.function)


class HostType(NamedTuple):
    """A class of them. Its functions stand in the order of their names."""

    cls: type
    name: str
    documentation: Docstring
    functions: Tuple[HostFunction, ...]

    def sent(self) -> Iterator[Kind]:
        """What Python sends."""
        return (parameter.kind for function in self.functions for parameter in function.parameters)

    def received(self) -> Iterator[Kind]:
        """What Python receives."""
        return (function.result for function in self.functions)


def understand_hosts(classes: Sequence[type], table: KindTable, found: List[Problem]) -> Tuple[HostType, ...]:
    """Reads classes of host functions.

    Args:
        classes: The classes, each once.
        table: Where the kinds of annotations come from.
        found: Receives whatever is wrong; the result is complete only where nothing was added.
    """
    hosts = sorted((_understand(cls, table, found) for cls in classes), key=lambda host: host.name)
    for host, next_one in zip(hosts, hosts[1:]):
        if host.name == next_one.name:
            text = f"class '{host.name}': {place_of_class(host.cls)} is a class of host functions of this name too. Rename one."
            found.append(Problem(place_of_class(next_one.cls), problems.DUPLICATE_NAME, text))
    return tuple(hosts)


def _understand(cls: type, table: KindTable, found: List[Problem]) -> HostType:
    functions: List[HostFunction] = []
    for name, member, owner in _members(cls):
        if isinstance(member, FunctionType):
            functions.append(_Reader(cls, name, member, owner, table, found).read())
        else:
            text = f"class '{cls.__name__}', member '{name}': a host has functions only. Write def {name}(self) -> …."
            found.append(Problem(place_of_class(owner, name), problems.NOT_A_PLAIN_FUNCTION, text))
    if not functions:
        text = f"class '{cls.__name__}': no functions. Write def price_of(self, article: str) -> float: ... in it."
        found.append(Problem(place_of_class(cls), problems.NO_COMMANDS, text))
    return HostType(cls, cls.__name__, docstrings.parse(docstrings.own_docstring(cls)), tuple(functions))


def _members(cls: type) -> List[Tuple[str, Any, type]]:
    members = {
        name: (name, owner.__dict__.get(name), owner)
        for owner in reversed(cls.__mro__)
        if owner is not Protocol and owner.__module__ not in ("typing", "builtins")
        for name in [*owner.__dict__, *owner.__dict__.get("__annotations__", ())]
        if not name.startswith("_")
    }
    return sorted(members.values(), key=lambda member: member[0])


class _Reader:
    def __init__(
        self, cls: type, name: str, function: FunctionType, owner: type, table: KindTable, found: List[Problem]
    ) -> None:
        self._where = f"host function '{cls.__name__}.{name}'"
        self._name = name
        self._function = function
        self._owner = owner
        self._table = table
        self._found = found

    def read(self) -> HostFunction:
        documentation = docstrings.parse(self._function.__doc__)
        signature = inspect.signature(self._function)
        parameters = list(signature.parameters.values())[1:]
        return HostFunction(
            self._name,
            self._function,
            tuple(self._parameters(parameters, documentation)),
            self._kind(signature.return_annotation, "return") or NULL,
            documentation,
        )

    def _parameters(self, parameters: Sequence[inspect.Parameter], documentation: Docstring) -> Iterator[HostParameter]:
        for each in parameters:
            if each.kind in (each.VAR_POSITIONAL, each.VAR_KEYWORD):
                self._report(problems.VARIADIC, "a variable number of arguments cannot be described. Write a list or a dict.", each.name)
            else:
                kind = self._kind(each.annotation, each.name)
                if kind is not None:
                    yield HostParameter(each.name, kind, documentation.parameters.get(each.name, ""))

    def _kind(self, annotation: Any, name: str) -> Optional[Kind]:
        if annotation is inspect.Signature.empty:
            wanted = "of the result. Write e.g. -> str, or -> None" if name == "return" else f"Write e.g. {name}: str"
            self._report(problems.NOT_ANNOTATED, f"no annotation {wanted}.".replace("annotation Write", "annotation. Write"), name)
            return None
        try:
            namespaces = names_in_class(self._owner)
            evaluated = evaluate(annotation, namespaces)
            if evaluated is None or evaluated is type(None):
                return NULL
            return self._table.kind(evaluated, namespaces)
        except Unsupported as problem:
            self._report(problem.id, problem.text, name)
            return None

    def _report(self, id: str, text: str, name: str) -> None:
        part = "result" if name == "return" else f"parameter '{name}'"
        self._found.append(Problem(place_of_function(self._function, name), id, f"{self._where}, {part}: {text}"))
