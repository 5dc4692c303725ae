"""What of a document two sides have to agree on, and its hash."""

from __future__ import annotations

import json
from typing import Any, Callable, Dict, List, Tuple, cast

from typedpool.digest import sha256
from typedpool.kinds.base import JsonObject

_WORDS = {"description", "x-enumNames"}
_NAMED_SCHEMAS = {"properties", "patternProperties"}
_SCHEMAS = {"anyOf", "oneOf", "allOf", "prefixItems"}
_UNORDERED_SCHEMAS = {"anyOf", "oneOf", "allOf"}
_SCHEMA = {"items", "additionalProperties", "propertyNames", "x-key", "not"}


def contract(document: JsonObject) -> str:
    """The hash of what can make a call fail or mean something else; see "Contract" in docs/schema.md."""
    return "sha256:" + sha256(text(reduced(document)).encode("utf-8")).hex()


def reduced(document: JsonObject) -> JsonObject:
    """The members of a document that the contract covers."""
    methods: List[JsonObject] = document["methods"]
    components: Dict[str, JsonObject] = document["components"]["schemas"]
    hosts: List[JsonObject] = document.get("x-hosts", [])
    return {
        **({"hosts": {host["name"]: _reduced_host(host) for host in hosts}} if hosts else {}),
        "methods": {method["name"]: _reduced_method(method) for method in methods},
        "schemas": {name: _reduced_schema(schema) for name, schema in components.items()},
    }


def text(reduced: Any) -> str:
    """The reduced document, or a part of it, as the text that is hashed."""
    return json.dumps(reduced, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(reduced: JsonObject) -> JsonObject:
    """A reduced document with everything in the order in which it is hashed.

    Args:
        reduced: Its sender may have been made when that was another one.
    """
    methods: Dict[str, JsonObject] = reduced["methods"]
    hosts: Dict[str, Dict[str, JsonObject]] = reduced.get("hosts", {})
    return {
        **reduced,
        **({"hosts": {name: _each(functions, _canonical_function) for name, functions in hosts.items()}} if hosts else {}),
        "methods": _each(methods, _canonical_method),
        "schemas": _each(reduced["schemas"], _reduced_schema),
    }


def _canonical_method(method: JsonObject) -> JsonObject:
    return {
        **method,
        "params": _each(method["params"], lambda param: {**param, "schema": _reduced_schema(param["schema"])}),
        "result": _reduced_schema(method["result"]),
        "errors": _each(method["errors"], _canonical_error),
    }


def _canonical_error(error: Any) -> Any:
    members = cast(JsonObject, error)
    return {**members, "fields": _reduced_schema(members["fields"])} if isinstance(error, dict) else error


def _canonical_function(function: JsonObject) -> JsonObject:
    return _each(function, _reduced_schema)


def _each(members: Dict[str, Any], change: Callable[[Any], Any]) -> JsonObject:
    return {name: change(member) for name, member in members.items()}


def _reduced_method(method: JsonObject) -> JsonObject:
    params: List[JsonObject] = method["params"]
    errors: List[JsonObject] = method.get("errors", [])
    return {
        "params": {
            param["name"]: {
                "required": param["required"],
                "schema": _reduced_schema(param["schema"]),
                **_streaming(param),
            }
            for param in params
        },
        "result": _reduced_schema(method["result"]["schema"]),
        "errors": {str(error["code"]): _reduced_error(error) for error in errors},
        "idempotent": method.get("x-idempotent", False),
        **_streaming(method),
    }


def _streaming(described: JsonObject) -> JsonObject:
    """What streams says so; what does not says nothing, as it did before there were streams."""
    return {"streaming": True} if described.get("x-streaming", False) else {}


def _reduced_host(host: JsonObject) -> JsonObject:
    return {
        method["name"]: {
            "params": _reduced_schema(method["params"]),
            "result": _reduced_schema(method["result"]["schema"]),
        }
        for method in host["methods"]
    }


def _reduced_error(error: JsonObject) -> Any:
    if "x-fields" not in error:
        return error["x-type"]
    return {"type": error["x-type"], "fields": _reduced_schema(error["x-fields"])}


def _reduced_schema(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema
    result: JsonObject = {}
    for name, value in cast(JsonObject, schema).items():
        if name in _WORDS:
            continue
        if name in _NAMED_SCHEMAS:
            result[name] = {member: _reduced_schema(each) for member, each in value.items()}
        elif name in _SCHEMAS:
            schemas = [_reduced_schema(each) for each in value]
            result[name] = sorted(schemas, key=_sort_key) if name in _UNORDERED_SCHEMAS else schemas
        elif name in _SCHEMA:
            result[name] = _reduced_schema(value)
        elif name in ("enum", "required", "x-flags"):
            result[name] = _sorted(value)
        else:
            result[name] = value
    return result


def _sort_key(schema: Any) -> Tuple[bool, str]:
    # Null stands last, as it is written.
    return schema == {"type": "null"}, text(schema)


def _sorted(values: List[Any]) -> List[Any]:
    alike = not any(isinstance(value, bool) for value in values) and len({isinstance(value, str) for value in values}) == 1
    return sorted(values) if alike else sorted(values, key=lambda value: json.dumps(value, ensure_ascii=False))
