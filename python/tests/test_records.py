"""Classes of named fields: what is exported of them, and their values there and back."""

from __future__ import annotations

import json
import sys
import types
import unittest
from dataclasses import InitVar, dataclass, field
from enum import Enum, IntEnum
from typing import (
    Any,
    Dict,
    FrozenSet,
    Generic,
    List,
    Literal,
    NamedTuple,
    Optional,
    Set,
    Tuple,
    TypedDict,
    TypeVar,
)

from tests.test_kinds import Names
from typedpool.kinds.base import Kind, Shape, as_is
from typedpool.kinds.records import Record
from typedpool.kinds.table import KindTable
from typedpool.mismatch import Mismatch

if sys.version_info >= (3, 11):
    from typing import NotRequired, Required
else:
    try:
        from typing_extensions import NotRequired, Required
    except ImportError:
        NotRequired = Required = None

T = TypeVar("T")
U = TypeVar("U")


class Pair(NamedTuple):
    """Two numbers."""

    first: int
    second: float = 2.0
    rest: Tuple[str, ...] = ()


class Movie(TypedDict):
    title: str
    year: Optional[int]


class Rated(Movie, total=False):
    """A movie that may have been rated.

    Attributes:
        stars: How many.
    """

    stars: int
    words: Optional[str]


class Folder(TypedDict):
    name: str
    inside: List[Folder]


class Chain(NamedTuple):
    value: int
    next: Optional[Chain] = None


@dataclass
class Ping:
    pong: Optional[Pong] = None


@dataclass
class Pong:
    pings: Dict[str, Ping] = field(default_factory=dict)


@dataclass
class Nothing:
    """Has no field."""


@dataclass
class Base:
    a: int
    b: str = "b"

    @property
    def both(self) -> str:
        return f"{self.a}{self.b}"


@dataclass
class Derived(Base):
    c: List[int] = field(default_factory=list)
    b: str = "another"


@dataclass(frozen=True)
class Defaults:
    some: FrozenSet[str] = frozenset({"b", "a"})
    none: Set[int] = field(default_factory=set)
    pair: Tuple[int, str] = (1, "x")
    named: Pair = Pair(1)
    row: Tuple[int, ...] = field(default_factory=tuple)
    keyed: Dict[int, int] = field(default_factory=dict)
    computed: List[int] = field(default_factory=lambda: [1])


class Half(Enum):
    HALF = 0.5


class Only(IntEnum):
    ONE = 1


@dataclass
class Tagged:
    kind: Literal["tagged"] = "tagged"
    only: Only = Only.ONE
    half: Half = Half.HALF
    yes: Literal[True] = True


@dataclass
class Page(Generic[T]):
    """One page of many."""

    items: List[T]
    next: Optional[Page[T]] = None


@dataclass
class Both(Generic[T, U]):
    left: T
    right: Page[U]


@dataclass
class Numbers(Page[int]):
    total: int = 0


@dataclass
class Swapped(Both[List[T], U]):
    more: T


# Annotation, and JSON values with the Python values that they stand for.
_VALUES: List[Tuple[Any, List[Tuple[Any, Any]]]] = [
    (Pair, [({"first": 1, "second": 0.5, "rest": ["x"]}, Pair(1, 0.5, ("x",)))]),
    (Movie, [({"title": "x", "year": None}, Movie(title="x", year=None))]),
    (Rated, [({"title": "x", "year": 1}, {"title": "x", "year": 1}), ({"title": "x", "year": 1, "words": None}, {"title": "x", "year": 1, "words": None})]),
    (Folder, [({"name": "a", "inside": [{"name": "b", "inside": []}]}, {"name": "a", "inside": [{"name": "b", "inside": []}]})]),
    (Chain, [({"value": 1, "next": {"value": 2, "next": None}}, Chain(1, Chain(2)))]),
    (Ping, [({"pong": {"pings": {"x": {"pong": None}}}}, Ping(Pong({"x": Ping()})))]),
    (Nothing, [({}, Nothing())]),
    (Derived, [({"a": 1, "b": "x", "c": [1]}, Derived(1, "x", [1]))]),
    (Page[int], [({"items": [1], "next": {"items": [], "next": None}}, Page([1], Page([])))]),
    (Both[str, Movie], [({"left": "x", "right": {"items": [{"title": "y", "year": 1}], "next": None}}, Both("x", Page([Movie(title="y", year=1)])))]),
    (Numbers, [({"items": [1], "next": None, "total": 3}, Numbers([1], total=3))]),
    (Swapped[int, str], [({"left": [1], "right": {"items": ["a"], "next": None}, "more": 2}, Swapped([1], Page(["a"]), 2))]),
]

