"""Defaults with sets in them: the document is the same whatever the hashes of this process are."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import unittest
from typing import Any, Dict, List

from tests.client import FOLDER, PATIENCE, ProjectTestCase

_SEEDS = ("1", "2", "3", "4")
_WORDS = ["alpha", "beta", "delta", "epsilon", "gamma", "zeta"]

_SOURCE = """
    from __future__ import annotations
    from collections import deque
    from enum import Enum
    from typing import AbstractSet, Collection, Deque, Dict, FrozenSet, List, NamedTuple, Optional, Set, Tuple, TypedDict, Union
    from dataclasses import dataclass
    from typedpool import command

    WORDS = ("zeta", "gamma", "epsilon", "delta", "beta", "alpha")

    class Word(Enum):
        ALPHA = "alpha"
        BETA = "beta"
        DELTA = "delta"
        EPSILON = "epsilon"
        GAMMA = "gamma"
        ZETA = "zeta"

    class Named(NamedTuple):
        number: int
        words: FrozenSet[str] = frozenset(WORDS)

    class Typed(TypedDict):
        number: int
        words: Set[str]

    @dataclass
    class Holder:
        plain: AbstractSet[str] = frozenset(WORDS)
        enums: Tuple[FrozenSet[Word], ...] = (frozenset(Word),)

    @command
    def f(
        plain: Set[str] = set(WORDS),
        enums: FrozenSet[Word] = frozenset(Word),
        listed: List[Set[str]] = [set(WORDS)],
        mapped: Dict[str, Set[str]] = {"a": set(WORDS)},
        keyed: Dict[Word, Set[str]] = {Word.BETA: set(WORDS), Word.ALPHA: {"one"}},
        numbered: Dict[int, Set[str]] = {2: set(WORDS), 1: {"one"}},
        paired: Tuple[int, Set[Word]] = (1, set(Word)),
        queued: Deque[Set[str]] = deque([set(WORDS)]),
        either: Union[int, Dict[str, Set[str]]] = {"a": set(WORDS)},
        maybe: Optional[List[Set[str]]] = [set(WORDS)],
        named: Named = Named(1),
        typed: Typed = {"words": set(WORDS), "number": 1},
        collected: Collection[str] = set(WORDS),
        nested: FrozenSet[FrozenSet[str]] = frozenset({frozenset(WORDS), frozenset({"one"})}),
        rows: Set[Tuple[int, FrozenSet[str]]] = {(1, frozenset(WORDS)), (2, frozenset({"one"}))},
        raw: Set[bytes] = {b"a", b"b", b"c"},
        holder: Optional[Holder] = None,
    ) -> None: ...
"""

_PYDANTIC = """
    from dataclasses import dataclass
    from typing import Dict, FrozenSet, List, Set, Tuple
    from pydantic import BaseModel, ConfigDict, Field, RootModel
    from typedpool import command

    WORDS = ("zeta", "gamma", "epsilon", "delta", "beta", "alpha")

    @dataclass(frozen=True)
    class Plain:
        words: FrozenSet[str] = frozenset(WORDS)

    class Inner(BaseModel):
        model_config = ConfigDict(frozen=True)
        words: FrozenSet[str] = Field(frozenset(WORDS), serialization_alias="other")
        listed: Tuple[FrozenSet[str], ...] = (frozenset(WORDS),)

    class Root(RootModel[Set[str]]):
        pass

    class Model(BaseModel):
        plain: Set[str] = set(WORDS)
        listed: List[Set[str]] = [set(WORDS)]
        mapped: Dict[str, List[Set[str]]] = {"a": [set(WORDS)]}
        nested: FrozenSet[FrozenSet[str]] = frozenset({frozenset(WORDS), frozenset({"one"})})
        inner: Inner = Inner()
        inners: FrozenSet[Inner] = frozenset({Inner(), Inner(words=frozenset({"one"}))})
        simple: Plain = Plain()
        root: Root = Root(set(WORDS))

    @command
    def f(value: Model) -> None: ...
