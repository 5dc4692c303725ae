"""What of a document two sides have to agree on, and its hash."""

from __future__ import annotations

import hashlib
import json
from typing import Dict, Iterator, List, cast

from typedpool.kinds.base import JsonObject


def contract(document: JsonObject) -> str:
    """The hash of what can make a call fail or mean something else; see "Contract" in docs/schema.md."""
    text = json.dumps(reduced(document), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


def reduced(document: JsonObject) -> JsonObject:
    """The members of a document that the contract covers."""
    methods: List[JsonObject] = document["methods"]
    components: Dict[str, JsonObject] = document["components"]["schemas"]
    return {
        "methods": {method["name"]: _reduced_method(method) for method in methods},
        "schemas": {name: _reduced_schema(schema) for name, schema in components.items()},
    }


def _reduced_method(method: JsonObject) -> JsonObject:
    params: List[JsonObject] = method["params"]
    errors: List[JsonObject] = method.get("errors", [])
    return {
        "params": {
            param["name"]: {"required": param["required"], "schema": _reduced_schema(param["schema"])}
            for param in params
        },
        "result": _reduced_schema(method["result"]["schema"]),
        "errors": {str(error["code"]): error["x-type"] for error in errors},
        "idempotent": method.get("x-idempotent", False),
    }


def _reduced_schema(schema: JsonObject) -> JsonObject:
    result: JsonObject = {}
    for name, value in schema.items():
        if name == "properties":
            members = cast(Dict[str, JsonObject], value)
            result[name] = {member: _reduced_schema(each) for member, each in members.items()}
        elif name in ("items", "additionalProperties") and isinstance(value, dict):
            result[name] = _reduced_schema(cast(JsonObject, value))
        elif name == "anyOf":
            result[name] = [_reduced_schema(each) for each in value]
        elif name in ("enum", "required"):
            result[name] = sorted(value)
        elif name not in ("description", "x-enumNames"):
            result[name] = value
    return result


def differences(old: JsonObject, new: JsonObject) -> Iterator[str]:
    """Names what differs between the contracts of two documents, a line for each command or type."""
    before, after = reduced(old), reduced(new)
    for group, word in (("methods", "command"), ("schemas", "type")):
        for name in sorted({**before[group], **after[group]}):
            if name not in after[group]:
                yield f"{word} '{name}' is gone"
            elif name not in before[group]:
                yield f"{word} '{name}' is new"
            elif before[group][name] != after[group][name]:
                yield f"{word} '{name}' is different"
