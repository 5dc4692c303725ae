"""`serve`: makes this process a worker."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional, Tuple

from typedpool import contract, faults, openrpc, streams
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

_TOKEN = "TYPEDPOOL_TOKEN"
_INTERRUPTED = 130

_CUT_OFF = (
    "typedpool: while the module was imported, the descriptors of the channel to the host were closed. "
    "Close only what the module has opened itself, not every descriptor (as os.closerange does)."
)


def serve(project: Project, at_once: int = 1, threads: int = 1, least_level: Optional[int] = None) -> int:
    """Serves the project's commands on standard input and output until the input ends.

    Args:
        project: Where the commands are.
        at_once: How many calls the host sends at once; more than one needs `async def` commands, or threads.
        threads: On how many threads plain commands are run, where several calls are run at once.
        least_level: The least level of the log records that the host wants to have; None where it wants no log.

    Returns:
        The status to leave the process with.
    """
    channel = Channel(*streams.detach())
    token = os.environ.pop(_TOKEN, None)
    window: Optional[Window] = None
    if token is not None:
        lead_process_group()
        tie_to_host()
        window = Window()
        # Ctrl+C in a terminal reaches the whole process group; a worker's end is its host's decision.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        channel.write_raw(b"\0typedpool:" + token.encode() + b"\n")
    watcher = Watcher(channel)
    watcher.ends_with_host = token is not None
    # A forked child has the host's pipes too: the host would wait for it to see a dead worker.
    if hasattr(os, "register_at_fork"):  # Windows has no fork.
        os.register_at_fork(after_in_child=channel.close)
        os.register_at_fork(after_in_child=watcher.forked)
    logs = None if least_level is None else _send_logs(channel, least_level)
    service, refused = _prepare(project)
    if refused is not None and token is None:
        return refused
    if not channel.is_intact:
        print(_CUT_OFF, file=sys.stderr)
        return 1
    try:
        if service.hooks.are_async or threads > 1 or any(call.is_async for call in service.calls.values()):
            from typedpool.loop import LoopWorker  # A module without `async def` never imports asyncio.

            return _run(LoopWorker(channel, service, watcher, window, at_once, threads), logs)
        worker = Worker(channel, service, watcher, window)
        if at_once > 1 and service.failure is None:
            worker.fail(ValueError(
                f"CallsPerWorker is {at_once}, and the module has no `async def` command: it runs one call at a time. "
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
        _flush()


def print_failure(error: ExportError) -> None:
    """Tells a person what is wrong, on standard error: first in a build's form, then the traceback of an import."""
    print(error, file=sys.stderr)
    cause = error.__cause__
    if cause is not None:
        import traceback

        trace = without_foreign_frames(cause.__traceback__)
        print("".join(traceback.format_exception(type(cause), cause, trace)), end="", file=sys.stderr)


def _send_logs(channel: Channel, least_level: int) -> Logs:
    from typedpool.logs import Logs  # Many hosts have no log.

    logs = Logs(channel, least_level)
    logs.install()
    return logs


def _run(worker: Worker, logs: Optional[Logs]) -> int:
    if logs is not None:
        logs.request_of = worker.request_of
        logs.interrupt_with(worker.interruption)
    return worker.run()


def _prepare(project: Project) -> Tuple[Service, Optional[int]]:
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


def _flush() -> None:
    try:
        if sys.stdout is not None:  # type: ignore[redundant-expr]
            sys.stdout.flush()
    except (OSError, ValueError):
        # User code has closed it. Python would turn that into another exit status.
        sys.stdout = None