# Annotation, JSON that is refused, where, and what is said of it.
_REFUSED: List[Tuple[Any, Any, str, str]] = [
    (Pair, [1, 2.0], "", "expected an object Pair, found an array of length 2"),
    (Pair, {"second": 1.0}, "/first", "expected a member of an object Pair, found nothing"),
    (Pair, {"first": 1, "count": 1}, "/count", "expected no member of this name in an object Pair, found the number 1"),
    (Rated, {"title": "x"}, "/year", "expected a member of an object Rated, found nothing"),
    (Rated, {"title": "x", "year": 1, "stars": None}, "/stars", "expected an integer of 64 bits, found null"),
    (Rated, {"title": "x", "year": 1, "actors": []}, "/actors", "expected no member of this name in an object Rated, found an array of length 0"),
    (Folder, {"name": "a", "inside": [{"name": 1, "inside": []}]}, "/inside/0/name", "expected a string, found the number 1"),
    (Nothing, {"a": 1}, "/a", "expected no member of this name in an object Nothing, found the number 1"),
    (Page[int], {"items": ["a"]}, "/items/0", 'expected an integer of 64 bits, found the string "a"'),
    (Page[str], {"items": [1]}, "/items/0", "expected a string, found the number 1"),
    (Swapped[int, str], {"left": [1], "right": {"items": [1]}, "more": 2}, "/right/items/0", "expected a string, found the number 1"),
]

# Annotation, what a function may not return, where, and what is said of it.
_MISTAKEN: List[Tuple[Any, Any, str, str]] = [
    (Pair, (1, 2.0, ()), "", "expected an object Pair, found an array of length 3"),
    (Rated, {"title": "x"}, "/year", "expected a member of an object Rated, found nothing"),
    (Rated, {"title": "x", "year": 1, "actors": []}, "/actors", "expected no member of this name in an object Rated, found an array of length 0"),
    (Rated, {"title": "x", "year": 1, 5: 5}, "/5", "expected no member of this name in an object Rated, found the number 5"),
    (Page[int], Both(1, Page([])), "", "expected an object Page, found a Python object of type tests.test_records.Both"),
]


class _ModuleTestCase(unittest.TestCase):
    def module(self, source: str) -> Dict[str, Any]:
        """The names of a module that is there until the test's end."""
        module = types.ModuleType("tests.written")
        sys.modules[module.__name__] = module
        self.addCleanup(sys.modules.pop, module.__name__, None)
        exec(source, vars(module))
        return vars(module)


