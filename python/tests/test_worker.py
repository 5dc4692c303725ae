"""The worker as a process, driven as a host drives it."""

from __future__ import annotations

import os
import random
import sys
import threading
import unittest

from tests.client import Host, ProjectTestCase, frame, request, to_json
from tests.worker_source import SOURCE


class WorkerTests(ProjectTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.worker = self.enterContext_(self.host(SOURCE))

    def enterContext_(self, host: Host) -> Host:
        self.addCleanup(host.__exit__)
        return host

    def assert_alive(self) -> None:
        self.assertEqual(3, self.worker.result("add", {"a": 1, "b": 2}))

    def test_a_call_is_answered_in_the_very_form_that_the_protocol_promises(self) -> None:
        self.worker.send_message(request(7, "add", {"a": 1}))
        self.assertEqual(b'{"jsonrpc":"2.0","id":7,"result":11}', self.worker.receive_bytes())

    def test_initialize_says_who_answers(self) -> None:
        result = self.worker.result("$/initialize", {"protocol": 1, "workerId": "pool-1/3", "capabilities": {}})
        self.assertEqual(
            ["protocol", "bridge", "python", "implementation", "pid", "contract", "capabilities"], list(result)
        )
        self.assertEqual(self.worker.process.pid, result["pid"])
        self.assertRegex(result["contract"], "^sha256:[0-9a-f]{64}$")
        self.assertEqual("pool-1/3", self.worker.result("about")[2])

    def test_initialize_refuses_what_it_cannot_follow(self) -> None:
        for params in ({"protocol": 2}, {"limits": {"maxMessageBytes": 0}}, {"limits": 1}, [1]):
            with self.subTest(params):
                self.assertEqual(-32602, self.worker.error("$/initialize", params)["code"])
        self.assert_alive()

    def test_ids_come_back_as_they_were(self) -> None:
        for id in (0, -5, 2**62, 1.5, "a/ü", "", None):
            with self.subTest(id):
                self.assertEqual(id, self.worker.ask(request(id, "add", {"a": 1}))["id"])

    def test_params_may_come_in_declared_order(self) -> None:
        self.assertEqual(3, self.worker.result("add", [1, 2]))
        self.assertEqual("/1", self.worker.error("add", [1, "2"])["data"]["pointer"])
        self.assertEqual("/2", self.worker.error("add", [1, 2, 3])["data"]["pointer"])

    def test_what_a_function_takes_by_position_alone_is_passed_by_name(self) -> None:
        self.assertEqual([1, 5, 3], self.worker.result("positional", {"b": 5}))
        self.assertEqual([1, 2, 9], self.worker.result("positional", {"c": 9}))

    def test_a_notification_runs_and_is_not_answered(self) -> None:
        for params in ({"a": 1}, {"a": "wrong"}):
            self.worker.send_message({"jsonrpc": "2.0", "method": "add", "params": params})
        self.worker.send_message({"jsonrpc": "2.0", "method": "nothing"})
        self.worker.send_message({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 1}})
        self.assert_alive()

    def test_protocol_messages_are_answered(self) -> None:
        self.assertEqual({}, self.worker.result("$/ping"))
        self.assertEqual(-32601, self.worker.error("$/other")["code"])
        self.assertIsNone(self.worker.result("$/shutdown"))
        self.assertEqual(0, self.worker.wait())

    def test_an_unknown_command_is_answered_with_the_known_ones(self) -> None:
        error = self.worker.error("ad")
        self.assertEqual((-32601, "typedpool.CommandNotFound"), (error["code"], error["data"]["type"]))
        self.assertIn("add", error["message"])

    def test_what_is_no_request_is_answered_and_the_worker_goes_on(self) -> None:
        cases = [
            (b"{", -32700),
            (b"\xff\xfe", -32700),
            (b"[NaN]", -32700),
            (b"{} {}", -32700),
            (b"[]", -32600),
            (b"1", -32600),
            (b"{}", -32600),
            (b'{"jsonrpc":"1.0","id":1,"method":"add"}', -32600),
            (b'{"jsonrpc":"2.0","id":{},"method":"add"}', -32600),
            (b'{"jsonrpc":"2.0","id":"\\ud800","method":"add"}', -32600),
            (b'{"jsonrpc":"2.0","id":1e999,"method":"add"}', -32600),
            (b'{"jsonrpc":"2.0","id":1,"method":"\\ud800"}', -32601),
            (b'{"jsonrpc":"2.0","id":1,"method":3}', -32600),
            (b'{"jsonrpc":"2.0","id":1,"method":"add","params":3}', -32602),
            (b'{"jsonrpc":"2.0","id":1,"method":"about","session":3}', -32600),
            (b'{"jsonrpc":"2.0","id":1,"method":"about","timeoutMs":"3"}', -32600),
            (b'{"jsonrpc":"2.0","id":1,"method":"about","traceparent":3}', -32600),
            (b'{"jsonrpc":"2.0","id":1,"result":3}', -32600),
        ]
        for body, code in cases:
            with self.subTest(body):
                self.worker.send(frame(body))
                self.assertEqual(code, self.worker.receive()["error"]["code"])
        self.assert_alive()

    def test_blanks_around_a_message_and_doubled_keys_are_allowed(self) -> None:
        self.worker.send(frame(b' \n{"jsonrpc":"2.0","id":1,"id":2,"method":"add","params":{"a":1}}\n '))
        self.assertEqual({"jsonrpc": "2.0", "id": 2, "result": 11}, self.worker.receive())

    def test_what_python_cannot_parse_is_answered_under_its_id(self) -> None:
        deep = b"[" * 200_000 + b"]" * 200_000
        escaped = b"[" * 950 + rb'"\u00fc"' + b"]" * 950
        self.worker.send(frame(b'{"jsonrpc":"2.0","id":9,"method":"echo","params":{"value":' + escaped + b"}}"))
        self.assertEqual(9, self.worker.receive()["id"])
        for value in (deep, b"1" * 5000 if sys.version_info >= (3, 11) else deep):
            self.worker.send(frame(b'{"jsonrpc":"2.0","id":9,"method":"echo","params":{"value":' + value + b"}}"))
            answer = self.worker.receive()
            self.assertEqual((9, -32600), (answer["id"], answer["error"]["code"]))
        self.assert_alive()

    def test_a_length_that_is_not_allowed_ends_the_worker(self) -> None:
        for header in (b"\0\0\0\0", b"\xff\xff\xff\xff"):
            with self.subTest(header), self.host(SOURCE) as worker:
                worker.send(header)
                answer = worker.receive()
                self.assertEqual((None, -32600), (answer["id"], answer["error"]["code"]))
                self.assertEqual(1, worker.wait())

    def test_messages_above_the_agreed_limit_are_refused_both_ways(self) -> None:
        self.worker.result("$/initialize", {"protocol": 1, "limits": {"maxMessageBytes": 1000}})
        data = self.worker.error("long", {"size": 1000})["data"]
        self.assertEqual(("typedpool.MessageTooLarge", 1000), (data["type"], data["limit"]))
        self.assertGreater(data["size"], 1000)
        self.assertEqual(10, len(self.worker.result("long", {"size": 10})))
        self.worker.send((1001).to_bytes(4, "big"))
        self.assertEqual(-32600, self.worker.receive()["error"]["code"])
        self.assertEqual(1, self.worker.wait())

    def test_large_messages_pass_both_ways(self) -> None:
        value = ["ü" * 100_000, list(range(100_000))]
        self.assertEqual(value, self.worker.result("echo", {"value": value}))

    def test_arguments_that_do_not_fit_are_refused_with_their_place(self) -> None:
        cases = [
            ("add", {}, "/a"),
            ("add", {"a": "1"}, "/a"),
            ("add", {"a": True}, "/a"),
            ("add", {"a": 1.5}, "/a"),
            ("add", {"a": 2**63}, "/a"),
            ("add", {"a": None}, "/a"),
            ("add", {"a": 1, "x": 2}, "/x"),
            ("divide", {"a": 1, "b": "nan"}, "/b"),
            ("relabel", {"labels": [{"name": "a"}, {"name": 3}]}, "/labels/1/name"),
            ("relabel", {"labels": [{"name": "a", "inner": {"name": "b", "x/y~": 1}}]}, "/labels/0/inner/x~1y~0"),
            ("relabel", {"labels": [{"kind": "good"}]}, "/labels/0/name"),
            ("relabel", {"labels": [{"name": "a", "kind": "ugly"}]}, "/labels/0/kind"),
            ("relabel", {"labels": {}}, "/labels"),
            ("echo", {"value": {"a": ["\ud800"]}}, "/value/a/0"),
        ]
        for method, params, pointer in cases:
            with self.subTest(method=method, params=ascii(params)):
                error = self.worker.error(method, params)
                self.assertEqual(-32602, error["code"])
                self.assertEqual(("typedpool.InvalidArguments", pointer), (error["data"]["type"], error["data"]["pointer"]))
                self.assertTrue(error["data"]["expected"] and error["data"]["found"])
        self.assert_alive()

    def test_a_number_out_of_range_is_refused(self) -> None:
        self.worker.send(frame(b'{"jsonrpc":"2.0","id":1,"method":"divide","params":{"a":1e999,"b":1}}'))
        self.assertEqual("/a", self.worker.receive()["error"]["data"]["pointer"])

    def test_a_whole_number_is_an_integer_and_an_integer_is_a_number(self) -> None:
        self.assertEqual(13, self.worker.result("add", {"a": 3.0}))
        self.worker.send_message(request(1, "divide", {"a": 4, "b": 2}))
        self.assertIn(b'"result":2.0}', self.worker.receive_bytes())

    def test_numbers_that_json_lacks_travel_as_strings(self) -> None:
        self.assertEqual("Infinity", self.worker.result("divide", {"a": 1, "b": 0}))
        self.assertEqual("-Infinity", self.worker.result("divide", {"a": "-Infinity", "b": 1}))
        for kind in ("NaN", "Infinity", "-Infinity"):
            self.assertEqual({"a": [1.0, kind]}, self.worker.result("floats", {"kind": kind}))

    def test_records_come_back_whole(self) -> None:
        result = self.worker.result("relabel", {"labels": [{"name": "a", "inner": {"name": "b", "kind": "bad"}}]})
        inner = {"name": "b", "kind": "bad", "inner": None}
        self.assertEqual({"a": {"name": "a", "kind": "good", "inner": inner}}, result)

    def test_a_recursive_value_that_is_too_deep_is_refused(self) -> None:
        label = '{"name":"a"}'
        for _ in range(900):
            label = '{"name":"a","inner":' + label + "}"
        body = '{"jsonrpc":"2.0","id":1,"method":"relabel","params":{"labels":[' + label + "]}}"
        self.worker.send(frame(body.encode()))
        answer = self.worker.receive()
        self.assertEqual(1, answer["id"])
        self.assertIn("error", answer)
        self.assert_alive()

    def test_results_that_do_not_fit_are_errors_with_their_place(self) -> None:
        cases = [
            ("wrong", "set", "/1"),
            ("anything", "nan", "/a/0"),
            ("anything", "surrogate", "/0"),
            ("anything", "object", "/0"),
        ]
        for method, what, pointer in cases:
            with self.subTest(method=method, what=what):
                error = self.worker.error(method, {"what": what})
                self.assertEqual((-32603, "typedpool.InvalidResult"), (error["code"], error["data"]["type"]))
                self.assertEqual(pointer, error["data"]["pointer"])
        self.assertEqual(-32603, self.worker.error("anything", {"what": "circular"})["code"])
        self.assertEqual("/1", self.worker.error("keys")["data"]["pointer"])
        self.assert_alive()

    def test_a_declared_exception_has_its_own_code(self) -> None:
        error = self.worker.error("fail", {"how": "declared"})
        self.assertEqual((1001, "empty", "commands.EmptyText"), (error["code"], error["message"], error["data"]["type"]))
        error = self.worker.error("fail", {"how": "subclass"})
        data = error["data"]
        self.assertEqual(
            (1001, "commands.EmptyText", "commands.BlankText"), (error["code"], data["type"], data["actualType"])
        )

    def test_every_exception_ends_the_call_and_not_the_worker(self) -> None:
        cases = {
            "exit": ("builtins.SystemExit", "3"),
            "interrupt": ("builtins.KeyboardInterrupt", ""),
            "base": ("builtins.BaseException", "base"),
            "rude": ("commands.Rude", "<exception str() failed>"),
            "memory": ("builtins.MemoryError", ""),
            "surrogate": ("builtins.ValueError", "bad \\udc80 name"),
        }
        for how, (type, message) in cases.items():
            with self.subTest(how):
                error = self.worker.error("fail", {"how": how})
                self.assertEqual((-32000, type, message), (error["code"], error["data"]["type"], error["message"]))
                self.assertEqual(message, error["data"]["message"])
        self.assertEqual("builtins.RecursionError", self.worker.error("fail", {"how": "recursion"})["data"]["type"])
        self.assert_alive()

    def test_a_traceback_shows_the_users_frames_alone(self) -> None:
        text = self.worker.error("fail", {"how": "cause"})["data"]["traceback"]
        self.assertNotIn(os.sep + "typedpool" + os.sep, text)
        self.assertIn("KeyError: 'first'", text)
        self.assertIn("direct cause", text)
        self.assertTrue(text.endswith("ValueError: second\n"), text)
        self.assertIn("commands.py", text)

    def test_an_exception_object_that_is_raised_again_starts_anew(self) -> None:
        texts = {self.worker.error("fail", {"how": "same"})["data"]["traceback"] for _ in range(3)}
        self.assertEqual(1, len(texts))

    def test_notes_travel(self) -> None:
        self.assertEqual(["look", "there"], self.worker.error("fail", {"how": "notes"})["data"]["notes"])

    def test_closing_the_standard_output_hurts_nobody(self) -> None:
        for how in ("stream", "descriptor"):
            with self.subTest(how), self.host(SOURCE) as worker:
                self.assertEqual(how, worker.result("close", {"how": how}))
                self.assertEqual(how, worker.result("echo", {"value": how}))
                self.assertEqual(0, worker.leave())

    def test_what_is_printed_goes_to_standard_error(self) -> None:
        self.assertEqual(0, self.worker.result("printing", {"text": "gr\u00fcezi"}))
        self.assertEqual(0, self.worker.leave())
        self.assertIn("gr\u00fcezi", self.worker.errors())
        self.assertIn("raw", self.worker.errors())

    def test_a_context_knows_the_call(self) -> None:
        trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        about = self.worker.result("about", session="s-1", timeoutMs=60_000, traceparent=trace)
        session, remaining, worker_id, token, traceparent = about
        self.assertEqual(("s-1", None, None, trace), (session, worker_id, token, traceparent))
        self.assertTrue(0 < remaining <= 60)
        self.assertEqual([None] * 5, self.worker.result("about"))

    @unittest.skipUnless(hasattr(os, "fork"), "needs fork")
    def test_a_forked_child_cannot_answer(self) -> None:
        self.assertNotEqual(0, self.worker.result("fork"))
        self.assert_alive()

    def test_ping_echoes_and_tells_about_the_worker(self) -> None:
        result = self.worker.result("ping", {"echo": [1, None]}, session="s")
        self.assertEqual(("ok", [1, None], "s"), (result["status"], result["echo"], result["session_id"]))
        self.assertEqual(self.worker.process.pid, result["pid"])
        self.assertGreaterEqual(result["uptime"], 0)
        self.assertIsNone(self.worker.result("ping")["echo"])

    def test_the_end_of_the_input_ends_the_worker(self) -> None:
        self.assertEqual(0, self.worker.leave())

    def test_frames_cut_anywhere_are_answered_in_order(self) -> None:
        chance = random.Random(20)
        expected, data = [], b""
        for id in range(400):
            value = "x" * chance.choice((0, 1, 50, 5000, 70_000 if id % 40 == 0 else 3))
            expected.append((id, value))
            data += frame(to_json(request(id, "echo", {"value": value})))
        def send() -> None:
            start = 0
            while start < len(data):
                end = start + chance.choice((1, 2, 3, 5, 100, 4096, 65_536, 100_000))
                self.worker.send(data[start:end])
                start = end

        sender = threading.Thread(target=send)
        sender.start()
        answers = [self.worker.receive() for _ in expected]
        sender.join()
        self.assertEqual(expected, [(answer["id"], answer["result"]) for answer in answers])

    def test_a_frame_that_is_cut_by_the_end_ends_the_worker(self) -> None:
        for data in (b"\0\0", frame(to_json(request(1, "add")))[:-3]):
            with self.subTest(data), self.host(SOURCE) as worker:
                worker.send(data)
                self.assertEqual(0, worker.leave())
