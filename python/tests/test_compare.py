"""`$/compare`: a worker says what differs between the host's contract and its own."""

from __future__ import annotations

import copy
import json
import os
import unittest
from typing import Any

from tests.client import Host, ProjectTestCase
from typedpool.contract import reduced

_SOURCE = "from typedpool import command\n@command\ndef f(a: int) -> str: ...\n"


class CompareTests(ProjectTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.worker: Host = self.host(_SOURCE)
        self.addCleanup(self.worker.__exit__)
        self.run_cli("export", "commands", "-o", "schema.json")
        with open(os.path.join(self.folder, "schema.json"), encoding="utf-8") as file:
            self.contract: Any = reduced(json.load(file))

    def test_an_equal_contract_has_no_differences(self) -> None:
        self.assertEqual({"differences": []}, self.worker.result("$/compare", {"contract": self.contract}))

    def test_each_difference_comes_as_its_parts_and_in_words(self) -> None:
        known = copy.deepcopy(self.contract)
        known["methods"]["f"]["result"] = {"type": "integer"}
        del known["methods"]["ping"]
        self.assertEqual(
            [
                {
                    "place": "command 'f', result",
                    "change": "another type",
                    "old": "integer",
                    "new": "string",
                    "breaking": True,
                    "why": "callers cannot read what may come",
                    "text": "breaking: command 'f', result: another type integer → string (callers cannot read what may come)",
                },
                {
                    "place": "command 'ping'",
                    "change": "command added",
                    "old": "",
                    "new": "",
                    "breaking": False,
                    "why": "no caller knows of it",
                    "text": "compatible: command 'ping': command added (no caller knows of it)",
                },
            ],
            self.worker.result("$/compare", {"contract": known})["differences"],
        )

    def test_what_is_no_contract_is_refused(self) -> None:
        for params in (None, [], {}, {"contract": "sha256:1"}, {"contract": {}}, {"contract": {"methods": 1, "schemas": {}}}):
            with self.subTest(params):
                self.assertEqual(-32602, self.worker.error("$/compare", params)["code"])


if __name__ == "__main__":
    unittest.main()
