"""What differs between two contracts: each rule, in what callers send and in what is returned to them."""

from __future__ import annotations

import unittest
from typing import Any, Dict, List, Optional, Tuple

from typedpool.changes import RULES, Difference
from typedpool.comparison import differences

_Schemas = Dict[str, Any]
_INTEGER, _TEXT = {"type": "integer"}, {"type": "string"}


def _contract(schemas: Optional[_Schemas] = None, **methods: Any) -> Dict[str, Any]:
    return {"methods": methods, "schemas": schemas or {}}


def _method(result: Any = {"type": "null"}, errors: Any = {}, idempotent: bool = False, **params: Any) -> Dict[str, Any]:
    return {"params": params, "result": result, "errors": errors, "idempotent": idempotent}


def _param(schema: Any = _INTEGER, required: bool = True) -> Dict[str, Any]:
    return {"required": required, "schema": schema}


def _streaming(described: Dict[str, Any]) -> Dict[str, Any]:
    return {**described, "streaming": True}


def _object(*required: str, additional: Any = False, **properties: Any) -> Dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": additional}


# A command before and after, the one rule that applies, and whether it breaks.
_COMMANDS: List[Tuple[Any, Any, str, bool]] = [
    (None, _method(), "command added", False),
    (_method(), None, "command removed", True),
    (_method(), _method(idempotent=True), "now idempotent", False),
    (_method(idempotent=True), _method(), "no longer idempotent", True),
    (_method(), _method(errors={"7": "m.E"}), "exception added", False),
    (_method(errors={"7": "m.E"}), _method(), "exception removed", True),
    (_method(errors={"7": "m.E"}), _method(errors={"8": "m.E"}), "code of the exception changed", True),
    (_method(), _method(a=_param(required=False)), "optional parameter added", False),
    (_method(), _method(a=_param()), "required parameter added", True),
    (_method(a=_param()), _method(), "parameter removed", True),
    (_method(a=_param()), _method(a=_param(required=False)), "parameter no longer required", False),
    (_method(a=_param(required=False)), _method(a=_param()), "parameter now required", True),
    (_method(a=_param({**_INTEGER, "default": 1}, False)), _method(a=_param({**_INTEGER, "default": 2}, False)), "default changed", True),
    (_method(a=_param({**_INTEGER, "default": 1}, False)), _method(a=_param(required=False)), "default changed", True),
    (_method(a=_param({**_INTEGER, "default": 1}, False)), _method(a=_param({**_INTEGER, "default": True}, False)), "default changed", True),
    (_method(), _streaming(_method()), "result now a stream", False),
    (_streaming(_method()), _method(), "result no longer a stream", True),
    (_method(a=_param()), _method(a=_streaming(_param())), "parameter now a stream", False),
    (_method(a=_streaming(_param())), _method(a=_param()), "parameter no longer a stream", True),
    ({**_method(), "colour": "red"}, {**_method(), "colour": "blue"}, "something else", True),
]

# A function of the host, likewise.
_HOSTS: List[Tuple[Any, Any, str, bool]] = [
    (None, {"params": _object(), "result": _TEXT}, "host function added", True),
    ({"params": _object(), "result": _TEXT}, None, "host function removed", False),
    ({"params": _object(), "result": _TEXT}, {"params": _object("a", a=_TEXT), "result": _TEXT}, "required field added", False),
    ({"params": _object("a", a=_TEXT), "result": _TEXT}, {"params": _object(), "result": _TEXT}, "required field removed", True),
    ({"params": _object(), "result": _TEXT}, {"params": _object(), "result": _INTEGER}, "another type", True),
    ({"params": _object(), "result": {"type": "number"}}, {"params": _object(), "result": _INTEGER}, "an integer instead of a number", True),
    ({"params": _object(), "result": _INTEGER}, {"params": _object(), "result": {"type": "number"}}, "a number instead of an integer", False),
]  # fmt: skip

