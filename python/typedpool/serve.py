"""`serve`: makes this process a worker."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Any, Callable, Dict, List, NamedTuple, Optional, Tuple

from typedpool import contract, faults, lifeline, openrpc, streams
from typedpool.calls import Call
from typedpool.context import Context
from typedpool.kinds.base import JsonObject
from typedpool.lifeline import lead_process_group, tie_to_host
from typedpool.loading import ImportFailed, Project, without_foreign_frames
from typedpool.problems import ExportError
from typedpool.registry import hooks
from typedpool.surface import Surface, survey
from typedpool.watcher import Watcher
from typedpool.window import Window
from typedpool.wire import Channel
from typedpool.worker import Service, Worker

if TYPE_CHECKING:
    from typedpool.host_calls import Terms
    from typedpool.logs import Logs

TOKEN = "TYPEDPOOL_TOKEN"
"""Where the environment of a process that a pool starts has the token that opens its channel."""

_INTERRUPTED = 130

CUT_OFF = (
    "typedpool: while the module was imported, the descriptors of the channel to the host were closed. "
    "Close only what the module has opened itself, not every descriptor (as os.closerange does)."
)


class Manner(NamedTuple):
    """How a worker serves.

    Attributes:
        at_once: How many calls the host sends at once; more than one needs `async def` commands, or threads.
        threads: On how many threads plain commands are run, where several calls are run at once.
        least_level: The least level of the log records that the host wants to have; None where it wants no log.
    """

    at_once: int = 1
    threads: int = 1
    least_level: Optional[int] = None


def serve(project: Project, manner: Manner = Manner()) -> int:
    """Serves the project's commands on standard input and output until the input ends.

    Args:
        project: Where the commands are.
        manner: How they are served.

    Returns:
        The status to leave the process with.
    """
    channel = Channel(*streams.detach())
    token = os.environ.pop(TOKEN, None)
    window: Optional[Window] = None
    if token is not None:
        lead_process_group()
        tie_to_host(os.environ.pop(lifeline.VARIABLE, None))
        window = Window()
        open_channel(channel, token)
    watcher = watch(channel, has_pool=token is not None)
    logs = send_logs(channel, manner)
    service, refused = prepare(project)
    if refused is not None and token is None:
        return refused
    return run(channel, service, watcher, window, logs, manner)


def open_channel(channel: Channel, token: str) -> None:
    """Opens the channel of a process that a pool has started."""
    # Ctrl+C in a terminal reaches the whole process group; a worker's end is its host's decision.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel.write_raw(b"\0typedpool:" + token.encode() + b"\n")


def watch(channel: Channel, has_pool: bool) -> Watcher:
    """Makes what watches the channel while a call runs.

    Args:
        channel: The channel.
        has_pool: Whether the process ends with its host.
    """
    watcher = Watcher(channel)
    watcher.ends_with_host = has_pool
    # A forked child has the host's pipes too: the host would wait for it to see a dead worker.
    if hasattr(os, "register_at_fork"):  # Windows has no fork.
        os.register_at_fork(after_in_child=channel.close)
        os.register_at_fork(after_in_child=watcher.forked)
    return watcher


def run(
    channel: Channel, service: Service, watcher: Watcher, window: Optional[Window], logs: Optional[Logs], manner: Manner
) -> int:
    """Serves what was prepared.

    Returns:
        The status to leave the process with.
    """
    if not channel.is_intact:
        print(CUT_OFF, file=sys.stderr)
        return 1
    try:
        if needs_loop(service, manner):
            from typedpool.loop import LoopWorker  # A module without `async def` never imports asyncio.

            return _run(LoopWorker(channel, service, watcher, window, manner.at_once, manner.threads), logs)
        worker = Worker(channel, service, watcher, window)
        if manner.at_once > 1 and service.failure is None:
            worker.fail(ValueError(
                f"CallsPerWorker is {manner.at_once}, and the module has no `async def` command: it runs one call at a time. "
                "Write async def, set CommandThreads, or set CallsPerWorker to 1 and Size to what the machine bears."
            ))
        return _run(worker, logs)
    except OSError:
        return 1  # The host is gone, or this is a forked child that came back from a command.
    except KeyboardInterrupt:
        return _INTERRUPTED
    finally:
        if logs is not None:
            logs.finish()
        flush()


def needs_loop(service: Service, manner: Manner) -> bool:
    """Whether the commands are run by an event loop."""
    return service.hooks.are_async or manner.threads > 1 or any(call.is_async for call in service.calls.values())


def print_failure(error: ExportError) -> None:
    """Tells a person what is wrong, on standard error: first in a build's form, then the traceback of an import."""
    print(error, file=sys.stderr)
    cause = error.__cause__
    if cause is not None:
        import traceback

        trace = without_foreign_frames(cause.__traceback__)
        print("".join(traceback.format_exception(type(cause), cause, trace)), end="", file=sys.stderr)


def send_logs(channel: Channel, manner: Manner) -> Optional[Logs]:
    """From now on sends what is said to the host, where that wants to have it."""
    if manner.least_level is None:
        return None
    from typedpool.logs import Logs  # Many hosts have no log.

    logs = Logs(channel, manner.least_level)
    logs.install()
    return logs


def _run(worker: Worker, logs: Optional[Logs]) -> int:
    if logs is not None:
        logs.request_of = worker.request_of
        logs.interrupt_with(worker.interruption)
    return worker.run()


def prepare(project: Project) -> Tuple[Service, Optional[int]]:
    """Imports the project's modules.

    Returns:
        What is to be served; and the status to leave with, where that is nothing but the reason of a failure.
    """
    try:
        modules = project.load()
        surface = survey(modules)
        hashed: str = openrpc.document(surface)["info"]["x-typedpool"]["contract"]
        terms, names, implementations = _hosts(surface)
        calls = {command.name: Call(command, implementations) for command in surface.commands}
        reduced: Callable[[], JsonObject] = lambda: contract.reduced(openrpc.document(surface))
        return Service(calls, hashed, reduced, hooks=hooks(modules), hosts=names, terms_of_host=terms), None
    except ExportError as error:
        print_failure(error)
        cause = error.__cause__ if isinstance(error, ImportFailed) else None
        return Service({}, "", failure=faults.raised(error if cause is None else cause, {})), 1
    except Exception as error:  # User code runs also when annotations and defaults are looked at.
        import traceback

        traceback.print_exc()
        return Service({}, "", failure=faults.raised(error, {})), 1


def _hosts(surface: Surface) -> Tuple[Optional[Terms], Dict[str, List[str]], Dict[type, Callable[[Context], Any]]]:
    if not surface.hosts:
        return None, {}, {}
    from typedpool.host_calls import Terms, implementation, names_of  # Most modules need nothing of their host.

    terms = Terms()
    return terms, names_of(surface.hosts), {host.cls: implementation(host, terms) for host in surface.hosts}


def flush() -> None:
    """Writes what was printed, at the end."""
    try:
        if sys.stdout is not None:  # type: ignore[redundant-expr]
            sys.stdout.flush()
    except (OSError, ValueError):
        # User code has closed it. Python would turn that into another exit status.
        sys.stdout = None
