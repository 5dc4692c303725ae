"""Unions in the difference of two contracts."""

from __future__ import annotations

import unittest
from typing import Any, Dict, List

from typedpool.comparison import differences
from typedpool.contract import reduced

_Schema = Dict[str, Any]
_ITSELF: _Schema = {"$ref": "#/components/schemas/Json"}


def _reduced(*more: _Schema) -> _Schema:
    branches: List[_Schema] = [{"type": "string"}, {"type": "array", "items": {"anyOf": [_ITSELF, {"type": "null"}]}}, *more]
    method = {"name": "f", "params": [], "result": {"name": "r", "schema": _ITSELF}}
    return reduced({"methods": [method], "components": {"schemas": {"Json": {"anyOf": branches}}}})


class UnionComparisonTests(unittest.TestCase):
    def test_a_union_that_contains_itself_is_compared_to_its_end(self) -> None:
        self.assertEqual([], differences(_reduced(), _reduced()))
        found = differences(_reduced(), _reduced({"type": "integer"}))
        self.assertEqual({"alternative added"}, {each.change for each in found})
