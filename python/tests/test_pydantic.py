"""pydantic's models as parameters and results, with the pydantic that is installed."""

from __future__ import annotations

import importlib.util
import json
import unittest
from typing import Any, Dict

from tests.client import Host, ProjectTestCase

_SOURCE = '''
    from __future__ import annotations
    import datetime, decimal, enum, math, uuid
    from dataclasses import dataclass
    from typing import Annotated, Any, Dict, Generic, List, Literal, Optional, Set, Tuple, TypeVar, Union
    import pydantic
    from pydantic import BaseModel, ConfigDict, Field, RootModel, computed_field, field_serializer, field_validator
    from typedpool import command

    T = TypeVar("T")

    class Color(enum.Enum):
        """What one sees."""

        RED = "red"
        BLUE = "blue"

    class Address(BaseModel):
        """Where one lives."""

        street: str
        zip_code: str = Field(alias="zipCode", description="The code.", max_length=5)

    class Cat(BaseModel):
        kind: Literal["cat"]
        lives: int

    class Dog(BaseModel):
        kind: Literal["dog"]
        barks: bool

    class Strict(BaseModel):
        model_config = ConfigDict(strict=True, extra="forbid")
        at: datetime.datetime
        when: datetime.date
        took: datetime.timedelta
        price: decimal.Decimal
        id: uuid.UUID
        tags: Set[str]
        pair: Tuple[int, str]
        color: Color
        data: bytes

    class User(BaseModel):
        name: str
        age: int = Field(default=1, ge=0)
        pet: Union[Cat, Dog] = Field(discriminator="kind")
        friends: List[User] = []
        ratio: float = 0.5

        @computed_field
        @property
        def shout(self) -> str:
            return self.name.upper()

        @field_validator("name")
        @classmethod
        def check(cls, value: str) -> str:
            if value == "nobody":
                raise ValueError("somebody is needed")
            return value

    class Open(BaseModel):
        model_config = ConfigDict(extra="allow")
        a: int

    class Ids(RootModel[List[int]]):
        pass

    class Page(BaseModel, Generic[T]):
        items: List[T]

    class Moody(BaseModel):
        a: int

        @field_serializer("a")
        def write(self, value: int) -> int:
            raise KeyError("not today")

    class Loose(BaseModel):
        anything: Any

    @pydantic.dataclasses.dataclass
    class Shape:
        sides: int = Field(ge=3)

    @dataclass
    class Holder:
        user: Optional[Address]
        color: Color

    @command
    def strict(value: Strict) -> Strict: return value
    @command
    def user(value: User) -> User: return value
    @command
    def nested(values: Dict[str, List[Address]], first: Optional[Address] = None) -> Optional[Address]:
        return values["a"][0]
    @command
    def hold(value: Holder) -> Holder: return value
    @command
    def ids(value: Ids) -> List[int]: return value.root
    @command
    def opened(value: Open) -> Open: return value
    @command
    def shape(value: Shape) -> Shape: return value
    @command
    def page(value: Page[int]) -> Page[Address]: return Page[Address](items=[])
    @command
    def pet(value: Annotated[Union[Cat, Dog], Field(discriminator="kind")]) -> Union[Cat, Dog, None]: return value
    @command
    def numbers() -> User:
        return User(name="x", pet=Cat(kind="cat", lives=1), ratio=math.nan)
    @command
    def bad(how: str) -> Address:
        if how == "class": return {"street": "a"}
        return Address.model_construct(street=5, zip_code="1")
    @command
    def moody() -> Moody: return Moody(a=1)
    @command
    def loose(value: Loose) -> None: ...
    @command
    def plain() -> Color: return Color.RED

    class Spent(BaseModel):
        kind: Literal["spent"] = "spent"
        took: Optional[datetime.timedelta]
        paid: List[Tuple[str, decimal.Decimal]]
        note: Dict[str, Union[int, str]]
        next: Union["Spent", "Noted", None] = None

    class Noted(BaseModel):
        kind: Literal["noted"] = "noted"
        took: str

    @command
    def spent(value: Spent) -> Spent: return value
'''

