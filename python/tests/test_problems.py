"""What cannot be exported: every problem, at its place, with what to write instead."""

from __future__ import annotations

import re
import sys
import unittest
from typing import List, Tuple

from tests.client import ProjectTestCase

_LINE = re.compile(r"^(?P<file>.+?)\((?P<line>\d+),(?P<column>\d+)\): error (?P<id>TPY\d{4}): (?P<text>.+)$")
_HEAD = "from typing import *\nfrom dataclasses import dataclass\nimport enum, datetime\nfrom typedpool import command\n"
_CLASSES = """
import collections
T, U = TypeVar("T"), TypeVar("U")
Alias = List["Alias"]

@dataclass
class Left:
    a: int = 0

@dataclass
class Right:
    b: int = 0

@dataclass
class Thawed:
    a: int

@dataclass(frozen=True)
class FrozenAround:
    a: List[int]

@dataclass
class Box(Generic[T]):
    a: T

@dataclass
class Pair(Generic[T, U]):
    a: T
    b: U

@dataclass
class Endless(Generic[T]):
    more: Optional["Endless[List[T]]"]
"""


class ProblemTests(ProjectTestCase):
    def problems(self, source: str) -> List[Tuple[int, int, str, str]]:
        """Line, column, id and text of each."""
        path = self.write("commands.py", source)
        done = self.run_cli("export", "commands")
        self.assertEqual(2, done.returncode, done.stderr.decode())
        self.assertEqual(b"", done.stdout)
        found = [_LINE.match(line) for line in done.stderr.decode().splitlines()]
        matches = [match for match in found if match is not None]
        self.assertTrue(matches, done.stderr.decode())
        for match in matches:
            self.assertEqual(path, match["file"])
        return [(int(match["line"]), int(match["column"]), match["id"], match["text"]) for match in matches]

    def problem(self, source: str) -> Tuple[int, int, str, str]:
        found = self.problems(source)
        self.assertEqual(1, len(found), found)
        return found[0]

    def of_annotation(self, annotation: str, before: str = "") -> Tuple[str, str]:
        line, column, id, text = self.problem(f"{_HEAD}{before}\n@command\ndef f(\n    a: {annotation}\n) -> None: ...\n")
        self.assertEqual(5, column)
        self.assertIn("command 'f', parameter 'a'", text)
        return id, text

    def test_all_problems_are_reported_at_once(self) -> None:
        found = self.problems(
            _HEAD
            + """
@dataclass
class Bad:
    a: complex
    b: "Nowhere"


@command
def f(a, *rest, b: Bad, c: int = None, **more):
    pass


@command
async def g(a: complex) -> complex:
    yield
"""
        )
        self.assertEqual(
            [
                (8, 5, "TPY0005"),
                (9, 5, "TPY0004"),
                (13, 1, "TPY0003"),
                (13, 7, "TPY0003"),
                (13, 11, "TPY0009"),
                (13, 25, "TPY0010"),
                (13, 42, "TPY0009"),
                (18, 13, "TPY0005"),
                (18, 28, "TPY0008"),
            ],
            [each[:3] for each in found],
        )

    def test_an_unannotated_parameter_is_told_what_to_write(self) -> None:
        line, column, id, text = self.problem("from typedpool import command\n@command\ndef f(text) -> None: ...\n")
        self.assertEqual((3, 7, "TPY0003"), (line, column, id))
        self.assertEqual("command 'f', parameter 'text': no annotation. Write e.g. text: str.", text)

    def test_types_that_are_not_supported_yet_are_told_what_to_write(self) -> None:
        for annotation, instead in {
            "DefaultDict[str, int]": "dict[K, T]",
            "T": "concrete",
        }.items():
            with self.subTest(annotation):
                id, text = self.of_annotation(annotation, "T = TypeVar('T')")
                self.assertEqual("TPY0006", id, text)
                self.assertIn(instead, text)

    def test_types_that_cannot_be_described_are_told_what_to_write(self) -> None:
        for annotation, instead in {
            "list": "list[str]",
            "List": "list[str]",
            "dict": "dict[str, Any]",
            "tuple": "tuple[T, ...]",
            "Tuple": "tuple[T, ...]",
            "Set": "set[str]",
            "frozenset": "frozenset[str]",
            "Sequence": "Sequence[str]",
            "Mapping": "Mapping[str, Any]",
            "Dict[float, str]": "dict[str, T]",
            "Dict[Tuple[int, int], str]": "dict[str, T]",
            "Dict[Optional[int], str]": "dict[str, T]",
            "Dict[bool, str]": "dict[str, T]",
            "Set[List[int]]": "frozenset[T]",
            "Set[Any]": "list[T]",
            "Set[Union[str, List[int]]]": "list[T]",
            "FrozenSet[Set[int]]": "frozenset[T]",
            "Set[Thawed]": "a frozen dataclass",
            "Set[FrozenAround]": "a frozen dataclass",
            "Set[Tuple[int, List[int]]]": "list[T]",
            "Box": "Box[int]",
            "Pair": "Pair[int, int]",
            "Alias": "Write a class",
            "collections.namedtuple('N', 'a b')": "no type that JSON can carry",
            "Literal[b'a', 1]": "strings, integers",
            "Literal[Mixed.A]": "strings, integers",
            "Literal[None]": "",
            "Union[int, Any]": "Write Any alone",
            "Union[List[int], List[str]]": "a dataclass for each",
            "Optional[Union[Left, Right]]": 'kind: Literal["a"]',
            "Dict[str, Union[Left, Dict[str, int]]]": "a dataclass for each",
            "type(None)": "",
            "Plain": "dataclass",
            "Mixed": "strings, integers",
            "Empty": "at least one",
            "Callable[[], int]": "",
            "3": "no type",
            "[int]": "no type",
        }.items():
            with self.subTest(annotation):
                before = "class Plain: ...\nclass Mixed(enum.Enum):\n    A = 1\n    B = (1, 2)\nclass Empty(enum.Enum): ...\n" + _CLASSES
                id, text = self.of_annotation(annotation, before)
                self.assertEqual("TPY0005", id, text)
                self.assertIn(instead, text)

    @unittest.skipIf(sys.version_info >= (3, 10), "X | None is an ordinary type since Python 3.10")
    def test_new_unions_on_an_old_python_are_told_the_old_form(self) -> None:
        id, text = self.of_annotation("'int | None'")
        self.assertEqual("TPY0004", id)
        self.assertIn("Optional[T]", text)

    def test_a_default_has_to_fit(self) -> None:
        for text in ("a: int = 'x'", "a: int = None", "a: List[int] = [1, '2']", "a: Literal['a'] = 'b'"):
            with self.subTest(text):
                found = self.problem(f"{_HEAD}@command\ndef f({text}) -> None: ...\n")
                self.assertEqual("TPY0010", found[2])

    def test_a_field_that_only_the_constructor_knows_is_refused(self) -> None:
        found = self.problem(
            _HEAD
            + "from dataclasses import InitVar\n"
            + "@dataclass\nclass D:\n    a: int\n    b: InitVar[int]\n    c: ClassVar[int] = 3\n"
            + "@command\ndef f(d: D) -> None: ...\n"
        )
        self.assertEqual((9, 5, "TPY0005"), found[:3])

    def test_a_class_that_contains_itself_with_ever_other_arguments_is_refused(self) -> None:
        source = _HEAD + _CLASSES + "@command\ndef f(a: Endless[int]) -> None: ...\n"
        found = self.problem(source)
        self.assertEqual("TPY0005", found[2])
        self.assertIn("class 'Endless', field 'more': Endless contains itself with ever other arguments", found[3])

    def test_two_commands_of_one_name_name_both_places(self) -> None:
        line, column, id, text = self.problem(
            "from typedpool import command\n@command\ndef f() -> None: ...\n@command(name='f')\ndef g() -> None: ...\n"
        )
        self.assertEqual((5, 1, "TPY0007"), (line, column, id))
        self.assertIn("commands.py(3,1)", text)

    def test_raises_has_to_make_sense(self) -> None:
        for raises in ("[int]", "{ValueError: 0}", "{ValueError: 1, KeyError: 1}", "{ValueError: 'x'}"):
            with self.subTest(raises):
                found = self.problem(f"{_HEAD}@command(raises={raises})\ndef f() -> None: ...\n")
                self.assertEqual("TPY0011", found[2])

    def test_names_of_the_protocol_are_taken(self) -> None:
        self.assertEqual("TPY0012", self.problem(f"{_HEAD}@command(name='$/x')\ndef f() -> None: ...\n")[2])

    def test_classes_that_cannot_be_told_apart_are_refused(self) -> None:
        source = _HEAD + "def make():\n    @dataclass\n    class L:\n        a: int\n    return L\nA = make()\nB = make()\n"
        found = self.problem(source + "@command\ndef f(a: A, b: B) -> None: ...\n")
        self.assertEqual("TPY0013", found[2])

    def test_a_module_without_commands_is_an_error(self) -> None:
        self.assertEqual("TPY0002", self.problem("def f(): ...\n")[2])

    def test_a_generator_is_refused(self) -> None:
        self.assertEqual("TPY0008", self.problem(f"{_HEAD}@command\ndef f() -> int:\n    yield 1\n")[2])

    def test_a_syntax_error_is_reported_at_its_own_place(self) -> None:
        self.assertEqual((2, "TPY0001"), self.problem("a = 1\nb = = 2\n")[0:3:2])

    def test_a_failed_import_is_reported_at_the_innermost_own_line(self) -> None:
        self.write("deep.py", "import json\n\ndef load():\n    return json.loads('{')\n")
        self.write("commands.py", "import deep\ndeep.load()\n")
        done = self.run_cli("export", "commands")
        self.assertEqual(2, done.returncode)
        first = done.stderr.decode().splitlines()[0]
        self.assertIn("deep.py(4,1): error TPY0001", first)
        self.assertIn("JSONDecodeError", first)
        self.assertIn("Traceback", done.stderr.decode())

    def test_a_module_that_is_not_there_says_where_it_was_sought(self) -> None:
        done = self.run_cli("export", "nowhere")
        self.assertEqual(2, done.returncode)
        self.assertIn("typedpool: error TPY0001: module 'nowhere'", done.stderr.decode())
        self.assertIn(self.folder, done.stderr.decode())

    def test_only_functions_can_be_commands(self) -> None:
        found = self.problem("from typedpool import command\n\n@command\nclass C: ...\n")
        self.assertEqual("TPY0001", found[2])
        self.assertIn("@command marks functions", found[3])


if __name__ == "__main__":
    unittest.main()
