"""What differs between two contracts: each rule, in what callers send and in what is returned to them."""

from __future__ import annotations

import unittest
from typing import Any, Dict, List, Optional, Tuple, cast

from typedpool.changes import RULES, Difference
from typedpool.comparison import differences

_Schemas = Dict[str, Any]
_INTEGER, _TEXT = {"type": "integer"}, {"type": "string"}


def _contract(schemas: Optional[_Schemas] = None, **methods: Any) -> Dict[str, Any]:
    return {"methods": methods, "schemas": schemas or {}}


def _method(result: Any = {"type": "null"}, errors: Any = {}, idempotent: bool = False, **params: Any) -> Dict[str, Any]:
    return {"params": params, "result": result, "errors": errors, "idempotent": idempotent}


def _object(*required: str, additional: Any = False, **properties: Any) -> Dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": additional}


_PRICE, _DAY, _TIME_SPAN = ({**_TEXT, "format": name} for name in ("decimal", "date", "duration"))
_PAIR = {"anyOf": [_object("a", a=_INTEGER), _object("b", b=_INTEGER)]}

# What takes more than one look: before, after, what applies (to what is sent, and what is returned, where that differs), and
# whether it breaks what is sent, and what is returned.
_MORE: List[Tuple[Any, Any, Any, bool, bool]] = [
    # Bounds of texts are those of what they stand for.
    ({**_PRICE, "formatMaximum": "9.5"}, {**_PRICE, "formatMaximum": "10.25"}, ["bound widened"], False, True),
    ({**_PRICE, "formatMinimum": "1"}, {**_PRICE, "formatExclusiveMinimum": "1.00"}, ["bound narrowed"], True, False),
    ({**_TIME_SPAN, "formatMaximum": "P1D"}, {**_TIME_SPAN, "formatMaximum": "PT30H"}, ["bound widened"], False, True),
    (_DAY, {**_DAY, "formatMinimum": "2000-01-01"}, ["bound narrowed"], True, False),
    ({**_DAY, "formatMinimum": "2000-01-01"}, _DAY, ["bound widened"], False, True),
    ({**_TEXT, "formatMinimum": "?"}, {**_TEXT, "formatMinimum": "!"}, ["another form"], True, True),
    ({**_PRICE, "x-multipleOf": "0.50"}, {**_PRICE, "x-multipleOf": "0.25"}, ["constraint removed"], False, True),
    ({**_INTEGER, "multipleOf": 2}, {**_INTEGER, "multipleOf": 4}, ["constraint added"], True, False),
    ({**_INTEGER, "multipleOf": 2}, {**_INTEGER, "multipleOf": 3}, ["another constraint"], True, True),
    # An integer has 64 bits where nothing else is said.
    (_INTEGER, {**_INTEGER, "format": "int64"}, ["written otherwise"], False, False),
    (_INTEGER, {**_INTEGER, "format": "bigint"}, ["bound widened"] * 2, False, True),
    (_INTEGER, {**_INTEGER, "format": "uint64"}, ["bound narrowed", "bound widened"], True, True),
    (_INTEGER, {**_INTEGER, "minimum": 0, "maximum": 2**64 - 1}, ["bound narrowed", "bound widened"], True, True),
    ({**_INTEGER, "exclusiveMinimum": 0}, {**_INTEGER, "minimum": 1}, ["written otherwise"], False, False),
    ({**_INTEGER, "format": "int8"}, {**_INTEGER, "enum": [1, 2]}, ["values now listed"], True, False),
    ({**_INTEGER, "enum": [1, 200]}, {**_INTEGER, "format": "int8"}, ["values no longer listed", "bound narrowed"], True, True),
    ({**_INTEGER, "enum": [1, 2]}, {**_INTEGER, "multipleOf": 2}, ["values no longer listed", "bound narrowed"], True, True),
    ({**_TEXT, "enum": ["a"]}, {**_TEXT, "minLength": 2}, ["values no longer listed", "bound narrowed"], True, True),
    ({"type": "number"}, {"type": "number", "format": "float"}, ["constraint added"], True, False),
    ({**_TEXT, "format": "path"}, _TEXT, ["written otherwise"], False, False),
    # Flags, and values of several types.
    ({**_INTEGER, "x-flags": [1, 2]}, {**_INTEGER, "x-flags": [4, 1, 2, 3]}, ["value added"], False, True),
    ({**_INTEGER, "x-flags": [1, 2]}, {**_INTEGER, "x-flags": [1]}, ["value removed"], True, False),
    ({**_INTEGER, "x-flags": [1, 2]}, _INTEGER, ["values no longer listed"], False, True),
    ({**_INTEGER, "x-flags": [1, 2]}, {**_INTEGER, "minimum": 1}, ["values no longer listed", "bound narrowed"], True, True),
    ({**_INTEGER, "x-flags": [1, 2]}, {**_INTEGER, "enum": [1, 2]}, ["another form"], True, True),
    ({**_TEXT, "enum": ["a"]}, {"enum": ["a", 1]}, ["alternative added"], False, True),
    ({"enum": ["a", 1]}, {"enum": ["a", True]}, ["alternative removed", "alternative added"], True, True),
    ({**_TEXT, "enum": ["a"]}, {"enum": ["a", None]}, ["null allowed"], False, True),
    # What says the same.
    ({"const": "a"}, {**_TEXT, "enum": ["a"]}, ["written otherwise"], False, False),
    ({"anyOf": [_INTEGER, _TEXT]}, {"oneOf": [_TEXT, _INTEGER]}, ["written otherwise"], False, False),
    (_object(additional=True), {"type": "object"}, ["written otherwise"], False, False),
    ({"allOf": [_object(a=_TEXT)]}, _object(a=_TEXT), ["written otherwise"], False, False),
    # Maps.
    (_object(additional=_INTEGER), {**_object(additional=_INTEGER), "propertyNames": {**_TEXT, "format": "uuid"}}, ["constraint added"], True, False),
    ({**_object(), "patternProperties": {"^a": _INTEGER}}, {**_object(), "patternProperties": {"^a": {"type": "number"}}}, ["a number instead of an integer"], False, True),
    ({**_object(), "patternProperties": {"^a": _INTEGER}}, {**_object(), "patternProperties": {"^b": _INTEGER}}, ["another form"], True, True),
    (_object("a", a=_INTEGER), _object(additional={"type": "number"}), (["a number instead of an integer", "other members allowed"], ["required field removed", "other members allowed"]), False, True),
    # What travels beside the message does not stand where any value may.
    ({"type": "array", "items": _INTEGER, "x-packed": "int64"}, {}, (["another form"], ["any value allowed"]), True, True),
    ({}, _object("a", a={**_TEXT, "contentEncoding": "base64"}), (["no longer any value"], ["another form"]), True, True),
    # Arrays of NumPy.
    ({"x-ndarray": {"dtype": "f", "shape": [None, 3]}}, {"x-ndarray": {"dtype": "f", "shape": [None, None]}}, ["bound widened"], False, True),
    ({"x-ndarray": {"dtype": "f"}}, {"x-ndarray": {"dtype": "f", "shape": [3]}}, ["bound narrowed"], True, False),
    ({"x-ndarray": {"dtype": "f", "shape": [2]}}, {"x-ndarray": {"dtype": "f", "shape": [3]}}, ["another length"], True, True),
    ({"x-ndarray": {"dtype": "f"}}, {"x-ndarray": {"dtype": "d"}}, ["another form"], True, True),
    # Unions: what another alternative takes, and what callers would take for another one.
    ({"anyOf": [_INTEGER, {"type": "number"}]}, {"type": "number"}, ["alternative no longer told apart"], False, False),
    (_TEXT, {"anyOf": [{**_TEXT, "enum": ["a"]}, _TEXT]}, ["alternative told apart"], False, False),
    ({"anyOf": [_INTEGER, _TEXT]}, {"anyOf": [{"type": "boolean"}, _TEXT]}, ["alternative removed", "alternative added"], True, True),
    (_PAIR, {"anyOf": [_object("a", a=_INTEGER), _object("b", b=_INTEGER, c=_TEXT)]}, ["optional field added"], False, False),
    (_PAIR, {"anyOf": [_object("a", a=_INTEGER, b=_INTEGER), _object("b", b=_INTEGER)]}, (["optional field added"], ["optional field added", "field added by which another type is known"]), False, True),
]  # fmt: skip