_CAT = {"kind": "cat", "lives": 3}


@unittest.skipUnless(importlib.util.find_spec("pydantic_core"), "pydantic 2 is not installed")
class PydanticTests(ProjectTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.worker: Host = self.host(_SOURCE)
        self.addCleanup(self.worker.__exit__)

    def refused(self, command: str, value: Any) -> Any:
        error = self.worker.error(command, {"value": value})
        self.assertEqual(-32602, error["code"])
        return error

    def test_a_strict_model_takes_what_json_has_and_gives_it_back(self) -> None:
        value = {
            "at": "2026-01-31T12:00:00+01:00",
            "when": "2026-01-31",
            "took": "P1DT3600S",
            "price": "1.50",
            "id": "12345678-1234-5678-9abc-123456789abc",
            "tags": ["a"],
            "pair": [1, "x"],
            "color": "red",
            "data": "grüße",
        }
        back = self.worker.result("strict", {"value": value})
        self.assertIn(back.pop("took"), ("P1DT3600S", "P1DT1H"))
        del value["took"]
        self.assertEqual(value, back)

    def test_defaults_aliases_computed_fields_and_recursion(self) -> None:
        sent = {"name": "ann", "pet": _CAT, "friends": [{"name": "bob", "pet": {"kind": "dog", "barks": True}}]}
        back = self.worker.result("user", {"value": sent})
        self.assertEqual(("ANN", 1, _CAT, 0.5), (back["shout"], back["age"], back["pet"], back["ratio"]))
        self.assertEqual("BOB", back["friends"][0]["shout"])
        address = {"street": "s", "zipCode": "1"}
        self.assertEqual(address, self.worker.result("nested", {"values": {"a": [address]}}))
        held = {"user": address, "color": "blue"}
        self.assertEqual(held, self.worker.result("hold", {"value": held}))

    def test_the_other_kinds_of_models(self) -> None:
        self.assertEqual([1, 2], self.worker.result("ids", {"value": [1, 2]}))
        self.assertEqual({"a": 1, "b": [2]}, self.worker.result("opened", {"value": {"a": 1, "b": [2]}}))
        self.assertEqual({"sides": 3}, self.worker.result("shape", {"value": {"sides": 3}}))
        self.assertEqual({"items": []}, self.worker.result("page", {"value": {"items": [1]}}))
        self.assertEqual(_CAT, self.worker.result("pet", {"value": _CAT}))
        self.assertEqual("NaN", self.worker.result("numbers")["ratio"])

    def test_durations_and_decimals_are_written_in_our_spelling_and_texts_as_they_are(self) -> None:
        noted = {"kind": "noted", "took": "P1Y"}
        inner = {"kind": "spent", "took": None, "paid": [], "note": {}, "next": noted}
        value = {
            "kind": "spent",
            "took": "-P400DT1S",
            "paid": [["1E-7", "0.0000001"], ["", "100"], ["", "0.0000000000000000000000000000"]],
            "note": {"a": "P1Y", "b": 1},
            "next": inner,
        }
        self.assertEqual(value, self.worker.result("spent", {"value": value}))
        longest = {**inner, "took": "P10675199DT2H48M5.47758S", "paid": [["", "12345678"]], "next": None}
        self.assertEqual(longest, self.worker.result("spent", {"value": longest}))
        # What is no value of ours is left to the reader, who says where it stands.
        self.assertEqual("1E+40", self.worker.result("spent", {"value": {**inner, "paid": [["", "1E40"]]}})["paid"][0][1])

    def test_what_is_refused_is_told_with_its_path(self) -> None:
        data = self.refused("user", {"name": "x", "pet": _CAT, "age": "many"})["data"]
        self.assertEqual(("/value/age", 'the string "many"'), (data["pointer"], data["found"]))
        self.assertIn("valid integer", data["expected"])
        self.assertEqual("/value/pet/lives", self.refused("user", {"name": "x", "pet": {"kind": "cat"}})["data"]["pointer"])
        self.assertIn("somebody is needed", self.refused("user", {"name": "nobody", "pet": _CAT})["message"])
        error = self.worker.error("nested", {"values": {"a": [{"street": "s", "zipCode": "123456"}]}})
        self.assertEqual((-32602, "/values/a/0/zipCode"), (error["code"], error["data"]["pointer"]))
        error = self.worker.error("nested", [{"a": [{"street": "s"}]}])
        self.assertEqual("/0/a/0/zipCode", error["data"]["pointer"])

    def test_all_that_is_wrong_is_told_each_with_its_path(self) -> None:
        address = {"street": 1, "zipCode": "123456"}
        error = self.worker.error("nested", {"values": {"a/b": [address]}})
        self.assertEqual("/values/a~1b/0/street", error["data"]["pointer"])
        self.assertIn("2 problems: /values/a~1b/0/street: Input should be a valid string (found the number 1)", error["message"])
        self.assertIn("; /values/a~1b/0/zipCode: ", error["message"])

    def test_a_result_that_pydantic_does_not_write_is_invalid(self) -> None:
        for command, params, told in (
            ("bad", {"how": "class"}, "expected an object Address, found an object"),
            ("bad", {"how": "type"}, "PydanticSerializationError"),
            ("moody", {}, "not today"),
        ):
            with self.subTest(command, **params):
                error = self.worker.error(command, params)
                self.assertEqual((-32603, "typedpool.InvalidResult"), (error["code"], error["data"]["type"]))
                self.assertIn(told, error["message"])
        self.assertEqual("red", self.worker.result("plain"))


@unittest.skipUnless(importlib.util.find_spec("pydantic_core"), "pydantic 2 is not installed")
class SchemaTests(ProjectTestCase):
    def schemas(self) -> Dict[str, Any]:
        self.write("commands.py", _SOURCE)
        done = self.run_cli("export", "commands")
        self.assertEqual(0, done.returncode, done.stderr.decode())
        return json.loads(done.stdout)["components"]["schemas"]

    def test_the_types_of_our_table_are_spelled_as_there(self) -> None:
        properties = self.schemas()["Strict"]["properties"]
        formats = {name: properties[name].get("format") for name in properties}
        expected = {"at": "date-time", "when": "date", "took": "duration", "price": "decimal", "id": "uuid"}
        self.assertEqual({**dict.fromkeys(properties), **expected}, formats)
        self.assertEqual({"type": "string"}, properties["data"])
        self.assertTrue(properties["tags"]["uniqueItems"])
        self.assertEqual({"$ref": "#/components/schemas/Color"}, properties["color"])

    def test_two_shapes_where_they_differ_and_one_where_not(self) -> None:
        schemas = self.schemas()
        self.assertEqual(["name", "pet"], schemas["UserInput"]["required"])
        self.assertEqual(0.5, schemas["UserInput"]["properties"]["ratio"]["default"])
        self.assertEqual({"name", "age", "pet", "friends", "ratio", "shout"}, set(schemas["User"]["required"]))
        self.assertNotIn("default", schemas["User"]["properties"]["ratio"])
        self.assertEqual("#/components/schemas/UserInput", schemas["UserInput"]["properties"]["friends"]["items"]["$ref"])
        self.assertNotIn("AddressInput", schemas)
        told = self.run_cli("export", "commands").stderr.decode()
        self.assertIn("class User is UserInput where it is sent to Python: pydantic takes another shape than it writes", told)
        self.assertEqual("Where one lives.", schemas["Address"]["description"])
        self.assertEqual({"type": "string", "description": "The code.", "maxLength": 5}, schemas["Address"]["properties"]["zipCode"])

    def test_a_class_that_both_sides_describe_alike_is_one_component(self) -> None:
        color = {"type": "string", "description": "What one sees.", "enum": ["red", "blue"], "x-enumNames": ["RED", "BLUE"]}
        schemas = self.schemas()
        self.assertEqual(color, schemas["Color"])
        self.assertNotIn("ColorModel", schemas)

    def test_titles_are_left_out_and_extra_members_stated(self) -> None:
        schemas = self.schemas()
        self.assertNotIn('"title"', json.dumps(schemas))
        self.assertIs(False, schemas["Strict"]["additionalProperties"])
        self.assertIs(True, schemas["Open"]["additionalProperties"])
        self.assertNotIn("additionalProperties", schemas["Address"])

    def test_a_model_with_any_in_it_is_not_fully_typed(self) -> None:
        self.write("commands.py", _SOURCE)
        done = self.run_cli("export", "commands", "--strict")
        lines = [line for line in done.stderr.decode().splitlines() if "TPY0014" in line]
        self.assertEqual(1, len(lines), lines)
        self.assertIn("command 'loose', parameter 'value'", lines[0])

    def test_what_pydantic_cannot_describe_is_a_problem(self) -> None:
        source = """
            from typing import Callable
            from pydantic import BaseModel
            from typedpool import command
            class Bad(BaseModel):
                call: Callable[[], int]
            @command
            def f(value: Bad) -> None: ...
        """
        self.write("commands.py", source)
        done = self.run_cli("export", "commands")
        self.assertEqual(2, done.returncode)
        self.assertIn("TPY0005: command 'f', parameter 'value': pydantic cannot describe it: ", done.stderr.decode())

    def test_a_module_without_pydantic_runs_without_it(self) -> None:
        source = """
            import sys
            from typedpool import command
            @command
            def loaded() -> list[str]:
                return [name for name in sys.modules if "pydantic" in name or "attr" in name.split("_")[0]]
        """
        with self.host(source) as worker:
            self.assertEqual([], worker.result("loaded"))

    def test_a_model_as_a_default_is_not_stated(self) -> None:
        source = """
            from pydantic import BaseModel
            from typedpool import command
            class Model(BaseModel):
                a: int = 1
            @command
            def f(value: Model = Model()) -> int:
                return value.a
        """
        self.write("commands.py", source)
        document = json.loads(self.run_cli("export", "commands").stdout)
        parameter = document["methods"][0]["params"][0]
        self.assertEqual((False, {"$ref": "#/components/schemas/Model"}), (parameter["required"], parameter["schema"]))

    def test_a_default_that_json_has_no_word_for_is_not_stated(self) -> None:
        source = """
            import math
            from typing import Dict, List, Tuple
            from pydantic import BaseModel
            from typedpool import command
            class Inner(BaseModel):
                a: float = math.inf
            class Model(BaseModel):
                a: float = math.inf
                b: List[float] = [0.0, math.nan]
                c: float = 0.5
                d: Tuple[Inner, Dict[str, float]] = (Inner(), {"a": -math.inf})
            @command
            def f(value: Model) -> None: ...
        """
        self.write("commands.py", source)
        done = self.run_cli("export", "commands")
        self.assertEqual(0, done.returncode, done.stderr.decode())
        model = json.loads(done.stdout)["components"]["schemas"]["Model"]
        defaults = {name: each.get("default") for name, each in model["properties"].items()}
        self.assertEqual(({"a": None, "b": None, "c": 0.5, "d": None}, []), (defaults, model["required"]))

    def test_a_set_of_models_that_cannot_be_hashed_is_a_problem(self) -> None:
        source = """
            from typing import Set
            from pydantic import BaseModel, ConfigDict
            from typedpool import command
            class Model(BaseModel):
                a: int
            class Frozen(BaseModel):
                model_config = ConfigDict(frozen=True)
                a: int
            @command
            def f(value: Set[Model]) -> None: ...
            @command
            def g(value: Set[Frozen]) -> int: return len(value)
        """
        self.write("commands.py", source)
        problems = self.run_cli("export", "commands").stderr.decode().splitlines()
        self.assertEqual(1, len(problems), problems)
        self.assertIn("command 'f', parameter 'value'", problems[0])


if __name__ == "__main__":
    unittest.main()
