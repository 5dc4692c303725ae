"""A worker with `async def` commands: many calls at once, each its own task; and the hooks of a worker's life."""

from __future__ import annotations

import os
import sys
import unittest
from typing import Any

from tests.client import ProjectTestCase, request

SOURCE = """
    import asyncio
    import contextvars
    import decimal
    import os
    import sys
    import time

    from typedpool import Context, command

    decimal.getcontext().prec = 7
    mine: contextvars.ContextVar[str] = contextvars.ContextVar("mine", default="nobody's")
    gate = None

    @command
    async def add(a: int, b: int) -> int:
        return a + b

    @command
    def plain(a: int) -> int:
        return a

    @command
    async def wait(path: str) -> str:
        while not os.path.exists(path):
            await asyncio.sleep(0.001)
        return path

    @command
    def wait_plainly(path: str) -> str:
        while not os.path.exists(path):
            time.sleep(0.001)
        return path

    @command
    async def busy(path: str) -> str:
        while not os.path.exists(path):
            pass
        return path

    @command
    async def meet(count: int) -> int:
        global gate
        if gate is None:
            gate = [0, asyncio.Event()]
        gate[0] += 1
        if gate[0] == count:
            gate[1].set()
        await gate[1].wait()
        return gate[0]

    @command
    async def remember(name: str, ctx: Context) -> list[str]:
        mine.set(name)
        await asyncio.sleep(0.001)
        return [mine.get(), str(ctx.session_id)]

    @command
    async def recall() -> list[str]:
        return [mine.get(), str(decimal.getcontext().prec)]

    @command
    def set_plainly(name: str) -> str:
        before = mine.get()
        mine.set(name)
        return before

    @command
    async def fail(how: str) -> None:
        if how == "exit":
            sys.exit(3)
        if how == "cancelled":
            raise asyncio.CancelledError
        raise ValueError("no luck")

    @command
    async def swallow(path: str) -> str:
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            pass
        return "swallowed"

    @command
    async def swallow_twice(path: str) -> str:
        for _ in range(2):
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                open(path, "a").close()
        return "swallowed"

    @command
    async def clean_up(path: str) -> None:
        try:
            await asyncio.sleep(3600)
        finally:
            while not os.path.exists(path):
                await asyncio.sleep(0.001)

    @command
    async def wrong() -> int:
        return "text"

    @command
    async def listen(ctx: Context) -> bool:
        while not ctx.cancelled:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                pass
        return ctx.cancelled
"""


