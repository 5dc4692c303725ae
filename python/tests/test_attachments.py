"""Bytes beside messages: how they are announced, named and refused."""

from __future__ import annotations

import base64
import json
import math
import os
import unittest
from array import array
from typing import Any, Dict, List, Optional, Tuple

from tests.client import Host, ProjectTestCase, frame, request, to_json

_SOURCE = """
    from typing import Any, Dict, List, Optional
    from typedpool import command

    @command
    def echo(data: bytes) -> bytes:
        return data

    @command
    def both(a: bytes, b: bytes = b"-", anything: Any = None) -> Any:
        return [len(a), len(b), anything]

    @command
    def reals(values: List[float]) -> List[float]:
        return values

    @command
    def integers(values: List[int]) -> List[int]:
        return values

    @command
    def make(count: int, value: int = 0) -> Dict[str, Optional[List[bytes]]]:
        return {"a": [bytes([value]) * count, b""], "b": None}

    @command
    def hold(path: str) -> None:
        with open(path, "rb"):
            pass

    @command
    def view(data: memoryview) -> memoryview:
        return data.cast("B", (2, len(data) // 2)) if len(data) else data
"""
_LIMIT = 2000


def announced(message: Dict[str, Any], *attachments: bytes) -> bytes:
    """A message with its attachments, as a frame and what follows it."""
    body = to_json({"$attachments": [len(each) for each in attachments], **message})
    return frame(body) + b"".join(attachments)


def call(id: Any, method: str, params: Any = None) -> Dict[str, Any]:
    """A request whose answer may bring attachments."""
    return request(id, method, params, attachments=True)


class AttachmentTestCase(ProjectTestCase):
    def ready(self, limit: Optional[int] = None, attachments: Any = True) -> Host:
        """A worker that has agreed to attachments."""
        host = self.host(_SOURCE)
        limits = {} if limit is None else {"maxMessageBytes": limit}
        answer = host.ask(request(0, "$/initialize", {"capabilities": {"attachments": attachments}, "limits": limits}))
        self.assertEqual(attachments is True, "attachments" in answer["result"]["capabilities"])
        return host

    def gate(self) -> str:
        """What a call of `hold` waits for, until it is opened for writing."""
        path = os.path.join(self.folder, "gate")
        os.mkfifo(path)
        return path

    def receive(self, host: Host) -> Tuple[Any, List[bytes]]:
        answer = host.receive()
        return answer, [host.output.read(size) for size in answer.get("$attachments", [])]

    def ask(self, host: Host, message: Dict[str, Any], *attachments: bytes) -> Tuple[Any, List[bytes]]:
        host.send(announced(message, *attachments))
        return self.receive(host)

    def assert_serves(self, host: Host) -> None:
        data = os.urandom(100)
        answer, attachments = self.ask(host, call("again", "echo", {"data": {"$attachment": 0}}), data)
        self.assertEqual(({"$attachments": [100], "jsonrpc": "2.0", "id": "again", "result": {"$attachment": 0}}, [data]), (answer, attachments))


