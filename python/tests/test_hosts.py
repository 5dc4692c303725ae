"""Functions of the host: how they are declared, described, and called on the wire."""

from __future__ import annotations

import json
import os
from typing import Any, Dict, Protocol

from tests.client import ProjectTestCase, request
from typedpool import host

SOURCE = """
    from typing import List, Optional, Protocol
    from typedpool import HostError, command, host

    @host
    class Prices(Protocol):
        \"\"\"What the host knows of prices.\"\"\"

        def price_of(self, article: str, count: int = 1) -> float:
            \"\"\"The price.

            Args:
                article: Its name.

            Returns:
                What it costs.
            \"\"\"
            ...

        def nothing(self) -> None: ...

    @command
    def price(article: str, prices: Prices) -> float:
        return prices.price_of(article)

    @command
    def fails(prices: Prices) -> List[str]:
        try:
            prices.nothing()
        except HostError as error:
            return [str(error), error.type]
        return []
"""


class DeclarationTests(ProjectTestCase):
    def test_what_the_commands_ask_for_stands_in_the_document(self) -> None:
        document = self._export(SOURCE)
        params: Dict[str, Any] = {
            "type": "object",
            "properties": {"article": {"type": "string", "description": "Its name."}, "count": {"type": "integer"}},
            "required": ["article", "count"],
            "additionalProperties": False,
        }
        nothing: Dict[str, Any] = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
        self.assertEqual(
            [{
                "name": "Prices",
                "summary": "What the host knows of prices.",
                "methods": [
                    {"name": "nothing", "params": nothing, "result": {"name": "result", "schema": {"type": "null"}}},
                    {
                        "name": "price_of",
                        "summary": "The price.",
                        "params": params,
                        "result": {"name": "result", "description": "What it costs.", "schema": {"type": "number"}},
                    },
                ],
            }],
            document["x-hosts"],
        )
        method = next(each for each in document["methods"] if each["name"] == "price")
        self.assertEqual(["article"], [parameter["name"] for parameter in method["params"]])

    def test_they_are_part_of_the_contract(self) -> None:
        before = self._export(SOURCE)
        after = self._export(SOURCE.replace("count: int = 1", "count: float = 1"))
        words = self._export(SOURCE.replace("The price.", "What it costs."))
        contracts = [each["info"]["x-typedpool"]["contract"] for each in (before, after, words)]
        self.assertNotEqual(contracts[0], contracts[1])
        self.assertEqual(contracts[0], contracts[2])

    def test_what_cannot_be_described_is_told_with_its_place(self) -> None:
        for function, told in (
            ("def f(self, a) -> None: ...", "host function 'Bad.f', parameter 'a': no annotation. Write e.g. a: str."),
            ("def f(self, a: int): ...", "host function 'Bad.f', result: no annotation of the result. Write e.g. -> str, or -> None."),
            ("def f(self, *a: int) -> None: ...", "host function 'Bad.f', parameter 'a': a variable number of arguments"),
            ("def f(self, a: object()) -> None: ...", "host function 'Bad.f', parameter 'a': "),
            ("def f(self, a: Iterator[int]) -> None: ...", "parameter 'a': Iterator[int]: a stream is a whole parameter or result of a command."),
            ("async def f(self) -> AsyncIterator[int]: ...", "result: AsyncIterator[int]: a stream is a whole parameter or result of a command."),
            ("a: int", "class 'Bad', member 'a': a host has functions only."),
            ("pass", "class 'Bad': no functions."),
        ):
            with self.subTest(function):
                outcome = self._run(f"""
                    from typing import AsyncIterator, Iterator, Protocol
                    from typedpool import command, host
                    @host
                    class Bad(Protocol):
                        {function}
                    @command
                    def f(bad: Bad) -> None: ...
                """)
                self.assertEqual(2, outcome.returncode)
                self.assertIn(told, outcome.stderr.decode("utf-8"))

    def test_only_a_protocol_can_be_marked(self) -> None:
        with self.assertRaisesRegex(TypeError, "@host marks Protocol classes"):
            host(int)

    def test_what_is_marked_asks_nothing_more_of_those_that_implement_it(self) -> None:
        from typing import runtime_checkable

        @host
        @runtime_checkable
        class Desk(Protocol):
            def ask(self) -> str: ...

        class Fake:
            def ask(self) -> str:
                return "yes"

        self.assertIsInstance(Fake(), Desk)

    def _export(self, source: str) -> Dict[str, Any]:
        outcome = self._run(source)
        self.assertEqual(0, outcome.returncode, outcome.stderr)
        with open(os.path.join(self.folder, "schema.json"), encoding="utf-8") as file:
            return json.load(file)

    def _run(self, source: str) -> Any:
        self.write("commands.py", source)
        return self.run_cli("export", "commands", "-o", "schema.json")