"""

_ATTRS = """
    from typing import Dict, FrozenSet, List, Set
    from attrs import define, field
    from typedpool import command

    WORDS = ("zeta", "gamma", "epsilon", "delta", "beta", "alpha")

    @define
    class Item:
        plain: FrozenSet[str] = frozenset(WORDS)
        listed: List[Set[str]] = field(default=[set(WORDS)])
        mapped: Dict[str, Set[str]] = {"a": set(WORDS)}

    @command
    def f(value: Item) -> None: ...
"""


class OrderedDefaultTests(ProjectTestCase):
    def test_sets_inside_anything_are_stated_in_the_order_of_their_texts(self) -> None:
        document = self.export_under_every_seed(_SOURCE)
        stated = {each["name"]: each["schema"]["default"] for each in document["methods"][0]["params"]}
        self.assertEqual(
            {
                "plain": _WORDS,
                "enums": _WORDS,
                "listed": [_WORDS],
                "mapped": {"a": _WORDS},
                "keyed": {"beta": _WORDS, "alpha": ["one"]},
                "numbered": {"2": _WORDS, "1": ["one"]},
                "paired": [1, _WORDS],
                "queued": [_WORDS],
                "either": {"a": _WORDS},
                "maybe": [_WORDS],
                "named": {"number": 1, "words": _WORDS},
                "typed": {"number": 1, "words": _WORDS},
                "collected": _WORDS,
                "nested": [_WORDS, ["one"]],
                "rows": [[1, _WORDS], [2, ["one"]]],
                "raw": ["YQ==", "Yg==", "Yw=="],
                "holder": None,
            },
            stated,
        )
        self.assertEqual({"plain": _WORDS, "enums": [_WORDS]}, _defaults(document, "Holder"))

    @unittest.skipIf(importlib.util.find_spec("pydantic_core") is None, "pydantic 2 is not installed")
    def test_sets_in_what_pydantic_describes_are_ordered_too(self) -> None:
        document = self.export_under_every_seed(_PYDANTIC)
        inner = {"other": _WORDS, "listed": [_WORDS]}
        self.assertEqual(
            {
                "plain": _WORDS,
                "listed": [_WORDS],
                "mapped": {"a": [_WORDS]},
                "nested": [_WORDS, ["one"]],
                "inner": inner,
                "inners": [inner, {"other": ["one"], "listed": [_WORDS]}],
                "simple": {"words": _WORDS},
                "root": _WORDS,
            },
            _defaults(document, "Model"),
        )

    @unittest.skipIf(importlib.util.find_spec("attrs") is None, "attrs is not installed")
    def test_sets_in_the_defaults_of_attrs_are_ordered_too(self) -> None:
        document = self.export_under_every_seed(_ATTRS)
        self.assertEqual({"plain": _WORDS, "listed": [_WORDS], "mapped": {"a": _WORDS}}, _defaults(document, "Item"))

    def export_under_every_seed(self, source: str) -> Any:
        self.write("commands.py", source)
        running: List[subprocess.Popen[bytes]] = [
            subprocess.Popen(
                (sys.executable, FOLDER, "export", "commands"),
                cwd=self.folder,
                env={**os.environ, "PYTHONHASHSEED": seed},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            for seed in _SEEDS
        ]
        written = [process.communicate(timeout=PATIENCE) for process in running]
        self.assertEqual([0] * len(_SEEDS), [process.returncode for process in running], written[0][1].decode())
        for seed, (document, _) in zip(_SEEDS, written):
            self.assertEqual(written[0][0].decode(), document.decode(), f"under the seeds {_SEEDS[0]} and {seed}")
        return json.loads(written[0][0])


def _defaults(document: Any, name: str) -> Dict[str, Any]:
    properties = document["components"]["schemas"][name]["properties"]
    return {name: member["default"] for name, member in properties.items() if "default" in member}


if __name__ == "__main__":
    unittest.main()
