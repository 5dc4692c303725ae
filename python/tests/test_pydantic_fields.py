"""What fields of pydantic's models say beside their types: bounds of dates and decimals, examples, bytes."""

from __future__ import annotations

import importlib.util
import json
import unittest
from typing import Any, Dict

from tests.client import ProjectTestCase

_SOURCE = '''
import datetime as dt
from decimal import Decimal
from typing import Annotated, Dict, List, Set
import pydantic
from pydantic import BaseModel, ConfigDict, Field
from typedpool import BigInt, Float32, Int8, NaiveDatetime, UInt64, command
from typedpool.constraints import Ge, Gt, Interval, Len, MultipleOf, Pattern

class Bounded(BaseModel):
    day: Annotated[dt.date, Ge(dt.date(2020, 1, 1))]
    between: pydantic.condate(gt=dt.date(2020, 1, 1), lt=dt.date(2021, 1, 1)) = dt.date(2020, 6, 1)
    moment: pydantic.AwareDatetime = Field(dt.datetime(2020, 1, 1, tzinfo=dt.timezone.utc), le=dt.datetime(2020, 1, 1, tzinfo=dt.timezone.utc))
    naive: pydantic.NaiveDatetime = Field(dt.datetime(2020, 1, 1), ge=dt.datetime(2020, 1, 1))
    clock: dt.time = Field(dt.time(11), lt=dt.time(12))
    took: Annotated[dt.timedelta, Gt(dt.timedelta(seconds=1))] = dt.timedelta(seconds=2)
    price: Decimal = Field(Decimal("1.5"), ge=0, lt=10, multiple_of=Decimal("0.5"))
    huge: Decimal = Field(Decimal(1), le=Decimal("1e40"))
    word: Annotated[str, Len(1, 3), Pattern("^a")] = "a"
    small: Annotated[int, Interval(gt=0, le=9), MultipleOf(3)] = 3
    validated: Annotated[int, pydantic.AfterValidator(abs), Ge(2), MultipleOf(2)] = 2
    validated_day: Annotated[dt.date, pydantic.AfterValidator(str), Gt("2020-01-01")] = dt.date(2021, 1, 1)

class Formed(BaseModel):
    tiny: Int8 = 0
    tiny_list: List[Annotated[Int8, Ge(-1000)]] = []
    wide: UInt64 = 0
    any_width: BigInt = 0
    single: Float32 = 0.5
    naive: NaiveDatetime = dt.datetime(2020, 1, 1)
    by_number: Dict[int, str] = {}
    by_tiny: Dict[Int8, str] = {}

class Tagged(BaseModel):
    tags: Set[str] = Field({"x", "y", "z"}, examples=[{"a", "b", "c", "d", "e"}], json_schema_extra={"example": "a"})
    inside: List[Dict[str, Set[str]]] = Field([{"k": {"p", "q", "r", "s", "t"}}])

class Raw(BaseModel):
    data: bytes = b"ab"

class Coded(BaseModel):
    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")
    data: bytes

@command
def bounded(value: Bounded) -> Bounded: return value
@command
def formed(value: Formed) -> Formed: return value
@command
def tagged(value: Tagged) -> None: ...
@command
def raw(value: Raw) -> Raw: return value
@command
def coded(value: Coded) -> Coded: return value
@command
def not_text() -> Dict[str, List[Raw]]: return {"a": [Raw(data=b"\\xff")]}
'''

_UNTYPED = """
from typing import Any, Dict, List, Optional, Tuple, Union
from pydantic import BaseModel
from typedpool import command

class Model(BaseModel):
    value: ANNOTATION

@command
def same(model: Model) -> Model: return model
"""


