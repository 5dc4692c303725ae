"""Everything that a project's modules offer: its commands, and the classes that they speak of."""

from __future__ import annotations

from types import ModuleType
from typing import Any, Callable, Dict, List, NamedTuple, Sequence, Tuple, Union

from typedpool import ping
from typedpool.commands import Command, understand
from typedpool.kinds.choices import EnumOf
from typedpool.kinds.records import Record
from typedpool.kinds.table import KindTable
from typedpool.locations import place_of_function
from typedpool.problems import DUPLICATE_NAME, NO_COMMANDS, ExportError, Place, Problem
from typedpool.registry import Declared, collect

_DEFAULT_VERSION = "1.0.0"


class Surface(NamedTuple):
    """What modules offer.

    Attributes:
        commands: In the order of their definition; the built-in ones last.
        components: The classes that the commands use, each generic one once for its arguments.
    """

    title: str
    version: str
    commands: Tuple[Command, ...]
    components: Dict[Any, Union[EnumOf, Record]]


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
    problems += table.problems
    if problems:
        raise ExportError(sorted(problems, key=lambda problem: problem.place.sort_key()))
    version = getattr(modules[0], "__version__", None)
    return Surface(
        ", ".join(module.__name__ for module in modules),
        version if isinstance(version, str) else _DEFAULT_VERSION,
        commands,
        table.components,
    )


def _no_commands(modules: Sequence[ModuleType]) -> Problem:
    names = " and ".join(f"'{module.__name__}'" for module in modules)
    text = f"{names}: no commands. Write `from typedpool import command`, and @command above a function."
    return Problem(Place(modules[0].__file__), NO_COMMANDS, text)


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
