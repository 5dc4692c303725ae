"""`type X = …`, as Python 3.12 has it: of unions, recursive, and generic."""

from __future__ import annotations

import json
import sys
import types
import unittest
from typing import Any, Dict

from tests.client import ProjectTestCase
from tests.test_kinds import Names
from typedpool.kinds.base import Kind, Shape, as_is
from typedpool.kinds.table import KindTable
from typedpool.mismatch import Mismatch
from typedpool.problems import Unsupported

_SOURCE = '''
from dataclasses import dataclass
from typing import Generic, List, Literal, Optional, TypeVar, Union

T = TypeVar("T")


@dataclass
class Circle:
    radius: float
    kind: Literal["circle"] = "circle"


@dataclass
class Box:
    sides: list[float]
    kind: Literal["box"] = "box"


type Drawing = Circle | Box
type Drawings = list[Drawing]
type MaybeDrawing = Drawing | None
type Json = str | int | float | bool | None | list[Json] | dict[str, Json]
type Quoted = int | list["Quoted"]
type Pair[A, B] = tuple[A, B]
type Nested[A] = A | list[Nested[A]]
type Hidden[A] = str | list["A"]
type OrText[A] = A | str
type Same[A] = OrText[A]
type Loop[A] = list[Loop[A]]
type Ever[A] = A | list[Ever[list[A]]]
Old = Union[int, List["Old"]]


@dataclass
class Page(Generic[T]):
    """Aliases in it mean what they mean outside."""

    json: Json
    nested: Nested[T]
    old: Old
    own: Union[T, str, List[bool]]
'''


@unittest.skipIf(sys.version_info < (3, 12), "type statements need Python 3.12")
class AliasTests(unittest.TestCase):
    def setUp(self) -> None:
        # A module, because aliases look up what stands in strings there.
        self.module = types.ModuleType("aliases_of_the_test")
        sys.modules[self.module.__name__] = self.module
        self.addCleanup(sys.modules.pop, self.module.__name__)
        exec(_SOURCE, vars(self.module))
        self.table = KindTable()

    def test_an_alias_of_a_union_is_a_component_of_its_name(self) -> None:
        for annotation, schema in [
            ("Drawing", {"$ref": "Drawing"}),
            ("Drawings", {"type": "array", "items": {"$ref": "Drawing"}}),
            ("MaybeDrawing", {"anyOf": [{"$ref": "Drawing"}, {"type": "null"}]}),
            ("Json", {"anyOf": [{"$ref": "Json"}, {"type": "null"}]}),
            ("Pair[int, Drawing]", {"type": "array", "prefixItems": [{"type": "integer"}, {"$ref": "Drawing"}], "minItems": 2, "maxItems": 2}),
            ("Nested[int]", {"$ref": "NestedOfInt"}),
            ("OrText[list[Drawing]]", {"$ref": "OrTextOfListOfDrawing"}),
            ("Same[int]", {"$ref": "OrTextOfInt"}),
        ]:
            with self.subTest(annotation):
                self.assertEqual(schema, self._kind(annotation).schema(Shape.OUTPUT, Names()))
        self.assertEqual([], self.table.problems)

    def test_what_the_alias_stands_for_is_one_type_wherever_it_is_used(self) -> None:
        self.assertIs(self._kind("Drawing"), self._kind("Drawing"))
        self.assertIs(self._kind("Nested[int]"), self._kind("Nested[int]"))
        self.assertIsNot(self._kind("Nested[int]"), self._kind("Nested[str]"))
        self.assertIsNot(self._kind("Hidden[int]"), self._kind("Hidden[bool]"))

    def test_values_go_there_and_back(self) -> None:
        circle, box = vars(self.module)["Circle"](1.5), vars(self.module)["Box"]([1.0])
        for annotation, value, written in [
            ("Drawing", box, {"sides": [1.0], "kind": "box"}),
            ("Drawings", [circle], [{"radius": 1.5, "kind": "circle"}]),
            ("MaybeDrawing", None, None),
            ("Json", {"a": [1, 1.5, None, {"b": [True]}]}, {"a": [1, 1.5, None, {"b": [True]}]}),
            ("Quoted", [1, [2, [[3]]]], [1, [2, [[3]]]]),
            ("Pair[int, str]", (1, "a"), [1, "a"]),
            ("Nested[int]", [1, [2, []]], [1, [2, []]]),
            ("Hidden[int]", [1], [1]),
        ]:
            with self.subTest(annotation):
                kind = self._kind(annotation)
                self.assertEqual(written, (kind.encoder(True) or as_is)(value))
                self.assertEqual(value, kind.decoder()(written))
        for annotation, value, path in [
            ("Nested[int]", [1, ["a"]], "/1/0"),
            ("Hidden[int]", ["a"], "/0"),
            ("Json", {"a": [1, {"b": b""}]}, "/a/1/b"),
        ]:
            with self.subTest(annotation, value=value), self.assertRaises(Mismatch) as raised:
                self._kind(annotation).decoder()(value)
            self.assertEqual(path, raised.exception.pointer)

    def test_a_generic_class_may_hold_aliases_that_contain_themselves(self) -> None:
        for argument, nested in (("int", [1, [2]]), ("bool", [True, [False]])):
            kind = self._kind(f"Page[{argument}]")
            self.assertEqual([], self.table.problems)
            properties = kind.component(Shape.OUTPUT, Names())["properties"]  # type: ignore[attr-defined]
            self.assertEqual({"$ref": f"NestedOf{argument.title()}"}, properties["nested"])
            self.assertEqual({"$ref": "Old"}, properties["old"])
            self.assertEqual({"type": "integer" if argument == "int" else "boolean"}, properties["own"]["anyOf"][0])
            page = vars(self.module)["Page"]({"a": []}, nested, [3, [4]], "x")
            self.assertEqual(page, kind.decoder()((kind.encoder(True) or as_is)(page)))

    def test_what_cannot_be_described_is_refused(self) -> None:
        for annotation, text in [
            ("Nested", "Nested does not say what is inside. Write e.g. Nested[int]."),
            ("Loop[int]", "without end"),
            ("Ever[int]", "without end"),
        ]:
            with self.subTest(annotation), self.assertRaises(Unsupported) as raised:
                self._kind(annotation)
            self.assertIn(text, raised.exception.text)

    def _kind(self, annotation: str) -> Kind:
        names: Dict[str, Any] = vars(self.module)
        return self.table.kind(annotation, (names,))