class AgreedTests(AttachmentTestCase):
    def test_bytes_travel_as_they_are(self) -> None:
        with self.ready() as host:
            for size in (0, 1, 1000, 65_531, 65_536, 1_000_000):
                data = os.urandom(size)
                answer, attachments = self.ask(host, call(size, "echo", {"data": {"$attachment": 0}}), data)
                self.assertEqual({"$attachment": 0}, answer["result"])
                self.assertEqual([data], attachments)
            self.assertEqual(0, host.leave())

    def test_an_answer_is_announced_in_one_form(self) -> None:
        with self.ready() as host:
            host.send_message(call(7, "make", {"count": 3}))
            expected = b'{"$attachments":[3,0],"jsonrpc":"2.0","id":7,"result":{"a":[{"$attachment":0},{"$attachment":1}],"b":null}}'
            self.assertEqual(expected, host.receive_bytes())
            self.assertEqual(b"\0\0\0", host.output.read(3))
            self.assert_serves(host)

    def test_messages_that_come_together_are_told_apart(self) -> None:
        with self.ready() as host:
            first = announced(call(1, "echo", {"data": {"$attachment": 0}}), b"abc")
            second = announced(call(2, "both", {"a": {"$attachment": 1}, "b": {"$attachment": 0}}), b"", b"xy")
            host.send(first + second + frame(to_json(call(3, "both", ["QUI="]))))
            self.assertEqual([b"abc"], self.receive(host)[1])
            self.assertEqual([2, 0, None], host.receive()["result"])
            self.assertEqual([2, 1, None], host.receive()["result"])

    def test_what_comes_while_a_call_runs_is_there_when_it_has_ended(self) -> None:
        gate = self.gate()
        data, small = os.urandom(300_000), os.urandom(7)
        sent = announced(call(2, "both", {"a": {"$attachment": 0}, "b": {"$attachment": 1}}), data, small)
        sent += announced(call(3, "echo", {"data": {"$attachment": 0}}), data)
        with self.ready() as host:
            host.send_message(call(1, "hold", {"path": gate}))
            # The answer to a ping shows that everything before it has been read, beside the call.
            host.send_message(request(10, "$/ping"))
            self.assertEqual(10, host.receive()["id"])
            for piece in (sent[:30], sent[30:70_000], sent[70_000:-5], sent[-5:]):
                host.send(piece)
            host.send_message(request(11, "$/ping"))
            self.assertEqual(11, host.receive()["id"])
            with open(gate, "wb"):
                pass
            self.assertEqual(1, host.receive()["id"])
            self.assertEqual([300_000, 7, None], host.receive()["result"])
            self.assertEqual([data], self.receive(host)[1])
            self.assert_serves(host)

    def test_a_broken_announcement_that_comes_while_a_call_runs_is_answered_when_it_has_ended(self) -> None:
        gate = self.gate()
        with self.ready() as host:
            host.send_message(call(1, "hold", {"path": gate}))
            host.send_message(request(10, "$/ping"))
            self.assertEqual(10, host.receive()["id"])
            host.send(frame(to_json({"$attachments": [-1], **call(2, "echo")})))
            with open(gate, "wb"):
                pass
            self.assertEqual(1, host.receive()["id"])
            answer = host.receive()
            self.assertEqual((-32600, 2), (answer["error"]["code"], answer["id"]))
            self.assertEqual(1, host.wait())

    def test_base64_is_read_as_well(self) -> None:
        with self.ready() as host:
            answer, attachments = self.ask(host, call(1, "both", {"a": "QUJD", "b": {"$attachment": 0}}), b"four")
            self.assertEqual(([3, 4, None], []), (answer["result"], attachments))

    def test_where_anything_may_stand_nothing_stands_for_an_attachment(self) -> None:
        with self.ready() as host:
            lookalike = [{"$attachment": 0}, {"$attachments": [1]}]
            params = {"a": {"$attachment": 0}, "anything": lookalike}
            answer, attachments = self.ask(host, call(1, "both", params), b"one")
            self.assertEqual(([3, 1, lookalike], []), (answer["result"], attachments))

    def test_numbers_are_packed_where_there_are_many(self) -> None:
        with self.ready() as host:
            numbers = [math.nan, math.inf, -math.inf, -0.0, 5e-324, *map(float, range(1000))]
            packed = array("d", numbers).tobytes()
            self.assertEqual([packed], self.ask(host, call(1, "reals", [{"$attachment": 0}]), packed)[1])
            integers = array("q", [-(2**63), 2**63 - 1, *range(100)]).tobytes()
            self.assertEqual([integers], self.ask(host, call(2, "integers", [{"$attachment": 0}]), integers)[1])
            few, attachments = self.ask(host, call(3, "reals", [{"$attachment": 0}]), array("d", [1.5]).tobytes())
            self.assertEqual(([1.5], []), (few["result"], attachments))

    def test_a_list_is_packed_only_where_the_schema_says_so(self) -> None:
        # What the verdicts on lists that are packed now, or no longer, rest upon.
        source = """
            from typing import List, Union
            from typedpool import command

            @command
            def packed(values: List[int]) -> List[int]:
                return values

            @command
            def single(values: Union[List[int], str]) -> int:
                return len(values)
            """
        with self.host(source) as host:
            host.ask(request(0, "$/initialize", {"capabilities": {"attachments": True}}))
            numbers = list(range(1000))
            data = array("q", numbers).tobytes()
            self.assertEqual([data], self.ask(host, call(1, "packed", [numbers]))[1])
            self.assertEqual(numbers, host.ask(request(2, "packed", [numbers]))["result"])
            self.assertEqual(1000, host.ask(request(3, "single", [numbers]))["result"])
            self.assertEqual(-32602, self.ask(host, call(4, "single", [{"$attachment": 0}]), data)[0]["error"]["code"])

    def test_many_attachments_are_written_however_many_the_system_takes_at_once(self) -> None:
        source = """
            from typing import List
            from typedpool import command

            @command
            def many(count: int) -> List[bytes]:
                return [bytes([i % 251]) * (i % 3) for i in range(count)]
            """
        with self.host(source) as host:
            host.ask(request(0, "$/initialize", {"capabilities": {"attachments": True}}))
            host.send_message(call(1, "many", [5000]))
            _, attachments = self.receive(host)
            self.assertEqual([bytes([i % 251]) * (i % 3) for i in range(5000)], attachments)

    def test_a_view_of_several_dimensions_is_one_row_of_bytes(self) -> None:
        with self.ready() as host:
            self.assertEqual([b"abcdef"], self.ask(host, call(1, "view", [{"$attachment": 0}]), b"abcdef")[1])
            self.assertEqual([b""], self.ask(host, call(1, "view", [{"$attachment": 0}]), b"")[1])


