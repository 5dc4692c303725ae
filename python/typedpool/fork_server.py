"""`fork-server`: a process that imports the project's modules once, and is forked for each worker.

It speaks the worker's own protocol, has no commands, and forks when it is asked to. The child takes the descriptors that the
host has made for it, and from there on is a worker like any other. Linux only.

It runs no thread, and refuses to be forked where a module has started one. It waits for a child only when the host says
that it has ended: until then the child's id belongs to nobody else, and the host may send signals to it.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from importlib import import_module
from typing import Any, Dict, List, NamedTuple, NoReturn, Optional, Set, Tuple, cast

from typedpool import lifeline, streams
from typedpool.arrivals import BrokenInput
from typedpool.lifeline import lead_process_group, tie_to_host
from typedpool.loading import Project
from typedpool.messages import INVALID_PARAMS, RpcError, to_json
from typedpool.requests import broken_message
from typedpool.serve import CUT_OFF, TOKEN, Manner, flush, needs_loop, open_channel, prepare, run, send_logs, watch
from typedpool.started_threads import StartedThreads, count
from typedpool.watcher import Watcher
from typedpool.window import Window
from typedpool.wire import Channel
from typedpool.worker import LOST, Service, Worker

REFUSED = -32000
"""The code of the error with which a fork is refused; its type is `typedpool.ForkRefused`."""

_FIRST_SIGNAL_STATUS = 128
_STANDARD_ERROR = 2


class _Birth(NamedTuple):
    """What a forked child begins with."""

    token: str
    descriptors: Tuple[int, int, int]


class _Forked(BaseException):
    """Leaves, in the child, whatever the server was doing."""

    def __init__(self, birth: _Birth) -> None:
        self.birth = birth


def serve_forks(project: Project, manner: Manner = Manner()) -> int:
    """Serves on standard input and output; and in a forked child, whatever the host sends to that.

    Args:
        project: Where the commands are.
        manner: How the workers serve them.

    Returns:
        The status to leave the process with.
    """
    channel = Channel(*streams.detach())
    os.register_at_fork(after_in_child=channel.close)
    token = os.environ.pop(TOKEN, "")
    path = os.environ.pop(lifeline.VARIABLE, None)
    lead_process_group()
    tie = tie_to_host(path)
    open_channel(channel, token)
    logs = send_logs(channel, manner)
    with StartedThreads() as started:
        service, failed = prepare(project)
    if not channel.is_intact:
        print(CUT_OFF, file=sys.stderr)
        return 1
    if logs is not None:
        logs.finish()  # A line that was begun would be every child's.
    server = _ForkServer(channel, service, _refusal(path, tie, started))
    if failed is None:
        _warm_up(service, manner)
    try:
        status = server.serve()
        if failed is None:
            _leave(status)
        return status
    except _Forked as forked:
        birth = forked.birth
    server.forget()
    if tie is not None:
        os.close(tie)
    for standard, descriptor in enumerate(birth.descriptors):
        os.dup2(descriptor, standard)
        os.close(descriptor)
    lead_process_group()
    tie_to_host(path)
    own = Channel(*streams.move())
    window = Window()
    open_channel(own, birth.token)
    if logs is not None:
        logs.move_to(own)
    return run(own, service, watch(own, has_pool=True), window, logs, manner)


class _ForkServer(Worker):
    """Answers what a worker answers, but for commands, and forks.

    Args:
        channel: The channel to the host.
        service: What the children serve.
        refusal: Why it does not fork; None where it does.
    """

    def __init__(self, channel: Channel, service: Service, refusal: Optional[str]) -> None:
        self._unused = Watcher(channel)
        super().__init__(channel, service._replace(calls={}), self._unused)
        self._refusal = refusal
        self._children: Set[int] = set()
        # A module may have said that nobody waits for its children.
        self._before = signal.signal(signal.SIGCHLD, signal.SIG_DFL)

    def serve(self) -> int:
        """Serves until the input ends or the host asks for the end.

        Returns:
            The status to leave with.
        """
        channel = self._channel
        while self._exit_status is None:
            try:
                body = channel.read()
            except BrokenInput as error:
                channel.write(broken_message(error))
                return LOST
            except OSError:
                return 1  # User code has closed it.
            if body is None:
                return 0
            answer = self.answer(body)
            if answer is not None:
                channel.send(answer)
        return self._exit_status

    def forget(self) -> None:
        """In the child: nothing of the server is left."""
        self._unused.close()
        if self._before is not None:
            signal.signal(signal.SIGCHLD, self._before)

    def _protocol(self, message: Dict[str, Any]) -> bytes:
        method: str = message["method"]
        if self._service.failure is None and method == "$/fork":
            return self._fork(message.get("params"))
        if method == "$/reap":
            return self._reap(message.get("params"))
        return super()._protocol(message)

    def _fork(self, params: Any) -> bytes:
        token = _member(params, "token", str)
        paths: List[str] = [_member(params, name, str) for name in ("input", "output", "error")]
        refusal = self._refusal
        if refusal is None and count() > 1:
            refusal = "a thread has been started in its fork server"
        if refusal is not None:
            raise _refused(refusal)
        flush()
        opened: List[int] = []
        try:
            for path, flags in zip(paths, (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY)):
                opened.append(_open(path, flags))
            child = os.fork()
            if child == 0:
                raise _Forked(_Birth(token, (opened[0], opened[1], opened[2])))
        except Exception:
            _close(opened)
            raise
        _close(opened)
        try:
            # The child does the same: whoever comes first, from now on the group can be killed.
            os.setpgid(child, child)
        except OSError:
            pass  # It has ended already.
        self._children.add(child)
        return to_json({"pid": child})

    def _reap(self, params: Any) -> bytes:
        child = _member(params, "pid", int)
        if child not in self._children:
            raise RpcError(INVALID_PARAMS, f"no process {child} was forked here")
        try:
            ended, status = os.waitpid(child, os.WNOHANG)
        except ChildProcessError:
            ended, status = child, None  # User code has waited for all there are.
        if not ended:
            raise RpcError(INVALID_PARAMS, f"process {child} has not ended")
        self._children.remove(child)
        return to_json({"exitCode": None if status is None else _exit_code(status)})


def _refusal(path: Optional[str], tie: Optional[int], started: StartedThreads) -> Optional[str]:
    """Why this process must not be forked, or cannot be; None where it may."""
    if "t" in getattr(sys, "abiflags", ""):
        return "this Python is free-threaded"
    if path is not None and tie is None:
        return "the host's descriptors cannot be opened through /proc"
    running = count() - 1
    if running:
        by = ", ".join(started.modules) or "a module"
        return f"{running} thread{'s run' if running > 1 else ' runs'} beside the main one, started while it was imported, by {by}"
    return None


def _refused(why: str) -> RpcError:
    return RpcError(REFUSED, why, {"type": "typedpool.ForkRefused", "message": why})


def _warm_up(service: Service, manner: Manner) -> None:
    """What each child would do again: imports; and the memory that it shares is not to be touched by its collector."""
    names = ["faulthandler", "mmap"]
    if needs_loop(service, manner):
        names.append("typedpool.loop")
    if any(call.streams for call in service.calls.values()):
        names.append("typedpool.streaming")
    for name in names:
        import_module(name)
    gc.collect()
    gc.freeze()


def _open(path: str, flags: int) -> int:
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        raise _refused(f"the host's descriptors cannot be opened through /proc ({error})") from None
    if descriptor > _STANDARD_ERROR:
        return descriptor
    # A module has closed a standard stream: in the child this number is to be taken by something else.
    import fcntl

    above = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, _STANDARD_ERROR + 1)
    os.close(descriptor)
    return above


def _close(descriptors: List[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)


def _exit_code(status: int) -> int:
    code = os.waitstatus_to_exitcode(status)
    return _FIRST_SIGNAL_STATUS - code if code < 0 else code


def _member(params: Any, name: str, kind: type) -> Any:
    value: Any = cast("Dict[str, Any]", params).get(name) if type(params) is dict else None
    if type(value) is not kind:
        raise RpcError(INVALID_PARAMS, f"params is an object with {name}")
    return value


def _leave(status: int) -> NoReturn:
    """Ends without what modules have registered for the end of the process: that is for workers."""
    flush()
    os._exit(status)
