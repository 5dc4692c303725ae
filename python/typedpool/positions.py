"""How much of a surface is typed: each parameter, each result and each field is one position."""

from __future__ import annotations

from typing import Iterator, List, NamedTuple, Optional

from typedpool.commands import Command
from typedpool.host_types import HostFunction
from typedpool.kinds.base import Kind
from typedpool.kinds.records import Record
from typedpool.locations import place_of_class, place_of_function
from typedpool.problems import UNTYPED, Problem
from typedpool.surface import Surface, is_built_in

_WHY = "Any or object in it is JsonElement in C#. Write the type that it stands for."


class Position(NamedTuple):
    """One place of the user's own that has a type.

    Attributes:
        command: The command whose parameter or result it is; None for a field.
        cls: The class whose field it is; None for a parameter or result.
        host: The function of the host whose parameter or result it is.
        owner: The class that declares the field, which may be one that the other inherits from.
        name: The parameter or field; empty for a result.
    """

    kind: Kind
    command: Optional[Command]
    cls: Optional[type]
    name: str
    owner: Optional[type] = None
    host: Optional[HostFunction] = None

    @property
    def problem(self) -> Problem:
        """What to tell where the position has to be typed and is not."""
        if self.command is not None:
            where = f"command '{self.command.name}', " + (f"parameter '{self.name}'" if self.name else "result")
            place = place_of_function(self.command.function, self.name or "return")
        elif self.host is not None:
            where = f"host function '{self.host.name}', " + (f"parameter '{self.name}'" if self.name else "result")
            place = place_of_function(self.host.function, self.name or "return")
        else:
            assert self.cls is not None
            where = f"class '{self.cls.__name__}', field '{self.name}'"
            place = place_of_class(self.owner or self.cls, self.name)
        return Problem(place, UNTYPED, f"{where} is not fully typed: {_WHY}")


def positions(surface: Surface) -> List[Position]:
    """The user's own positions: those of his commands, then those of the classes and exceptions that they use."""
    return [*_of_commands(surface), *_of_hosts(surface), *_of_classes(surface)]


def untyped(found: List[Position]) -> List[Problem]:
    """A problem for each position whose schema does not say everything, in the order of the source."""
    problems = [each.problem for each in found if not each.kind.typed]
    return sorted(problems, key=lambda problem: problem.place.sort_key())


def _of_commands(surface: Surface) -> Iterator[Position]:
    for command in surface.commands:
        if not is_built_in(command.function):
            for parameter in command.parameters:
                yield Position(parameter.kind, command, None, parameter.name)
            yield Position(command.result, command, None, "")


def _of_hosts(surface: Surface) -> Iterator[Position]:
    for host in surface.hosts:
        for function in host.functions:
            for parameter in function.parameters:
                yield Position(parameter.kind, None, None, parameter.name, host=function)
            yield Position(function.result, None, None, "", host=function)


def _of_classes(surface: Surface) -> Iterator[Position]:
    for kind in surface.components.values():
        if isinstance(kind, Record) and not is_built_in(kind.cls):
            yield from _of_record(kind)
    exceptions = {error.exception: error.fields for command in surface.commands for error in command.errors}
    for fields in exceptions.values():
        if fields is not None:
            yield from _of_record(fields)


def _of_record(record: Record) -> Iterator[Position]:
    for field in record.fields:
        yield Position(field.kind, None, record.cls, field.name, field.owner)