def _param(schema: Any = _INTEGER, required: bool = True) -> Dict[str, Any]:
    return {"required": required, "schema": schema}


def _streaming(described: Dict[str, Any]) -> Dict[str, Any]:
    return {**described, "streaming": True}


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
    ({"type": "array", "items": _TEXT}, {"type": "array", "prefixItems": [_TEXT]}, "length now fixed", True, False),
    ({"type": "array", "prefixItems": [_TEXT]}, {"type": "array", "items": _TEXT}, "length no longer fixed", False, True),
    (_TEXT, {**_TEXT, "format": "date"}, "format added", True, False),
    ({**_TEXT, "format": "uuid"}, _TEXT, "format removed", False, True),
    ({**_TEXT, "format": "uuid"}, {**_TEXT, "format": "date"}, "another form", True, True),
    ({**_TEXT, "format": "base64url"}, _TEXT, "another form", True, True),
    ({**_TEXT, "contentEncoding": "base64"}, _TEXT, "another form", True, True),
    ({"type": "array"}, {"type": "array", "x-packed": "int64"}, "numbers now packed", False, True),
    ({"type": "array", "x-packed": "int64"}, {"type": "array"}, "numbers no longer packed", True, False),
    ({"type": "array", "x-packed": "int64"}, {"type": "array", "x-packed": "float64"}, "another form", True, True),
]  # fmt: skip


