"""Results that are streams, on the wire."""

from __future__ import annotations

import asyncio
import json
import os
from types import SimpleNamespace
from typing import Any, AsyncIterator, List, Tuple

from typedpool.outflow import Outflow
from typedpool.outflow_async import stream_async

from tests.client import Host, ProjectTestCase, request

PLAIN = """
    import os
    import time
    from typing import Any, Dict, Iterable, Iterator, Optional
    from typedpool import Context, command

    @command
    def count(to: int) -> Iterator[int]:
        yield from range(to)

    @command
    def endless(path: str) -> Iterable[int]:
        number = 0
        try:
            while True:
                yield number
                number += 1
        finally:
            open(path, "w").close()

    kept = []

    @command
    def endless_kept(path: str) -> Iterator[int]:
        kept.append(endless(path))
        return kept[-1]

    @command
    def fail_after(count: int) -> Iterator[int]:
        yield from range(count)
        raise ValueError("no more")

    @command
    def misfit_after(count: int, path: str) -> Iterator[str]:
        try:
            yield from map(str, range(count))
            yield 7  # type: ignore
        finally:
            open(path, "w").close()

    @command
    def not_json() -> Iterator[Dict[str, Any]]:
        yield {"a": 1}
        yield {"a": [1, {"b": object()}]}

    @command
    def rows(count: int, length: int) -> Iterator[bytes]:
        for _ in range(count):
            yield bytes(length)

    @command
    def then_wait(count: int) -> Iterator[int]:
        yield from range(count)
        time.sleep(3600)

    @command
    def ignore(times: int) -> Iterator[int]:
        for number in range(times):
            try:
                yield number
            except GeneratorExit:
                pass
        while True:
            yield -1

    @command
    def reused() -> Iterator[Dict[str, int]]:
        row = {}
        for number in range(3):
            row["number"] = number
            yield row

    @command
    def a_list() -> Iterator[int]:
        return [1, 2]  # type: ignore

    @command
    def mapped() -> Iterator[int]:
        return map(int, "123")

    @command
    def plain() -> str:
        return "plain"
"""


ASYNC = PLAIN + """
    import asyncio
    from typing import AsyncIterable, AsyncIterator

    @command
    async def count_async(to: int) -> AsyncIterator[int]:
        for number in range(to):
            yield number

    @command
    async def endless_async(path: str) -> AsyncIterable[int]:
        number = 0
        try:
            while True:
                yield number
                number += 1
        finally:
            await asyncio.sleep(0)
            open(path, "w").close()

    @command
    async def fail_after_async(count: int) -> AsyncIterator[int]:
        for number in range(count):
            yield number
        raise ValueError("no more")

    @command
    async def misfit_after_async(count: int, path: str) -> AsyncIterator[str]:
        try:
            for number in range(count):
                yield str(number)
            yield 7  # type: ignore
        finally:
            open(path, "w").close()

    @command
    async def then_wait_async(count: int) -> AsyncIterator[int]:
        for number in range(count):
            yield number
        await asyncio.sleep(3600)

    @command
    async def made(to: int) -> AsyncIterator[int]:
        await asyncio.sleep(0)
        return count_async(to)

    @command
    def made_plainly(to: int) -> AsyncIterator[int]:
        return count_async(to)

    @command
    async def ignore_async(times: int) -> AsyncIterator[int]:
        while True:
            try:
                yield 1
            except GeneratorExit:
                pass
"""


