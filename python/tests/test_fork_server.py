"""The fork server: what it answers, what its children share, and when it refuses."""

from __future__ import annotations

import os
import select
import signal
import sys
import unittest
from contextlib import ExitStack
from typing import Any, List

from tests.client import Host, ProjectTestCase

_MODULE = """
import os, random, sys
from typing import List, Optional
from typedpool import command

imported_in = os.getpid()
state: List[int] = []

@command
def pids() -> List[int]:
    return [imported_in, os.getpid(), os.getppid(), os.getpgrp()]

@command
def append(value: int) -> List[int]:
    state.append(value)
    return state

@command
def draw() -> float:
    return random.random()

@command
def descriptors() -> List[str]:
    return sorted(os.readlink(f"/proc/self/fd/{name}") for name in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{name}"))

@command
def leave(status: int) -> None:
    os._exit(status)

@command
def print_there(text: str) -> None:
    os.write(1, text.encode())
    print(text, file=sys.stderr)

@command
def variable(name: str) -> Optional[str]:
    return os.environ.get(name)
"""


class _Child(Host):
    """A forked worker: its pipes were made here, its end is told by the server."""

    def __init__(self, server: Host, token: str) -> None:
        self._last_id = 0
        theirs_in, mine_in = os.pipe()
        mine_out, theirs_out = os.pipe()
        self._mine_error, theirs_error = os.pipe()
        self.input, self.output = os.fdopen(mine_in, "wb"), os.fdopen(mine_out, "rb")
        at = f"/proc/{os.getpid()}/fd/"
        theirs = {"input": theirs_in, "output": theirs_out, "error": theirs_error}
        try:
            self.pid: int = server.result("$/fork", {"token": token, **{name: f"{at}{fd}" for name, fd in theirs.items()}})["pid"]
        finally:
            for descriptor in theirs.values():
                os.close(descriptor)

    def close(self) -> None:
        self.input.close()
        self.output.close()
        os.close(self._mine_error)

    def errors(self) -> str:
        return os.read(self._mine_error, 65_536).decode()