def _rules_of(told: Any, is_sent: bool) -> List[str]:
    return cast(List[List[str]], told)[0 if is_sent else 1] if isinstance(told, tuple) else cast(List[str], told)


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

    def test_what_takes_more_than_one_look(self) -> None:
        for old, new, rules, *breaks in _MORE:
            for is_sent, breaking in zip((True, False), breaks):
                with self.subTest(old=old, new=new, is_sent=is_sent):
                    before, after = (_contract(f=_method(a=_param(each)) if is_sent else _method(each)) for each in (old, new))
                    self.assertEqual([], differences(before, before))
                    found = differences(before, after)
                    self.assertIs(any(each.breaking for each in found), breaking, found)
                    self.assertEqual(sorted(_rules_of(rules, is_sent)), sorted(each.change for each in found), found)

    def test_every_rule_is_tried(self) -> None:
        tried = {row[2] for row in _COMMANDS} | {row[2] for row in _VALUES} | {row[2] for row in _HOSTS} | {"another name"}
        for *_, rules, _, _ in _MORE:
            tried |= {*_rules_of(rules, True), *_rules_of(rules, False)}
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

    def test_the_keys_of_a_map_are_compared(self) -> None:
        def contract(*values: str, **more: Any) -> Any:
            keyed = {"type": "object", "propertyNames": {"$ref": "#/components/schemas/Key"}, "additionalProperties": _INTEGER}
            return _contract({"Key": {**_TEXT, "enum": [*values]}}, f=_method(a=_param(keyed)), **more)

        removed = "breaking: type 'Key': value removed \"y\" (Python refuses what callers send)"
        added = "compatible: type 'Key': value added \"y\" (Python still takes what callers send)"
        self.assertEqual([removed], self.told(contract("x", "y"), contract("x"))[:1])
        self.assertEqual([removed], self.told(contract("x", "y"), contract("x", g=_method()))[:1])
        self.assertEqual([added], self.told(contract("x"), contract("x", "y")))

    def test_what_an_unknown_keyword_leads_to_is_compared(self) -> None:
        def contract(value: Any, **more: Any) -> Any:
            return _contract({"T": value}, f=_method(a=_param({"type": "array", "contains": {"$ref": "#/components/schemas/T"}})), **more)

        self.assertTrue(self.told(contract(_TEXT), contract(_INTEGER, g=_method()))[0].startswith("breaking: command 'f', parameter 'a': another form"))

    def test_a_type_is_compared_with_what_stands_beside_each_reference(self) -> None:
        def contract(limit: int) -> Any:
            reference = {"$ref": "#/components/schemas/Names"}
            method = _method(a=_param(reference), b=_param({**reference, "maxItems": limit}))
            return _contract({"Names": {"type": "array", "items": _TEXT}}, f=method)

        self.assertEqual(["bound narrowed"], [each.change for each in differences(contract(3), contract(2))])

    def test_the_types_of_a_union_are_found_again_under_other_names(self) -> None:
        def contract(*names: str) -> Any:
            schemas = {name: _object(f"own{i}", **{f"own{i}": _TEXT}) for i, name in enumerate(names)}
            union = {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in sorted(names)]}
            return _contract(schemas, f=_method(union, a=_param(union)))

        self.assertEqual({"another name"}, {each.change for each in differences(contract("A", "B"), contract("D", "C"))})

    def test_neither_the_order_of_a_union_nor_that_of_flags_is_a_difference(self) -> None:
        def contract(*order: int) -> Any:
            union = [_INTEGER, _TEXT, {"type": "null"}]
            flags = {**_INTEGER, "x-flags": [[1, 2, 4][i] for i in order]}
            return _contract({"F": flags}, f=_method({"anyOf": [union[i] for i in order]}, a=_param({"$ref": "#/components/schemas/F"})))

        self.assertEqual([], self.told(contract(0, 1, 2), contract(2, 0, 1)))

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