class OutflowTests(ProjectTestCase):
    def test_items_come_in_messages_and_the_answer_ends_them(self) -> None:
        with self.host(PLAIN) as worker:
            items, answer = _stream(worker, "count", {"to": 5})
            self.assertEqual([0, 1, 2, 3, 4], items)
            self.assertEqual({"jsonrpc": "2.0", "id": 7, "result": None}, answer)
            self.assertEqual([], _stream(worker, "count", {"to": 0})[0])
            self.assertEqual([1, 2, 3], _stream(worker, "mapped")[0])

    def test_who_asks_for_no_stream_gets_an_array(self) -> None:
        with self.host(PLAIN) as worker:
            self.assertEqual([0, 1, 2], worker.result("count", {"to": 3}))
            self.assertEqual([], worker.result("count", {"to": 0}))
            self.assertEqual("builtins.ValueError", worker.error("fail_after", {"count": 3})["data"]["type"])

    def test_an_array_above_the_limit_ends_where_it_is_too_long(self) -> None:
        path = os.path.join(self.folder, "closed")
        with self.host(PLAIN) as worker:
            worker.result("$/initialize", {"limits": {"maxMessageBytes": 10_000}})
            error = worker.error("endless", {"path": path})
            self.assertEqual("typedpool.MessageTooLarge", error["data"]["type"])
            self.assertTrue(os.path.exists(path))
            self.assertEqual("plain", worker.result("plain"))

    def test_an_item_above_the_limit_is_an_error_after_those_before_it(self) -> None:
        with self.host(PLAIN) as worker:
            worker.result("$/initialize", {"limits": {"maxMessageBytes": 10_000}})
            self.assertEqual([5_336] * 5, [len(row) for row in _stream(worker, "rows", {"count": 5, "length": 4_000})[0]])
            items, answer = _stream(worker, "rows", {"count": 5, "length": 9_000})
            self.assertEqual([], items)
            self.assertEqual("typedpool.MessageTooLarge", answer["error"]["data"]["type"])

    def test_no_more_come_than_the_host_has_asked_for(self) -> None:
        path = os.path.join(self.folder, "closed")
        with self.host(PLAIN) as worker:
            worker.send_message(request(7, "endless", {"path": path}, credit=10))
            self.assertEqual(list(range(10)), _take(worker, 10))
            # Whatever came now would come before this.
            worker.send_message(request(8, "$/ping"))
            self.assertEqual(8, worker.receive()["id"])
            _grant(worker, 3)
            self.assertEqual([10, 11, 12], _take(worker, 3))
            worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7, "graceMs": 60_000}})
            answer = worker.receive()
            self.assertEqual((7, -32800), (answer["id"], answer["error"]["code"]))
            self.assertTrue(os.path.exists(path))
            self.assertEqual("plain", worker.result("plain"))

    def test_no_more_bytes_are_unread_than_there_may_be(self) -> None:
        with self.host(PLAIN) as worker:
            worker.send_message(request(7, "rows", {"count": 100, "length": 300_000}, credit=1_000))
            self.assertEqual(3, len(_take(worker, 3)))
            worker.send_message(request(8, "$/ping"))
            self.assertEqual(8, worker.receive()["id"])
            _grant(worker, 1)
            self.assertEqual(1, len(_take(worker, 1)))
            worker.send_message(request(9, "$/ping"))
            self.assertEqual(9, worker.receive()["id"])

    def test_a_generator_is_closed_also_where_something_else_refers_to_it(self) -> None:
        path = os.path.join(self.folder, "closed")
        with self.host(PLAIN) as worker:
            worker.send_message(request(7, "endless_kept", {"path": path}, credit=1))
            self.assertEqual([0], _take(worker, 1))
            worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7}})
            self.assertEqual(-32800, worker.receive()["error"]["code"])
            self.assertTrue(os.path.exists(path))

    def test_items_come_before_the_exception(self) -> None:
        with self.host(PLAIN) as worker:
            items, answer = _stream(worker, "fail_after", {"count": 700})
            self.assertEqual(list(range(700)), items)
            self.assertEqual("no more", answer["error"]["message"])
            self.assertIn("in fail_after", answer["error"]["data"]["traceback"])
            self.assertNotIn("outflow", answer["error"]["data"]["traceback"])

    def test_an_item_that_does_not_fit_ends_the_stream_and_closes_the_generator(self) -> None:
        path = os.path.join(self.folder, "closed")
        with self.host(PLAIN) as worker:
            items, answer = _stream(worker, "misfit_after", {"count": 2, "path": path})
            self.assertEqual(["0", "1"], items)
            self.assertEqual((-32603, "/2"), (answer["error"]["code"], answer["error"]["data"]["pointer"]))
            self.assertTrue(os.path.exists(path))
            items, answer = _stream(worker, "not_json")
            self.assertEqual([{"a": 1}], items)
            self.assertEqual("/1/a/1/b", answer["error"]["data"]["pointer"])

    def test_what_is_no_iterator_is_an_invalid_result(self) -> None:
        with self.host(PLAIN) as worker:
            self.assertEqual("typedpool.InvalidResult", worker.error("a_list")["data"]["type"])

    def test_an_item_is_what_it_was_when_it_was_yielded(self) -> None:
        with self.host(PLAIN) as worker:
            self.assertEqual([{"number": 0}, {"number": 1}, {"number": 2}], _stream(worker, "reused")[0])

    def test_items_do_not_wait_for_a_generator_that_is_busy(self) -> None:
        with self.host(PLAIN) as worker:
            worker.send_message(request(7, "then_wait", {"count": 5}, credit=100))
            self.assertEqual([0, 1, 2, 3, 4], _take(worker, 5))
            worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7}})
            self.assertEqual(-32800, worker.receive()["error"]["code"])

    def test_a_generator_that_ignores_its_end_says_so_in_the_log(self) -> None:
        with self.host(PLAIN) as worker:
            worker.send_message(request(7, "ignore", {"times": 5}, credit=2))
            self.assertEqual([0, 1], _take(worker, 2))
            worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7, "graceMs": 60_000}})
            self.assertEqual(-32800, worker.receive()["error"]["code"])
            self.assertEqual("plain", worker.result("plain"))
            self.assertIn("RuntimeError: generator ignored GeneratorExit", worker.errors())

    def test_a_credit_that_is_none_is_refused(self) -> None:
        with self.host(PLAIN) as worker:
            for credit in (0, -1, "many", 1.5, True):
                self.assertEqual(-32600, worker.error("count", {"to": 1}, credit=credit)["code"])
            self.assertEqual("plain", worker.result("plain", credit=5))

    def test_a_client_that_has_closed_its_end_is_not_waited_for(self) -> None:
        with self.host(PLAIN) as worker:
            worker.send_message(request(7, "count", {"to": 100}, credit=10))
            worker.input.close()
            self.assertEqual(10, len(_take(worker, 10)))
            self.assertEqual("builtins.EOFError", worker.receive()["error"]["data"]["type"])
            self.assertEqual(0, worker.wait())

    def test_many_items_come_in_few_messages(self) -> None:
        with self.host(PLAIN) as worker:
            worker.send_message(request(7, "count", {"to": 200_000}, credit=10_000))
            messages, seen = 0, 0
            while seen < 200_000:
                items = worker.receive()["params"]["items"]
                self.assertEqual(list(range(seen, seen + len(items))), items)
                messages, seen = messages + 1, seen + len(items)
                _grant(worker, len(items))
            self.assertIsNone(worker.receive()["result"])
            self.assertLess(messages, 5_000)