@unittest.skipUnless(sys.platform == "linux", "a fork server needs Linux")
class ForkServerTests(ProjectTestCase):
    def setUp(self) -> None:
        super().setUp()
        self._stack = ExitStack()
        self.addCleanup(self._stack.close)

    def server(self, source: str = _MODULE, *arguments: str) -> Host:
        self.write("commands.py", source)
        server = self._stack.enter_context(_Server("commands", *arguments, token="s", cwd=self.folder))
        self.assertEqual(b"\0typedpool:s\n", server.output.read(len(b"\0typedpool:s\n")))
        return server

    def child(self, server: Host, token: str = "c") -> _Child:
        child = _Child(server, token)
        self._stack.callback(child.close)
        opening = b"\0typedpool:%b\n" % token.encode()
        self.assertEqual(opening, child.output.read(len(opening)))
        return child

    def reaped(self, server: Host, child: _Child) -> Any:
        _ended(self, child.pid)
        return server.result("$/reap", {"pid": child.pid})["exitCode"]

    def test_a_child_is_a_worker_that_shares_what_was_imported(self) -> None:
        server = self.server()
        first, second = self.child(server), self.child(server)
        contract = server.result("$/initialize", {"protocol": 1})["contract"]
        for child in (first, second):
            initialized = child.result("$/initialize", {"protocol": 1})
            self.assertEqual((contract, child.pid), (initialized["contract"], initialized["pid"]))
            self.assertTrue(initialized["capabilities"]["cancel"])
            self.assertTrue(initialized["capabilities"]["stacks"].startswith(f"/proc/{child.pid}/fd/"))
            self.assertEqual([server.process.pid, child.pid, server.process.pid, child.pid], child.result("pids"))
        self.assertEqual(([1], [2]), (first.result("append", {"value": 1}), second.result("append", {"value": 2})))
        self.assertNotEqual(first.result("draw"), second.result("draw"))

    def test_a_child_has_its_own_descriptors_alone(self) -> None:
        server = self.server()
        self.child(server)
        with self.host(_MODULE, token="t") as spawned:
            spawned.output.read(len(b"\0typedpool:t\n"))
            expected = _kinds(spawned.result("descriptors"))
        self.assertEqual(expected, _kinds(self.child(server).result("descriptors")))

    def test_the_token_is_in_no_environment(self) -> None:
        child = self.child(self.server())
        self.assertIsNone(child.result("variable", {"name": "TYPEDPOOL_TOKEN"}))
        self.assertIsNone(child.result("variable", {"name": "TYPEDPOOL_LIFELINE"}))

    def test_how_a_child_ended_is_told(self) -> None:
        server = self.server()
        for status in (0, 3):
            child = self.child(server)
            child.send_message({"jsonrpc": "2.0", "id": 1, "method": "leave", "params": {"status": status}})
            self.assertEqual(status, self.reaped(server, child))
        for number in (signal.SIGKILL, signal.SIGSEGV):
            child = self.child(server)
            os.killpg(child.pid, number)
            self.assertEqual(128 + number, self.reaped(server, child))

    def test_a_child_leaves_at_the_end_of_its_input(self) -> None:
        server = self.server()
        child = self.child(server)
        self.assertEqual({}, child.result("$/ping"))
        child.input.close()
        self.assertEqual(0, self.reaped(server, child))

    def test_nobody_is_waited_for_who_runs_or_was_not_forked(self) -> None:
        server = self.server()
        child = self.child(server)
        self.assertIn("has not ended", server.error("$/reap", {"pid": child.pid})["message"])
        self.assertIn("was forked here", server.error("$/reap", {"pid": 1})["message"])

    def test_what_a_child_prints_is_its_own(self) -> None:
        server = self.server()
        child = self.child(server)
        child.result("print_there", {"text": "mine\n"})
        self.assertEqual("mine\nmine\n\n", child.errors())
        self.assertEqual("", server.errors())

    def test_what_the_import_prints_and_logs_comes_over_the_servers_channel_once(self) -> None:
        source = "import logging\nlogging.getLogger('m').warning('careful')\nprint('half', end='')\n" + _MODULE
        server = self.server(source, "--logs", "10")
        said = [server.receive()["params"]["message"] for _ in range(2)]
        self.assertEqual(["careful", "half"], said)
        child = self.child(server)
        child.send_message({"jsonrpc": "2.0", "id": 1, "method": "print_there", "params": {"text": "more"}})
        self.assertEqual("more", child.receive()["params"]["message"])

    def test_children_with_async_commands_have_each_a_loop(self) -> None:
        source = "import asyncio\nfrom typedpool import command\n@command\nasync def wait() -> int:\n    await asyncio.sleep(0)\n    return 5\n"
        server = self.server(source)
        self.assertEqual([5, 5], [self.child(server).result("wait"), self.child(server).result("wait")])

    def test_hooks_run_in_each_child_and_in_no_server(self) -> None:
        source = _MODULE + "\nfrom typedpool import on_start\n@on_start\ndef begin() -> None: state.append(os.getpid())\n"
        server = self.server(source)
        child = self.child(server)
        self.assertEqual([child.pid, 0], child.result("append", {"value": 0}))

    def test_exit_hooks_run_in_children_and_in_no_server(self) -> None:
        source = "import atexit\natexit.register(lambda: os.write(2, b'bye\\n'))\n"
        server = self.server(_MODULE + source)
        child = self.child(server)
        child.input.close()
        self.assertEqual(0, self.reaped(server, child))
        self.assertEqual("bye\n", child.errors())
        self.assertEqual(0, server.leave())
        self.assertEqual("", server.errors())

    def test_a_module_that_cannot_be_imported_is_told_with_its_traceback(self) -> None:
        server = self.server('raise RuntimeError("no model")')
        error = server.error("$/initialize", {"protocol": 1})
        self.assertEqual("no model", error["message"])
        self.assertIn("commands.py", error["data"]["traceback"])
        self.assertEqual(1, server.wait())

    def test_a_module_that_has_started_a_thread_is_named_and_not_forked(self) -> None:
        self.write("starter.py", "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n")
        server = self.server("import starter\nimport json\n" + _MODULE)
        for _ in range(2):
            error = server.error("$/fork", _PARAMS)
            self.assertEqual("typedpool.ForkRefused", error["data"]["type"])
            self.assertIn("1 thread runs beside the main one, started while it was imported, by starter", error["message"])

    def test_a_thread_that_has_ended_is_none(self) -> None:
        server = self.server("import threading\nit = threading.Thread(target=print)\nit.start()\nit.join()\n" + _MODULE)
        self.assertEqual({}, self.child(server).result("$/ping"))

    def test_a_thread_of_c_code_is_put_down_to_what_was_imported_last(self) -> None:
        source = "import _thread, time\nimport quopri\n_thread.start_new_thread(time.sleep, (600,))\n"
        server = self.server(source + _MODULE)
        self.assertRegex(server.error("$/fork", _PARAMS)["message"], "by (random|quopri|bisect)")

    def test_a_host_whose_descriptors_cannot_be_opened_is_told(self) -> None:
        server = self.server()
        error = server.error("$/fork", {**_PARAMS, "output": "/proc/self/fd/999"})
        self.assertIn("/proc/self/fd/999", error["message"])

    def test_a_child_that_a_module_does_not_wait_for_is_told_all_the_same(self) -> None:
        server = self.server("import signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\n" + _MODULE)
        child = self.child(server)
        os.killpg(child.pid, signal.SIGKILL)
        self.assertEqual(137, self.reaped(server, child))

    def test_params_are_checked(self) -> None:
        server = self.server()
        for params in (None, [], {"token": 1}, {"token": "t"}):
            self.assertEqual(-32602, server.error("$/fork", params)["code"])
        self.assertEqual(-32602, server.error("$/reap", {"pid": True})["code"])


_PARAMS = {"token": "t", "input": "/dev/null", "output": "/dev/null", "error": "/dev/null"}


class _Server(Host):
    verb = "fork-server"


def _kinds(descriptors: List[str]) -> List[str]:
    """What they are; standard error is a file where it is not made here."""
    return sorted("pipe" if name.startswith("/tmp/") else name.split(":")[0] for name in descriptors)


def _ended(test: unittest.TestCase, pid: int) -> None:
    """Waits for the end of a process that somebody else started."""
    descriptor = os.pidfd_open(pid)
    test.addCleanup(os.close, descriptor)
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    test.assertTrue(poll.poll(60_000))


if __name__ == "__main__":
    unittest.main()
