"""Unions, flags and mixed values: how they are described, and how values are told apart."""

from __future__ import annotations

import enum
import sys
import unittest
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Dict, List, Literal, Optional, TypedDict, Union
from uuid import UUID

from tests.test_kinds import Names
from typedpool.constraints import Gt, Le
from typedpool.kinds.base import Kind, Shape, as_is
from typedpool.kinds.forms import form_of
from typedpool.kinds.table import KindTable
from typedpool.kinds.unions import ambiguities
from typedpool.mismatch import Mismatch
from typedpool.types import NaiveDatetime


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Level(enum.IntEnum):
    LOW = 1


class Rights(enum.Flag):
    READ = 1
    WRITE = 2
    BOTH = 3


class Mixed(enum.Enum):
    TEXT = "1"
    NUMBER = 1
    REAL = 1.5
    YES = True


@dataclass
class Circle:
    radius: float
    kind: Literal["circle"] = "circle"


@dataclass
class Square:
    side: float
    kind: Literal["square", "box"]


@dataclass
class Group:
    members: List[Shapes]
    kind: Literal["group"] = "group"


@dataclass
class File:
    path: str
    size: int = 0


@dataclass
class Url:
    url: str
    size: int = 0


@dataclass
class Nothing:
    size: int = 0


@dataclass
class AlsoNothing:
    other: int = 0


class Up(TypedDict, total=False):
    kind: Literal["up"]


class Down(TypedDict, total=False):
    kind: Literal["down"]


Texts = Union[date, datetime, time, timedelta, UUID, Decimal, Color]
Shapes = Union[Circle, Square, Group]
Json = Union[str, int, float, bool, None, List["Json"], Dict[str, "Json"]]

_STRING, _INTEGER, _NUMBER, _NULL = {"type": "string"}, {"type": "integer"}, {"type": "number"}, {"type": "null"}


def _kind(annotation: Any) -> Kind:
    return KindTable().kind(annotation, (globals(),))


def _decode(annotation: Any, value: Any) -> Any:
    return _kind(annotation).decoder()(value)


def _encode(annotation: Any, value: Any, strict: bool = False) -> Any:
    return (_kind(annotation).encoder(strict) or as_is)(value)


