"""Every row of the table of types: annotation, schema, and values there and back."""

from __future__ import annotations

import enum
import json
import math
import unittest
from dataclasses import dataclass, field
from typing import Any, Dict, List, Literal, Optional, Tuple

from typedpool.kinds.base import ComponentNames, JsonObject, Kind, Shape, as_is
from typedpool.kinds.table import KindTable
from typedpool.mismatch import Mismatch


class Text(str, enum.Enum):
    A = "a"
    B = "b"


class Number(enum.IntEnum):
    ONE = 1
    TWO = 2


@dataclass
class Node:
    value: int
    children: List[Node] = field(default_factory=list)
    named: Dict[str, Optional[Node]] = field(default_factory=dict)


class Names(ComponentNames):
    def reference(self, component: Kind, shape: Shape) -> JsonObject:
        return {"$ref": getattr(component, "name")}


_STRING, _INTEGER, _NUMBER = {"type": "string"}, {"type": "integer"}, {"type": "number"}

# Annotation, schema, and JSON values with the Python values that they stand for.
_ROWS: List[Tuple[Any, JsonObject, List[Tuple[Any, Any]]]] = [
    (str, _STRING, [("", ""), ("gr\u00fc\u00dfe \U0001f600", "gr\u00fc\u00dfe \U0001f600")]),
    (bool, {"type": "boolean"}, [(True, True), (False, False)]),
    (int, _INTEGER, [(0, 0), (2**63 - 1, 2**63 - 1), (-(2**63), -(2**63))]),
    (float, _NUMBER, [(1.5, 1.5), (-0.0, -0.0), (5e-324, 5e-324), ("Infinity", math.inf), ("-Infinity", -math.inf)]),
    (Any, {}, [(None, None), ({"a": [1, "b"]}, {"a": [1, "b"]})]),
    (object, {}, [([], [])]),
    (list[int], {"type": "array", "items": _INTEGER, "x-packed": "int64"}, [([], []), ([1, 2], [1, 2])]),
    (List["str"], {"type": "array", "items": _STRING}, [(["a"], ["a"])]),
    (list["Text"], {"type": "array", "items": {"$ref": "Text"}}, [(["a"], [Text.A])]),
    (dict[str, float], {"type": "object", "additionalProperties": _NUMBER}, [({"a": 1.0}, {"a": 1.0})]),
    (Dict[str, Text], {"type": "object", "additionalProperties": {"$ref": "Text"}}, [({"x": "b"}, {"x": Text.B})]),
    (Optional[int], {"anyOf": [_INTEGER, {"type": "null"}]}, [(None, None), (3, 3)]),
    (Optional[Any], {}, [(None, None), (3, 3)]),
    (Literal["a", "b"], {"type": "string", "enum": ["a", "b"]}, [("a", "a")]),
    (Literal[3, -1], {"type": "integer", "enum": [3, -1]}, [(-1, -1)]),
    (Text, {"$ref": "Text"}, [("a", Text.A), ("b", Text.B)]),
    (Number, {"$ref": "Number"}, [(2, Number.TWO)]),
    ("Optional[List[Number]]", {"anyOf": [{"type": "array", "items": {"$ref": "Number"}}, {"type": "null"}]}, [([1], [Number.ONE])]),
    (
        Node,
        {"$ref": "Node"},
        [
            ({"value": 1, "children": [], "named": {}}, Node(1)),
            (
                {"value": 1, "children": [{"value": 2, "children": [], "named": {"x": None}}], "named": {}},
                Node(1, [Node(2, named={"x": None})]),
            ),
        ],
    ),
]