class LoopTests(ProjectTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.worker = self.host(SOURCE)
        self.addCleanup(self.worker.__exit__)
        self.go = os.path.join(self.folder, "go")

    def begin(self, method: str, **params: Any) -> int:
        self.worker._last_id += 1
        self.worker.send_message(request(self.worker._last_id, method, params))
        return self.worker._last_id

    def begun(self, method: str, **params: Any) -> int:
        """The id of a call that has come to its first await."""
        id = self.begin(method, **params)
        self.worker.result("add", {"a": 1, "b": 2})
        return id

    def cancel(self, id: Any, **params: Any) -> None:
        self.worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": id, **params}})

    def assert_cancelled(self, id: int) -> None:
        answer = self.worker.receive()
        self.assertEqual((id, -32800), (answer["id"], answer.get("error", {}).get("code")), answer)

    def test_calls_are_answered_as_by_any_worker(self) -> None:
        self.worker.send_message(request(7, "add", {"a": 1, "b": 2}))
        self.assertEqual(b'{"jsonrpc":"2.0","id":7,"result":3}', self.worker.receive_bytes())
        self.assertEqual(4, self.worker.result("plain", [4]))
        self.assertEqual("/a", self.worker.error("add", {"a": "x", "b": 2})["data"]["pointer"])
        self.assertEqual(-32603, self.worker.error("wrong")["code"])
        self.assertEqual(-32601, self.worker.error("nothing")["code"])
        self.assertEqual("builtins.ValueError", self.worker.error("fail", {"how": "value"})["data"]["type"])
        self.assertEqual("builtins.SystemExit", self.worker.error("fail", {"how": "exit"})["data"]["type"])
        self.assertEqual(-32000, self.worker.error("fail", {"how": "cancelled"})["code"])
        self.worker.send(b"\0\0\0\2[]")
        self.assertEqual(-32600, self.worker.receive()["error"]["code"])
        self.assertEqual(3, self.worker.result("add", {"a": 1, "b": 2}))
        self.assertIsNone(self.worker.result("$/shutdown"))
        self.assertEqual(0, self.worker.wait())

    def test_calls_run_at_once_and_a_slow_one_holds_up_nobody(self) -> None:
        slow = self.begin("wait", path=self.go)
        ids = [self.begin("meet", count=100) for _ in range(100)]
        self.assertEqual(set(ids), {self.worker.receive()["id"] for _ in range(100)})
        open(self.go, "w").close()
        self.assertEqual(slow, self.worker.receive()["id"])

    def test_contexts_never_mix(self) -> None:
        ids = {}
        for i in range(50):
            self.worker._last_id += 1
            ids[self.worker._last_id] = f"n{i}"
            self.worker.send_message(request(self.worker._last_id, "remember", {"name": f"n{i}"}, session=f"n{i}"))
        for _ in ids:
            answer = self.worker.receive()
            self.assertEqual([ids[answer["id"]]] * 2, answer["result"])
        self.assertEqual(["nobody's", "7"], self.worker.result("recall"))
        self.assertEqual(["nobody's"] * 2, [self.worker.result("set_plainly", {"name": "x"}) for _ in range(2)])

    def test_one_of_many_is_cancelled_and_the_others_go_on(self) -> None:
        ids = [self.begin("wait", path=self.go) for _ in range(3)]
        self.cancel(ids[1])
        self.cancel(ids[1])
        self.assert_cancelled(ids[1])
        open(self.go, "w").close()
        self.assertEqual([ids[0], ids[2]], sorted(self.worker.receive()["id"] for _ in range(2)))

    @unittest.skipIf(sys.platform == "win32", "needs a signal that can be sent to a thread")
    def test_a_command_that_keeps_the_loop_busy_is_interrupted_and_its_neighbours_go_on(self) -> None:
        neighbour = self.begin("wait", path=self.go)
        for command in ("busy", "wait_plainly"):
            with self.subTest(command):
                call = self.begin(command, path=self.go)
                self.worker.ask(request("p", "$/ping"))
                self.cancel(call, graceMs=30)
                self.assert_cancelled(call)
        open(self.go, "w").close()
        self.assertEqual(neighbour, self.worker.receive()["id"])

    def test_a_call_behind_a_busy_loop_is_cancelled_without_being_run(self) -> None:
        first = self.begin("wait_plainly", path=self.go)
        second = self.begin("add", a=1, b=1)
        self.cancel(second)
        self.worker.ask(request("p", "$/ping"))
        open(self.go, "w").close()
        self.assertEqual(first, self.worker.receive()["id"])
        self.assert_cancelled(second)

    def test_what_swallows_its_cancellation_has_its_result_and_hears_of_it_again_after_the_grace(self) -> None:
        call = self.begun("swallow", path=self.go)
        self.cancel(call, graceMs=60_000)
        self.assertEqual("swallowed", self.worker.receive()["result"])
        call = self.begun("swallow_twice", path=self.go)
        self.cancel(call, graceMs=20)
        self.assertEqual("swallowed", self.worker.receive()["result"])
        call = self.begun("listen")
        self.cancel(call, graceMs=60_000)
        self.assertIs(True, self.worker.receive()["result"])

    def test_clearing_up_is_not_disturbed_within_the_grace(self) -> None:
        call = self.begun("clean_up", path=self.go)
        self.cancel(call, graceMs=60_000)
        for _ in range(20):
            # The first to ask has said how long it may take.
            self.cancel(call)
            self.assertEqual("p", self.worker.ask(request("p", "$/ping"))["id"])
        self.worker.result("add", {"a": 1, "b": 2})
        open(self.go, "w").close()
        self.assert_cancelled(call)

    def test_the_end_of_the_input_lets_the_calls_of_a_plain_client_end(self) -> None:
        calls = [self.begin("wait", path=self.go) for _ in range(3)]
        self.worker.input.close()
        open(self.go, "w").close()
        self.assertEqual(calls, sorted(self.worker.receive()["id"] for _ in range(3)))
        self.assertEqual(0, self.worker.wait())

    def test_the_end_of_the_input_ends_a_worker_of_a_pool_in_the_middle_of_its_calls(self) -> None:
        for command in ("wait", "busy", "clean_up"):
            with self.subTest(command), self.host(SOURCE, token="t") as worker:
                worker.output.readline()
                worker.send_message(request(1, command, {"path": self.go}))
                worker.input.close()
                self.assertIn(worker.wait(), (0, 1))


class BeginningTests(ProjectTestCase):
    """A cancellation that is heard while its call begins: the module holds the loop there, and says so."""

    SOURCE = """
        import asyncio
        import threading

        from typedpool import command
        from typedpool.calls import Call
        from typedpool.loop import LoopWorker

        armed, workers, heard = [], [], threading.Event()
        begin, stop, create_task = LoopWorker._begin, LoopWorker._stop, asyncio.BaseEventLoop.create_task

        def hold(place):
            if armed == [place]:
                armed.clear()
                workers[-1].send(b'{"jsonrpc":"2.0","method":"held"}')
                heard.wait()

        def keep_and_begin(worker, running):
            workers.append(worker)
            begin(worker, running)

        def stop_and_tell(*arguments):
            stop(*arguments)
            heard.set()

        def hold_and_create(*arguments, **named):
            hold("task")
            return create_task(*arguments, **named)

        def hold_and_look(call):
            hold("look")
            return call.__dict__["is_async"]

        LoopWorker._begin = keep_and_begin
        LoopWorker._stop = stop_and_tell
        asyncio.BaseEventLoop.create_task = hold_and_create
        Call.is_async = property(hold_and_look, lambda call, value: call.__dict__.update(is_async=value))

        @command
        async def arm(place: str) -> None:
            armed.append(place)

        @command
        async def wait() -> None:
            await asyncio.sleep(3600)
    """

    def test_it_is_not_lost(self) -> None:
        for place in ("look", "task"):
            with self.subTest(place), self.host(self.SOURCE) as worker:
                worker.result("arm", {"place": place})
                self.assertEqual("held", worker.ask(request(7, "wait"))["method"])
                answer = worker.ask({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7, "graceMs": 60_000}})
                self.assertEqual((7, -32800), (answer["id"], answer["error"]["code"]))


