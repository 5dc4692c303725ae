"""Attachments in memory of the host's: who has what, and when it goes back."""

from __future__ import annotations

import os
import sys
import unittest
from typing import Any, Dict, List, Optional, Tuple

from tests.client import Host, ProjectTestCase, frame, request, to_json

_SOURCE = """
    import os
    from typing import Any, List
    from typedpool import command

    _kept: List[Any] = []

    @command
    def echo(data: bytes) -> bytes:
        assert type(data) is bytes
        return data

    @command
    def two(first: bytes, second: bytes) -> List[bytes]:
        return [second, first]

    @command
    def array(data: bytearray) -> bytearray:
        assert type(data) is bytearray
        data[0] ^= 255
        return data

    @command
    def view(data: memoryview) -> memoryview:
        assert not data.readonly
        data[0] ^= 255
        return data

    @command
    def reals(values: List[float]) -> List[float]:
        return values

    @command
    def keep(data: memoryview) -> int:
        _kept.append(data[100:200])
        return len(data)

    @command
    def kept() -> bytes:
        return b"".join(_kept)

    @command
    def drop() -> None:
        _kept.clear()

    @command
    def refuse(data: memoryview) -> None:
        raise ValueError(data[0])

    @command
    def fork(data: memoryview, gate: str) -> int:
        child = os.fork()
        if child:
            return child
        with open(gate, "rb"):
            pass
        os._exit(0)

    @command
    def make(count: int) -> bytes:
        return b"x" * count

    @command
    def hold(path: str) -> None:
        with open(path, "rb"):
            pass

    @command
    def descriptors() -> int:
        return len(os.listdir("/proc/self/fd"))
"""
_ASYNC = _SOURCE.replace("    def ", "    async def ")
_LARGE = 70_000


