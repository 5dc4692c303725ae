"""Results that are streams, on the wire."""

from __future__ import annotations

import os

from tests.client import ProjectTestCase, request
from tests.streams import PLAIN, grant, stream, take


class OutflowTests(ProjectTestCase):
    def test_items_come_in_messages_and_the_answer_ends_them(self) -> None:
        with self.host(PLAIN) as worker:
            items, answer = stream(worker, "count", {"to": 5})
            self.assertEqual([0, 1, 2, 3, 4], items)
            self.assertEqual({"jsonrpc": "2.0", "id": 7, "result": None}, answer)
            self.assertEqual([], stream(worker, "count", {"to": 0})[0])
            self.assertEqual([1, 2, 3], stream(worker, "mapped")[0])

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
            self.assertEqual([5_336] * 5, [len(row) for row in stream(worker, "rows", {"count": 5, "length": 4_000})[0]])
            items, answer = stream(worker, "rows", {"count": 5, "length": 9_000})
            self.assertEqual([], items)
            self.assertEqual("typedpool.MessageTooLarge", answer["error"]["data"]["type"])

    def test_no_more_come_than_the_host_has_asked_for(self) -> None:
        path = os.path.join(self.folder, "closed")
        with self.host(PLAIN) as worker:
            worker.send_message(request(7, "endless", {"path": path}, credit=10))
            self.assertEqual(list(range(10)), take(worker, 10))
            # Whatever came now would come before this.
            worker.send_message(request(8, "$/ping"))
            self.assertEqual(8, worker.receive()["id"])
            grant(worker, 3)
            self.assertEqual([10, 11, 12], take(worker, 3))
            worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7, "graceMs": 60_000}})
            answer = worker.receive()
            self.assertEqual((7, -32800), (answer["id"], answer["error"]["code"]))
            self.assertTrue(os.path.exists(path))
            self.assertEqual("plain", worker.result("plain"))

    def test_no_more_bytes_are_unread_than_there_may_be(self) -> None:
        with self.host(PLAIN) as worker:
            worker.send_message(request(7, "rows", {"count": 100, "length": 300_000}, credit=1_000))
            self.assertEqual(3, len(take(worker, 3)))
            worker.send_message(request(8, "$/ping"))
            self.assertEqual(8, worker.receive()["id"])
            grant(worker, 1)
            self.assertEqual(1, len(take(worker, 1)))
            worker.send_message(request(9, "$/ping"))
            self.assertEqual(9, worker.receive()["id"])

    def test_a_generator_is_closed_also_where_something_else_refers_to_it(self) -> None:
        path = os.path.join(self.folder, "closed")
        with self.host(PLAIN) as worker:
            worker.send_message(request(7, "endless_kept", {"path": path}, credit=1))
            self.assertEqual([0], take(worker, 1))
            worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7}})
            self.assertEqual(-32800, worker.receive()["error"]["code"])
            self.assertTrue(os.path.exists(path))

    def test_items_come_before_the_exception(self) -> None:
        with self.host(PLAIN) as worker:
            items, answer = stream(worker, "fail_after", {"count": 700})
            self.assertEqual(list(range(700)), items)
            self.assertEqual("no more", answer["error"]["message"])
            self.assertIn("in fail_after", answer["error"]["data"]["traceback"])
            self.assertNotIn("outflow", answer["error"]["data"]["traceback"])

    def test_an_item_that_does_not_fit_ends_the_stream_and_closes_the_generator(self) -> None:
        path = os.path.join(self.folder, "closed")
        with self.host(PLAIN) as worker:
            items, answer = stream(worker, "misfit_after", {"count": 2, "path": path})
            self.assertEqual(["0", "1"], items)
            self.assertEqual((-32603, "/2"), (answer["error"]["code"], answer["error"]["data"]["pointer"]))
            self.assertTrue(os.path.exists(path))
            items, answer = stream(worker, "not_json")
            self.assertEqual([{"a": 1}], items)
            self.assertEqual("/1/a/1/b", answer["error"]["data"]["pointer"])

    def test_what_is_no_iterator_is_an_invalid_result(self) -> None:
        with self.host(PLAIN) as worker:
            self.assertEqual("typedpool.InvalidResult", worker.error("a_list")["data"]["type"])

    def test_an_item_is_what_it_was_when_it_was_yielded(self) -> None:
        with self.host(PLAIN) as worker:
            self.assertEqual([{"number": 0}, {"number": 1}, {"number": 2}], stream(worker, "reused")[0])

    def test_items_do_not_wait_for_a_generator_that_is_busy(self) -> None:
        with self.host(PLAIN) as worker:
            worker.send_message(request(7, "then_wait", {"count": 5}, credit=100))
            self.assertEqual([0, 1, 2, 3, 4], take(worker, 5))
            worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7}})
            self.assertEqual(-32800, worker.receive()["error"]["code"])

    def test_a_generator_that_ignores_its_end_says_so_in_the_log(self) -> None:
        with self.host(PLAIN) as worker:
            worker.send_message(request(7, "ignore", {"times": 5}, credit=2))
            self.assertEqual([0, 1], take(worker, 2))
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
            self.assertEqual(10, len(take(worker, 10)))
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
                grant(worker, len(items))
            self.assertIsNone(worker.receive()["result"])
            self.assertLess(messages, 5_000)