_REFUSED: List[Tuple[Any, List[Any]]] = [
    (str, [1, None, True, ["a"]]),
    (bool, [0, 1, "true", None]),
    (int, ["1", True, 1.5, 2**63, 1e300, math.inf, None, "NaN"]),
    (float, ["1", True, None, "nan", "infinity", math.inf, 10**400]),
    (list[int], [{}, "ab", [1, "2"], None]),
    (dict[str, int], [[], {"a": "b"}, None]),
    (Optional[int], ["a", []]),
    (Literal["a"], ["b", 1, None]),
    (Literal[1], [2, True, "1", 1.5]),
    (Text, ["c", 1, None]),
    (Number, [3, True, "1", 1.5]),
    (Node, [{}, [], {"value": "1"}, {"value": 1, "other": 2}, None]),
]


def _kind(annotation: Any) -> Kind:
    return KindTable().kind(annotation, (globals(),))


class KindTests(unittest.TestCase):
    def test_every_annotation_has_its_schema(self) -> None:
        for annotation, schema, _ in _ROWS:
            with self.subTest(annotation):
                self.assertEqual(schema, _kind(annotation).schema(Shape.INPUT, Names()))

    def test_values_go_there_and_back(self) -> None:
        for annotation, _, values in _ROWS:
            kind = _kind(annotation)
            for written, value in values:
                for strict in (False, True):
                    with self.subTest(annotation=annotation, value=value, strict=strict):
                        decoded = kind.decoder()(written)
                        self.assertEqual(repr(value), repr(decoded))
                        encoded = (kind.encoder(strict) or as_is)(decoded)
                        if strict:
                            self.assertEqual(json.dumps(written), json.dumps(encoded))

    def test_values_of_another_type_are_refused(self) -> None:
        for annotation, values in _REFUSED:
            decode = _kind(annotation).decoder()
            for value in values:
                with self.subTest(annotation=annotation, value=value), self.assertRaises(Mismatch):
                    decode(value)

    def test_results_of_another_type_are_refused_by_the_strict_encoder(self) -> None:
        for annotation, value in (
            (str, 1),
            (str, "\udc80"),
            (int, True),
            (int, 1.0),
            (int, 2**63),
            (float, "NaN"),
            (float, 10**400),
            (bool, 1),
            (list[int], {1}),
            (list[int], [1, "2"]),
            (dict[str, int], {1: 1}),
            (Text, "a"),
            (Literal["a"], "b"),
            (Node, {"value": 1}),
            (Any, {1: 2}),
            (Any, math.nan),
            (Any, object()),
        ):
            with self.subTest(annotation=annotation, value=ascii(value)), self.assertRaises(Mismatch):
                (_kind(annotation).encoder(strict=True) or as_is)(value)

    def test_not_a_number_comes_back_as_one(self) -> None:
        kind = _kind(float)
        self.assertTrue(math.isnan(kind.decoder()("NaN")))
        self.assertEqual("NaN", (kind.encoder(strict=True) or as_is)(math.nan))

    def test_whole_numbers_are_integers_and_integers_are_numbers(self) -> None:
        self.assertEqual("3", repr(_kind(int).decoder()(3.0)))
        self.assertEqual("3.0", repr(_kind(float).decoder()(3)))
        self.assertEqual(Number.ONE, _kind(Number).decoder()(1.0))

    def test_what_is_json_by_annotation_is_not_walked(self) -> None:
        for annotation in (list[bool], List[List[Any]], Optional[list[str]], Any):
            self.assertIsNone(_kind(annotation).encoder(strict=False))

    def test_a_path_leads_to_the_value(self) -> None:
        value = {"value": 1, "children": [{"value": 2, "named": {"a/b~": {"value": "3"}}}]}
        with self.assertRaises(Mismatch) as raised:
            _kind(List[Node]).decoder()([value])
        self.assertEqual("/0/children/0/named/a~1b~0/value", raised.exception.pointer)

    def test_a_class_is_met_once(self) -> None:
        table = KindTable()
        self.assertIs(table.kind(Node, ()), table.kind(Node, ()))
        self.assertEqual([Node], list(table.components))


if __name__ == "__main__":
    unittest.main()
