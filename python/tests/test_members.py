"""Values that are what they should be already: what the short way takes, and that it takes nothing else."""

from __future__ import annotations

import unittest
from dataclasses import dataclass, field
from typing import Any, Dict, List, NamedTuple, Optional

from typedpool.kinds import verbatim
from typedpool.kinds.containers import ListOf, Nullable
from typedpool.kinds.integers import INTEGER, WIDTHS
from typedpool.kinds.maps import MapOf
from typedpool.kinds.members import Member, compile_decoder, compile_list_decoder
from typedpool.kinds.packed import list_of
from typedpool.kinds.scalars import BOOLEAN, NUMBER, STRING
from typedpool.kinds.table import KindTable
from typedpool.mismatch import Mismatch

VALUES: List[Any] = [
    "", "a", True, False, None, 0, -1, 2**62, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 10**400, 0.0, -0.0, 3.0, 1.5, 1e308, float("inf"),
    float("-inf"), float("nan"), "NaN", [], ["a"], {}, {"a": 1},
]
KINDS = {"STRING": STRING, "BOOLEAN": BOOLEAN, "NUMBER": NUMBER, "INTEGER": INTEGER, **{f"Nullable {i}": Nullable(i) for i in (STRING, NUMBER, INTEGER)}}


def outcome(decode: Any, value: Any) -> str:
    try:
        return repr(decode(value))
    except Mismatch as mismatch:
        return f"{mismatch.pointer} {mismatch}"


def holds(expression: str, value: Any) -> bool:
    try:
        return bool(eval(expression.format("value"), dict(verbatim.NAMES), {"value": value}))
    except (TypeError, OverflowError):
        return False


class VerbatimTests(unittest.TestCase):
    def test_what_stays_verbatim_is_what_the_decoder_returns_as_it_is(self) -> None:
        for name, kind in {**KINDS, **{f"width {name}": kind for name, kind in WIDTHS.items()}}.items():
            for value in VALUES:
                with self.subTest(kind=name, value=value):
                    if kind.verbatim and holds(kind.verbatim, value):
                        self.assertIs(kind.decoder()(value), value)

    def test_usual_values_stay_verbatim(self) -> None:
        for kind, value in ((STRING, "a"), (STRING, ""), (BOOLEAN, True), (NUMBER, 1.5), (NUMBER, -0.0), (INTEGER, 2**63 - 1), (Nullable(STRING), None)):
            self.assertTrue(holds(kind.verbatim, value))
        for kind, values in ((STRING, ["", "a"]), (BOOLEAN, [True, False]), (NUMBER, [0.5, -0.0]), (INTEGER, [0, -(2**61)])):
            self.assertTrue(holds(list_of(kind).verbatim, values))
            self.assertTrue(holds(list_of(kind).verbatim, []))
            self.assertTrue(holds(MapOf(kind).verbatim, dict(enumerate(values))))
            self.assertTrue(holds(ListOf(list_of(kind)).verbatim, [values, [], values]))
            self.assertTrue(holds(ListOf(ListOf(list_of(kind))).verbatim, [[values, []], [], [values]]))
            self.assertTrue(holds(MapOf(ListOf(kind)).verbatim, {"a": values, "b": []}))

    def test_lists_and_maps_of_any_two_values_are_decoded_as_one_by_one(self) -> None:
        for kind in (STRING, BOOLEAN, NUMBER, INTEGER):
            for one in VALUES:
                for other in VALUES:
                    expected = [outcome(kind.decoder(), one), outcome(kind.decoder(), other)]
                    refused = next((text for text in expected if text.startswith(" ")), None)
                    place = 0 if refused == expected[0] else 1
                    decoded = f"[{', '.join(expected)}]" if refused is None else f"/{place}{refused}"
                    self.assertEqual(outcome(ListOf(kind).decoder(), [one, other]), decoded)
                    members = outcome(MapOf(kind).decoder(), {"0": one, "1": other})
                    self.assertEqual(members, "{'0': %s, '1': %s}" % tuple(expected) if refused is None else decoded)

    def test_lists_of_lists_of_any_two_values_are_decoded_as_one_by_one(self) -> None:
        for kind in (STRING, BOOLEAN, NUMBER, INTEGER):
            inner = list_of(kind)
            for one in [*VALUES, *([value] for value in VALUES)]:
                for other in VALUES:
                    expected = [outcome(inner.decoder(), one), outcome(inner.decoder(), [other, other])]
                    refused = next((i for i, text in enumerate(expected) if " expected " in text), None)
                    decoded = f"[{', '.join(expected)}]" if refused is None else f"/{refused}{expected[refused]}"
                    self.assertEqual(outcome(ListOf(inner).decoder(), [one, [other, other]]), decoded)

    def test_whatever_is_wrong_in_deep_lists_is_found(self) -> None:
        for kind in (STRING, BOOLEAN, NUMBER, INTEGER):
            inner = list_of(kind)
            for value in VALUES:
                expected = outcome(inner.decoder(), [value, value])
                for depth in range(1, 5):
                    deep: Any = inner
                    wrong: Any = [value, value]
                    for _ in range(depth):
                        deep, wrong = ListOf(deep), [[], wrong]
                    inside = f"[{'[], [' * (depth - 1)}[], {expected}{']' * depth}"
                    decoded = inside if " expected " not in expected else f"{'/1' * depth}{expected}"
                    self.assertEqual(outcome(deep.decoder(), wrong), decoded)
                    in_map = outcome(MapOf(deep).decoder(), {"a": wrong})
                    self.assertEqual(in_map, f"{{'a': {decoded}}}" if decoded is inside else f"/a{decoded}")


