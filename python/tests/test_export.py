"""The document: what it says, and that it is the same everywhere."""

from __future__ import annotations

import glob
import json
import os
import subprocess
import sys
import unittest
from typing import Any, List

from tests.client import FOLDER, PATIENCE, ProjectTestCase

_GOLDEN = os.path.join(FOLDER, "tests", "golden")
_OTHERS = ("3.9", "3.10", "3.11", "3.12", "3.13")


class GoldenTests(ProjectTestCase):
    def test_each_document_is_the_committed_one_byte_by_byte(self) -> None:
        for module in _golden_modules():
            with self.subTest(module):
                actual = self.run_cli("export", module)
                self.assertEqual(0, actual.returncode, actual.stderr.decode())
                if actual.stdout != _golden(module):
                    self.assertEqual(_golden(module).decode(), actual.stdout.decode())
                    self.fail("only the bytes differ")

    def test_every_python_writes_the_same_bytes(self) -> None:
        tried = 0
        for version in _OTHERS:
            for python in glob.glob(os.path.expanduser(f"~/.pyenv/versions/{version}.*/bin/python"))[:1]:
                tried += 1
                for module in _golden_modules():
                    with self.subTest(version, module=module):
                        actual = self.run_cli("export", module, python=python)
                        self.assertEqual(_golden(module), actual.stdout, actual.stderr.decode())
        if not tried:
            self.skipTest("no other Python is installed")


