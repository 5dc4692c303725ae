"""Parameters that are streams, on the wire."""

from __future__ import annotations

from typing import Any, List

from tests.client import Host, ProjectTestCase, request

PLAIN = """
    from typing import Iterator, List, Optional
    from typedpool import Context, StreamFailed, command

    @command
    def total(numbers: Iterator[int]) -> int:
        return sum(numbers)

    @command
    def maybe(numbers: Optional[Iterator[int]] = None) -> int:
        return -1 if numbers is None else sum(numbers)

    @command
    def first(numbers: Iterator[int]) -> int:
        return next(numbers)

    @command
    def unread(numbers: Iterator[int]) -> str:
        return "unread"

    @command
    def doubled(numbers: Iterator[int]) -> Iterator[int]:
        for number in numbers:
            yield number * 2

    @command
    def zipped(a: Iterator[str], b: Iterator[str]) -> List[str]:
        return [x + y for x, y in zip(a, b)]

    @command
    def caught(numbers: Iterator[int]) -> str:
        try:
            return str(sum(numbers))
        except StreamFailed as error:
            return f"{error} {list(numbers)}"
"""

ASYNC = PLAIN + """
    from typing import AsyncIterator

    @command
    async def total_async(numbers: AsyncIterator[int]) -> int:
        return sum([number async for number in numbers])

    @command
    async def doubled_async(numbers: AsyncIterator[int]) -> AsyncIterator[int]:
        async for number in numbers:
            yield number * 2

    @command
    async def caught_async(numbers: AsyncIterator[int]) -> str:
        try:
            return str([number async for number in numbers])
        except StreamFailed as error:
            return f"{error} {[number async for number in numbers]}"
"""

_BOTH = ((PLAIN, ""), (ASYNC, ""), (ASYNC, "_async"))


