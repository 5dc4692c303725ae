"""Lists, sets, tuples and maps in all their spellings: schema, values there and back, and what is refused."""

from __future__ import annotations

import collections
import enum
import json
import math
import types
import unittest
from collections import abc
from dataclasses import dataclass, field
from typing import (
    AbstractSet,
    Any,
    Collection,
    Deque,
    Dict,
    FrozenSet,
    Iterable,
    List,
    Literal,
    Mapping,
    MutableMapping,
    MutableSequence,
    MutableSet,
    Optional,
    Sequence,
    Set,
    Tuple,
)

from tests.client import ProjectTestCase
from tests.test_kinds import Names
from typedpool.attachments import plain
from typedpool.kinds.base import JsonObject, Kind, Shape, as_is
from typedpool.kinds.table import KindTable
from typedpool.mismatch import Mismatch


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 10


@dataclass(frozen=True)
class Point:
    x: int
    y: Tuple[float, ...] = ()


@dataclass(frozen=True)
class Unhashed:
    """Has a list that takes no part in its hash."""

    x: int
    notes: List[str] = field(default_factory=list, compare=False)


class Counted:
    """A sequence of its own."""

    def __len__(self) -> int:
        return 2

    def __getitem__(self, index: int) -> int:
        return [7, 8][index]


abc.Sequence.register(Counted)

_INTEGER: JsonObject = {"type": "integer"}
_STRING: JsonObject = {"type": "string"}
_LIST: JsonObject = {"type": "array", "items": _INTEGER, "x-packed": "int64"}
_SET: JsonObject = {"type": "array", "items": _INTEGER, "uniqueItems": True}
_PAIR: JsonObject = {"type": "array", "prefixItems": [_INTEGER, _STRING], "minItems": 2, "maxItems": 2}
_MAP: JsonObject = {"type": "object", "additionalProperties": _INTEGER}
_NUMBERED = {"pattern": "^(0|-?[1-9][0-9]*)$"}

# Annotation, schema, and JSON values with the Python values that they stand for.
_ROWS: List[Tuple[Any, JsonObject, List[Tuple[Any, Any]]]] = [
    (Sequence[int], _LIST, [([], []), ([1, 2], [1, 2])]),
    (abc.Sequence[int], _LIST, [([1], [1])]),
    (MutableSequence[int], _LIST, [([1], [1])]),
    (Collection[int], _LIST, [([1], [1])]),
    (Iterable[int], _LIST, [([1], [1])]),
    (Deque[int], _LIST, [([1], collections.deque([1]))]),
    (Tuple[int, ...], _LIST, [([], ()), ([1, 2, 3], (1, 2, 3))]),
    (tuple[int, ...], _LIST, [([1], (1,))]),
    (Set[int], _SET, [([], set()), ([1, 2], {1, 2})]),
    (set[int], _SET, [([1], {1})]),
    (FrozenSet[int], _SET, [([1], frozenset({1}))]),
    (AbstractSet[int], _SET, [([1], frozenset({1}))]),
    (MutableSet[int], _SET, [([1], {1})]),
    (Set[Point], {**_SET, "items": {"$ref": "Point"}}, [([{"x": 1, "y": [0.5]}], {Point(1, (0.5,))})]),
    (Set[Unhashed], {**_SET, "items": {"$ref": "Unhashed"}}, [([{"x": 1, "notes": ["a"]}], {Unhashed(1, ["a"])})]),
    (Set[FrozenSet[int]], {**_SET, "items": _SET}, [([[1, 2], []], {frozenset({1, 2}), frozenset()})]),
    (Set[Optional[Tuple[int, str]]], {**_SET, "items": {"anyOf": [_PAIR, {"type": "null"}]}}, [([[1, "a"]], {(1, "a")}), ([None], {None})]),
    (Tuple[int, str], _PAIR, [([1, "a"], (1, "a"))]),
    (tuple[int, "str"], _PAIR, [([1, "a"], (1, "a"))]),
    (Tuple[int], {"type": "array", "prefixItems": [_INTEGER], "minItems": 1, "maxItems": 1}, [([1], (1,))]),
    (Tuple[()], {"type": "array", "minItems": 0, "maxItems": 0}, [([], ())]),
    (tuple[()], {"type": "array", "minItems": 0, "maxItems": 0}, [([], ())]),
    (
        Tuple[int, int, int, int, int, int, int, int, List[int]],
        {"type": "array", "prefixItems": [_INTEGER] * 8 + [_LIST], "minItems": 9, "maxItems": 9},
        [([1, 2, 3, 4, 5, 6, 7, 8, [9]], (1, 2, 3, 4, 5, 6, 7, 8, [9]))],
    ),
    (
        List[Tuple[Color, Set[int]]],
        {"type": "array", "items": {"type": "array", "prefixItems": [{"$ref": "Color"}, _SET], "minItems": 2, "maxItems": 2}},
        [([["red", [1]]], [(Color.RED, {1})])],
    ),
    (Mapping[str, int], _MAP, [({"a": 1}, {"a": 1})]),
    (MutableMapping[str, int], _MAP, [({}, {})]),
    (collections.OrderedDict[str, int], _MAP, [({"a": 1}, collections.OrderedDict(a=1))]),
    (Dict[int, int], {**_MAP, "propertyNames": {**_NUMBERED, "x-key": _INTEGER}}, [({"0": 1, "-7": 2}, {0: 1, -7: 2})]),
    (Dict[Color, int], {**_MAP, "propertyNames": {"$ref": "Color"}}, [({"red": 1}, {Color.RED: 1})]),
    (Dict[Level, int], {**_MAP, "propertyNames": {**_NUMBERED, "x-key": {"$ref": "Level"}}}, [({"10": 1}, {Level.HIGH: 1})]),
    (Dict[Literal["a", "b"], int], {**_MAP, "propertyNames": {"type": "string", "enum": ["a", "b"]}}, [({"b": 1}, {"b": 1})]),
    (
        Mapping[int, Mapping[str, Set[int]]],
        {
            "type": "object",
            "propertyNames": {**_NUMBERED, "x-key": _INTEGER},
            "additionalProperties": {"type": "object", "additionalProperties": _SET},
        },
        [({"1": {"a": [2]}}, {1: {"a": {2}}})],
    ),
]

