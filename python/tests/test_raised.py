"""What a raised exception tells: its fields, its causes, its notes, its group, and none of what user code does on the way."""

from __future__ import annotations

import json
import sys
import textwrap
import unittest
from typing import Any

from tests.client import Host, ProjectTestCase
from typedpool.raised import DEEPEST, LONGEST_TEXT, MOST_EXCEPTIONS

_SOURCE = '''
    from __future__ import annotations
    import enum, sys
    from dataclasses import dataclass
    from typing import ClassVar, Dict, List, Optional
    from typedpool import command

    class Currency(enum.Enum):
        EURO = "EUR"

    @dataclass
    class Entry:
        amount: int

    class Refused(Exception):
        """It was refused.

        Attributes:
            account: Whose.
        """

        account: str
        limit: ClassVar[int] = 3
        _secret: str = "x"

    class InsufficientFunds(Refused):
        needed: int
        currency: Currency
        last: List[Entry]
        note: Optional[str] = None

        def __init__(self, account: str, needed: int) -> None:
            super().__init__(f"{account} needs {needed}")
            self.account, self.needed = account, needed
            self.currency, self.last = Currency.EURO, [Entry(1), Entry(2)]

    class Overdrawn(InsufficientFunds):
        days: int = 5

    @dataclass
    class Locked(Exception):
        until: str
        tries: Dict[str, int]

    class Moody(Exception):
        @property
        def reason(self) -> str:
            raise RuntimeError("not today")

    Moody.__annotations__ = {"reason": "str"}

    class Rude(Exception):
        reason: str

        def __str__(self) -> str:
            raise SystemExit(3)

    @command(raises={InsufficientFunds: 1001, Locked: 1002, Moody: 1003, Rude: 1004})
    def pay(how: str) -> None:
        if how == "funds":
            raise InsufficientFunds("A", 7)
        if how == "subclass":
            raise Overdrawn("B", 8)
        if how == "dataclass":
            raise Locked("noon", {"x": 1})
        if how == "moody":
            raise Moody
        if how == "rude":
            error = Rude()
            error.reason = "because"
            raise error
        if how == "wrong":
            error = InsufficientFunds("C", 9)
            error.last[1].amount = "many"
            raise error
        if how == "missing":
            error = InsufficientFunds("C", 9)
            del error.needed
            raise error
        if how == "inside":
            raise ValueError("outer") from InsufficientFunds("D", 1)
        raise ValueError(how)

    def chain(length: int) -> BaseException:
        error = cause = ValueError("0")
        for number in range(1, length):
            error = ValueError(str(number))
            error.__cause__ = cause
            cause = error
        return error

    class Hostile(Exception):
        @property
        def __notes__(self):
            raise SystemExit(4)

        @property
        def __cause__(self):
            raise SystemExit(5)

    @command
    def fail(how: str) -> None:
        if how == "cause":
            try:
                raise KeyError("first")
            except KeyError as error:
                raise ValueError("second") from error
        if how == "context":
            try:
                {}["first"]
            except KeyError:
                raise ValueError("second")
        if how == "suppressed":
            try:
                {}["first"]
            except KeyError:
                raise ValueError("second") from None
        if how == "circle":
            one, two = ValueError("one"), ValueError("two")
            one.__cause__, two.__cause__ = two, one
            raise one
        if how == "long":
            raise chain(5000)
        if how == "huge":
            raise ValueError("x" * 300000)
        if how == "hostile":
            raise Hostile("calm")
        if how == "group":
            noted = KeyError("b")
            noted.__notes__ = ["look", 5]
            inner = ExceptionGroup("inner", [TypeError("c")])
            raise ExceptionGroup("outer", [InsufficientFunds("A", 7), noted, inner]) from OSError(2, "gone")
        if how == "wide":
            raise ExceptionGroup("wide", [ValueError(str(number)) for number in range(500)])
'''