class DocumentTests(ProjectTestCase):
    def export(self, source: str) -> Any:
        self.write("commands.py", source)
        done = self.run_cli("export", "commands")
        self.assertEqual(0, done.returncode, done.stderr.decode())
        return json.loads(done.stdout)

    def contract(self, source: str) -> str:
        return self.export(source)["info"]["x-typedpool"]["contract"]

    def test_the_contract_ignores_words_and_order(self) -> None:
        plain = "from typedpool import command\n@command\ndef f(a: int, b: str) -> None: pass\n"
        told = plain.replace("pass", '"""Words.\n\n    Args:\n        a: More words.\n    """')
        turned = plain.replace("a: int, b: str", "b: str, a: int")
        old = plain.replace("@command", "@command(deprecated=True)")
        for other in (told, turned, old):
            self.assertEqual(self.contract(plain), self.contract(other))

    def test_the_contract_follows_whatever_affects_a_call(self) -> None:
        plain = "from typedpool import command\n@command\ndef f(a: int, b: str = 'x') -> None: pass\n"
        changed = [
            plain.replace("def f", "def g"),
            plain.replace("a: int", "c: int"),
            plain.replace("a: int", "a: float"),
            plain.replace("'x'", "'y'"),
            plain.replace(" = 'x'", ""),
            plain.replace("-> None", "-> int"),
            plain.replace("@command", "@command(idempotent=True)"),
            plain.replace("@command", "@command(raises=[ValueError])"),
        ]
        contracts = [self.contract(each) for each in [plain, *changed]]
        self.assertEqual(len(contracts), len(set(contracts)))

    def test_a_class_used_both_ways_is_one_component_where_its_shapes_are_equal(self) -> None:
        document = self.export(
            """
            from dataclasses import dataclass
            from typedpool import command

            @dataclass
            class Same:
                a: int

            @dataclass
            class Inner:
                a: int = 0

            @dataclass
            class Outer:
                inner: Inner

            @dataclass
            class Sent:
                inner: Inner

            @command
            def f(same: Same, outer: Outer, sent: Sent) -> list[Same]: ...

            @command
            def g() -> Outer: ...
            """
        )
        schemas = document["components"]["schemas"]
        self.assertEqual(["Inner", "InnerInput", "Outer", "OuterInput", "PingResult", "Same", "Sent"], list(schemas))
        self.assertEqual("#/components/schemas/InnerInput", schemas["OuterInput"]["properties"]["inner"]["$ref"])
        self.assertEqual("#/components/schemas/InnerInput", schemas["Sent"]["properties"]["inner"]["$ref"])
        self.assertEqual("#/components/schemas/Inner", schemas["Outer"]["properties"]["inner"]["$ref"])

    def test_a_class_that_is_two_types_is_told_with_the_reason(self) -> None:
        self.write(
            "commands.py",
            """
            from dataclasses import dataclass, field
            from typing import List, TypedDict
            from typedpool import command

            @dataclass
            class Inner:
                a: int
                b: int = 0
                c: int = field(init=False, default=1)

            @dataclass
            class Outer:
                inner: List[Inner]

            class Same(TypedDict, total=False):
                a: int

            @command
            def f(outer: Outer, same: Same) -> List[Outer]: ...

            @command
            def g() -> Same: ...
            """,
        )
        told = [line for line in self.run_cli("export", "commands").stderr.decode().splitlines() if "class" in line]
        self.assertEqual(
            [
                "typedpool: class Inner is InnerInput where it is sent to Python: 'b' may be left out and 'c' cannot be given",
                "typedpool: class Outer is OuterInput where it is sent to Python: it contains Inner",
            ],
            told,
        )

    def test_what_stands_in_place_in_both_shapes_of_a_class_is_described_once(self) -> None:
        schemas = self.export(
            """
            from dataclasses import dataclass, field
            from typing import Dict, List, Literal
            from typedpool import command

            @dataclass
            class Inner:
                a: int = 0

            @dataclass
            class Both:
                mode: Literal["fast", "exact"]
                sizes: Dict[str, List[Literal[1, 2]]] = field(default_factory=dict)
                inner: List[Inner] = field(default_factory=list)
                plain: List[int] = field(default_factory=list)

            @dataclass
            class Sent:
                mode: Literal["fast", "exact"] = "fast"

            @command
            def f(both: Both, sent: Sent) -> Both: ...
            """
        )["components"]["schemas"]
        sent = schemas["BothInput"]["properties"]
        self.assertEqual({"$ref": "#/components/schemas/Both/properties/mode"}, sent["mode"])
        self.assertEqual({"$ref": "#/components/schemas/Both/properties/sizes", "default": {}}, sent["sizes"])
        self.assertEqual({"$ref": "#/components/schemas/InnerInput"}, sent["inner"]["items"])
        self.assertEqual({"type": "array", "items": {"type": "integer"}, "x-packed": "int64", "default": []}, sent["plain"])
        self.assertEqual(["fast", "exact"], schemas["Both"]["properties"]["mode"]["enum"])
        self.assertEqual(["fast", "exact"], schemas["Sent"]["properties"]["mode"]["enum"])

    def test_two_classes_of_one_name_are_named_with_their_modules(self) -> None:
        self.write("other.py", "from dataclasses import dataclass\n@dataclass\nclass Label:\n    b: int\n")
        document = self.export(
            """
            from dataclasses import dataclass
            import other
            from typedpool import command

            @dataclass
            class Label:
                a: int

            @command
            def f(a: Label, b: other.Label) -> None: ...
            """
        )
        self.assertEqual(["PingResult", "commands.Label", "other.Label"], list(document["components"]["schemas"]))

    def test_commands_of_several_modules_stand_in_one_document(self) -> None:
        self.write("a.py", "from typedpool import command\n@command\ndef one() -> None: ...\n")
        self.write("b.py", "from a import one\nfrom typedpool import command\n@command\ndef two() -> None: ...\n")
        document = json.loads(self.run_cli("export", "a", "b").stdout)
        self.assertEqual("a, b", document["info"]["title"])
        self.assertEqual(["one", "ping", "two"], [method["name"] for method in document["methods"]])

    def test_inherited_fields_mean_what_their_own_module_says(self) -> None:
        self.write(
            "base.py",
            """
            from __future__ import annotations
            from dataclasses import dataclass
            from typing import List as Many

            @dataclass
            class Base:
                items: Many[int]
            """,
        )
        document = self.export(
            """
            from dataclasses import dataclass
            from base import Base
            from typedpool import command

            @dataclass
            class Derived(Base):
                more: "Derived | None" = None if False else 0  # type: ignore

            @command
            def f() -> Base: ...
            """
        )
        self.assertEqual({"type": "array", "items": {"type": "integer"}, "x-packed": "int64"}, document["components"]["schemas"]["Base"]["properties"]["items"])

    def test_a_field_may_be_named_like_a_type(self) -> None:
        document = self.export(
            """
            from __future__ import annotations
            from dataclasses import dataclass
            from typing import List, Optional
            from typedpool import command

            @dataclass
            class Node:
                nodes: List[Node]
                str: Optional[str] = None

            @command
            def f() -> Node: ...
            """
        )
        properties = document["components"]["schemas"]["Node"]["properties"]
        self.assertEqual({"anyOf": [{"type": "string"}, {"type": "null"}]}, properties["str"])

    def test_a_decorated_function_keeps_its_signature(self) -> None:
        document = self.export(
            """
            import functools
            from typedpool import command

            def traced(function):
                @functools.wraps(function)
                def wrapper(*args, **kwargs):
                    return function(*args, **kwargs)
                return wrapper

            @command
            @traced
            def below(a: int) -> None: ...

            @traced
            @command
            def above(a: int) -> None: ...
            """
        )
        for method in document["methods"][:2]:
            self.assertEqual("a", method["params"][0]["name"])

    @unittest.skipIf(sys.version_info < (3, 10), "X | None needs Python 3.10")
    def test_new_unions_are_optionals(self) -> None:
        document = self.export("from typedpool import command\n@command\ndef f(a: int | None, b: 'None | str') -> None: ...\n")
        schemas = [param["schema"] for param in document["methods"][0]["params"]]
        self.assertEqual([{"anyOf": [{"type": each}, {"type": "null"}]} for each in ("integer", "string")], schemas)


def _golden_modules() -> List[str]:
    return sorted(glob.glob(os.path.join(_GOLDEN, "*.py")))


def _golden(module: str) -> bytes:
    with open(os.path.splitext(module)[0] + ".openrpc.json", "rb") as file:
        return file.read()


if __name__ == "__main__":
    unittest.main()