# Annotation, JSON that is refused, where, and what is said of it.
_REFUSED: List[Tuple[Any, Any, str, str]] = [
    (Set[int], [1, 2, 1], "/2", "expected an item that the set does not have yet, found the number 1"),
    (Set[float], [0.0, -0.0], "/1", "expected an item that the set does not have yet, found the number -0.0"),
    (Set[float], ["NaN", 1.0, "NaN"], "/2", 'expected an item that the set does not have yet, found the string "NaN"'),
    (Set[int], {"a": 1}, "", "expected an array, found an object"),
    (Set[int], [1, "x"], "/1", 'expected an integer of 64 bits, found the string "x"'),
    (Tuple[int, str], [1], "", "expected an array of 2 items, found an array of length 1"),
    (Tuple[int, str], [1, "a", 2], "", "expected an array of 2 items, found an array of length 3"),
    (Tuple[int, str], [1, 2], "/1", "expected a string, found the number 2"),
    (Tuple[int], [], "", "expected an array of 1 item, found an array of length 0"),
    (Tuple[()], [1], "", "expected an array of 0 items, found an array of length 1"),
    (Tuple[int, ...], [1, None], "/1", "expected an integer of 64 bits, found null"),
    (Dict[int, int], {"1": 1, "01": 1}, "/01", 'expected a member named by an integer, found the string "01"'),
    (Dict[int, int], {"": 1}, "/", 'expected a member named by an integer, found the string ""'),
    (Dict[int, int], {"1.0": 1}, "/1.0", 'expected a member named by an integer, found the string "1.0"'),
    (Dict[int, int], {"٣": 1}, "/٣", 'expected a member named by an integer, found the string "٣"'),
    (Dict[int, int], {"9223372036854775808": 1}, "/9223372036854775808", "expected an integer of 64 bits, found the number 9223372036854775808"),
    (Dict[Color, int], {"green": 1}, "/green", 'expected one of "red", "blue", found the string "green"'),
    (Dict[Level, int], {"2": 1}, "/2", "expected one of 1, 10, found the number 2"),
    (Dict[int, int], {"7": "x"}, "/7", 'expected an integer of 64 bits, found the string "x"'),
]

# Annotation, what a function returns, and how that is written.
_RETURNED: List[Tuple[Any, Any, Any]] = [
    (Sequence[int], range(3), [0, 1, 2]),
    (Sequence[int], Counted(), [7, 8]),
    (Sequence[int], (1, 2), [1, 2]),
    (Iterable[int], (each for each in (1, 2)), [1, 2]),
    (Collection[int], {5}, [5]),
    (Tuple[int, ...], [1], [1]),
    (Deque[int], collections.deque([1]), [1]),
    (AbstractSet[str], {"a": 1}.keys(), ["a"]),
    (FrozenSet[int], {1}, [1]),
    (Mapping[str, int], types.MappingProxyType({"a": 1}), {"a": 1}),
    (Dict[int, int], collections.defaultdict(int, {3: 4}), {"3": 4}),
    (Mapping[Color, List[int]], types.MappingProxyType({Color.RED: [1]}), {"red": [1]}),
]

# Annotation, what a function may not return, where, and what is said of it.
_MISTAKEN: List[Tuple[Any, Any, str, str]] = [
    (List[int], {1}, "", "expected an array, found a set of length 1"),
    (Sequence[str], "ab", "", 'expected an array, found the string "ab"'),
    (Iterable[str], {"a": 1}, "", "expected an array, found an object"),
    (Sequence[int], {1}, "", "expected an array, found a set of length 1"),
    (Set[int], [1], "", "expected a set, found an array of length 1"),
    (Set[int], {"a"}, "/0", 'expected an integer of 64 bits, found the string "a"'),
    (Tuple[int, str], (1,), "", "expected an array of 2 items, found an array of length 1"),
    (Tuple[int, str], (1, 2), "/1", "expected a string, found the number 2"),
    (Dict[int, int], {"1": 1}, "", 'expected members named by an integer of 64 bits, found the string "1"'),
    (Dict[int, int], {True: 1}, "", "expected members named by an integer of 64 bits, found true"),
    (Dict[int, int], {1: "x"}, "/1", 'expected an integer of 64 bits, found the string "x"'),
    (Dict[str, int], [("a", 1)], "", "expected an object, found an array of length 1"),
]


