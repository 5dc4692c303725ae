"""Constraints in `Annotated`: what the schema says, what is refused, and whose classes are understood."""

from __future__ import annotations

import math
import re
import sys
import unittest
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Dict, Final, Iterable, List, NewType, Optional, Set, Tuple

from tests.client import ProjectTestCase
from typedpool import Int8
from typedpool.constraints import Ge, Gt, Interval, Le, Len, Lt, MaxLen, MinLen, MultipleOf, Pattern
from typedpool.kinds.base import ComponentNames, JsonObject, Kind, Shape, as_is
from typedpool.kinds.table import KindTable
from typedpool.mismatch import Mismatch
from typedpool.problems import Unsupported

Inner = NewType("Inner", Annotated[int, Ge(0)])

# Annotation, what its schema says beside the type, JSON values that pass, and JSON values that do not.
_ROWS: List[Tuple[Any, JsonObject, List[Any], List[Any]]] = [
    (Annotated[int, Ge(0)], {"minimum": 0}, [0, 2**63 - 1], [-1, 2**63]),
    (Annotated[int, Gt(0)], {"exclusiveMinimum": 0}, [1], [0]),
    (Annotated[int, Le(5)], {"maximum": 5}, [5, -(2**63)], [6]),
    (Annotated[int, Lt(5)], {"exclusiveMaximum": 5}, [4], [5]),
    (Annotated[int, Interval(gt=0, le=5)], {"exclusiveMinimum": 0, "maximum": 5}, [1, 5], [0, 6]),
    (Annotated[int, Ge(0.5)], {"minimum": 0.5}, [1], [0]),
    (Annotated[int, MultipleOf(5)], {"multipleOf": 5}, [-10, 0, 5], [1, 6]),
    (Annotated[int, Ge(0), Ge(3), Le(9), Le(7)], {"minimum": 3, "maximum": 7}, [3, 7], [2, 8]),
    (Annotated[Int8, Ge(0)], {"format": "int8", "minimum": 0}, [0, 127], [-1, 128]),
    (Annotated[int, Ge(0), Lt(2**64)], {"format": "uint64", "minimum": 0, "exclusiveMaximum": 2**64}, [2**64 - 1], [-1, 2**64]),
    (Annotated[int, Gt(-(2**65))], {"format": "bigint", "exclusiveMinimum": -(2**65)}, [1 - 2**65, 2**63], [-(2**65)]),
    (Annotated[float, Ge(0), Lt(1.5)], {"minimum": 0, "exclusiveMaximum": 1.5}, [0.0, -0.0, 1.25], [-0.1, 1.5, "NaN", "Infinity"]),
    (Annotated[float, Gt(0)], {"exclusiveMinimum": 0}, [5e-324, "Infinity"], [0.0, "NaN", "-Infinity"]),
    (Annotated[float, MultipleOf(0.25)], {"multipleOf": 0.25}, [0.75, -0.0], [0.7, "NaN", "Infinity"]),
    (
        Annotated[Decimal, Ge(0), Lt(Decimal("9.50")), MultipleOf(Decimal("0.05"))],
        {"formatMinimum": "0", "formatExclusiveMaximum": "9.50", "x-multipleOf": "0.05"},
        ["0", "9.45", "0.10"],
        ["-0.05", "9.50", "0.01"],
    ),
    (
        Annotated[Decimal, MultipleOf(Decimal("0.0000000000000000000000000001"))],
        {"x-multipleOf": "0.0000000000000000000000000001"},
        [str(2**96 - 1), "0.0000000000000000000000000003"],
        [],
    ),
    (Annotated[date, Ge(date(2000, 1, 1))], {"formatMinimum": "2000-01-01"}, ["2000-01-01"], ["1999-12-31"]),
    (Annotated[timedelta, Gt(timedelta(0))], {"formatExclusiveMinimum": "PT0S"}, ["PT1S"], ["PT0S", "-PT1S"]),
    (Annotated[str, Len(1, 3)], {"minLength": 1, "maxLength": 3}, ["a", "\U0001f600\U0001f600\U0001f600"], ["", "abcd"]),
    (Annotated[str, MinLen(2)], {"minLength": 2}, ["ab"], ["\U0001f600"]),
    (Annotated[str, Pattern("^a+$")], {"pattern": "^a+$"}, ["a", "aa"], ["", "ab"]),
    (Annotated[str, Pattern("b")], {"pattern": "b"}, ["abc"], ["ac"]),
    (Annotated[List[int], Len(1, 2)], {"minItems": 1, "maxItems": 2}, [[1], [1, 2]], [[], [1, 2, 3]]),
    (Annotated[Set[int], MaxLen(2)], {"uniqueItems": True, "maxItems": 2}, [[1, 2]], [[1, 2, 3]]),
    (Annotated[Dict[str, int], MaxLen(1)], {"maxProperties": 1}, [{}, {"a": 1}], [{"a": 1, "b": 2}]),
    (Annotated[Inner, Le(9)], {"minimum": 0, "maximum": 9}, [0, 9], [-1, 10]),
    (Annotated[Inner, Le(2**64 - 1)], {"format": "uint64", "minimum": 0, "maximum": 2**64 - 1}, [2**64 - 1], [-1]),
    (Inner, {"minimum": 0}, [0], [-1]),
    (Final[Annotated[int, Ge(0)]], {"minimum": 0}, [0], [-1]),
    (Annotated[int, "a note", Ge, Ge(0), re], {"minimum": 0}, [0], [-1]),
    (Annotated["Inner", Le(9)], {"minimum": 0, "maximum": 9}, [0], [10]),
]