def _places(sizes: List[int]) -> List[int]:
    starts, end = [], 0
    for size in sizes:
        starts.append(-(-end // 64) * 64)
        end = starts[-1] + size
    return starts


class Segments:
    """The host's memory."""

    def __init__(self, test: unittest.TestCase) -> None:
        self._test = test
        self._last = 0
        self.folder = f"/proc/{os.getpid()}/fd"

    def new(self, size: int = 1_000_000) -> Tuple[int, str]:
        """A descriptor and its name."""
        self._last += 1
        descriptor = os.memfd_create("test")
        self._test.addCleanup(os.close, descriptor)
        os.ftruncate(descriptor, size)
        return descriptor, f"{descriptor}.{self._last}"

    def offer(self, text: str = "a token") -> Dict[str, Any]:
        descriptor, name = self.new(4096)
        os.pwrite(descriptor, b"a token", 0)
        return {"folder": self.folder, "segment": name, "holds": text}


class MemoryTestCase(ProjectTestCase):
    def setUp(self) -> None:
        if sys.platform != "linux":
            self.skipTest("needs Linux")
        super().setUp()
        self.segments = Segments(self)
        self.arguments = self.segments.new()
        self.result = self.segments.new()

    def ready(self, source: str = _SOURCE, *arguments: str) -> Host:
        host = self.host(source, *arguments)
        self.assertTrue(self.offer(host, self.segments.offer()))
        return host

    def offer(self, host: Host, offer: Any, **capabilities: Any) -> bool:
        given = {"attachments": True, "memory": offer, **capabilities}
        answer = host.ask(request(0, "$/initialize", {"capabilities": given}))
        told: Dict[str, Any] = answer["result"]["capabilities"]
        self.assertIn(told.get("memory"), (None, True))
        return "memory" in told

    def ask(self, host: Host, method: str, params: Any, *attachments: bytes, lent: Optional[str] = None) -> Any:
        """The answer to a call with its attachments in memory."""
        descriptor, name = self.arguments
        sizes = [len(each) for each in attachments]
        for start, data in zip(_places(sizes), attachments):
            os.pwrite(descriptor, data, start)
        message = request(1, method, params, attachments=True, **({} if lent is None else {"memory": lent}))
        host.send(frame(to_json({"$attachments": [name, *sizes], **message} if sizes else message)))
        return host.receive()

    def attached(self, host: Host, answer: Any, lent: Optional[str] = None) -> List[bytes]:
        """What an answer has brought, out of lent memory or behind it."""
        if lent is None:
            return [host.output.read(size) for size in answer["$attachments"]]
        self.assertEqual(lent, answer["$attachments"][0])
        sizes = answer["$attachments"][1:]
        return [os.pread(self.result[0], size, start) for start, size in zip(_places(sizes), sizes)]


class AgreementTests(MemoryTestCase):
    def test_only_memory_that_holds_what_the_host_says_is_agreed_to(self) -> None:
        good = self.segments.offer()
        closed = os.dup(0)
        os.close(closed)
        for offer in (
            {**good, "holds": "another"},
            {**good, "holds": ""},
            {**good, "folder": "/proc/1/fd/none"},
            {**good, "segment": f"{closed}.1"},
            {**good, "segment": 7},
            {"folder": good["folder"]},
            True,
            None,
        ):
            with self.subTest(offer), self.host(_SOURCE) as host:
                self.assertFalse(self.offer(host, offer))
        with self.host(_SOURCE) as host:
            self.assertFalse(self.offer(host, good, attachments=False))
            self.assertTrue(self.offer(host, good))

    def test_without_agreement_a_name_among_the_sizes_ends_the_worker(self) -> None:
        with self.host(_SOURCE) as host:
            self.assertFalse(self.offer(host, None))
            answer = self.ask(host, "echo", {"data": {"$attachment": 0}}, bytes(_LARGE))
            self.assertEqual(-32600, answer["error"]["code"])
            self.assertEqual(1, host.wait())

    def test_what_announces_no_segment_ends_the_worker(self) -> None:
        for name in ("", "7", "7.x", "../7.1", "/etc/passwd", "7.1,8"):
            with self.subTest(name), self.ready() as host:
                host.send(frame(to_json({"$attachments": [name, 8], **request(1, "echo", {"data": {"$attachment": 0}})})))
                self.assertEqual(-32600, host.receive()["error"]["code"])
                self.assertEqual(1, host.wait())


    def test_a_broken_announcement_that_comes_while_a_call_runs_ends_the_worker_when_it_has_ended(self) -> None:
        gate = os.path.join(self.folder, "gate")
        os.mkfifo(gate)
        with self.ready() as host:
            host.send_message(request(1, "hold", {"path": gate}))
            host.send_message(request(10, "$/ping"))
            self.assertEqual(10, host.receive()["id"])
            host.send(frame(to_json({"$attachments": ["7", 8], **request(2, "echo", {"data": {"$attachment": 0}})})))
            host.send_message(request(11, "$/ping"))
            with open(gate, "wb"):
                pass
            self.assertEqual(1, host.receive()["id"])
            answer = host.receive()
            self.assertEqual((-32600, 2), (answer["error"]["code"], answer["id"]))
            self.assertEqual(1, host.wait())


class TravellingTests(MemoryTestCase):
    def test_bytes_come_and_go_in_memory(self) -> None:
        lent = self.result[1]
        with self.ready() as host:
            for size in (65_535, 65_536, 65_537, 500_001):
                data = os.urandom(size)
                for method in ("echo", "array", "view"):
                    with self.subTest(method, size=size):
                        answer = self.ask(host, method, {"data": {"$attachment": 0}}, data, lent=lent)
                        self.assertNotIn("kept", answer)
                        back = self.attached(host, answer, lent if len(to_json(answer)) + size >= 65_536 + 60 else None)
                        expected = data if method == "echo" else bytes([data[0] ^ 255]) + data[1:]
                        self.assertEqual([expected], back)
                        # What the command has written to is its own.
                        self.assertEqual(data, os.pread(self.arguments[0], size, 0))

    def test_numbers_come_and_go_in_memory(self) -> None:
        from array import array

        numbers = array("d", [i / 7 for i in range(20_000)])
        with self.ready() as host:
            answer = self.ask(host, "reals", {"values": {"$attachment": 0}}, numbers.tobytes(), lent=self.result[1])
            self.assertEqual([numbers.tobytes()], self.attached(host, answer, self.result[1]))

    def test_several_stand_one_after_the_other_each_at_a_multiple_of_64(self) -> None:
        first, second = os.urandom(70_001), os.urandom(3)
        with self.ready() as host:
            params = {"first": {"$attachment": 0}, "second": {"$attachment": 1}}
            answer = self.ask(host, "two", params, first, second, lent=self.result[1])
            self.assertEqual([second, first], self.attached(host, answer, self.result[1]))

    def test_a_result_that_finds_no_room_comes_through_the_pipe(self) -> None:
        small = self.segments.new(4096)[1]
        with self.ready() as host:
            for lent in (None, small, "9999.1", 7, f"{self.result[1]}x/.."):
                with self.subTest(lent):
                    answer = self.ask(host, "make", {"count": _LARGE}, lent=lent)
                    self.assertEqual([b"x" * _LARGE], self.attached(host, answer))
            answer = self.ask(host, "make", {"count": 100}, lent=self.result[1])
            self.assertEqual([b"x" * 100], self.attached(host, answer))

    def test_memory_that_is_not_there_is_an_error_of_the_call(self) -> None:
        with self.ready() as host:
            for name in ("9999.1", self.segments.new(4096)[1]):
                message = request(1, "echo", {"data": {"$attachment": 0}}, attachments=True)
                host.send(frame(to_json({"$attachments": [name, _LARGE], **message})))
                error = host.receive()["error"]
                self.assertEqual(-32603, error["code"])
                self.assertIn("memory of the host's", error["message"])
            self.assertEqual(_LARGE, self.ask(host, "keep", {"data": {"$attachment": 0}}, bytes(_LARGE))["result"])

    def test_arguments_that_do_not_fit_give_their_memory_back(self) -> None:
        with self.ready() as host:
            answer = self.ask(host, "view", {"data": {"$attachment": 1}}, bytes(_LARGE))
            self.assertEqual((-32602, False), (answer["error"]["code"], "kept" in answer))

    def test_the_limit_is_for_what_is_in_memory_too(self) -> None:
        with self.host(_SOURCE) as host:
            given = {"capabilities": {"attachments": True, "memory": self.segments.offer()}, "limits": {"maxMessageBytes": 1000}}
            host.ask(request(0, "$/initialize", given))
            answer = self.ask(host, "echo", {"data": {"$attachment": 0}}, bytes(2000))
            self.assertIn("the limit is 1000", answer["error"]["message"])


class KeepingTests(MemoryTestCase):
    def test_an_answer_says_that_memory_is_kept(self) -> None:
        for source in (_SOURCE, _ASYNC):
            with self.subTest("async" if source is _ASYNC else "plain"), self.ready(source) as host:
                data = os.urandom(_LARGE)
                answer = self.ask(host, "keep", {"data": {"$attachment": 0}}, data)
                self.assertEqual((True, _LARGE), (answer["kept"], answer["result"]))
                # The host does not use it again, and lets go of it.
                self.arguments = self.segments.new()
                for _ in range(3):
                    other = self.ask(host, "view", {"data": {"$attachment": 0}}, os.urandom(_LARGE), lent=self.result[1])
                    self.assertNotIn("kept", other)
                self.assertEqual([data[100:200]], self.attached(host, self.ask(host, "kept", {})))

    def test_what_a_command_raises_keeps_nothing(self) -> None:
        for source in (_SOURCE, _ASYNC):
            with self.subTest("async" if source is _ASYNC else "plain"), self.ready(source) as host:
                for _ in range(3):
                    answer = self.ask(host, "refuse", {"data": {"$attachment": 0}}, bytes(_LARGE))
                    self.assertEqual((-32000, False), (answer["error"]["code"], "kept" in answer))

    def test_several_calls_at_once_keep_and_give_back_their_own(self) -> None:
        with self.ready(_ASYNC, "--calls", "4", "--threads", "2") as host:
            segments = [self.segments.new() for _ in range(4)]
            for i, (descriptor, name) in enumerate(segments):
                os.pwrite(descriptor, bytes([i]) * _LARGE, 0)
                message = request(i, ("view", "keep")[i % 2], {"data": {"$attachment": 0}}, attachments=True)
                host.send(frame(to_json({"$attachments": [name, _LARGE], **message})))
            answers = {}
            for _ in segments:
                answer = host.receive()
                answers[answer["id"]] = "kept" in answer
                for size in answer.get("$attachments", []):
                    host.output.read(size)
            self.assertEqual([True, True], [answers[1], answers[3]])

    def test_a_forked_child_keeps_what_its_parent_has_given_back(self) -> None:
        gate = os.path.join(self.folder, "gate")
        os.mkfifo(gate)
        with self.ready() as host:
            answer = self.ask(host, "fork", {"data": {"$attachment": 0}, "gate": gate}, bytes(_LARGE))
            self.assertTrue(answer["kept"])
            with open(gate, "wb"):
                pass
            self.arguments = self.segments.new()
            answer = self.ask(host, "refuse", {"data": {"$attachment": 0}}, bytes(_LARGE))
            self.assertNotIn("kept", answer)

    def test_few_segments_stay_open_and_none_that_was_kept(self) -> None:
        with self.ready() as host:
            before = host.result("descriptors")
            for i in range(100):
                if i < 70:
                    self.arguments = self.segments.new()
                answer = self.ask(host, "keep", {"data": {"$attachment": 0}}, bytes([i]) * _LARGE)
                # Beyond some, it is a copy that is kept.
                self.assertEqual(i < 64, "kept" in answer)
            self.assertLessEqual(host.result("descriptors"), before + 64 + 2 * 16)
            kept = self.attached(host, self.ask(host, "kept", {}))
            self.assertEqual([b"".join(bytes([i]) * 100 for i in range(100))], kept)
            host.result("drop")
            self.assertLessEqual(host.result("descriptors"), before + 2 * 16)
            for _ in range(40):
                self.arguments = self.segments.new()
                self.ask(host, "echo", {"data": {"$attachment": 0}}, bytes(_LARGE), lent=self.arguments[1])
            self.assertLessEqual(host.result("descriptors"), before + 2 * 16)


if __name__ == "__main__":
    unittest.main()