class Pair(NamedTuple):
    left: int
    right: str


@dataclass
class Swapped:
    """Takes its fields in another order than it declares them."""

    first: int
    second: int

    def __init__(self, second: int, first: int) -> None:
        self.first, self.second = first, second


@dataclass
class Late:
    first: int
    second: List[int] = field(default_factory=lambda: [7])
    third: Optional[str] = None


@dataclass
class Tree:
    name: str
    children: List[Tree]


class CompiledTests(unittest.TestCase):
    def decoder(self, construct: Any, **kinds: Any) -> Any:
        def refuse(value: Any) -> Any:
            raise Mismatch("exactly these", "others")

        members = [Member(name.rstrip("_"), kind, name.endswith("_")) for name, kind in kinds.items()]
        return compile_decoder(members, construct, refuse)

    def test_values_go_to_the_parameters_of_their_names(self) -> None:
        value: Dict[str, Any] = {"second": 2, "first": 1}
        self.assertEqual(self.decoder(Pair, left=INTEGER, right=STRING)({"left": 1, "right": "b"}), Pair(1, "b"))
        self.assertEqual(vars(self.decoder(Swapped, first=INTEGER, second=INTEGER)(value)), {"first": 1, "second": 2})
        self.assertEqual(self.decoder(dict, first=INTEGER, second=INTEGER)(value), {"first": 1, "second": 2})

    def test_what_is_absent_is_not_given(self) -> None:
        decode = self.decoder(Late, first=INTEGER, second_=ListOf(INTEGER), third_=Nullable(STRING))
        self.assertEqual(decode({"first": 1}), Late(1))
        self.assertEqual(decode({"first": 1, "third": "x"}), Late(1, third="x"))
        self.assertEqual(decode({"second": [3.0], "first": 1.0, "third": None}), Late(1, [3]))

    def test_what_is_not_exactly_such_an_object_is_refused(self) -> None:
        decode = self.decoder(Late, first=INTEGER, second_=ListOf(INTEGER), third_=Nullable(STRING))
        for value in (None, [], {}, {"second": []}, {"first": 1, "fourth": 1}, {"first": 1, "second": [], "third": "", "x": 1}):
            self.assertEqual(outcome(decode, value), " expected exactly these, found others")

    def test_the_first_of_two_faults_is_told_whatever_its_kind(self) -> None:
        decode = self.decoder(dict, a=WIDTHS["uint8"], b=STRING, c=WIDTHS["uint8"])
        self.assertTrue(outcome(decode, {"a": 256, "b": 1, "c": 0}).startswith("/a "))
        self.assertTrue(outcome(decode, {"a": 0, "b": 1, "c": 256}).startswith("/b "))
        self.assertTrue(outcome(decode, {"a": 0, "b": "", "c": 256}).startswith("/c "))

    def test_a_list_of_objects_is_decoded_as_one_by_one(self) -> None:
        members = [Member("first", INTEGER, False), Member("second", list_of(INTEGER), True), Member("third", Nullable(WIDTHS["uint8"]), True)]

        def refuse(value: Any) -> Any:
            raise Mismatch("exactly these", "others")

        for kept in (members, members[:1], [member._replace(optional=False) for member in members]):
            decode = compile_decoder(kept, Late, refuse)
            decode_list = compile_list_decoder(kept, Late, decode)
            good: Dict[str, Any] = {member.name: value for member, value in zip(kept, (1.0, [2, 3.0], 255))}
            self.assertEqual(decode_list([]), [])
            self.assertEqual(decode_list([good, good]), [decode(good), decode(good)])
            for wrong in (None, {}, {**good, "fourth": 1}, {**good, "first": "x"}, {**good, "third": 256}, {"fourth": 1}):
                self.assertEqual(outcome(decode_list, [good, good, wrong, good]), f"/2{outcome(decode, wrong)}")

    def test_a_list_in_objects_of_the_same_class_is_decoded(self) -> None:
        decode = KindTable().kind(Tree, (globals(),)).decoder()
        leaf = {"name": "c", "children": []}
        self.assertEqual(decode({"name": "a", "children": [leaf, {**leaf, "children": [leaf]}]}), Tree("a", [Tree("c", []), Tree("c", [Tree("c", [])])]))
        self.assertEqual(outcome(decode, {"name": "a", "children": [leaf, {**leaf, "children": [leaf, 1]}]}), "/children/1/children/1 expected an object Tree, found the number 1")

    def test_any_name_may_stand_in_an_object(self) -> None:
        names = ["class", "a b", "it's", 'a "b"', "{0}", "value", "v0", "\n"]
        members = [Member(name, INTEGER, False) for name in names]
        value = {name: i for i, name in enumerate(names)}
        self.assertEqual(compile_decoder(members, dict, lambda value: None)(value), value)
        self.assertEqual(compile_decoder(members, lambda **given: given, lambda value: None)(value), value)

    def test_an_error_of_the_constructor_is_its_own(self) -> None:
        def construct(first: int) -> None:
            raise KeyError(first)

        with self.assertRaises(KeyError):
            self.decoder(construct, first=INTEGER)({"first": 1})
        members = [Member("first", INTEGER, False)]
        with self.assertRaises(KeyError):
            compile_list_decoder(members, construct, compile_decoder(members, construct, lambda value: None))([{"first": 1}])


if __name__ == "__main__":
    unittest.main()