class RaisedTests(ProjectTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.worker: Host = self.host(_SOURCE)
        self.addCleanup(self.worker.__exit__)

    def fields(self, how: str) -> Any:
        error = self.worker.error("pay", {"how": how})
        return error["code"], error["data"].get("fields")

    def test_a_declared_exception_has_its_fields(self) -> None:
        funds = {"account": "A", "needed": 7, "currency": "EUR", "last": [{"amount": 1}, {"amount": 2}], "note": None}
        self.assertEqual((1001, funds), self.fields("funds"))
        self.assertEqual((1002, {"until": "noon", "tries": {"x": 1}}), self.fields("dataclass"))

    def test_a_subclass_of_a_declared_exception_has_the_fields_of_what_is_declared(self) -> None:
        error = self.worker.error("pay", {"how": "subclass"})
        self.assertEqual("commands.InsufficientFunds", error["data"]["type"])
        self.assertEqual("commands.Overdrawn", error["data"]["actualType"])
        self.assertEqual(["account", "needed", "currency", "last", "note"], list(error["data"]["fields"]))

    def test_further_declared_exceptions_from_which_it_is_derived_are_named_nearest_first(self) -> None:
        source = """
        from typedpool import command
        class A(Exception): ...
        class B(A): ...
        class C(B): ...
        class D(C): ...
        @command(raises=[A, C, D])
        def d() -> None: raise D()
        @command(raises=[A])
        def b() -> None: raise B()
        """
        with self.host(textwrap.dedent(source)) as worker:
            data = worker.error("d", {})["data"]
            self.assertEqual(("commands.D", ["commands.C", "commands.A"]), (data["type"], data["bases"]))
            self.assertNotIn("bases", worker.error("b", {})["data"])

    def test_fields_that_cannot_be_read_are_told_and_the_rest_is_answered(self) -> None:
        for how, code, pointer, found in (
            ("moody", 1003, "", "builtins.RuntimeError: not today"),
            ("wrong", 1001, "/last/1/amount", 'the string "many"'),
            ("missing", 1001, "/needed", "nothing"),
        ):
            with self.subTest(how):
                error = self.worker.error("pay", {"how": how})
                self.assertEqual(code, error["code"])
                self.assertNotIn("fields", error["data"])
                problem = error["data"]["fieldsProblem"]
                self.assertEqual((pointer, found), (problem["pointer"], problem["found"]))

    def test_an_exception_without_words_keeps_its_fields(self) -> None:
        error = self.worker.error("pay", {"how": "rude"})
        self.assertEqual(("<exception str() failed>", {"reason": "because"}), (error["message"], error["data"]["fields"]))

    def test_a_declared_exception_inside_another_stays_there(self) -> None:
        error = self.worker.error("pay", {"how": "inside"})
        self.assertEqual((-32000, "builtins.ValueError"), (error["code"], error["data"]["type"]))
        self.assertEqual("commands.InsufficientFunds", error["data"]["cause"]["type"])

    def test_a_cause_hides_the_context_and_none_hides_both(self) -> None:
        cause = self.worker.error("fail", {"how": "cause"})["data"]
        self.assertEqual(("builtins.KeyError", "'first'"), (cause["cause"]["type"], cause["cause"]["message"]))
        self.assertIn("KeyError: 'first'", cause["cause"]["traceback"])
        self.assertNotIn("context", cause)
        context = self.worker.error("fail", {"how": "context"})["data"]
        self.assertEqual("builtins.KeyError", context["context"]["type"])
        self.assertNotIn("cause", context)
        self.assertTrue({"cause", "context"}.isdisjoint(self.worker.error("fail", {"how": "suppressed"})["data"]))

    def test_circles_end_and_long_chains_are_cut(self) -> None:
        circle = self.worker.error("fail", {"how": "circle"})["data"]
        self.assertEqual("two", circle["cause"]["message"])
        self.assertTrue({"cause", "truncated"}.isdisjoint(circle["cause"]))
        node, depth = self.worker.error("fail", {"how": "long"})["data"], 0
        while "cause" in node:
            node, depth = node["cause"], depth + 1
        self.assertEqual((DEEPEST, True), (depth, node["truncated"]))

    def test_long_texts_are_cut_and_say_so(self) -> None:
        message = self.worker.error("fail", {"how": "huge"})["message"]
        self.assertTrue(message.endswith(f"x… ({300000 - LONGEST_TEXT} more characters)"), message[-60:])

    def test_an_exception_that_defends_itself_is_answered(self) -> None:
        data = self.worker.error("fail", {"how": "hostile"})["data"]
        self.assertEqual(("commands.Hostile", "calm"), (data["type"], data["message"]))

    @unittest.skipIf(sys.version_info < (3, 11), "exception groups came with Python 3.11")
    def test_a_group_has_its_members_with_their_notes(self) -> None:
        data = self.worker.error("fail", {"how": "group"})["data"]
        self.assertEqual("builtins.FileNotFoundError", data["cause"]["type"])
        first, second, third = data["exceptions"]
        self.assertEqual("commands.InsufficientFunds", first["type"])
        self.assertEqual(["look", "5"], second["notes"])
        self.assertEqual("builtins.TypeError", third["exceptions"][0]["type"])

    @unittest.skipIf(sys.version_info < (3, 11), "exception groups came with Python 3.11")
    def test_a_wide_group_is_cut(self) -> None:
        data = self.worker.error("fail", {"how": "wide"})["data"]
        self.assertEqual((MOST_EXCEPTIONS - 1, True), (len(data["exceptions"]), data["truncated"]))


class SchemaTests(ProjectTestCase):
    def test_the_fields_stand_in_the_schema(self) -> None:
        self.write("commands.py", _SOURCE)
        document = json.loads(self.run_cli("export", "commands").stdout)
        methods = {method["name"]: method for method in document["methods"]}
        first = methods["pay"]["errors"][0]
        self.assertEqual(
            {
                "type": "object",
                "properties": {
                    "account": {"type": "string", "description": "Whose."},
                    "needed": {"type": "integer"},
                    "currency": {"$ref": "#/components/schemas/Currency"},
                    "last": {"type": "array", "items": {"$ref": "#/components/schemas/Entry"}},
                    "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                },
                "required": ["account", "needed", "currency", "last", "note"],
                "additionalProperties": False,
            },
            first["x-fields"],
        )
        self.assertEqual({"Currency", "Entry", "PingResult"}, set(document["components"]["schemas"]))

    def test_an_exception_without_annotations_has_no_fields(self) -> None:
        self.write("commands.py", "from typedpool import command\n@command(raises=[ValueError])\ndef f() -> None: ...\n")
        document = json.loads(self.run_cli("export", "commands").stdout)
        self.assertNotIn("x-fields", document["methods"][0]["errors"][0])

    def test_a_field_that_cannot_be_described_is_a_problem_at_its_place(self) -> None:
        source = """
            from typedpool import command

            class Base(Exception):
                what: complex

            class Bad(Base):
                pass

            @command(raises=[Bad])
            def f() -> None: ...

            @command(raises=[Bad])
            def g() -> None: ...
        """
        path = self.write("commands.py", textwrap.dedent(source))
        done = self.run_cli("export", "commands")
        self.assertEqual(2, done.returncode)
        (line,) = done.stderr.decode().splitlines()
        self.assertTrue(line.startswith(f"{path}(4,5): error TPY0005: exception 'Bad', field 'what': complex"), line)

    def test_fields_are_positions(self) -> None:
        self.write(
            "commands.py",
            "from typing import Any\nfrom typedpool import command\nclass E(Exception):\n    a: int\n    b: Any\n"
            "@command(raises=[E])\ndef f() -> None: ...\n@command(raises=[E])\ndef g() -> None: ...\n",
        )
        done = self.run_cli("export", "commands", "--strict")
        self.assertIn("commands.py(5,5): error TPY0014: class 'E', field 'b' is not fully typed", done.stderr.decode())
        self.assertIn("3 of 4 positions typed", done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