class RecordTests(_ModuleTestCase):
    def test_values_go_there_and_back(self) -> None:
        for annotation, values in _VALUES:
            kind = _kind(annotation)
            for written, value in values:
                for strict in (False, True):
                    with self.subTest(annotation=annotation, value=value, strict=strict):
                        decoded = kind.decoder()(written)
                        self.assertEqual((type(value), value), (type(decoded), decoded))
                        encoded = (kind.encoder(strict) or as_is)(decoded)
                        self.assertEqual(written, json.loads(json.dumps(encoded)))

    def test_what_is_refused_is_told_with_its_path(self) -> None:
        for annotation, value, pointer, text in _REFUSED:
            with self.subTest(annotation=annotation, value=value), self.assertRaises(Mismatch) as raised:
                _kind(annotation).decoder()(value)
            self.assertEqual((pointer, text), (raised.exception.pointer, str(raised.exception)))

    def test_what_does_not_fit_may_not_be_returned(self) -> None:
        for annotation, value, pointer, text in _MISTAKEN:
            with self.subTest(annotation=annotation, value=value), self.assertRaises(Mismatch) as raised:
                (_kind(annotation).encoder(strict=True) or as_is)(value)
            self.assertEqual((pointer, text), (raised.exception.pointer, str(raised.exception)))

    def test_what_may_be_absent_takes_the_default_and_what_a_typed_dict_lacks_stays_absent(self) -> None:
        self.assertEqual(Pair(1), _kind(Pair).decoder()({"first": 1}))
        self.assertEqual(Derived(1), _kind(Derived).decoder()({"a": 1}))
        self.assertEqual(Defaults(), _kind(Defaults).decoder()({}))
        self.assertEqual({"title": "x", "year": 2}, _kind(Rated).decoder()({"title": "x", "year": 2}))

    def test_a_typed_dict_has_one_shape_and_a_class_with_defaults_has_two(self) -> None:
        rated = _component(Rated)
        self.assertEqual(["title", "year"], rated.component(Shape.INPUT, Names())["required"])
        self.assertEqual(rated.component(Shape.INPUT, Names()), rated.component(Shape.OUTPUT, Names()))
        self.assertEqual([], rated.differences())
        pair = _component(Pair)
        self.assertEqual(["first"], pair.component(Shape.INPUT, Names())["required"])
        self.assertEqual(["first", "second", "rest"], pair.component(Shape.OUTPUT, Names())["required"])
        self.assertEqual(["second", "rest"], [each.name for each in pair.differences()])

    def test_what_has_one_value_is_required_in_both_shapes_where_csharp_sets_it_by_itself(self) -> None:
        tagged = _component(Tagged)
        self.assertEqual(["kind", "only"], tagged.component(Shape.INPUT, Names())["required"])
        self.assertEqual(0.5, tagged.component(Shape.INPUT, Names())["properties"]["half"]["default"])
        self.assertEqual(["half", "yes"], [each.name for each in tagged.differences()])

    def test_docstrings_are_told_and_what_python_wrote_is_not(self) -> None:
        self.assertEqual("A movie that may have been rated.", _component(Rated).component(Shape.OUTPUT, Names())["description"])
        self.assertEqual({"type": "integer", "description": "How many."}, _component(Rated).component(Shape.OUTPUT, Names())["properties"]["stars"])
        self.assertEqual("Two numbers.", _component(Pair).component(Shape.OUTPUT, Names())["description"])
        for cls in (Chain, Movie, Base):
            self.assertNotIn("description", _component(cls).component(Shape.OUTPUT, Names()))

    def test_defaults_are_stated_in_an_order_that_is_always_the_same(self) -> None:
        properties = _component(Defaults).component(Shape.INPUT, Names())["properties"]
        stated = {name: member["default"] for name, member in properties.items() if "default" in member}
        self.assertEqual(
            {
                "some": ["a", "b"],
                "none": [],
                "pair": [1, "x"],
                "named": {"first": 1, "second": 2.0, "rest": []},
                "row": [],
                "keyed": {},
            },
            stated,
        )

    def test_an_overridden_field_keeps_its_place_and_a_property_is_none(self) -> None:
        self.assertEqual(["a", "b", "c"], [each.name for each in _component(Derived).fields])
        self.assertEqual(["another"], list(_component(Derived).fields[1].default))

    @unittest.skipIf(NotRequired is None, "neither typing nor typing_extensions has NotRequired")
    def test_a_key_may_be_marked_as_required_or_not(self) -> None:
        source = """
            class Marked(TypedDict, total=False):
                must: Required[int]
                may: str

            class More(Marked):
                also: Required[str]
                maybe: NotRequired[List[More]]
        """
        for future in ("", "from __future__ import annotations\n"):
            names = "from typing import *\n" if sys.version_info >= (3, 11) else "from typing import *\nfrom typing_extensions import NotRequired, Required, TypedDict\n"
            text = "\n".join(line[12:] for line in source.splitlines())
            quoted = text if future else text.replace("More]]", "'More']]")
            namespace = self.module(future + names + quoted)
            fields = {each.name: each.optional for each in _component(namespace["More"], namespace).fields}
            with self.subTest(future):
                self.assertEqual({"must": False, "may": True, "also": False, "maybe": True}, fields)

    @unittest.skipIf(sys.version_info < (3, 10), "kw_only and slots need Python 3.10")
    def test_keyword_only_and_slotted_classes(self) -> None:
        namespace = self.module(
            "from dataclasses import *\n"
            "@dataclass(slots=True)\nclass A:\n    x: int\n    _: KW_ONLY\n    y: int\n"
            "@dataclass(kw_only=True, frozen=True)\nclass B(object):\n    w: int = 3\n    z: int\n"
        )
        for name, written in (("A", {"x": 2, "y": 3}), ("B", {"w": 1, "z": 4})):
            kind = _kind(namespace[name])
            value = kind.decoder()(written)
            self.assertEqual(namespace[name](**written), value)
            self.assertEqual(written, (kind.encoder(strict=False) or as_is)(value))

    def test_a_constructor_only_field_is_a_problem(self) -> None:
        @dataclass
        class Seeded:
            a: int
            seed: InitVar[int]

        table = KindTable()
        table.kind(Seeded, (globals(),))
        self.assertEqual(["TPY0005"], [each.id for each in table.problems])