class UnionTests(unittest.TestCase):
    def test_schemas(self) -> None:
        names = Names()
        for annotation, schema in [
            (Union[int, str], {"anyOf": [_INTEGER, _STRING]}),
            (Union[int, None, str], {"anyOf": [{"anyOf": [_INTEGER, _STRING]}, _NULL]}),
            (Shapes, {"$ref": "Shapes"}),
            (
                Union[Group, Square],
                {
                    "oneOf": [{"$ref": "Group"}, {"$ref": "Square"}],
                    "discriminator": {"propertyName": "kind"},
                },
            ),
            (Union[Circle, Square, str], {"anyOf": [{"$ref": "Circle"}, {"$ref": "Square"}, _STRING]}),
            (Union[File, Url], {"anyOf": [{"$ref": "File"}, {"$ref": "Url"}]}),
            (Literal["a", 1, True, None], {"anyOf": [{"enum": ["a", 1, True]}, _NULL]}),
            (Literal[True], {"type": "boolean", "enum": [True]}),
            (Json, {"anyOf": [{"$ref": "Json"}, _NULL]}),
        ]:
            with self.subTest(annotation):
                self.assertEqual(schema, _kind(annotation).schema(Shape.OUTPUT, names))

    def test_of_several_tags_the_ordinally_first_counts_whatever_their_order(self) -> None:
        @dataclass
        class One:
            b: Literal["one"]
            a: Literal[1]

        @dataclass
        class Two:
            a: Literal[2]
            b: Literal["two"]

        for annotation in (Union[One, Two], Union[Two, One]):
            schema = _kind(annotation).schema(Shape.OUTPUT, Names())
            self.assertEqual({"propertyName": "a"}, schema["discriminator"])

    def test_flags_and_mixed_enums(self) -> None:
        table = KindTable()
        self.assertEqual(
            {"type": "integer", "x-flags": [1, 2, 3], "x-enumNames": ["READ", "WRITE", "BOTH"]},
            table.enum(Rights).component(),
        )
        self.assertEqual(
            {"enum": ["1", 1, 1.5, True], "x-enumNames": ["TEXT", "NUMBER", "REAL", "YES"]}
            if len(list(Mixed)) == 4
            else {"enum": ["1", 1, 1.5], "x-enumNames": ["TEXT", "NUMBER", "REAL"]},
            table.enum(Mixed).component(),
        )
        for value in (0, 1, 2, 3):
            self.assertEqual(Rights(value), _decode(Rights, value))
            self.assertEqual(value, _encode(Rights, Rights(value)))
        for value in (4, -1, "1", None, 1.5, True):
            with self.subTest(value), self.assertRaises(Mismatch):
                _decode(Rights, value)

    def test_values_go_there_and_back(self) -> None:
        deep: Any = {"a": [1, 1.5, "x", None, {"b": [True, []]}]}
        for annotation, value, written in [
            (Union[int, str], 3, 3),
            (Union[int, str], "3", "3"),
            (Union[int, float], 3, 3),
            (Union[int, float], 3.0, 3.0),
            (Union[bool, int], True, True),
            (Union[bool, int], 1, 1),
            (Union[float, str], "NaN", "NaN"),
            (Union[float, bool], float("inf"), "Infinity"),
            (Union[Color, str], Color.RED, "red"),
            (Union[Color, str], "green", "green"),
            (Union[Color, Level], Level.LOW, 1),
            (Union[List[int], str], [1, 2], [1, 2]),
            (Optional[Union[int, str]], None, None),
            (Shapes, Circle(1.5), {"radius": 1.5, "kind": "circle"}),
            (Shapes, Square(2.0, "box"), {"side": 2.0, "kind": "box"}),
            (Union[File, Url, Nothing], Url("u"), {"url": "u", "size": 0}),
            (Union[File, Url, Nothing], Nothing(3), {"size": 3}),
            (Json, deep, deep),
            (Texts, date(2026, 1, 31), "2026-01-31"),
            (Texts, datetime(2026, 1, 31, 12, tzinfo=timezone.utc), "2026-01-31T12:00:00+00:00"),
            (Texts, timedelta(minutes=-90), "-PT1H30M"),
            (Texts, time(12, 30), "12:30:00"),
            (Texts, UUID(int=1), "00000000-0000-0000-0000-000000000001"),
            (Texts, Decimal("-1.50"), "-1.50"),
            (Texts, Color.RED, "red"),
            (Union[NaiveDatetime, date], datetime(2026, 1, 31), "2026-01-31T00:00:00"),
            (Union[NaiveDatetime, date, None], date(2026, 1, 31), "2026-01-31"),
            (Literal["a", 1, True, None], True, True),
            (Literal["a", 1, True, None], 1, 1),
            (Literal["a", 1, True, None], None, None),
            (Mixed, Mixed.TEXT, "1"),
            (Mixed, Mixed.REAL, 1.5),
        ]:
            # What is native is not looked at unless the JSON encoder refuses it.
            for strict in (True,) if _kind(annotation).native else (False, True):
                with self.subTest(annotation=annotation, value=value, strict=strict):
                    got = _encode(annotation, value, strict)
                    self.assertEqual((written, type(written)), (got, type(got)))
                    back = _decode(annotation, written)
                    self.assertEqual((value, type(value)), (back, type(back)))

    def test_a_group_holds_unions_of_its_own(self) -> None:
        group = Group([Circle(1.0), Group([Square(2.0, "square")])])
        self.assertEqual(group, _decode(Shapes, _encode(Shapes, group)))

    def test_what_fits_no_case_is_told_with_path_and_value(self) -> None:
        for annotation, value, path, expected in [
            (Union[int, str], 1.5, "", "an integer of 64 bits"),
            (Union[int, str], [], "", "one of an integer, a string"),
            (Shapes, {"radius": 1}, "/kind", 'one of "circle", "square", "box", "group"'),
            (Shapes, {"kind": "line"}, "/kind", 'one of "circle", "square", "box", "group"'),
            (Shapes, {"kind": []}, "/kind", 'one of "circle", "square", "box", "group"'),
            (Shapes, {"kind": "group", "members": [{"kind": "circle", "radius": "x"}]}, "/members/0/radius", "a number of 64 bits"),
            (Union[File, Url], {"size": 1}, "", 'an object with one of the members "path", "url"'),
            (Union[int, None, str], {}, "", "one of an integer, a string"),
            (Union[date, UUID], "x", "", "a string of one of the formats date, uuid"),
            (Union[date, UUID], "2026-01-31T12:00:00Z", "", "a string of one of the formats date, uuid"),
            (Union[date, UUID], "2026-13-31", "", 'a date such as "2026-01-31"'),
            (Union[date, UUID], 1, "", "one of a string"),
        ]:
            with self.subTest(annotation=annotation, value=value), self.assertRaises(Mismatch) as raised:
                _decode(annotation, value)
            self.assertEqual((path, expected), (raised.exception.pointer, raised.exception.expected))

    def test_what_is_no_case_is_not_sent(self) -> None:
        for annotation, value in [
            (Union[int, str], 1.5),
            (Union[float, str], float("nan")),
            (Union[int, str], 2**63),
            (Shapes, File("p")),
            (Literal["a", 1], True),
            (Union[Color, int], "red"),
            (Union[date, UUID], datetime(2026, 1, 31)),
            (Union[date, UUID], "2026-01-31"),
        ]:
            with self.subTest(annotation=annotation, value=value), self.assertRaises(Mismatch):
                _encode(annotation, value, strict=True)

    def test_what_nothing_tells_apart_is_found_in_the_shape_where_it_is(self) -> None:
        both = _kind(Union[Nothing, AlsoNothing])
        self.assertEqual(1, len(list(ambiguities(both, Shape.INPUT, set()))))
        self.assertEqual(0, len(list(ambiguities(both, Shape.OUTPUT, set()))))
        self.assertEqual(0, len(list(ambiguities(_kind(Json), Shape.INPUT, set()))))
        inside = _kind(List[Dict[str, Union[List[int], List[str]]]])
        self.assertEqual(1, len(list(ambiguities(inside, Shape.OUTPUT, set()))))

    def test_strings_are_told_apart_only_where_each_has_a_form_of_its_own(self) -> None:
        early, late = Annotated[date, Le(date(2000, 1, 1))], Annotated[date, Gt(date(2000, 1, 1))]
        for annotation, count in [
            (Texts, 0),
            (Union[early, UUID], 0),
            (Union[early, late], 1),
            (Union[date, str], 1),
            (Union[date, Path], 1),
            (Union[date, UUID, Color], 0),
        ]:
            with self.subTest(annotation):
                self.assertEqual(count, len(list(ambiguities(_kind(annotation), Shape.INPUT, set()))))

    def test_every_form_is_known_by_its_signs(self) -> None:
        for text, form in [
            ("2026-01-31", "date"),
            ("2026-01-31T12:00:00", "date-time-local"),
            ("2026-01-31 12:00:00.5", "date-time-local"),
            ("2026-01-31t12:00:00z", "date-time"),
            ("2026-01-31T12:00:00-05:00", "date-time"),
            ("2026-01-31x12:00:00", None),
            ("12:00", "time"),
            ("P1W", "duration"),
            ("-PT1S", "duration"),
            ("12345678-1234-5678-9ABC-123456789ABC", "uuid"),
            ("12345678-1234-5678-9ABC-123456789AB", None),
            ("0", "decimal"),
            ("-0.50", "decimal"),
            ("1e5", None),
            ("", None),
            ("-", "decimal"),
        ]:
            with self.subTest(text):
                self.assertEqual(form, form_of(text))

    def test_a_tag_that_need_not_be_there_tells_nothing_apart(self) -> None:
        self.assertEqual(1, len(list(ambiguities(_kind(Union[Up, Down]), Shape.INPUT, set()))))

    @unittest.skipIf(sys.version_info < (3, 10), "X | Y is an ordinary type since Python 3.10")
    def test_new_unions_are_the_same(self) -> None:
        self.assertEqual(_kind(Union[int, str]).schema(Shape.INPUT, Names()), _kind("int | str").schema(Shape.INPUT, Names()))


@dataclass
class Holder:
    """A default inside a class that is still being read."""

    child: Optional[Union[Holder, int]] = 3
    items: List[Union[int, str]] = field(default_factory=list)


class RecursionTests(unittest.TestCase):
    def test_a_class_may_hold_a_union_of_itself(self) -> None:
        value = Holder(Holder(None, ["a", 1]), [2])
        self.assertEqual(value, _decode(Holder, _encode(Holder, value)))
