"""Calls that wait in the worker, and what becomes of those that the host takes back."""

from __future__ import annotations

import struct
import sys
import unittest
from typing import Any

from tests.client import Host, ProjectTestCase, frame, request, to_json

_TOKEN = "feed"
_PROLOGUE = len(b"\0typedpool:" + _TOKEN.encode() + b"\n")

_SOURCE = """
    import time
    from typing import List
    from typedpool import command

    notes: List[str] = []

    @command
    def note(text: str) -> List[str]:
        notes.append(text)
        return notes

    @command
    def sleep(seconds: float) -> None:
        time.sleep(seconds)
"""

_ASYNC_SOURCE = _SOURCE + """
    @command
    async def wait() -> None:
        pass
"""


class _Words:
    """What worker and host share."""

    def __init__(self, path: str) -> None:
        self._file = open(path, "r+b", buffering=0)

    def close(self) -> None:
        self._file.close()

    @property
    def started(self) -> int:
        self._file.seek(0)
        return int(struct.unpack("q", self._file.read(8))[0])

    def announce(self, cancellations: int) -> None:
        self._file.seek(8)
        self._file.write(struct.pack("q", cancellations))


@unittest.skipUnless(sys.platform == "linux", "Elsewhere worker and host share no memory.")
class PrefetchTests(ProjectTestCase):
    def _initialize(self, host: Host) -> Any:
        host.output.read(_PROLOGUE)
        return host.result("$/initialize", {})["capabilities"]

    def _words(self, host: Host) -> _Words:
        capabilities = self._initialize(host)
        self.assertIs(capabilities["prefetch"], True)
        words = _Words(capabilities["started"])
        self.addCleanup(words.close)
        return words

    def test_a_call_is_not_run_whose_cancellation_is_on_its_way(self) -> None:
        with self.host(_SOURCE, token=_TOKEN) as host:
            words = self._words(host)
            words.announce(1)
            host.send(_frames(_note(10), _note(11), _cancel(10)))

            answers = {each["id"]: each for each in (host.receive(), host.receive())}

            self.assertEqual(answers[10]["error"]["code"], -32800)
            self.assertEqual(answers[11]["result"], ["11"])

    def test_the_worker_waits_for_a_cancellation_that_has_only_been_announced(self) -> None:
        with self.host(_SOURCE, token=_TOKEN) as host:
            words = self._words(host)
            words.announce(1)
            host.send(_frames(_note(10)))
            while words.started < 10:
                pass
            host.send(_frames(_cancel(10)))

            self.assertEqual(host.receive()["error"]["code"], -32800)
            self.assertEqual(host.call("note", {"text": "next"})["result"], ["next"])

    def test_a_cancellation_of_another_call_or_of_none_lets_this_one_run(self) -> None:
        with self.host(_SOURCE, token=_TOKEN) as host:
            words = self._words(host)
            words.announce(2)
            host.send(_frames(_note(10), _cancel(None), _cancel(5)))
            self.assertEqual(host.receive()["result"], ["10"])

            words.announce(3)
            host.send(_frames(_cancel(10), _note(11), _note(12)))
            self.assertEqual([host.receive()["result"], host.receive()["result"]], [["10", "11"], ["10", "11", "12"]])

    def test_a_waiting_call_is_answered_while_another_one_runs_long(self) -> None:
        with self.host(_SOURCE, token=_TOKEN) as host:
            words = self._words(host)
            host.send(_frames(request(10, "sleep", {"seconds": 60}), _note(11), _note(12)))
            while words.started < 10:
                pass
            words.announce(1)
            host.send(_frames(_cancel(11)))

            self.assertEqual((host.receive()["id"], words.started), (11, 10))

    def test_the_highest_call_that_was_started_is_told_whatever_the_order(self) -> None:
        with self.host(_SOURCE, token=_TOKEN) as host:
            words = self._words(host)
            host.send(_frames(_note(12), _note(11)))
            self.assertEqual([host.receive()["id"], host.receive()["id"]], [12, 11])

            self.assertEqual(words.started, 12)

    def test_a_worker_that_runs_several_calls_at_once_has_none_wait(self) -> None:
        with self.host(_ASYNC_SOURCE, token=_TOKEN) as host:
            self.assertNotIn("prefetch", self._initialize(host))

    def test_a_worker_that_no_pool_started_shares_nothing(self) -> None:
        with self.host(_SOURCE) as host:
            self.assertNotIn("prefetch", host.result("$/initialize", {})["capabilities"])


def _note(id: int) -> Any:
    return request(id, "note", {"text": str(id)})


def _cancel(id: Any) -> Any:
    return {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": id, "graceMs": 1000}}


def _frames(*messages: Any) -> bytes:
    return b"".join(frame(to_json(each)) for each in messages)