@unittest.skipIf(sys.version_info < (3, 12), "type statements need Python 3.12")
class AliasCallTests(ProjectTestCase):
    def test_a_worker_takes_and_returns_them(self) -> None:
        source = _SOURCE + '''
from typedpool import command

@command
def echo(nested: Nested[int], drawing: MaybeDrawing = None) -> tuple[Nested[int], Drawing | None]:
    return nested, drawing
'''
        with self.host(source) as host:
            sent = {"nested": [1, [2]], "drawing": {"radius": 1.0, "kind": "circle"}}
            self.assertEqual([sent["nested"], sent["drawing"]], host.result("echo", sent))
            self.assertEqual("/nested/1/0", host.error("echo", {"nested": [1, ["x"]]})["data"]["pointer"])


class OlderPythonTests(ProjectTestCase):
    @unittest.skipIf(sys.version_info >= (3, 12), "Python 3.12 and later have type statements")
    def test_a_python_without_them_says_where_they_stand(self) -> None:
        self.write("commands.py", "type Number = int\n")
        done = self.run_cli("export", "commands")
        self.assertEqual(2, done.returncode)
        self.assertRegex(done.stderr.decode(), r"commands\.py\(1,\d+\): error TPY0001: .*SyntaxError")

    @unittest.skipIf(sys.version_info < (3, 12), "type statements need Python 3.12")
    def test_a_python_with_them_exports_what_they_stand_for(self) -> None:
        self.write("commands.py", "from typedpool import command\ntype Number = int\n@command\ndef f() -> Number: return 1\n")
        document = json.loads(self.run_cli("export", "commands").stdout)
        self.assertEqual({"type": "integer"}, document["methods"][0]["result"]["schema"])


if __name__ == "__main__":
    unittest.main()