class MisfitTests(AttachmentTestCase):
    def test_what_names_no_attachment_is_an_error_with_its_place(self) -> None:
        for params, pointer, found in (
            ({"data": {"$attachment": 1}}, "/data", "attachment 1"),
            ({"data": {"$attachment": -1}}, "/data", "attachment -1"),
            ({"data": {"$attachment": 0.0}}, "/data/$attachment", "something else"),
            ({"data": {"$attachment": True}}, "/data/$attachment", "something else"),
            ({"data": {"$attachment": 0, "more": 1}}, "/data", "an object"),
            ({"data": {}}, "/data", "an object"),
            ({"data": "QUI"}, "/data", 'the string "QUI"'),
            ({"data": "Q U I ="}, "/data", 'the string "Q U I ="'),
        ):
            with self.subTest(params), self.ready() as host:
                answer, _ = self.ask(host, call(1, "echo", params), b"abc")
                self.assertEqual((-32602, pointer, found), _misfit(answer))
                self.assert_serves(host)

    def test_an_attachment_stands_in_one_place(self) -> None:
        with self.ready() as host:
            twice = {"a": {"$attachment": 0}, "b": {"$attachment": 0}}
            answer, _ = self.ask(host, call(1, "both", twice), b"abc")
            self.assertEqual((-32602, "/b", "attachment 0 for a second time"), _misfit(answer))
            answer, _ = self.ask(host, call(2, "both", {"a": {"$attachment": 0}}), b"abc", b"def")
            self.assertEqual((-32602, "", "none for attachment 1"), _misfit(answer))
            host.send_message(call(3, "both", {"a": {"$attachment": 0}}))
            self.assertEqual((-32602, "/a", "attachment 0 of one that brings none"), _misfit(host.receive()))
            self.assert_serves(host)

    def test_numbers_have_eight_bytes_each(self) -> None:
        with self.ready() as host:
            answer, _ = self.ask(host, call(1, "reals", [{"$attachment": 0}]), b"1234567")
            self.assertEqual((-32602, "/0", "an attachment of 7 bytes"), _misfit(answer))
            self.assert_serves(host)

    def test_protocol_messages_take_none_and_unknown_commands_lose_theirs(self) -> None:
        with self.ready() as host:
            self.assertEqual(-32600, self.ask(host, request(1, "$/ping"), b"abc")[0]["error"]["code"])
            self.assertEqual(-32601, self.ask(host, call(2, "nobody"), b"abc")[0]["error"]["code"])
            host.send(announced({"jsonrpc": "2.0", "method": "echo", "params": ["AA=="]}, b"a notification's"))
            self.assert_serves(host)

    def test_an_answer_above_the_limit_is_an_error_and_the_worker_stays(self) -> None:
        with self.ready(_LIMIT) as host:
            host.send_message(call(1, "make", {"count": _LIMIT}))
            error = host.receive()["error"]
            self.assertEqual((-32603, "typedpool.MessageTooLarge", _LIMIT), (error["code"], error["data"]["type"], error["data"]["limit"]))
            self.assertGreater(error["data"]["size"], _LIMIT)
            self.assert_serves(host)

    def test_an_answer_of_exactly_the_limit_is_sent(self) -> None:
        head = len(b'{"$attachments":[1800,0],"jsonrpc":"2.0","id":1,"result":{"a":[{"$attachment":0},{"$attachment":1}],"b":null}}')
        for size, fits in ((_LIMIT - head, True), (_LIMIT - head + 1, False)):
            with self.subTest(size), self.ready(_LIMIT) as host:
                host.send_message(call(1, "make", [size]))
                self.assertEqual(fits, "result" in self.receive(host)[0])