def _kind(annotation: Any) -> Kind:
    return KindTable().kind(annotation, (globals(),))


class ContainerTests(unittest.TestCase):
    def test_every_annotation_has_its_schema(self) -> None:
        for annotation, schema, _ in _ROWS:
            with self.subTest(annotation):
                self.assertEqual(schema, _kind(annotation).schema(Shape.INPUT, Names()))

    def test_values_go_there_and_back(self) -> None:
        for annotation, _, values in _ROWS:
            kind = _kind(annotation)
            for written, value in values:
                decoded = kind.decoder()(written)
                with self.subTest(annotation=annotation, value=value):
                    self.assertEqual((type(value), value), (type(decoded), decoded))
                for strict in (False, True):
                    with self.subTest(annotation=annotation, value=value, strict=strict):
                        encoded = json.loads(json.dumps((kind.encoder(strict) or as_is)(decoded)))
                        self.assertEqual(_sorted(written), _sorted(encoded))

    def test_what_is_refused_is_told_with_its_path(self) -> None:
        for annotation, value, pointer, text in _REFUSED:
            with self.subTest(annotation=annotation, value=value), self.assertRaises(Mismatch) as raised:
                _kind(annotation).decoder()(value)
            self.assertEqual((pointer, text), (raised.exception.pointer, str(raised.exception)))

    def test_whatever_fits_an_annotation_may_be_returned(self) -> None:
        for annotation, value, written in _RETURNED:
            with self.subTest(annotation=annotation, value=value):
                self.assertEqual(written, (_kind(annotation).encoder(strict=True) or as_is)(value))

    def test_what_does_not_fit_may_not_be_returned(self) -> None:
        for annotation, value, pointer, text in _MISTAKEN:
            with self.subTest(annotation=annotation, value=value), self.assertRaises(Mismatch) as raised:
                (_kind(annotation).encoder(strict=True) or as_is)(value)
            self.assertEqual((pointer, text), (raised.exception.pointer, str(raised.exception)))

    def test_what_is_json_by_annotation_is_not_walked(self) -> None:
        for annotation in (Sequence[bool], Tuple[int, str], Tuple[()], Tuple[bool, ...], List[Tuple[Any, Optional[str]]]):
            with self.subTest(annotation):
                self.assertIsNone(_kind(annotation).encoder(strict=False))
        for annotation in (Set[int], List[Set[int]], Tuple[Set[int], int], Dict[int, int], Deque[int]):
            with self.subTest(annotation):
                self.assertIsNotNone(_kind(annotation).encoder(strict=False))

    def test_a_hundred_thousand_items_go_there_and_back(self) -> None:
        numbers = list(range(100_000))
        for annotation in (Set[int], Tuple[int, ...], List[int]):
            kind = _kind(annotation)
            written = plain((kind.encoder(strict=True) or as_is)(kind.decoder()(numbers)))
            self.assertEqual(numbers, sorted(written))

    def test_not_a_number_is_one_item_of_a_set(self) -> None:
        decoded = _kind(Set[float]).decoder()(["NaN", -0.0])
        self.assertEqual(["-0.0", "nan"], sorted(map(repr, decoded)))
        self.assertEqual(1, sum(map(math.isnan, decoded)))


class WalkTests(ProjectTestCase):
    def test_a_worker_does_not_walk_results_that_are_json_by_annotation(self) -> None:
        source = """
            import sys
            from typing import Any, List
            from typedpool import command

            class Spied(list):
                walked_by = []

                def __iter__(self):
                    Spied.walked_by.append(sys._getframe(1).f_globals["__name__"])
                    return super().__iter__()

            @command
            def native() -> List[List[str]]:
                return Spied([Spied(["a"]), Spied(["b"])])

            @command
            def anything() -> Any:
                return {"a": Spied([1, None])}

            @command
            def looked_at() -> List[frozenset[str]]:
                return Spied([frozenset("a")])

            @command
            def walked_by() -> List[str]:
                return Spied.walked_by
            """
        with self.host(source) as host:
            self.assertEqual([["a"], ["b"]], host.result("native"))
            self.assertEqual({"a": [1, None]}, host.result("anything"))
            # Each of the four is read once, by the JSON encoder, which is written in C.
            walked_by = host.result("walked_by")
            self.assertEqual((4, []), (len(walked_by), [name for name in walked_by if name.startswith("typedpool.kinds")]))
            self.assertEqual([["a"]], host.result("looked_at"))
            self.assertIn("typedpool.kinds", host.result("walked_by")[4])


def _sorted(value: Any) -> Any:
    return sorted(map(_sorted, value), key=json.dumps) if isinstance(value, list) else value


if __name__ == "__main__":
    unittest.main()