# A schema before and after, the one rule that applies, whether it breaks what is sent, and what is returned.
_VALUES: List[Tuple[Any, Any, str, bool, bool]] = [
    (_object(), _object(a=_INTEGER), "optional field added", False, False),
    (_object(), _object("a", a=_INTEGER), "required field added", True, False),
    (_object(a=_INTEGER), _object(), "optional field removed", True, False),
    (_object("a", a=_INTEGER), _object(), "required field removed", True, True),
    (_object("a", a=_INTEGER), _object(a=_INTEGER), "field no longer required", False, True),
    (_object(a=_INTEGER), _object("a", a=_INTEGER), "field now required", True, False),
    (_object(), _object(additional=True), "other members allowed", False, False),
    (_object(additional=_INTEGER), _object(), "other members no longer allowed", True, False),
    (_object(additional=_INTEGER), _object(additional=_TEXT), "another type", True, True),
    (_object(additional=_INTEGER), _object("a", a=_INTEGER, additional=_INTEGER), "required field added", True, False),
    (_object(a={**_INTEGER, "default": 1}), _object(a={**_INTEGER, "default": 2}), "default changed", True, False),
    (_INTEGER, _TEXT, "another type", True, True),
    ({"type": "array", "items": _INTEGER}, {"type": "array", "items": _TEXT}, "another type", True, True),
    (_INTEGER, {"type": "number"}, "a number instead of an integer", False, True),
    ({"type": "number"}, _INTEGER, "an integer instead of a number", True, False),
    (_INTEGER, {}, "any value allowed", False, True),
    ({"anyOf": [_INTEGER, {"type": "null"}]}, {}, "any value allowed", False, True),
    ({}, _INTEGER, "no longer any value", True, False),
    (_INTEGER, {"anyOf": [_INTEGER, {"type": "null"}]}, "null allowed", False, True),
    (_INTEGER, {"type": ["integer", "null"]}, "null allowed", False, True),
    ({"oneOf": [_INTEGER, {"const": None}]}, _INTEGER, "null no longer allowed", True, False),
    (_INTEGER, {"anyOf": [_TEXT, _INTEGER]}, "alternative added", False, True),
    ({"anyOf": [_TEXT, _INTEGER]}, _TEXT, "alternative removed", True, False),
    ({**_TEXT, "enum": ["a"]}, {**_TEXT, "enum": ["a", "b"]}, "value added", False, True),
    ({**_INTEGER, "enum": [1, 2]}, {**_INTEGER, "enum": [1]}, "value removed", True, False),
    ({**_TEXT, "const": "a"}, {**_TEXT, "enum": ["a", "b"]}, "value added", False, True),
    ({**_TEXT, "enum": ["a"]}, _TEXT, "values no longer listed", False, True),
    (_TEXT, {**_TEXT, "enum": ["a"]}, "values now listed", True, False),
    ({**_INTEGER, "minimum": 3}, {**_INTEGER, "minimum": 2}, "bound widened", False, True),
    ({**_INTEGER, "maximum": 3}, _INTEGER, "bound widened", False, True),
    ({**_INTEGER, "exclusiveMinimum": 3}, {**_INTEGER, "minimum": 3}, "bound widened", False, True),
    ({**_TEXT, "maxLength": 3}, {**_TEXT, "maxLength": 2}, "bound narrowed", True, False),
    (_TEXT, {**_TEXT, "minLength": 1}, "bound narrowed", True, False),
    ({**_INTEGER, "maximum": 3}, {**_INTEGER, "exclusiveMaximum": 3}, "bound narrowed", True, False),
    ({"type": "array", "maxItems": 2}, {"type": "array", "maxItems": 3}, "bound widened", False, True),
    ({**_TEXT, "pattern": "a"}, _TEXT, "constraint removed", False, True),
    ({"type": "array"}, {"type": "array", "uniqueItems": True}, "constraint added", True, False),
    ({**_TEXT, "pattern": "a"}, {**_TEXT, "pattern": "b"}, "another constraint", True, True),
    ({"type": "array", "prefixItems": [_TEXT]}, {"type": "array", "prefixItems": [_TEXT, _TEXT]}, "another length", True, True),
    ({"type": "array", "prefixItems": [_TEXT]}, {"type": "array", "prefixItems": [_INTEGER]}, "another type", True, True),
    (_TEXT, {**_TEXT, "format": "date"}, "another form", True, True),
    ({**_TEXT, "contentEncoding": "base64"}, _TEXT, "another form", True, True),
    ({"type": "array"}, {"type": "array", "x-packed": "int64"}, "numbers now packed", False, True),
    ({"type": "array", "x-packed": "int64"}, {"type": "array"}, "numbers no longer packed", True, False),
    ({"type": "array", "x-packed": "int64"}, {"type": "array", "x-packed": "float64"}, "another form", True, True),
]  # fmt: skip


class RuleTests(unittest.TestCase):
    def only(self, old: Any, new: Any, rule: str) -> Difference:
        self.assertEqual([], differences(old, old))
        found = differences(old, new)
        self.assertEqual([rule], [each.change for each in found], found)
        return found[0]

    def test_what_becomes_of_a_command(self) -> None:
        for old, new, rule, breaking in _COMMANDS:
            with self.subTest(rule=rule, old=old, new=new):
                before = _contract(**({} if old is None else {"f": old}))
                after = _contract(**({} if new is None else {"f": new}))
                self.assertIs(self.only(before, after, rule).breaking, breaking)

    def test_what_becomes_of_a_function_of_the_host(self) -> None:
        for old, new, rule, breaking in _HOSTS:
            with self.subTest(rule=rule, old=old, new=new):
                before = {**_contract(), "hosts": {"Prices": {} if old is None else {"f": old}}}
                after = {**_contract(), "hosts": {"Prices": {} if new is None else {"f": new}}}
                self.assertIs(self.only(before, after, rule).breaking, breaking)
        self.only(_contract(), {**_contract(), "hosts": {"Prices": {"f": _HOSTS[0][1]}}}, "host function added")

    def test_what_becomes_of_a_value_that_is_sent(self) -> None:
        for old, new, rule, breaking, _ in _VALUES:
            with self.subTest(rule=rule, old=old, new=new):
                before, after = _contract(f=_method(a=_param(old))), _contract(f=_method(a=_param(new)))
                self.assertIs(self.only(before, after, rule).breaking, breaking)

    def test_what_becomes_of_a_value_that_is_returned(self) -> None:
        for old, new, rule, _, breaking in _VALUES:
            with self.subTest(rule=rule, old=old, new=new):
                before, after = _contract(f=_method(old)), _contract(f=_method(new))
                self.assertIs(self.only(before, after, rule).breaking, breaking)

    def test_every_rule_is_tried(self) -> None:
        tried = {row[2] for row in _COMMANDS} | {row[2] for row in _VALUES} | {row[2] for row in _HOSTS} | {"another name"}
        self.assertEqual(set(RULES), tried)