class ImportTests(ProjectTestCase):
    SOURCE = """
        import sys
        from typedpool import command, on_start, on_stop

        @on_start
        def start() -> None: ...

        @command
        def modules() -> list[str]:
            return [name for name in sys.modules if name.partition(".")[0] in ("asyncio", "concurrent")]
    """

    def test_a_module_without_async_commands_never_imports_asyncio(self) -> None:
        with self.host(self.SOURCE) as worker:
            self.assertEqual([], worker.result("modules"))
        with self.host(self.SOURCE.replace("def start", "async def start")) as worker:
            self.assertIn("asyncio", worker.result("modules"))


class HookTests(ProjectTestCase):
    SOURCE = """
        import asyncio
        from typedpool import command, on_start, on_stop

        state = []

        @on_start
        def first() -> None:
            state.append("first")

        @on_start
        {0}def second() -> None:
            state.append("second")

        @on_stop
        {0}def last() -> None:
            open("stopped", "a").write("last")

        @on_stop
        def failing() -> None:
            raise ValueError("in failing")

        @on_stop
        def early() -> None:
            open("stopped", "a").write("early,")

        @command
        def seen() -> list[str]:
            return state
    """

    def test_hooks_are_called_before_the_first_call_and_after_the_last(self) -> None:
        for kind in ("", "async "):
            with self.subTest(kind), self.host(self.SOURCE.format(kind)) as worker:
                self.assertEqual(["first", "second"], worker.result("seen"))
                self.assertFalse(os.path.exists(os.path.join(self.folder, "stopped")))
                self.assertEqual(0, worker.leave())
                with open(os.path.join(self.folder, "stopped")) as stopped:
                    self.assertEqual("early,last", stopped.read())
                self.assertIn("in failing", worker.errors())
                os.unlink(os.path.join(self.folder, "stopped"))

    def test_a_hook_that_fails_fails_the_start_with_its_traceback(self) -> None:
        for kind in ("", "async "):
            source = self.SOURCE.format(kind).replace('state.append("second")', 'raise KeyError("weights")')
            with self.subTest(kind), self.host(source, token="t") as worker:
                worker.output.readline()
                error = worker.error("$/initialize", {})
                self.assertEqual("builtins.KeyError", error["data"]["type"])
                self.assertIn("in second", error["data"]["traceback"])
                self.assertEqual(1, worker.wait())
                self.assertIn("in second", worker.errors())
                self.assertFalse(os.path.exists(os.path.join(self.folder, "stopped")))

    def test_what_cannot_be_a_hook_is_refused_where_it_stands(self) -> None:
        for marked, told in (("class A: ...", "not type"), ("def f(a: int) -> None: ...", "without parameters")):
            with self.subTest(marked):
                source = f"from typedpool import command, on_stop\n@on_stop\n{marked}\n"
                self.write("commands.py", source)
                run = self.run_cli("export", "commands")
                self.assertEqual(2, run.returncode)
                self.assertIn(told, run.stderr.decode())


