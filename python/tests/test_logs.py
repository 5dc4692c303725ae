"""What a worker sends of its log."""

from __future__ import annotations

import os
import threading
import unittest
from typing import Any, Dict, List

from tests.client import ProjectTestCase, request
from typedpool.wire import Channel

SOURCE = """
    import logging
    from typedpool import Context, command

    logger = logging.getLogger("shop")

    @command
    def log(ctx: Context) -> None:
        logger.info("one", extra={"number": 1, "ratio": 0.5, "nan": float("nan"), "big": 2 ** 70, "none": None, "other": [1]})
        ctx.log.info("two", extra={"number": 2})

    @command
    def long() -> None:
        logger.info("x" * 40_000, extra={f"field {number}": "y" * 2_000 for number in range(40)})
        print("z" * 10_000)

    @command
    def half(end: str) -> None:
        print("half", end=end)
"""

ASYNC = SOURCE + """
    @command
    async def later() -> None:
        pass
"""


class LogTests(ProjectTestCase):
    def test_a_record_comes_with_its_call_and_its_fields(self) -> None:
        for source in (SOURCE, ASYNC):
            with self.subTest(source), self.host(source, "--logs", "20") as worker:
                worker.send_message(request(7, "log", {}, session="s"))
                of_call = {"call": 7, "command": "log", "session": "s"}
                fields = {"number": 1, "ratio": 0.5, "nan": "nan", "big": str(2**70), "none": None, "other": "[1]"}
                self.assertEqual(
                    {"level": 20, "logger": "shop", "message": "one", "fields": fields, **of_call}, worker.receive()["params"]
                )
                self.assertEqual(
                    {"level": 20, "logger": "log", "message": "two", "fields": {"number": 2}, **of_call}, worker.receive()["params"]
                )
                self.assertEqual(7, worker.receive()["id"])

    def test_what_is_long_is_cut(self) -> None:
        with self.host(SOURCE, "--logs", "20") as worker:
            worker.send_message(request(7, "long", {}))
            record: Dict[str, Any] = worker.receive()["params"]
            self.assertEqual("x" * 32_000 + " … (8000 characters more)", record["message"])
            self.assertEqual(32, len(record["fields"]))
            self.assertEqual("y" * 1_000 + " … (1000 characters more)", record["fields"]["field 0"])
            lines: List[str] = [worker.receive()["params"]["message"] for _ in range(3)]
            self.assertEqual(["z" * 4_096, "z" * 4_096, "z" * 1_808], lines)

    def test_a_line_is_of_one_call(self) -> None:
        with self.host(SOURCE, "--logs", "20") as worker:
            worker.send_message(request(1, "half", {"end": ""}))
            self.assertEqual(1, worker.receive()["id"])
            worker.send_message(request(2, "half", {"end": "\n"}))
            self.assertEqual(["half", "half"], [told["message"] for told in (worker.receive()["params"], worker.receive()["params"])])
            self.assertEqual(2, worker.receive()["id"])

    def test_without_the_option_all_goes_to_standard_error(self) -> None:
        with self.host(SOURCE) as worker:
            self.assertIsNone(worker.result("half", {"end": "\n"}))
            self.assertIn("half", worker.errors())


class PostTests(unittest.TestCase):
    def setUp(self) -> None:
        source, self.sink = os.pipe()
        self.source = source
        self.channel = Channel(os.open(os.devnull, os.O_RDONLY), self.sink)
        self.addCleanup(os.close, source)
        self.addCleanup(self.channel.close)

    def test_what_is_posted_while_somebody_writes_is_written_by_him(self) -> None:
        writer = threading.Thread(target=self.channel.write, args=(b"a" * 200_000,))
        writer.start()
        self._read(4)  # He is writing, and the pipe is too small for all of it.
        self.assertTrue(self.channel.post(b"posted"))
        self._read(200_000)
        self.assertEqual(b"\0\0\0\6posted", self._read(10))
        writer.join()

    def test_what_is_too_much_is_refused(self) -> None:
        writer = threading.Thread(target=self.channel.write, args=(b"a" * 200_000,))
        writer.start()
        self._read(4)
        posted = [self.channel.post(b"b") for _ in range(1_100)]
        self.assertEqual([True] * 1_000 + [False] * 100, posted)
        self._read(200_000)
        self.assertEqual(b"\0\0\0\1b" * 1_000, self._read(5_000))
        writer.join()

    def _read(self, count: int) -> bytes:
        read = b""
        while len(read) < count:
            read += os.read(self.source, min(65_536, count - len(read)))
        return read


if __name__ == "__main__":
    unittest.main()