_MEANINGLESS: List[Tuple[Any, str]] = [
    (Annotated[str, Ge(0)], "ge means nothing"),
    (Annotated[bool, Ge(0)], "ge means nothing"),
    (Annotated[int, MaxLen(3)], "max_length means nothing"),
    (Annotated[int, Pattern("a")], "pattern means nothing"),
    (Annotated[List[int], Pattern("a")], "pattern means nothing"),
    (Annotated[date, MultipleOf(2)], "multiple_of means nothing"),
    (Annotated[int, Ge("0")], "ge must be a finite number"),
    (Annotated[float, Le(math.inf)], "le must be a finite number"),
    (Annotated[Decimal, Ge(0.5)], "ge must be a decimal number"),
    (Annotated[date, Ge(5)], "ge must be a date"),
    (Annotated[int, MultipleOf(0)], "multiple_of must be a positive number"),
    (Annotated[str, MinLen(-1)], "min_length must be a number of 0 or more"),
    (Annotated[str, Pattern("(")], "pattern must be a regular expression"),
    (Annotated[str, Pattern("a"), Pattern("b")], "two different pattern"),
]


class _Foreign:
    """A constraint of some other library."""

    def __init__(self, **attributes: Any) -> None:
        vars(self).update(attributes)


def _kind(annotation: Any) -> Kind:
    return KindTable().kind(annotation, (globals(),))


def _schema(annotation: Any) -> JsonObject:
    return _kind(annotation).schema(Shape.INPUT, ComponentNames())


