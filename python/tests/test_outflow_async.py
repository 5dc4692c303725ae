"""Results that are streams, on the wire, from an event loop."""

from __future__ import annotations

import asyncio
import json
import os
from types import SimpleNamespace
from typing import Any, AsyncIterator, List

from typedpool.outflow import Outflow
from typedpool.outflow_async import stream_async

from tests.client import ProjectTestCase, request
from tests.streams import ASYNC, grant, stream, take


class AsyncOutflowTests(ProjectTestCase):
    def test_items_come_in_messages_and_the_answer_ends_them(self) -> None:
        with self.host(ASYNC) as worker:
            for method in ("count_async", "made", "made_plainly", "count"):
                items, answer = stream(worker, method, {"to": 700})
                self.assertEqual(list(range(700)), items)
                self.assertEqual({"jsonrpc": "2.0", "id": 7, "result": None}, answer)
                self.assertEqual([0, 1, 2], worker.result(method, {"to": 3}))

    def test_no_more_come_than_the_host_has_asked_for(self) -> None:
        for method in ("endless_async", "endless"):
            path = os.path.join(self.folder, method)
            with self.host(ASYNC) as worker:
                worker.send_message(request(7, method, {"path": path}, credit=10))
                self.assertEqual(list(range(10)), take(worker, 10))
                worker.send_message(request(8, "$/ping"))
                self.assertEqual(8, worker.receive()["id"])
                grant(worker, 3)
                self.assertEqual([10, 11, 12], take(worker, 3))
                worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7, "graceMs": 60_000}})
                answer = worker.receive()
                self.assertEqual((7, -32800), (answer["id"], answer["error"]["code"]))
                self.assertTrue(os.path.exists(path))
                self.assertEqual("plain", worker.result("plain"))

    def test_a_generator_is_closed_also_where_something_else_refers_to_it(self) -> None:
        path = os.path.join(self.folder, "closed")
        with self.host(ASYNC) as worker:
            worker.send_message(request(7, "endless_async_kept", {"path": path}, credit=1))
            self.assertEqual([0], take(worker, 1))
            worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7, "graceMs": 60_000}})
            self.assertEqual(-32800, worker.receive()["error"]["code"])
            self.assertTrue(os.path.exists(path))

    def test_items_come_before_the_exception(self) -> None:
        path = os.path.join(self.folder, "closed")
        with self.host(ASYNC) as worker:
            items, answer = stream(worker, "fail_after_async", {"count": 700})
            self.assertEqual((list(range(700)), "no more"), (items, answer["error"]["message"]))
            items, answer = stream(worker, "misfit_after_async", {"count": 2, "path": path})
            self.assertEqual((["0", "1"], "/2"), (items, answer["error"]["data"]["pointer"]))
            self.assertTrue(os.path.exists(path))

    def test_items_do_not_wait_for_a_generator_that_awaits(self) -> None:
        with self.host(ASYNC) as worker:
            for method in ("then_wait_async", "then_wait"):
                worker.send_message(request(7, method, {"count": 5}, credit=100))
                self.assertEqual([0, 1, 2, 3, 4], take(worker, 5))
                worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7}})
                self.assertEqual(-32800, worker.receive()["error"]["code"])

    def test_a_generator_that_ignores_its_end_says_so_in_the_log(self) -> None:
        with self.host(ASYNC) as worker:
            worker.send_message(request(7, "ignore_async", {"times": 5}, credit=2))
            self.assertEqual([1, 1], take(worker, 2))
            worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7, "graceMs": 60_000}})
            self.assertEqual(-32800, worker.receive()["error"]["code"])
            self.assertEqual("plain", worker.result("plain"))
            self.assertIn("RuntimeError: async generator ignored GeneratorExit", worker.errors())

    def test_other_calls_have_their_turn(self) -> None:
        path = os.path.join(self.folder, "closed")
        with self.host(ASYNC) as worker:
            worker.send_message(request(7, "endless_async", {"path": path}, credit=1_000_000))
            worker.send_message(request(8, "plain"))
            message = worker.receive()
            while "id" not in message:
                grant(worker, len(message["params"]["items"]))
                message = worker.receive()
            self.assertEqual({"jsonrpc": "2.0", "id": 8, "result": "plain"}, message)

    def test_a_client_that_has_closed_its_end_is_not_waited_for(self) -> None:
        with self.host(ASYNC) as worker:
            worker.send_message(request(7, "count_async", {"to": 100}, credit=10))
            self.assertEqual(10, len(take(worker, 10)))
            worker.input.close()
            self.assertEqual(-32800, worker.receive()["error"]["code"])
            self.assertEqual(0, worker.wait())

    def test_one_that_swallows_its_cancellation_is_closed_where_it_yields_next(self) -> None:
        for times in (1, 2):
            for credit in (1, 1_000_000):
                path = os.path.join(self.folder, f"{times}-{credit}")
                with self.subTest(path), self.host(ASYNC) as worker:
                    worker.send_message(request(7, "swallow_async", {"times": times, "path": path}, credit=credit))
                    # It has come to its await when a task that began after it has ended.
                    self.assertEqual([], worker.result("count_async", {"to": 0}))
                    # No credit comes any more: who has cancelled does not read.
                    worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7, "graceMs": 20}})
                    message = worker.receive()
                    while "id" not in message:
                        message = worker.receive()
                    self.assertEqual(-32800, message["error"]["code"])
                    self.assertTrue(os.path.exists(path))
                    self.assertEqual("plain", worker.result("plain"))

    def test_nothing_comes_between_a_cancellation_and_its_arrival_at_the_task(self) -> None:
        sent: List[int] = []
        port: Any = SimpleNamespace(handlers={}, is_cancelled=False)
        port.notify = lambda _, params: sent.extend(json.loads(params)["items"])
        call: Any = SimpleNamespace(attaches=False, encode=lambda item: item)

        async def count() -> AsyncIterator[int]:
            for number in range(100):
                yield number

        async def run() -> None:
            outflow = Outflow(call, port, 10, 100_000, lambda _: None)
            task = asyncio.ensure_future(stream_async(outflow, count(), lambda: False))
            while len(sent) < 10:
                await asyncio.sleep(0)
            port.is_cancelled = True
            for _ in range(20):
                await asyncio.sleep(0)
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task

        asyncio.run(run())
        self.assertEqual(list(range(10)), sent)