class AsyncOutflowTests(ProjectTestCase):
    """The same on an event loop."""

    def test_items_come_in_messages_and_the_answer_ends_them(self) -> None:
        with self.host(ASYNC) as worker:
            for method in ("count_async", "made", "made_plainly", "count"):
                items, answer = _stream(worker, method, {"to": 700})
                self.assertEqual(list(range(700)), items)
                self.assertEqual({"jsonrpc": "2.0", "id": 7, "result": None}, answer)
                self.assertEqual([0, 1, 2], worker.result(method, {"to": 3}))

    def test_no_more_come_than_the_host_has_asked_for(self) -> None:
        for method in ("endless_async", "endless"):
            path = os.path.join(self.folder, method)
            with self.host(ASYNC) as worker:
                worker.send_message(request(7, method, {"path": path}, credit=10))
                self.assertEqual(list(range(10)), _take(worker, 10))
                worker.send_message(request(8, "$/ping"))
                self.assertEqual(8, worker.receive()["id"])
                _grant(worker, 3)
                self.assertEqual([10, 11, 12], _take(worker, 3))
                worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7, "graceMs": 60_000}})
                answer = worker.receive()
                self.assertEqual((7, -32800), (answer["id"], answer["error"]["code"]))
                self.assertTrue(os.path.exists(path))
                self.assertEqual("plain", worker.result("plain"))

    def test_items_come_before_the_exception(self) -> None:
        path = os.path.join(self.folder, "closed")
        with self.host(ASYNC) as worker:
            items, answer = _stream(worker, "fail_after_async", {"count": 700})
            self.assertEqual((list(range(700)), "no more"), (items, answer["error"]["message"]))
            items, answer = _stream(worker, "misfit_after_async", {"count": 2, "path": path})
            self.assertEqual((["0", "1"], "/2"), (items, answer["error"]["data"]["pointer"]))
            self.assertTrue(os.path.exists(path))

    def test_items_do_not_wait_for_a_generator_that_awaits(self) -> None:
        with self.host(ASYNC) as worker:
            for method in ("then_wait_async", "then_wait"):
                worker.send_message(request(7, method, {"count": 5}, credit=100))
                self.assertEqual([0, 1, 2, 3, 4], _take(worker, 5))
                worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7}})
                self.assertEqual(-32800, worker.receive()["error"]["code"])

    def test_a_generator_that_ignores_its_end_says_so_in_the_log(self) -> None:
        with self.host(ASYNC) as worker:
            worker.send_message(request(7, "ignore_async", {"times": 5}, credit=2))
            self.assertEqual([1, 1], _take(worker, 2))
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
                _grant(worker, len(message["params"]["items"]))
                message = worker.receive()
            self.assertEqual({"jsonrpc": "2.0", "id": 8, "result": "plain"}, message)

    def test_a_client_that_has_closed_its_end_is_not_waited_for(self) -> None:
        with self.host(ASYNC) as worker:
            worker.send_message(request(7, "count_async", {"to": 100}, credit=10))
            self.assertEqual(10, len(_take(worker, 10)))
            worker.input.close()
            self.assertEqual(-32800, worker.receive()["error"]["code"])
            self.assertEqual(0, worker.wait())

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
            task = asyncio.ensure_future(stream_async(outflow, count()))
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


def _stream(worker: Host, method: str, params: Any = None) -> Tuple[List[Any], Any]:
    """All items, and the answer."""
    worker.send_message(request(7, method, params, credit=1_000_000))
    items: List[Any] = []
    while True:
        message = worker.receive()
        if "id" in message:
            return items, message
        assert (message["method"], message["call"]) == ("$/stream/items", 7), message
        items += message["params"]["items"]


def _take(worker: Host, count: int) -> List[Any]:
    items: List[Any] = []
    while len(items) < count:
        items += worker.receive()["params"]["items"]
    return items


def _grant(worker: Host, count: int) -> None:
    worker.send_message({"jsonrpc": "2.0", "method": "$/stream/credit", "call": 7, "params": {"items": count}})
