"""A worker whose call runs long: what it still hears, and what it says."""

from __future__ import annotations

import os
import sys
import time
import unittest
from typing import Any

from tests import handover
from tests.client import ProjectTestCase, frame, request, to_json

SOURCE = """
    import os
    import signal
    import threading
    import time

    from typedpool import Context, command

    @command
    def add(a: int, b: int) -> int:
        return a + b

    @command
    def wait(path: str) -> str:
        while not os.path.exists(path):
            time.sleep(0.001)
        return path

    @command
    def busy(path: str) -> str:
        while not os.path.exists(path):
            pass
        return path

    @command
    def clean_up(path: str) -> int:
        rounds = 0
        try:
            while True:
                time.sleep(1)
        finally:
            while not os.path.exists(path):
                rounds += 1
                time.sleep(0.001)

    @command
    def watch(ctx: Context) -> str:
        while not ctx.cancelled:
            time.sleep(0.001)
        return "seen"

    @command
    def ask(ctx: Context, text: str) -> str:
        return ctx._port.request("$/host/answer", b'{"text":"%b"}' % text.encode())

    @command
    def ask_and_wait(ctx: Context, path: str) -> None:
        while not os.path.exists(path):
            time.sleep(0.001)
        ctx._port.request("$/host/answer", b"1")
        while True:
            time.sleep(0.001)

    @command
    def ask_in_threads(ctx: Context, count: int) -> list[str]:
        answers: list[str] = []
        threads = [
            threading.Thread(target=lambda i=i: answers.append(ctx._port.request("$/host/answer", b"%d" % i)))
            for i in range(count)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(answers)

    @command
    def ask_after_the_end(ctx: Context, path: str) -> None:
        port = ctx._port
        def ask() -> None:
            while not os.path.exists(path):
                time.sleep(0.001)
            port.notify("$/progress", port.request("$/host/answer", b"1").encode())
        threading.Thread(target=ask).start()

    @command
    def listen(ctx: Context, count: int) -> list[int]:
        heard: list[int] = []
        ctx._port.handlers["$/number"] = heard.append
        ctx._port.notify("$/ready", b"{}")
        ctx._port.wait(lambda: len(heard) == count)
        return heard

    @command
    def fork(path: str) -> int:
        child = os.fork()
        if child == 0:
            return 0
        status = os.waitpid(child, 0)[1]
        while not os.path.exists(path):
            time.sleep(0.001)
        return status
"""


