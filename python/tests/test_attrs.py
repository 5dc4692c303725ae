"""Classes of attrs as parameters and results, with the attrs that is installed."""

from __future__ import annotations

import importlib.util
import json
import unittest
from typing import Any

from tests.client import Host, ProjectTestCase

_SOURCE = '''
    from __future__ import annotations
    from typing import Dict, Generic, List, Optional, TypeVar
    import attr, attrs
    from attrs import define, field, frozen, validators
    from typedpool import command

    T = TypeVar("T")

    @define
    class Base:
        name: str

    @define
    class Item(Base):
        """Something to buy.

        Attributes:
            price: In cents.
        """

        price: int = field(validator=[validators.instance_of(int), validators.ge(0)])
        _secret: str = field(default="s", repr=False)
        renamed: int = field(default=2, alias="other")
        tags: List[str] = field(factory=list)
        twice: int = field(init=False)
        size: str = field(default="m", converter=str.lower)
        copies: int = attrs.Factory(lambda self: self.price + 1, takes_self=True)

        def __attrs_post_init__(self) -> None:
            self.twice = 2 * self.price
            if self.name == "nothing":
                raise ValueError("something is needed")

        @tags.validator
        def check(self, attribute, value) -> None:
            if "bad" in value:
                raise ValueError("no bad tags")

    @frozen
    class Point(Generic[T]):
        x: T
        y: Optional[T] = None

    @attr.s(auto_attribs=True)
    class Old:
        a: int

    @command
    def item(value: Item) -> Item: return value
    @command
    def point(values: Dict[str, Point[int]]) -> List[Point[int]]: return list(values.values())
    @command
    def old(value: Old) -> Old: return value
    @command
    def secret(value: Item) -> str: return value._secret
    @command
    def wrong() -> Old: return Old({1})
    @command
    def changed(value: Item) -> int:
        value.price = -1
        return value.price
'''


@unittest.skipUnless(importlib.util.find_spec("attrs"), "attrs is not installed")
class AttrsTests(ProjectTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.worker: Host = self.host(_SOURCE)
        self.addCleanup(self.worker.__exit__)

    def refused(self, value: Any) -> Any:
        error = self.worker.error("item", {"value": value})
        self.assertEqual(-32602, error["code"], error)
        return error["data"]["pointer"], error["message"]

    def test_objects_there_and_back(self) -> None:
        self.assertEqual(
            {"name": "n", "price": 3, "secret": "s", "other": 2, "tags": [], "twice": 6, "size": "m", "copies": 4},
            self.worker.result("item", {"value": {"name": "n", "price": 3}}),
        )
        given = {"name": "n", "price": 3, "secret": "x", "other": 5, "tags": ["a"], "size": "XL", "copies": 7}
        back = {**given, "twice": 6, "size": "xl"}
        self.assertEqual(back, self.worker.result("item", {"value": given}))
        self.assertEqual("x", self.worker.result("secret", {"value": given}))
        self.assertEqual([{"x": 1, "y": None}], self.worker.result("point", {"values": {"a": {"x": 1}}}))
        self.assertEqual({"a": 1}, self.worker.result("old", {"value": {"a": 1}}))

    def test_what_its_validators_refuse_is_told_with_the_path(self) -> None:
        path, message = self.refused({"name": "n", "price": -1})
        self.assertIn("ValueError", message)
        self.assertIn("must be >= 0", message)
        self.assertTrue(path.startswith("/value"), path)
        self.assertIn("ValueError: no bad tags", self.refused({"name": "n", "price": 1, "tags": ["bad"]})[1])
        self.assertEqual("/value", self.refused({"name": "nothing", "price": 1})[0])
        self.assertEqual("/value/price", self.refused({"name": "n", "price": "1"})[0])
        self.assertEqual("/value/twice", self.refused({"name": "n", "price": 1, "twice": 2})[0])

    def test_attrs_goes_on_to_guard_its_objects(self) -> None:
        error = self.worker.error("changed", {"value": {"name": "n", "price": 1}})
        self.assertEqual((-32000, "builtins.ValueError"), (error["code"], error["data"]["type"]))

    def test_a_result_with_another_type_in_it_is_invalid(self) -> None:
        self.assertEqual("/a", self.worker.error("wrong")["data"]["pointer"])


@unittest.skipUnless(importlib.util.find_spec("attrs"), "attrs is not installed")
class SchemaTests(ProjectTestCase):
    def test_the_schema_has_the_names_of_the_constructor(self) -> None:
        self.write("commands.py", _SOURCE)
        schemas = json.loads(self.run_cli("export", "commands").stdout)["components"]["schemas"]
        self.assertEqual(["name", "price"], schemas["ItemInput"]["required"])
        self.assertEqual({"type": "string", "default": "s"}, schemas["ItemInput"]["properties"]["secret"])
        self.assertEqual([], schemas["ItemInput"]["properties"]["tags"]["default"])
        self.assertNotIn("twice", schemas["ItemInput"]["properties"])
        self.assertEqual({"type": "integer", "description": "In cents."}, schemas["Item"]["properties"]["price"])
        self.assertIn("twice", schemas["Item"]["required"])

    def test_a_field_without_a_type_is_a_problem(self) -> None:
        source = """
            import attrs
            from typedpool import command
            @attrs.define
            class Bad:
                a = attrs.field()
            @command
            def f(value: Bad) -> None: ...
        """
        self.write("commands.py", source)
        done = self.run_cli("export", "commands")
        self.assertEqual(2, done.returncode)
        self.assertIn("error TPY0003: class 'Bad', field 'a': no annotation. Write e.g. a: str = field().", done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
