"""Everything that a project's modules offer: its commands, and the classes that they speak of."""

from __future__ import annotations

import inspect
from types import ModuleType
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Sequence, Set, Tuple, Union

from typedpool import ping
from typedpool.commands import Command, understand
from typedpool.host_types import HostType, understand_hosts
from typedpool.kinds.base import Kind, Shape
from typedpool.kinds.choices import EnumOf
from typedpool.kinds.records import Record
from typedpool.kinds.table import KindTable
from typedpool.kinds.unions import ambiguities
from typedpool.locations import place_of_function
from typedpool.problems import DUPLICATE_NAME, NO_COMMANDS, NOT_DESCRIBABLE, ExportError, Place, Problem
from typedpool.registry import Declared, collect

_DEFAULT_VERSION = "1.0.0"


class Surface(NamedTuple):
    """What modules offer.

    Attributes:
        commands: In the order of their definition; the built-in ones last.
        hosts: The classes of functions that they need from the host, in the order of their names.
        components: The classes that the commands use, each generic one once for its arguments.
    """

    title: str
    version: str
    commands: Tuple[Command, ...]
    components: Dict[Any, Union[EnumOf, Record]]
    hosts: Tuple[HostType, ...] = ()


def survey(modules: Sequence[ModuleType]) -> Surface:
    """Collects and understands the commands of `modules`.

    Raises:
        ExportError: With everything that is wrong.
    """
    problems: List[Problem] = []
    table = KindTable()
    declared = collect(modules)
    if not declared:
        problems.append(_no_commands(modules))
    problems += _duplicates(declared)
    taken = {each.name for each in declared}
    declared += [each for each in collect([ping]) if each.name not in taken]
    commands = tuple(understand(each, table, problems) for each in declared)
    classes = dict.fromkeys(cls for command in commands for _, cls in command.hosts)
    hosts = understand_hosts(list(classes), table, problems)
    problems += table.problems
    if not problems:
        problems += _ambiguous(commands, hosts)
    if problems:
        raise ExportError(sorted(problems, key=lambda problem: problem.place.sort_key()))
    version = getattr(modules[0], "__version__", None)
    return Surface(
        ", ".join(module.__name__ for module in modules),
        version if isinstance(version, str) else _DEFAULT_VERSION,
        commands,
        table.components,
        hosts,
    )


def _no_commands(modules: Sequence[ModuleType]) -> Problem:
    names = " and ".join(f"'{module.__name__}'" for module in modules)
    text = f"{names}: no commands. Write `from typedpool import command`, and @command above a function."
    return Problem(Place(modules[0].__file__), NO_COMMANDS, text)


def _ambiguous(commands: Sequence[Command], hosts: Sequence[HostType]) -> Iterator[Problem]:
    known: Dict[Shape, Set[Kind]] = {Shape.INPUT: set(), Shape.OUTPUT: set()}
    for host in hosts:
        for function in host.functions:
            uses = [(f"parameter '{each.name}'", each.name, each.kind, Shape.OUTPUT) for each in function.parameters]
            for where, name, kind, shape in [*uses, ("result", "return", function.result, Shape.INPUT)]:
                for union, reason in ambiguities(kind, shape, known[shape]):
                    text = f"host function '{host.name}.{function.name}', {where}: {union.shown}: {reason}"
                    yield Problem(place_of_function(function.function, name), NOT_DESCRIBABLE, text)
    for command in commands:
        places: List[Tuple[str, str, Kind, Shape]] = [
            (f", parameter '{each.name}'", each.name, each.kind, Shape.INPUT) for each in command.parameters
        ]
        places.append((", result", "return", command.result, Shape.OUTPUT))
        raised = [(error.type, error.fields) for error in command.errors]
        places += [(f", exception '{type}'", "", fields, Shape.OUTPUT) for type, fields in raised if fields is not None]
        for where, parameter, kind, shape in places:
            for union, reason in ambiguities(kind, shape, known[shape]):
                text = f"command '{command.name}'{where}: {union.shown}: {reason}"
                written = inspect.unwrap(command.function)
                yield Problem(place_of_function(written, parameter or None), NOT_DESCRIBABLE, text)


def _duplicates(declared: Sequence[Declared]) -> List[Problem]:
    first: Dict[str, Declared] = {}
    problems: List[Problem] = []
    for each in declared:
        other = first.setdefault(each.name, each)
        if other is not each:
            text = (
                f"command '{each.name}': {place_of_function(other.function)} declares a command of this name too. "
                "Rename one, or write @command(name=…)."
            )
            problems.append(Problem(place_of_function(each.function), DUPLICATE_NAME, text))
    return problems


def is_built_in(declared: Union[Callable[..., Any], type]) -> bool:
    """Whether a command or a class came with the bridge."""
    return declared.__module__ == ping.__name__
