"""The entrance of the command line."""

from __future__ import annotations

import sys
from typing import Dict, List, NamedTuple, Optional, Sequence

SERVE = "serve"
FORK_SERVER = "fork-server"


class Serving(NamedTuple):
    """A line that starts a worker, or what forks workers; see `typedpool.serve.Manner`."""

    modules: List[str]
    search_path: List[str]
    calls: int
    threads: int
    logs: Optional[int]
    forks: bool = False


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Runs the command line.

    Args:
        arguments: Without the program's name; those of the process by default.

    Returns:
        The exit status: 0 for success, 1 where `check` finds a difference that it was not to find, 2 for what is wrong.
    """
    words = sys.argv[1:] if arguments is None else arguments
    serving = read(words)
    if serving is None:
        from typedpool.actions import run

        return run(words)
    from typedpool.loading import Project
    from typedpool.serve import Manner, serve

    project, manner = Project(serving.modules, serving.search_path), Manner(serving.calls, serving.threads, serving.logs)
    if serving.forks:
        from typedpool.fork_server import serve_forks

        return serve_forks(project, manner)
    return serve(project, manner)


def read(words: Sequence[str]) -> Optional[Serving]:
    """Reads what a pool writes, without argparse, which takes a fifth of a worker's start.

    Returns:
        None for whatever is written in another way: argparse reads that, or says what is wrong with it.
    """
    if not words or words[0] not in (SERVE, FORK_SERVER):
        return None
    first = next((i for i, word in enumerate(words) if word.startswith("-")), len(words))
    modules, options = list(words[1:first]), words[first:]
    given: Dict[str, List[str]] = {"--search-path": [], "--calls": ["1"], "--threads": ["1"], "--logs": []}
    if not modules or len(options) % 2:
        return None
    for name, value in zip(options[::2], options[1::2]):
        if name not in given or value.startswith("-"):
            return None
        given[name].append(value)
    try:
        calls, threads = int(given["--calls"][-1]), int(given["--threads"][-1])
        logs = int(given["--logs"][-1]) if given["--logs"] else None
    except ValueError:
        return None
    return Serving(modules, given["--search-path"], calls, threads, logs, words[0] == FORK_SERVER)
