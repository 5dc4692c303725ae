"""What of a document two sides have to agree on, and its hash."""

from __future__ import annotations

import json
from typing import Any, Dict, List, cast

from typedpool.digest import sha256
from typedpool.kinds.base import JsonObject

_WORDS = {"description", "x-enumNames"}
_NAMED_SCHEMAS = {"properties", "patternProperties"}
_SCHEMAS = {"anyOf", "oneOf", "allOf", "prefixItems"}
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


def text(reduced: JsonObject) -> str:
    """The reduced document as the text that is hashed."""
    return json.dumps(reduced, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


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
            result[name] = [_reduced_schema(each) for each in value]
        elif name in _SCHEMA:
            result[name] = _reduced_schema(value)
        elif name in ("enum", "required"):
            result[name] = _sorted(value)
        else:
            result[name] = value
    return result


def _sorted(values: List[Any]) -> List[Any]:
    alike = not any(isinstance(value, bool) for value in values) and len({isinstance(value, str) for value in values}) == 1
    return sorted(values) if alike else sorted(values, key=lambda value: json.dumps(value, ensure_ascii=False))