class ComparisonTests(unittest.TestCase):
    def told(self, old: Any, new: Any) -> List[str]:
        return [str(each) for each in differences(old, new)]

    def test_a_type_is_told_once_and_by_its_worse_side(self) -> None:
        reference = {"$ref": "#/components/schemas/Kind"}
        method = _method({"type": "array", "items": reference}, a=_param(reference), b=_param(reference))
        old = _contract({"Kind": {**_TEXT, "enum": ["x"]}}, f=method, g=method)
        new = _contract({"Kind": {**_TEXT, "enum": ["x", "y"]}}, f=method, g=method)
        self.assertEqual(["breaking: type 'Kind': value added \"y\" (callers cannot read what may come)"], self.told(old, new))
        self.assertEqual(["breaking: type 'Kind': value removed \"y\" (Python refuses what callers send)"], self.told(new, old))

    def test_a_recursive_type_ends(self) -> None:
        tree = _object("children", children={"type": "array", "items": {"$ref": "#/components/schemas/Tree"}})
        old = _contract({"Tree": tree}, f=_method({"$ref": "#/components/schemas/Tree"}))
        new = _contract({"Tree": {**tree, "properties": {**tree["properties"], "value": _TEXT}}}, f=old["methods"]["f"])
        self.assertEqual(
            ["compatible: type 'Tree' at /value: optional field added (callers skip what they do not know)"], self.told(old, new)
        )

    def test_another_name_of_the_same_type_is_compatible(self) -> None:
        old = _contract({"A": _object("x", x=_TEXT)}, f=_method({"$ref": "#/components/schemas/A"}))
        new = _contract({"B": _object("x", x=_TEXT)}, f=_method({"$ref": "#/components/schemas/B"}))
        self.assertEqual(["compatible: command 'f', result: another name A → B (names of types are not sent)"], self.told(old, new))

    def test_the_width_of_an_integer_is_a_bound(self) -> None:
        old = _contract(f=_method(a=_param({**_INTEGER, "format": "int32"})))
        new = _contract(f=_method(a=_param({**_INTEGER, "format": "int64"})))
        self.assertEqual(
            [("bound widened", False), ("bound widened", False)], [(each.change, each.breaking) for each in differences(old, new)]
        )

    def test_a_field_of_an_exception_is_returned(self) -> None:
        def raising(*required: str, **fields: Any) -> Any:
            return _contract(f=_method(errors={"7": {"type": "m.E", "fields": _object(*required, **fields)}}))

        found = differences(raising("a", a=_TEXT), raising("b", b=_TEXT))
        self.assertEqual(
            [("/a", "required field removed", True), ("/b", "required field added", False)],
            [(each.place.split(" at ")[1], each.change, each.breaking) for each in found],
        )

    def test_breaking_differences_come_first_with_place_old_new_and_reason(self) -> None:
        old = _contract(f=_method(a=_param(_object("x", x={"type": "array", "items": _INTEGER}))))
        new = _contract(f=_method(a=_param(_object("x", x={"type": "array", "items": _TEXT}))), b=_method())
        self.assertEqual(
            [
                "breaking: command 'f', parameter 'a' at /x/*: another type integer → string (Python refuses what callers send)",
                "compatible: command 'b': command added (no caller knows of it)",
            ],
            self.told(old, new),
        )


class ReferenceTests(unittest.TestCase):
    def test_what_is_described_once_for_both_shapes_is_compared_where_it_is_sent_too(self) -> None:
        def contract(mode: Any, sent: Any) -> Dict[str, Any]:
            schemas = {"Both": _object("mode", mode=mode), "BothInput": _object(mode=sent)}
            return _contract(schemas, f=_method({"$ref": "#/components/schemas/Both"}, both=_param({"$ref": "#/components/schemas/BothInput"})))

        both = {"type": "string", "enum": ["a", "b"]}
        one = {"type": "string", "enum": ["a"]}
        reference = {"$ref": "#/components/schemas/Both/properties/mode"}
        found = list(differences(contract(both, reference), contract(one, reference)))
        self.assertEqual(
            [("type 'BothInput' at /mode", "value removed", True), ("type 'Both' at /mode", "value removed", False)],
            [(each.place, each.change, each.breaking) for each in found],
        )


if __name__ == "__main__":
    unittest.main()