class ConstraintTests(unittest.TestCase):
    def test_the_schema_says_each(self) -> None:
        for annotation, keywords, _, _ in _ROWS:
            with self.subTest(annotation):
                schema = _schema(annotation)
                self.assertEqual(keywords, {name: schema[name] for name in schema if name not in ("type", "items", "x-packed", "additionalProperties") and (name != "format" or name in keywords)})

    def test_what_is_received_is_held_against_each(self) -> None:
        for annotation, _, passing, failing in _ROWS:
            decode = _kind(annotation).decoder()
            for value in passing:
                decode(value)
            for value in failing:
                with self.subTest(annotation, value=value), self.assertRaises(Mismatch):
                    decode(value)

    def test_what_is_returned_is_held_against_each(self) -> None:
        for annotation, _, passing, failing in _ROWS:
            kind = _kind(annotation)
            plain = getattr(kind, "plain").decoder()
            for strict in (False, True):
                encode = kind.encoder(strict) or as_is
                for value in passing:
                    self.assertEqual(repr(value), repr(encode(kind.decoder()(value))))
                for value in failing:
                    try:
                        returned = plain(value)
                    except Mismatch:
                        continue
                    with self.subTest(annotation, value=value), self.assertRaises(Mismatch):
                        encode(returned)

    def test_the_path_leads_to_the_value_and_the_message_says_what_may_stand_there(self) -> None:
        decode = _kind(List[Annotated[str, MaxLen(3)]]).decoder()
        with self.assertRaises(Mismatch) as raised:
            decode(["abc", "abcd"])
        self.assertEqual("/1", raised.exception.pointer)
        self.assertEqual("expected at most 3 characters, found a string of 4 characters", str(raised.exception))

    def test_items_of_a_constrained_type_are_walked(self) -> None:
        encode = _kind(List[Annotated[int, Le(5)]]).encoder(strict=False)
        assert encode is not None
        with self.assertRaises(Mismatch) as raised:
            encode([1, 9])
        self.assertEqual("/1", raised.exception.pointer)

    def test_what_is_iterated_is_counted(self) -> None:
        encode = _kind(Annotated[Iterable[int], MaxLen(2)]).encoder(strict=False) or as_is
        self.assertEqual([0, 1], list(encode(range(2))))
        with self.assertRaises(Mismatch):
            encode(iter([1, 2, 3]))

    def test_of_what_may_be_null_only_the_value_is_constrained(self) -> None:
        for annotation in (Annotated[Optional[int], Ge(0)], Optional[Annotated[int, Ge(0)]]):
            self.assertEqual({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}]}, _schema(annotation))
            self.assertIsNone(_kind(annotation).decoder()(None))

    def test_constraints_of_other_libraries_are_known_by_their_attributes(self) -> None:
        field = _Foreign(metadata=[_Foreign(ge=1), _Foreign(multiple_of=2)], annotation=int)
        self.assertEqual({"type": "integer", "minimum": 1, "multipleOf": 2}, _schema(Annotated[int, field]))
        self.assertEqual({"type": "string", "pattern": "a"}, _schema(Annotated[str, _Foreign(pattern=re.compile("a"))]))
        limits = _Foreign(min_length=0, max_length=3)
        self.assertEqual({"type": "string", "maxLength": 3}, _schema(Annotated[str, limits]))

    def test_annotated_types_and_pydantic_are_understood(self) -> None:
        try:
            import annotated_types
            import pydantic
            import pydantic_core  # What pydantic 1 does not have.
        except ImportError:
            self.skipTest("annotated_types and pydantic are not installed")
        limits: Any = annotated_types.Interval(ge=0, lt=5)
        self.assertEqual({"type": "integer", "minimum": 0, "exclusiveMaximum": 5}, _schema(Annotated[int, limits]))
        self.assertEqual({"type": "string", "minLength": 1, "maxLength": 3}, _schema(Annotated[str, annotated_types.Len(1, 3)]))
        field: Any = pydantic.Field(ge=1, multiple_of=2)
        self.assertEqual({"type": "integer", "minimum": 1, "multipleOf": 2}, _schema(Annotated[int, field]))
        self.assertEqual({"type": "integer", "exclusiveMinimum": 0}, _schema(pydantic.PositiveInt))
        self.assertEqual("date-time", _schema(pydantic.AwareDatetime)["format"])
        self.assertEqual("date-time-local", _schema(pydantic.NaiveDatetime)["format"])

    def test_a_constraint_that_means_nothing_is_refused(self) -> None:
        for annotation, text in _MEANINGLESS:
            with self.subTest(annotation), self.assertRaises(Unsupported) as raised:
                _kind(annotation)
            self.assertIn(text, raised.exception.text)


class AliasTests(ProjectTestCase):
    @unittest.skipIf(sys.version_info < (3, 12), "type statements need Python 3.12")
    def test_aliases_are_what_they_stand_for(self) -> None:
        namespace: Dict[str, Any] = {"Annotated": Annotated, "Ge": Ge}
        exec("type Count = Annotated[int, Ge(0)]\ntype Counts = list[Count]\ntype Later = Nowhere\ntype Loop = list[Loop]\n", namespace)
        self.assertEqual({"type": "array", "items": {"type": "integer", "minimum": 0}}, _schema(namespace["Counts"]))
        for name, text in (("Later", "Nowhere"), ("Loop", "without end")):
            with self.subTest(name), self.assertRaises(Unsupported) as raised:
                _kind(namespace[name])
            self.assertIn(text, raised.exception.text)

    def test_a_default_has_to_meet_the_constraints(self) -> None:
        source = "from typing import *\nfrom typedpool import command\nfrom typedpool.constraints import Ge\n"
        self.write("commands.py", source + "@command\ndef f(a: Annotated[int, Ge(1)] = 0) -> None: ...\n")
        done = self.run_cli("export", "commands")
        self.assertEqual(2, done.returncode)
        self.assertIn("TPY0010", done.stderr.decode())
        self.assertIn("expected at least 1, found the number 0", done.stderr.decode())

    def test_a_worker_answers_with_path_and_value(self) -> None:
        source = """
            from typing import Annotated, List
            from typedpool import command
            from typedpool.constraints import Le

            @command
            def echo(values: List[Annotated[int, Le(5)]], more: int = 0) -> List[Annotated[int, Le(5)]]:
                return [value + more for value in values]
            """
        with self.host(source) as host:
            self.assertEqual([1, 5], host.result("echo", {"values": [1, 5]}))
            refused = host.error("echo", {"values": [1, 6]})
            self.assertEqual((-32602, "/values/1"), (refused["code"], refused["data"]["pointer"]))
            self.assertIn("at most 5", refused["message"])
            wrong = host.error("echo", {"values": [1, 5], "more": 1})
            self.assertEqual((-32603, "/1"), (wrong["code"], wrong["data"]["pointer"]))


if __name__ == "__main__":
    unittest.main()