@unittest.skipIf(sys.platform == "win32", "Nothing can be waited for beside a pipe there.")
class WatcherTests(ProjectTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.worker = self.host(SOURCE)
        self.addCleanup(self.worker.__exit__)
        self.go = os.path.join(self.folder, "go")
        capabilities = self.worker.result("$/initialize", {})["capabilities"]
        self.assertEqual(True, capabilities["cancel"])

    def begin(self, method: str, **params: Any) -> int:
        self.worker._last_id += 1
        self.worker.send_message(request(self.worker._last_id, method, params))
        return self.worker._last_id

    def cancel(self, id: Any, **params: Any) -> None:
        self.worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": id, **params}})

    def make(self, path: str) -> None:
        open(path, "w").close()

    def tell(self, call: int, params: Any) -> None:
        self.worker.send_message({"jsonrpc": "2.0", "method": "$/number", "call": call, "params": params})

    def answer(self, id: int, result: Any) -> None:
        self.worker.send_message({"jsonrpc": "2.0", "id": id, "result": result})

    def test_a_ping_is_answered_while_a_call_runs(self) -> None:
        for command in ("wait", "busy"):
            with self.subTest(command):
                call = self.begin(command, path=self.go)
                for i in range(3):
                    self.assertEqual(f"p{i}", self.worker.ask(request(f"p{i}", "$/ping"))["id"])
                self.make(self.go)
                self.assertEqual(call, self.worker.receive()["id"])
                os.unlink(self.go)

    def test_calls_that_come_while_one_runs_wait_for_it_in_order(self) -> None:
        first = self.begin("wait", path=self.go)
        others = [self.begin("add", a=i, b=i) for i in range(50)]
        self.worker.send(frame(to_json(request("p", "$/ping")))[:7])
        self.worker.send(frame(to_json(request("p", "$/ping")))[7:])
        self.assertEqual("p", self.worker.receive()["id"])
        self.make(self.go)
        self.assertEqual([first, *others], [self.worker.receive()["id"] for _ in range(51)])

    def test_a_large_call_that_comes_while_one_runs_is_read_and_kept(self) -> None:
        first = self.begin("wait", path=self.go)
        large = "x" * 5_000_000
        self.worker.send_message(request("large", "wait", {"path": self.go, "no": large}))
        self.assertEqual("p", self.worker.ask(request("p", "$/ping"))["id"])
        self.make(self.go)
        self.assertEqual(first, self.worker.receive()["id"])
        self.assertEqual("/no", self.worker.receive()["error"]["data"]["pointer"])

    def test_a_call_is_cancelled_by_the_exception_that_is_raised_in_it(self) -> None:
        for command in ("wait", "busy"):
            with self.subTest(command):
                call = self.begin(command, path=self.go)
                self.cancel(call)
                answer = self.worker.receive()
                self.assertEqual((call, -32800), (answer["id"], answer["error"]["code"]))
                self.assertEqual("typedpool.Cancelled", answer["error"]["data"]["type"])
                self.assertIn(f"in {command}", answer["error"]["data"]["traceback"])
                self.assertNotIn("typedpool/", answer["error"]["data"]["traceback"])

    def test_a_finally_is_interrupted_once_however_long_it_takes(self) -> None:
        call = self.begin("clean_up", path=self.go)
        self.cancel(call)
        # Each answer takes the interpreter lock; many intervals of the signal pass.
        for i in range(100):
            self.worker.ask(request(f"p{i}", "$/ping"))
            self.cancel(call)
        self.make(self.go)
        answer = self.worker.receive()
        self.assertEqual((call, -32800), (answer["id"], answer["error"]["code"]))
        self.assertEqual(1, answer["error"]["data"]["traceback"].count("Traceback"))

    def test_a_call_that_waits_is_cancelled_without_being_run(self) -> None:
        first = self.begin("wait", path=self.go)
        second, third = self.begin("add", a=1, b=1), self.begin("add", a=2, b=2)
        self.cancel(second)
        answer = self.worker.receive()
        self.assertEqual((second, -32800), (answer["id"], answer["error"]["code"]))
        self.make(self.go)
        self.assertEqual([first, third], [self.worker.receive()["id"] for _ in range(2)])

    def test_a_cancellation_of_what_does_not_run_is_dropped(self) -> None:
        self.cancel(0)
        call = self.begin("wait", path=self.go)
        for id in (call - 1, call + 1, str(call), float(call), None, [call]):
            self.cancel(id)
        self.worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": [call]})
        self.worker.ask(request("p", "$/ping"))
        self.make(self.go)
        self.assertEqual(self.go, self.worker.receive()["result"])

    def test_a_command_that_can_see_it_is_given_time_to(self) -> None:
        call = self.begin("watch")
        self.cancel(call, graceMs=60_000)
        self.assertEqual("seen", self.worker.receive()["result"])

    def test_a_call_asks_the_host_and_hears_its_answer(self) -> None:
        for i in range(200):
            call = self.begin("ask", text=f"t{i}")
            asked = self.worker.receive()
            self.assertEqual(("$/host/answer", call, {"text": f"t{i}"}), (asked["method"], asked["call"], asked["params"]))
            self.answer(asked["id"], "a" * i)
            self.assertEqual("a" * i, self.worker.receive()["result"])

    def test_a_call_that_has_asked_is_watched_as_before(self) -> None:
        call = self.begin("ask_and_wait", path=self.go)
        for _ in range(3):
            self.assertEqual("p", self.worker.ask(request("p", "$/ping"))["id"])
        self.make(self.go)
        self.answer(self.worker.receive()["id"], "yes")
        self.assertEqual("p", self.worker.ask(request("p", "$/ping"))["id"])
        self.cancel(call)
        answer = self.worker.receive()
        self.assertEqual((call, -32800), (answer["id"], answer["error"]["code"]))

    def test_an_error_of_the_hosts_is_raised(self) -> None:
        self.begin("ask", text="x")
        asked = self.worker.receive()
        self.worker.send_message({"jsonrpc": "2.0", "id": asked["id"], "error": {"code": 7, "message": "no"}})
        self.assertEqual("no", self.worker.receive()["error"]["message"])

    def test_a_call_that_waits_for_the_host_can_be_cancelled_and_a_ping_is_answered(self) -> None:
        call = self.begin("ask", text="x")
        self.worker.receive()
        self.worker.ask(request("p", "$/ping"))
        self.cancel(call)
        self.assertEqual(-32800, self.worker.receive()["error"]["code"])
        self.assertEqual(3, self.worker.result("add", {"a": 1, "b": 2}))

    def test_threads_of_a_call_ask_side_by_side(self) -> None:
        self.begin("ask_in_threads", count=8)
        asked = [self.worker.receive() for _ in range(8)]
        for each in reversed(asked):
            self.answer(each["id"], f"{each['params']}")
        self.assertEqual([f"{i}" for i in range(8)], self.worker.receive()["result"])

    def test_a_thread_that_outlives_its_call_is_still_answered(self) -> None:
        call = self.begin("ask_after_the_end", path=self.go)
        self.assertEqual(call, self.worker.receive()["id"])
        self.make(self.go)
        asked = self.worker.receive()
        self.answer(asked["id"], "7")
        told = self.worker.receive()
        self.assertEqual((call, 7), (told["call"], told["params"]))
        self.assertEqual(3, self.worker.result("add", {"a": 1, "b": 2}))

    def test_a_call_hears_what_is_told_of_it_in_order_and_nothing_else(self) -> None:
        call = self.begin("listen", count=100)
        self.assertEqual("$/ready", self.worker.receive()["method"])
        for i in range(100):
            self.tell(call + 1, -i)
            self.tell(call, i)
        self.assertEqual(list(range(100)), self.worker.receive()["result"])

    @unittest.skipUnless(hasattr(os, "fork"), "needs fork")
    def test_a_forked_child_of_a_watched_call_ends_and_the_call_goes_on(self) -> None:
        first = self.begin("wait", path=self.go)
        self.worker.ask(request("p", "$/ping"))
        self.make(self.go)
        self.assertEqual(first, self.worker.receive()["id"])
        self.assertEqual(256, self.worker.result("fork", {"path": self.go}))

    def test_the_end_of_the_input_ends_a_worker_of_a_pool_in_the_middle_of_a_call(self) -> None:
        for command in ("wait", "clean_up"):
            with self.subTest(command), self.host(SOURCE, token="t") as worker:
                worker.output.readline()
                worker.send_message(request(1, command, {"path": self.go}))
                worker.input.close()
                self.assertIn(worker.wait(), (0, 1))

    def test_the_end_of_the_input_does_not_end_the_call_of_a_plain_client(self) -> None:
        call = self.begin("wait", path=self.go)
        self.worker.ask(request("p", "$/ping"))
        self.worker.input.close()
        self.make(self.go)
        self.assertEqual(call, self.worker.receive()["id"])
        self.assertEqual(0, self.worker.wait())

    def test_a_frame_that_is_not_allowed_ends_the_worker_when_its_call_has_ended(self) -> None:
        call = self.begin("wait", path=self.go)
        self.worker.ask(request("p", "$/ping"))
        self.worker.send(b"\0\0\0\0")
        self.make(self.go)
        self.assertEqual(call, self.worker.receive()["id"])
        self.assertEqual(-32600, self.worker.receive()["error"]["code"])
        self.assertEqual(1, self.worker.wait())


# Its watching thread parks as soon as no call has run for one tick, and a thread says when it has.
_PARKING = """
    import os
    import threading
    import time

    from typedpool import command, watcher

    watcher._PARK_AFTER = -1.0
    start = watcher.Watcher.start
    kept = []

    def start_and_keep(it):
        kept.append(it)
        return start(it)

    watcher.Watcher.start = start_and_keep

    @command
    def say_when_parked(path: str) -> None:
        def say() -> None:
            while not kept[0].is_parked:
                time.sleep(0.001)
            open(path, "w").close()

        threading.Thread(target=say, daemon=True).start()

    @command
    def wait(path: str) -> str:
        while not os.path.exists(path):
            time.sleep(0.001)
        return path
"""


@unittest.skipIf(sys.platform == "win32", "Nothing can be waited for beside a pipe there.")
class ParkingTests(ProjectTestCase):
    def test_a_call_is_watched_however_long_none_has_run(self) -> None:
        parked, go = os.path.join(self.folder, "parked"), os.path.join(self.folder, "go")
        with self.host(_PARKING) as worker:
            worker.result("say_when_parked", {"path": parked})
            while not os.path.exists(parked):
                self.assertIsNone(worker.process.poll())
                time.sleep(0.001)
            worker.send_message(request("w", "wait", {"path": go}))
            self.assertEqual("p", worker.ask(request("p", "$/ping"))["id"])
            open(go, "w").close()
            self.assertEqual("w", worker.receive()["id"])


@unittest.skipIf(sys.platform == "win32", "Nothing can be waited for beside a pipe there.")
class HandoverTests(unittest.TestCase):
    def test_bursts_cut_anywhere_lose_double_and_misroute_nothing(self) -> None:
        for seed in range(6):
            with self.subTest(seed=seed):
                handover.run(seed, bursts=40)