class WireTests(ProjectTestCase):
    def test_arguments_are_given_in_every_form_that_there_is(self) -> None:
        source = """
            from typing import Protocol
            from typedpool import command, host

            @host
            class Desk(Protocol):
                def ask(self, a: int, b: int = 2, *, c: int = 3) -> None: ...
                def tell(self, a: int = 1, *, b: int) -> None: ...

            @command
            def ask(desk: Desk, form: str) -> str:
                try:
                    eval(form)
                except TypeError as error:
                    return str(error)
                return ""
        """
        with self.host(source) as worker:
            worker.result("$/initialize", {"capabilities": {"hosts": ["Desk"]}})
            for form, sent in (
                ("desk.ask(7)", {"a": 7, "b": 2, "c": 3}),
                ("desk.ask(7, 8)", {"a": 7, "b": 8, "c": 3}),
                ("desk.ask(a=7)", {"a": 7, "b": 2, "c": 3}),
                ("desk.ask(7, c=9)", {"a": 7, "b": 2, "c": 9}),
                ("desk.tell(b=5)", {"a": 1, "b": 5}),
            ):
                asked = worker.ask(request(7, "ask", {"form": form}))
                self.assertEqual(sent, asked["params"])
                self.assertEqual("", worker.ask({"jsonrpc": "2.0", "id": asked["id"], "result": None})["result"])
            for form, told in (
                ("desk.ask()", "missing a required argument: 'a'"),
                ("desk.ask(1, 2, 3)", "too many positional arguments"),
                ("desk.ask(1, d=1)", "got an unexpected keyword argument 'd'"),
                ("desk.tell(1)", "missing a required"),
            ):
                self.assertIn(told, worker.result("ask", {"form": form}))

    def test_a_function_is_asked_for_and_answered(self) -> None:
        with self.host(SOURCE) as worker:
            told = worker.result("$/initialize", {"capabilities": {"hosts": ["Prices"]}})
            self.assertEqual({"Prices": ["nothing", "price_of"]}, told["hosts"])
            worker.send_message(request(7, "price", {"article": "tea"}))
            asked = worker.receive()
            self.assertEqual(
                {"jsonrpc": "2.0", "id": 1, "method": "$/host/Prices.price_of", "call": 7, "params": {"article": "tea", "count": 1}}, asked
            )
            worker.send_message({"jsonrpc": "2.0", "id": 1, "result": 2.5})
            self.assertEqual({"jsonrpc": "2.0", "id": 7, "result": 2.5}, worker.receive())

    def test_a_host_that_offers_none_is_not_asked(self) -> None:
        with self.host(SOURCE) as worker:
            self.assertEqual(["The host implements no Prices: Prices.nothing cannot be called.", ""], worker.result("fails"))

    def test_an_error_and_a_wrong_result_are_exceptions(self) -> None:
        for answer, told in (
            ({"error": {"code": -32000, "message": "no", "data": {"type": "System.Exception"}}}, ["no", "System.Exception"]),
            ({"error": {"code": -32601, "message": "the call has ended"}}, ["Prices.nothing cannot be called: the call has ended.", ""]),
            ({"result": 3}, ["Prices.nothing returned what it does not declare: expected null, found the number 3", ""]),
        ):
            with self.subTest(answer), self.host(SOURCE) as worker:
                worker.result("$/initialize", {"capabilities": {"hosts": ["Prices"]}})
                worker.send_message(request(7, "fails", {}))
                worker.send_message({"jsonrpc": "2.0", "id": worker.receive()["id"], **answer})
                self.assertEqual({"jsonrpc": "2.0", "id": 7, "result": told}, worker.receive())
