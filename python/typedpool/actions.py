"""What the command line does: export, check and serve."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any, Sequence

from typedpool import __version__, contract, openrpc, streams
from typedpool.comparison import differences
from typedpool.components import Components
from typedpool.loading import Project
from typedpool.problems import ExportError
from typedpool.serve import Manner, print_failure, serve
from typedpool.positions import positions, untyped
from typedpool.surface import Surface, is_built_in, survey

_DIFFERS = 1
_FAILED = 2


def run(arguments: Sequence[str]) -> int:
    """Runs the command line.

    Args:
        arguments: Without the program's name.

    Returns:
        The exit status: 0 for success, 1 where `check` finds a difference that it was not to find, 2 for what is wrong.
    """
    options = _parser().parse_args(arguments)
    project = Project(options.modules, options.search_path)
    if options.action == "serve":
        return serve(project, Manner(options.calls, options.threads, options.logs))
    _, sink = streams.detach()
    try:
        surface = survey(project.load())
        document = openrpc.document(surface)
    except ExportError as error:
        print_failure(error)
        return _FAILED
    if options.action == "check":
        return _check(options, document)
    return _export(options, project, surface, document, sink)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("typedpool", description="Python commands for .NET.")
    parser.add_argument("--version", action="version", version=__version__)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("modules", nargs="+", metavar="MODULE", help="a name, a .py file or a package's folder")
    common.add_argument(
        "--search-path", action="append", default=[], metavar="DIR", help="a folder to import from; may be repeated"
    )
    actions = parser.add_subparsers(dest="action", required=True)
    export = actions.add_parser("export", parents=[common], help="write the command schema")
    export.add_argument("-o", "--output", metavar="FILE", help="where to; standard output by default")
    export.add_argument("--strict", action="store_true", help="fail where a parameter, result or field is not typed")
    export.add_argument("--depfile", metavar="FILE", help="list the project's own sources here, one a line")
    check = actions.add_parser("check", parents=[common], help="compare the commands with an older schema")
    check.add_argument("--against", "-o", required=True, metavar="FILE", help="the older schema")
    check.add_argument("--equal", action="store_true", help="fail where the contract differs at all, in what is compatible too")
    check.add_argument("--exact", action="store_true", help="every byte has to be equal, not only the contract")
    serving = actions.add_parser("serve", parents=[common], help="serve the commands on standard input and output")
    serving.add_argument("--calls", type=int, default=1, metavar="N", help="how many calls the host sends at once")
    serving.add_argument("--threads", type=int, default=1, metavar="N", help="on how many threads plain commands run then")
    serving.add_argument("--logs", type=int, metavar="LEVEL", help="send log records from this level on, and what is printed")
    return parser


def _export(options: Any, project: Project, surface: Surface, document: Any, sink: int) -> int:
    found = positions(surface)
    missing = untyped(found)
    commands = sum(not is_built_in(command.function) for command in surface.commands)
    types = sum(not is_built_in(kind.cls) for kind in surface.components.values())
    typed = f"{len(found) - len(missing)} of {len(found)} positions typed"
    if options.strict and missing:
        print_failure(ExportError(missing))
        print(f"typedpool: {typed}; nothing is written, because of --strict", file=sys.stderr)
        return _FAILED
    data = openrpc.write(document)
    try:
        if options.output is None:
            with os.fdopen(sink, "wb") as output:
                output.write(data)
        else:
            _replace(options.output, data)
        if options.depfile is not None:
            _replace(options.depfile, "".join(source + "\n" for source in project.sources()).encode("utf-8"))
    except OSError as error:
        print(f"typedpool: {error}", file=sys.stderr)
        return _FAILED
    target = options.output or "standard output"
    said = f"{_counted(commands, 'command')}, {_counted(types, 'type')}, {typed}"
    print(f"typedpool: {said} → {target}", file=sys.stderr)
    for note in Components(surface).notes():
        print(f"typedpool: {note}", file=sys.stderr)
    return 0


def _check(options: Any, document: Any) -> int:
    try:
        with open(options.against, "rb") as file:
            committed = file.read()
        before = json.loads(committed)
        stated: str = before["info"]["x-typedpool"]["contract"]
        found = differences(contract.reduced(before), contract.reduced(document))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        said = f"{type(error).__name__}: {error}"
        print(f"typedpool: {options.against} cannot be read as a command schema. {said}", file=sys.stderr)
        return _FAILED
    present: str = document["info"]["x-typedpool"]["contract"]
    if stated != present or found:
        print(f"typedpool: {options.against} has the contract {stated}, the commands have {present}", file=sys.stderr)
        for difference in found:
            print(f"typedpool:   {difference}", file=sys.stderr)
        if not found:
            # Another version of the bridge may hash it in another way; a pool takes it for the same, too.
            print("typedpool:   compatible: nothing else differs. Export it again.", file=sys.stderr)
        if options.equal or options.exact or any(difference.breaking for difference in found):
            return _DIFFERS
    elif options.exact and committed != openrpc.write(document):
        print(f"typedpool: {options.against} has the same contract but other text. Export it again.", file=sys.stderr)
        return _DIFFERS
    return 0


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _replace(path: str, data: bytes) -> None:
    """Writes a file at once or not at all, and not if it has these bytes already: a build looks at its time."""
    if os.path.isfile(path):
        with open(path, "rb") as file:
            if file.read() == data:
                return
    elif os.path.exists(path):
        with open(path, "wb") as file:  # A pipe or a device is written into, and stays what it is.
            file.write(data)
        return
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temporary, "xb") as file:
            file.write(data)
        os.replace(temporary, path)
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)