@unittest.skipUnless(importlib.util.find_spec("pydantic_core"), "pydantic 2 is not installed")
class FieldTests(ProjectTestCase):
    def exported(self, seed: str = "0") -> Any:
        self.write("commands.py", _SOURCE)
        done = self.run_cli("export", "commands", PYTHONHASHSEED=seed)
        self.assertEqual(0, done.returncode, done.stderr.decode())
        return done.stdout

    def test_bounds_stand_in_the_text_of_their_type(self) -> None:
        properties = json.loads(self.exported())["components"]["schemas"]["Bounded"]["properties"]
        moment = "2020-01-01T00:00:00+00:00"
        expected: Dict[str, Any] = {
            "day": {"formatMinimum": "2020-01-01"},
            "between": {"formatExclusiveMinimum": "2020-01-01", "formatExclusiveMaximum": "2021-01-01"},
            "moment": {"formatMaximum": moment},
            "naive": {"formatMinimum": "2020-01-01T00:00:00"},
            "clock": {"formatExclusiveMaximum": "12:00:00"},
            "took": {"formatExclusiveMinimum": "PT1S"},
            "price": {"formatMinimum": "0", "formatExclusiveMaximum": "10", "x-multipleOf": "0.5"},
            "huge": {},
            "word": {"minLength": 1, "maxLength": 3, "pattern": "^a"},
            "small": {"exclusiveMinimum": 0, "maximum": 9, "multipleOf": 3},
            "validated": {"minimum": 2, "multipleOf": 2},
            "validated_day": {"formatExclusiveMinimum": "2020-01-01"},
        }
        for name, bounds in expected.items():
            with self.subTest(name):
                self.assertEqual(bounds, {keyword: properties[name][keyword] for keyword in properties[name] if keyword not in ("type", "format", "default")})

    def test_bounds_hold(self) -> None:
        with self.host(_SOURCE) as worker:
            self.assertEqual("2020-01-01", worker.result("bounded", {"value": {"day": "2020-01-01"}})["day"])
            for name, value in [
                ("day", "2019-12-31"),
                ("between", "2021-01-01"),
                ("moment", "2020-01-01T00:00:00.000001Z"),
                ("naive", "2019-12-31T23:59:59"),
                ("clock", "12:00:00"),
                ("took", "PT1S"),
                ("price", "10"),
                ("word", "abcd"),
                ("word", "b"),
                ("small", 12),
                ("small", 4),
            ]:
                with self.subTest(name):
                    error = worker.error("bounded", {"value": {"day": "2020-01-01", name: value}})
                    self.assertEqual((-32602, f"/value/{name}"), (error["code"], error["data"]["pointer"]))

    def test_the_packages_own_types_are_described_as_everywhere(self) -> None:
        properties = json.loads(self.exported())["components"]["schemas"]["Formed"]["properties"]
        keys = {name: properties.pop(name)["propertyNames"] for name in ("by_number", "by_tiny")}
        names = "^(0|-?[1-9][0-9]*)$"
        self.assertEqual({"pattern": names, "x-key": {"type": "integer"}}, keys["by_number"])
        self.assertEqual({"pattern": names, "x-key": {"type": "integer", "format": "int8"}}, keys["by_tiny"])
        formats = {name: (each.get("items") or each)["format"] for name, each in properties.items()}
        self.assertEqual(
            {"tiny": "int8", "tiny_list": "int8", "wide": "uint64", "any_width": "bigint", "single": "float", "naive": "date-time-local"},
            formats,
        )
        self.assertEqual({"type": "integer", "format": "int8", "minimum": -1000}, properties["tiny_list"]["items"])

    def test_the_packages_own_types_hold(self) -> None:
        with self.host(_SOURCE) as worker:
            good = {"tiny": -128, "tiny_list": [127], "wide": 2**64 - 1, "any_width": 10**100, "single": 0.25, "naive": "2026-01-31T12:00:00"}
            good.update(by_number={"-1": "x"}, by_tiny={"0": "y"})
            self.assertEqual(good, worker.result("formed", {"value": good}))
            for name, value, at in [
                ("tiny", 128, ""),
                ("tiny_list", [0, -129], "/1"),
                ("wide", -1, ""),
                ("single", 0.1, ""),
                ("naive", "2026-01-31T12:00:00Z", ""),
                ("by_tiny", {"128": "x"}, "/128"),
            ]:
                with self.subTest(name):
                    error = worker.error("formed", {"value": {name: value}})
                    self.assertEqual((-32602, f"/value/{name}{at}"), (error["code"], error["data"]["pointer"]))

    def test_any_value_inside_a_model_is_not_typed(self) -> None:
        for annotation in ("Any", "Optional[Any]", "Dict[str, Any]", "dict", "Tuple[Any, int]", "Union[int, Dict[str, Any]]", "List[List[Any]]"):
            with self.subTest(annotation):
                self.write("untyped.py", _UNTYPED.replace("ANNOTATION", annotation))
                done = self.run_cli("export", "untyped", "--strict")
                self.assertEqual(2, done.returncode)
                self.assertIn(b"0 of 2 positions typed", done.stderr)
        self.write("typed.py", _UNTYPED.replace("ANNOTATION", "Dict[str, Optional[Tuple[int, List[str]]]]"))
        self.assertEqual(0, self.run_cli("export", "typed", "--strict").returncode)

    def test_sets_are_written_alike_in_every_process(self) -> None:
        texts = {self.exported(seed) for seed in ("1", "2", "3")}
        self.assertEqual(1, len(texts))
        tags = json.loads(texts.pop())["components"]["schemas"]["Tagged"]["properties"]
        self.assertEqual(["x", "y", "z"], tags["tags"]["default"])
        self.assertEqual([{"k": ["p", "q", "r", "s", "t"]}], tags["inside"]["default"])
        self.assertNotIn("examples", tags["tags"])

    def test_bytes_are_text_or_the_base64_that_the_model_asks_for(self) -> None:
        schemas = json.loads(self.exported())["components"]["schemas"]
        self.assertEqual({"type": "string"}, schemas["Raw"]["properties"]["data"])
        self.assertEqual({"type": "string", "format": "base64url"}, schemas["Coded"]["properties"]["data"])
        with self.host(_SOURCE) as worker:
            self.assertEqual({"data": "grüße"}, worker.result("raw", {"value": {"data": "grüße"}}))
            self.assertEqual({"data": "_-8="}, worker.result("coded", {"value": {"data": "_-8="}}))
            error = worker.error("not_text", {})
            self.assertEqual((-32603, "typedpool.InvalidResult", "/a/0"), (error["code"], error["data"]["type"], error["data"]["pointer"]))
            self.assertIn("utf-8", error["message"])


if __name__ == "__main__":
    unittest.main()
