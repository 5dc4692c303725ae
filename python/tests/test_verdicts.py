"""Whether verdicts on changed types are true: what is compatible to send, Python takes; what is compatible to receive, fits what was."""

from __future__ import annotations

import json
import random
import re
import unittest
from typing import Any, Dict, List

from tests.client import ProjectTestCase
from typedpool import contract, openrpc
from typedpool.comparison import differences
from typedpool.kinds.base import JsonObject
from typedpool.loading import Project
from typedpool.mismatch import Mismatch
from typedpool.surface import survey

_TYPES = """
int; float; str; bool; Any; Decimal; date; UUID; Path; Int8; UInt8; UInt64; BigInt; Float32
Annotated[int, Ge(0), Le(255)]; Annotated[int, Gt(-1), Lt(9)]; Annotated[int, Ge(-2**70)]; Annotated[int, MultipleOf(2)]
Annotated[float, Ge(0)]; Annotated[str, MinLen(1)]; Annotated[str, MaxLen(3)]; Annotated[str, Pattern("^a")]
Annotated[Decimal, Ge(Decimal("1.5"))]; Annotated[Decimal, MultipleOf(Decimal("0.5"))]; Annotated[date, Ge(date(2000, 1, 1))]
Optional[int]; Optional[str]; list[int]; list[str]; list[Any]; Annotated[list[str], MinLen(1)]; set[str]; tuple[int, str]; tuple[int]
dict[str, int]; dict[str, Any]; dict[int, int]; dict[UUID, int]; dict[Color, int]; dict[Hue, int]
Color; Hue; Level; Rights; More; Literal["red"]; Literal["red", 1]; Literal[1, 2]; Literal[True]
Union[Color, str]; Union[int, str]; Union[int, float]; Union[float, str]; Union[date, UUID]
A; B; C; Tree; Union[A, B]; Union[A, B, C]; Union[X, Y]; Union[X, Z]
"""

_SOURCE = """
import enum
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Optional, Union
from uuid import UUID
from typedpool import BigInt, Float32, Int8, UInt8, UInt64, command
from typedpool.constraints import Ge, Gt, Le, Lt, MaxLen, MinLen, MultipleOf, Pattern
class Color(enum.Enum): RED = "red"; BLUE = "blue"
class Hue(enum.Enum): RED = "red"
class Level(enum.IntEnum): LOW = 1; HIGH = 2
class Rights(enum.Flag): READ = 1; WRITE = 2
class More(enum.Flag): WRITE = 2; READ = 1; RUN = 4
@dataclass
class A: x: int; y: str = "d"
@dataclass
class B: z: int; x: int = 3
@dataclass
class C: w: float
@dataclass
class Tree: children: "list[Tree]"
@dataclass
class X: v: int; kind: Literal["x"] = "x"
@dataclass
class Y: v: str; kind: Literal["y"] = "y"
@dataclass
class Z: v: str; kind: Literal["y", "z"]
"""
_TEXTS = ["", "a", "ab", "red", "x y z", "1.50", "2", "0.25", "1999-12-31", "2000-01-01", "00000000-0000-0000-0000-000000000001"]
_INTEGERS = [0, 1, 2, -1, 8, 9, 127, 128, 255, 256, -(2**63), 2**63 - 1, 2**63, 2**64 - 1, -(2**70), 2**80]
_CLASSES: Dict[str, type] = {"string": str, "integer": int, "number": float, "boolean": bool, "null": type(None)}
_VALUES: List[Any] = [*_TEXTS, *_INTEGERS, 0.5, -1.5, 0.1, True, False, None]


class VerdictTests(ProjectTestCase):
    def test_what_is_compatible_is_taken(self) -> None:
        annotations = [each.strip() for each in re.split("[;\n]", _TYPES) if each.strip()]
        commands = (f"@command\ndef f{i}(a: {each}) -> None: ...\n@command\ndef g{i}() -> {each}: ...\n" for i, each in enumerate(annotations))
        self.write("verdicts.py", _SOURCE + "".join(commands))
        surface = survey(Project(["verdicts"], [self.folder]).load())
        reduced = contract.reduced(openrpc.document(surface))
        decoders = {each.name: each.parameters[0].kind.decoder() for each in surface.commands if each.name.startswith("f")}
        components: Dict[str, JsonObject] = reduced["schemas"]
        invent = _Inventor(components)
        values = [self._valid(invent, reduced, f"f{i}", decoders[f"f{i}"]) for i in range(len(annotations))]
        checked = 0
        for i, old in enumerate(annotations):
            for j, new in enumerate(annotations):
                if not self._breaks(reduced, f"f{i}", f"f{j}"):
                    for value in values[i]:
                        with self.subTest(old=old, new=new, value=value):
                            decoders[f"f{j}"](value)
                    checked += i != j
                # Readers skip members that they do not know, and decoders do not.
                if '"properties"' not in json.dumps([reduced["methods"][f"g{i}"], components]) and not self._breaks(reduced, f"g{i}", f"g{j}"):
                    for value in values[j]:
                        decoders[f"f{i}"](value)
        self.assertGreater(checked, 300)

    def _valid(self, invent: _Inventor, reduced: JsonObject, name: str, decode: Any) -> List[Any]:
        """Values that callers of the command send."""
        schema = reduced["methods"][name]["params"]["a"]["schema"]
        found: List[Any] = []
        for value in [invent.value(schema) for _ in range(200)]:
            try:
                decode(value)
            except Mismatch:
                continue
            if value not in found:
                found.append(value)
        self.assertTrue(found, name)
        return found

    def _breaks(self, reduced: JsonObject, old: str, new: str) -> bool:
        before, after = ({"methods": {"f": reduced["methods"][name]}, "schemas": reduced["schemas"]} for name in (old, new))
        return any(each.breaking for each in differences(before, after))


class _Inventor:
    """Invents what a schema may describe; not all of it fits."""

    def __init__(self, components: Dict[str, JsonObject]) -> None:
        self._components = components
        self._random = random.Random(0)

    def value(self, schema: Any, depth: int = 0) -> Any:
        if "$ref" in schema:
            schema = self._components[schema["$ref"].split("/")[-1]]
        for keyword in ("anyOf", "oneOf"):
            if keyword in schema:
                return self.value(self._random.choice(schema[keyword]), depth)
        if "enum" in schema:
            return self._random.choice(schema["enum"])
        if "prefixItems" in schema:
            return [self.value(each, depth + 1) for each in schema["prefixItems"]]
        if schema.get("type") == "array":
            return [self.value(schema["items"], depth + 1) for _ in range(self._random.randint(0, 0 if depth > 3 else 2))]
        if "properties" in schema:
            required = schema["required"]
            return {name: self.value(each, depth + 1) for name, each in schema["properties"].items() if name in required or self._random.random() < 0.5}
        if schema.get("type") == "object":
            return {self._random.choice([*_TEXTS, "1", "blue"]): self.value(schema["additionalProperties"], depth + 1)}
        cls = _CLASSES.get(schema.get("type", ""), object)
        return self._random.choice([value for value in _VALUES if cls is object or type(value) is cls])


if __name__ == "__main__":
    unittest.main()