class InflowTests(ProjectTestCase):
    def test_an_array_is_read_item_by_item(self) -> None:
        for source, suffix in _BOTH:
            with self.host(source) as worker:
                self.assertEqual(6, worker.result("total" + suffix, {"numbers": [1, 2, 3]}))
                self.assertEqual("/numbers/1", worker.error("total" + suffix, {"numbers": [1, "2"]})["data"]["pointer"])
                self.assertEqual("an array or a stream", worker.error("total" + suffix, {"numbers": {"a": 1}})["data"]["expected"])
        with self.host(PLAIN) as worker:
            self.assertEqual([6, -1, -1], [worker.result("maybe", given) for given in ({"numbers": [6]}, {"numbers": None}, {})])

    def test_items_are_asked_for_as_they_are_read(self) -> None:
        for source, suffix in _BOTH:
            with self.subTest(suffix), self.host(source) as worker:
                worker.send_message(request(7, "total" + suffix, {"numbers": {"$stream": 0}}))
                self.assertEqual({"stream": 0, "items": 1024}, _asked(worker))
                _send(worker, list(range(700)))
                # Half of what may be unread, and what is left when nothing is there.
                self.assertEqual(512, _asked(worker)["items"])
                self.assertEqual(188, _asked(worker)["items"])
                _send(worker, [1])
                self.assertEqual(1, _asked(worker)["items"])
                _end(worker)
                self.assertEqual(sum(range(700)) + 1, worker.receive()["result"])

    def test_one_that_is_not_read_is_not_asked_for(self) -> None:
        with self.host(PLAIN) as worker:
            self.assertEqual("unread", worker.result("unread", {"numbers": {"$stream": 0}}))
            worker.send_message(request(7, "first", {"numbers": {"$stream": 3}}))
            self.assertEqual(3, _asked(worker)["stream"])
            _send(worker, [5, 6, 7], 3)
            self.assertEqual(5, worker.receive()["result"])
            # What comes late is about a call that has ended.
            _send(worker, [8], 3)
            self.assertEqual("unread", worker.result("unread", {"numbers": {"$stream": 0}}))

    def test_two_are_read_side_by_side(self) -> None:
        with self.host(PLAIN) as worker:
            worker.send_message(request(7, "zipped", {"a": {"$stream": 0}, "b": {"$stream": 1}}))
            self.assertEqual(0, _asked(worker)["stream"])
            _send(worker, ["a", "b"], 0)
            self.assertEqual(1, _asked(worker)["stream"])
            _send(worker, ["x", "y"], 1)
            _end(worker, 1)
            _end(worker, 0)
            message = worker.receive()
            while "id" not in message:
                message = worker.receive()
            self.assertEqual(["ax", "by"], message["result"])
            error = worker.error("zipped", {"a": {"$stream": 0}, "b": {"$stream": 0}})
            self.assertEqual((-32602, "/b"), (error["code"], error["data"]["pointer"]))

    def test_one_in_and_one_out_at_once(self) -> None:
        for source, suffix in _BOTH:
            with self.subTest(suffix), self.host(source) as worker:
                worker.send_message(request(7, "doubled" + suffix, {"numbers": {"$stream": 0}}, credit=100))
                self.assertEqual(1024, _asked(worker)["items"])
                for number in range(3):
                    _send(worker, [number])
                    came = [worker.receive(), worker.receive()]
                    items = next(each["params"] for each in came if each["method"] == "$/stream/items")
                    self.assertEqual([number * 2], items["items"])
                _end(worker)
                self.assertIsNone(worker.receive()["result"])

    def test_a_failure_of_the_caller_is_raised_once_in_place_of_the_next_item(self) -> None:
        for source, suffix in _BOTH:
            with self.subTest(suffix), self.host(source) as worker:
                worker.send_message(request(7, "caught" + suffix, {"numbers": {"$stream": 0}}))
                _asked(worker)
                _end(worker, error="no disk")
                self.assertEqual("no disk []", worker.receive()["result"])
                worker.send_message(request(7, "total" + suffix, {"numbers": {"$stream": 0}}))
                _asked(worker)
                _end(worker, error="no disk")
                self.assertEqual("typedpool.StreamFailed", worker.receive()["error"]["data"]["type"])

    def test_an_item_that_does_not_fit_is_told_by_its_path(self) -> None:
        for source, suffix in _BOTH:
            with self.subTest(suffix), self.host(source) as worker:
                for items, pointer in (([1, "two"], "/numbers/1"), ([1, 2, "\ud800"], "/numbers/2")):
                    worker.send_message(request(7, "total" + suffix, {"numbers": {"$stream": 0}}))
                    _asked(worker)
                    _send(worker, items)
                    error = worker.receive()["error"]
                    self.assertEqual((-32602, pointer), (error["code"], error["data"]["pointer"]))

    def test_a_command_that_waits_for_items_can_be_cancelled(self) -> None:
        for source, suffix in _BOTH:
            with self.subTest(suffix), self.host(source) as worker:
                worker.send_message(request(7, "total" + suffix, {"numbers": {"$stream": 0}}))
                _asked(worker)
                worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 7}})
                self.assertEqual(-32800, worker.receive()["error"]["code"])
                self.assertEqual(1, worker.result("total" + suffix, {"numbers": [1]}))

    def test_a_client_that_has_closed_its_end_is_not_waited_for(self) -> None:
        for source, suffix in _BOTH:
            with self.subTest(suffix), self.host(source) as worker:
                worker.send_message(request(7, "total" + suffix, {"numbers": {"$stream": 0}}))
                _asked(worker)
                worker.input.close()
                self.assertIn("error", worker.receive())
                self.assertEqual(0, worker.wait())


def _asked(worker: Host) -> Any:
    message = worker.receive()
    assert message.get("method") == "$/stream/credit" and message["call"] == 7, message
    return message["params"]


def _send(worker: Host, items: List[Any], stream: int = 0) -> None:
    params = {"stream": stream, "items": items}
    worker.send_message({"jsonrpc": "2.0", "method": "$/stream/items", "call": 7, "params": params})


def _end(worker: Host, stream: int = 0, **members: Any) -> None:
    worker.send_message({"jsonrpc": "2.0", "method": "$/stream/end", "call": 7, "params": {"stream": stream, **members}})