class BrokenAnnouncementTests(AttachmentTestCase):
    """What follows cannot be told from the next frame: the worker answers, and leaves."""

    def answered_last(self, sent: bytes) -> Any:
        with self.ready(_LIMIT) as host:
            host.send(sent)
            answer = host.receive()
            self.assertEqual(1, host.wait())
            return answer["error"]

    def assert_lost(self, sent: bytes, *, code: int = -32600, id: Any = 1, host: Optional[Host] = None) -> str:
        with host or self.ready(_LIMIT) as host:
            host.send(sent)
            answer = host.receive()
            self.assertEqual((code, id), (answer["error"]["code"], answer["id"]))
            self.assertEqual(1, host.wait())
            return answer["error"]["message"]

    def test_sizes_are_numbers_of_bytes(self) -> None:
        for sizes in ([-1], [1.0], [True], ["1"], [None], [[1]]):
            with self.subTest(sizes):
                self.assert_lost(frame(to_json({"$attachments": sizes, **call(1, "echo")})))

    def test_a_size_is_written_in_one_form(self) -> None:
        for sizes in (b"-0", b"+1", b"00", b"01", b"007", b"1e0", b" 1", b"1 ", b"1,", b",1", b"0x1", "\u0661".encode()):
            with self.subTest(sizes):
                body = b'{"$attachments":[%b],"jsonrpc":"2.0","id":1,"method":"echo"}' % sizes
                # What is not JSON has no id that can be read.
                error = self.answered_last(frame(body))
                self.assertEqual(-32600, error["code"])
                self.assertIn("by their sizes in bytes", error["message"])

    def test_there_are_no_more_of_them_than_the_message_can_name(self) -> None:
        text = self.assert_lost(frame(to_json({"$attachments": [0] * 1000, **call(1, "echo")})), host=self.ready())
        self.assertIn("1000 attachments are announced", text)

    def test_their_sum_counts_against_the_limit_before_anything_is_received(self) -> None:
        for sizes in ([_LIMIT], [_LIMIT // 2, _LIMIT // 2], [2**62, 2**62], [2**63], [10**30]):
            with self.subTest(sizes):
                text = self.assert_lost(frame(to_json({"$attachments": sizes, **call(1, "echo")})))
                self.assertIn("limit", text)

    def test_they_are_announced_first_and_in_one_form(self) -> None:
        late = to_json({**call(1, "echo"), "$attachments": [1]})
        spaced = b'{ "$attachments":[1],"jsonrpc":"2.0","id":1,"method":"echo"}'
        for body in (late, spaced, to_json({"$attachments": {}, **call(1, "echo")}), to_json({"$attachments": 1, **call(1, "echo")})):
            with self.subTest(body):
                self.assert_lost(frame(body))

    def test_a_message_that_is_none_is_an_error_and_the_next_one_is_found(self) -> None:
        for body, code, id in ((b'{"$attachments":[1],nonsense}', -32700, None), (b'{"$attachments":[1],"id":1}', -32600, 1)):
            with self.subTest(body), self.ready() as host:
                host.send(frame(body) + b"x")
                answer = host.receive()
                self.assertEqual((code, id), (answer["error"]["code"], answer["id"]))
                self.assert_serves(host)

    def test_a_message_of_the_protocol_takes_none(self) -> None:
        with self.ready() as host:
            host.send(announced(request(1, "$/compare"), b"x"))
            self.assertEqual(-32600, host.receive()["error"]["code"])
            self.assert_serves(host)

    def test_without_agreement_there_are_none(self) -> None:
        for attachments in (False, None, 1, {}):
            with self.subTest(attachments):
                sent = announced(call(1, "echo", [{"$attachment": 0}]), b"abc")
                self.assert_lost(sent, host=self.ready(attachments=attachments))
        self.assert_lost(announced(call(1, "echo", [{"$attachment": 0}]), b"abc"), host=self.host(_SOURCE))

    def test_an_end_in_the_middle_is_the_end(self) -> None:
        whole = announced(call(1, "echo", {"data": {"$attachment": 0}}), b"abc")
        for kept in (len(whole) - 1, len(whole) - 3):
            with self.subTest(kept), self.ready() as host:
                host.send(whole[:kept])
                self.assertEqual(0, host.leave())


class PlainClientTests(AttachmentTestCase):
    def test_a_call_that_does_not_ask_for_attachments_gets_base64_and_arrays(self) -> None:
        data, numbers = os.urandom(1000), array("d", map(float, range(100)))
        with self.ready() as host:
            for members in ({}, {"attachments": False}, {"attachments": None}, {"attachments": 1}):
                with self.subTest(members):
                    params = [{"$attachment": 0}]
                    answer = self.ask(host, request(1, "echo", params, **members), data)
                    self.assertEqual(({"jsonrpc": "2.0", "id": 1, "result": base64.b64encode(data).decode()}, []), answer)
                    answer = self.ask(host, request(2, "reals", params, **members), numbers.tobytes())
                    self.assertEqual(({"jsonrpc": "2.0", "id": 2, "result": numbers.tolist()}, []), answer)
            self.assert_serves(host)

    def test_a_plain_client_gets_base64_and_arrays(self) -> None:
        with self.host(_SOURCE) as host:
            data = os.urandom(1000)
            text = base64.b64encode(data).decode()
            self.assertEqual(text, host.result("echo", [text]))
            numbers = ["NaN", "Infinity", "-Infinity", -0.0, *[0.5] * 100]
            self.assertEqual(numbers, host.result("reals", [numbers]))
            self.assertEqual(list(range(100)), host.result("integers", [list(range(100))]))
            self.assertEqual({"a": ["AQE=", ""], "b": None}, host.result("make", [2, 1]))
            error = host.error("echo", [{"$attachment": 0}])
            self.assertEqual((-32602, "/0"), (error["code"], error["data"]["pointer"]))

    def test_a_default_of_bytes_stands_in_the_schema_as_base64(self) -> None:
        self.write("commands.py", _SOURCE)
        document = json.loads(self.run_cli("export", "commands").stdout)
        schema = next(method for method in document["methods"] if method["name"] == "both")["params"][1]["schema"]
        self.assertEqual({"type": "string", "contentEncoding": "base64", "default": "LQ=="}, schema)


def _misfit(answer: Any) -> Tuple[int, str, str]:
    error = answer["error"]
    return error["code"], error["data"]["pointer"], error["data"]["found"]


if __name__ == "__main__":
    unittest.main()