class GenericTests(_ModuleTestCase):
    def test_each_instantiation_is_a_component_of_its_own(self) -> None:
        for annotation, names in {
            Page[int]: ["PageOfInt"],
            Page[Movie]: ["PageOfMovie", "Movie"],
            Page["Movie"]: ["PageOfMovie", "Movie"],
            Page[List[str]]: ["PageOfListOfStr"],
            Page[Optional[int]]: ["PageOfOptionalInt"],
            Page[Dict[str, Tuple[int, ...]]]: ["PageOfDictOfStrAndTupleOfIntAndMore"],
            Page[Literal["a", "b-c"]]: ["PageOfLiteralABC"],
            Page[Page[Any]]: ["PageOfPageOfAny", "PageOfAny"],
            Both[int, str]: ["BothOfIntAndStr", "PageOfStr"],
            Numbers: ["Numbers", "PageOfInt"],
            Swapped[int, bool]: ["SwappedOfIntAndBool", "PageOfBool"],
        }.items():
            table = KindTable()
            table.kind(annotation, (globals(),))
            with self.subTest(annotation):
                self.assertEqual([], table.problems)
                self.assertEqual(sorted(names), sorted(each.name for each in table.components.values()))

    def test_arguments_that_mean_the_same_are_one_component(self) -> None:
        table = KindTable()
        kinds = [
            table.kind(annotation, (globals(),))
            for annotation in (Page[List[Movie]], Page[List["Movie"]], Page[list[Movie]], Page["List[Movie]"], "Page[List[Movie]]")
        ]
        self.assertEqual(1, len(set(map(id, kinds))))
        self.assertIsNot(kinds[0], table.kind(Page[Tuple[Movie, ...]], (globals(),)))

    def test_type_parameters_mean_what_their_own_class_says(self) -> None:
        swapped = _component(Swapped[int, str])
        output = swapped.component(Shape.OUTPUT, Names())["properties"]
        self.assertEqual(
            {
                "left": {"type": "array", "items": {"type": "integer"}, "x-packed": "int64"},
                "right": {"$ref": "PageOfStr"},
                "more": {"type": "integer"},
            },
            output,
        )

    @unittest.skipIf(sys.version_info < (3, 11), "generic NamedTuples and TypedDicts need Python 3.11")
    def test_named_tuples_and_typed_dicts_may_be_generic(self) -> None:
        namespace = self.module(
            "from typing import *\nT = TypeVar('T')\n"
            "class Cell(NamedTuple, Generic[T]):\n    value: T\n    others: 'List[T]'\n"
            "class Box(TypedDict, Generic[T]):\n    value: T\n    more: 'NotRequired[Box[T]]'\n"
            "class Ints(Box[int]):\n    total: int\n"
        )
        for annotation, written in (
            ("Cell[int]", {"value": 1, "others": [2]}),
            ("Box[str]", {"value": "a", "more": {"value": "b"}}),
            ("Ints", {"value": 1, "more": {"value": 2}, "total": 3}),
        ):
            table = KindTable()
            kind = table.kind(annotation, (namespace,))
            with self.subTest(annotation):
                self.assertEqual([], table.problems)
                value = kind.decoder()(written)
                self.assertEqual(written, (kind.encoder(strict=True) or as_is)(value))
                with self.assertRaises(Mismatch):
                    kind.decoder()({**written, "value": None})

    @unittest.skipIf(sys.version_info < (3, 12), "class Page[T] needs Python 3.12")
    def test_the_new_syntax_is_the_same(self) -> None:
        for future in ("", "from __future__ import annotations\n"):
            namespace = self.module(
                future + "from dataclasses import dataclass\n"
                "@dataclass\nclass Sheet[T]:\n    items: list[T]\n    more: 'Sheet[list[T]] | None' = None\n"
                "@dataclass\nclass Row[K: int, V]:\n    key: K\n    value: V\n    sheet: list[V]\n"
            )
            with self.subTest(future):
                row = _component(namespace["Row"][int, str], namespace)
                properties = row.component(Shape.OUTPUT, Names())["properties"]
                self.assertEqual([{"type": "integer"}, {"type": "string"}], [properties["key"], properties["value"]])
                self.assertEqual("RowOfIntAndStr", row.name)


def _kind(annotation: Any, names: Optional[Dict[str, Any]] = None) -> Kind:
    table = KindTable()
    kind = table.kind(annotation, (globals() if names is None else names,))
    assert not table.problems, table.problems
    return kind


def _component(annotation: Any, names: Optional[Dict[str, Any]] = None) -> Record:
    kind = _kind(annotation, names)
    assert isinstance(kind, Record)
    return kind


if __name__ == "__main__":
    unittest.main()
