"""How much is typed, and what `export --strict` says of the rest."""

from __future__ import annotations

import os
import unittest

from tests.client import ProjectTestCase

_SOURCE = """from typing import Any, Dict, List
from dataclasses import dataclass
from typedpool import command
import shared

@dataclass
class Row(shared.Base):
    name: str
    cells: List[
        Any]

@command
def read(path: str,
         options: Dict[str, object]) -> Row: ...

@command
def anything(of: int) -> Any: ...
"""

_BASE = """from dataclasses import dataclass
from typing import Any

@dataclass
class Base:
    extra: Any
"""


class StrictTests(ProjectTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.shared = self.write("shared.py", _BASE)
        self.module = self.write("commands.py", _SOURCE)

    def test_each_untyped_position_is_told_with_its_place_and_nothing_is_written(self) -> None:
        done = self.run_cli("export", "commands", "-o", "out.json", "--strict")
        self.assertEqual(2, done.returncode)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "out.json")))
        *lines, last = done.stderr.decode().splitlines()
        why = " is not fully typed: Any or object in it is JsonElement in C#. Write the type that it stands for."
        self.assertEqual(
            [
                f"{self.module}(9,5): error TPY0014: class 'Row', field 'cells'{why}",
                f"{self.module}(14,10): error TPY0014: command 'read', parameter 'options'{why}",
                f"{self.module}(17,26): error TPY0014: command 'anything', result{why}",
                f"{self.shared}(6,5): error TPY0014: class 'Row', field 'extra'{why}",
            ],
            lines,
        )
        self.assertEqual("typedpool: 4 of 8 positions typed; nothing is written, because of --strict", last)

    def test_without_strict_it_is_a_figure(self) -> None:
        done = self.run_cli("export", "commands")
        self.assertEqual(0, done.returncode)
        self.assertIn("2 commands, 1 type, 4 of 8 positions typed", done.stderr.decode())

    def test_what_is_typed_throughout_passes(self) -> None:
        self.write("commands.py", "from typedpool import command\n@command\ndef f(a: int) -> None: ...\n")
        done = self.run_cli("export", "commands", "--strict")
        self.assertEqual(0, done.returncode, done.stderr.decode())
        self.assertIn("2 of 2 positions typed", done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
