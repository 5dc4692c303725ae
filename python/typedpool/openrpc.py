"""The OpenRPC document of a surface."""

from __future__ import annotations

import json
from typedpool.commands import Command, Parameter
from typedpool.components import Components
from typedpool.contract import contract
from typedpool.host_types import HostFunction, HostType
from typedpool.kinds.base import ComponentNames, JsonObject, Shape
from typedpool.kinds.streamed import StreamOf, stream_in
from typedpool.surface import Surface


def document(surface: Surface) -> JsonObject:
    """The whole document, its members in their fixed order.

    Raises:
        ExportError: Two classes cannot be told apart by name.
    """
    components = Components(surface)
    methods = [_method(command, components) for command in sorted(surface.commands, key=lambda each: each.name)]
    hosts = [_host(host, components) for host in surface.hosts]
    body: JsonObject = {"methods": methods, **({"x-hosts": hosts} if hosts else {}), "components": {"schemas": components.schemas()}}
    info = {"title": surface.title, "version": surface.version, "x-typedpool": {"contract": contract(body)}}
    return {"openrpc": "1.3.2", "info": info, **body}


def write(document: JsonObject) -> bytes:
    """The document as bytes, the same on every machine."""
    return (json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")


def _method(command: Command, names: ComponentNames) -> JsonObject:
    documentation = command.documentation
    result = {
        "name": "result",
        "description": documentation.returns,
        "schema": command.result.schema(Shape.OUTPUT, names),
    }
    errors = [
        _telling({
            "code": error.code,
            "message": error.exception.__name__,
            "x-type": error.type,
            "x-description": error.description,
            "x-fields": {} if error.fields is None else error.fields.members(Shape.OUTPUT, names),
        })
        for error in command.errors
    ]
    return _telling({
        "name": command.name,
        "summary": documentation.summary,
        "description": documentation.description,
        "paramStructure": "by-name",
        "params": [_param(parameter, names) for parameter in command.parameters],
        "result": _telling(result),
        "errors": errors,
        "deprecated": bool(command.deprecated),
        "x-deprecated": command.deprecated if isinstance(command.deprecated, str) else "",
        "x-streaming": isinstance(command.result, StreamOf),
        "x-idempotent": command.idempotent,
    })


def _host(host: HostType, names: ComponentNames) -> JsonObject:
    documentation = host.documentation
    return _telling({
        "name": host.name,
        "summary": documentation.summary,
        "description": documentation.description,
        "methods": [_host_method(function, names) for function in host.functions],
    })


def _host_method(function: HostFunction, names: ComponentNames) -> JsonObject:
    documentation = function.documentation
    properties = {
        each.name: {**each.kind.schema(Shape.OUTPUT, names), **({"description": each.description} if each.description else {})}
        for each in function.parameters
    }
    params = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    return _telling({
        "name": function.name,
        "summary": documentation.summary,
        "description": documentation.description,
        "params": params,
        "result": _telling({
            "name": "result",
            "description": documentation.returns,
            "schema": function.result.schema(Shape.INPUT, names),
        }),
    })


def _param(parameter: Parameter, names: ComponentNames) -> JsonObject:
    schema = parameter.kind.schema(Shape.INPUT, names)
    if parameter.default:
        schema["default"] = parameter.default[0]
    member = {"name": parameter.name, "description": parameter.description, "required": parameter.required}
    if not parameter.description:
        del member["description"]
    return {**member, "schema": schema, **({} if stream_in(parameter.kind) is None else {"x-streaming": True})}


def _telling(members: JsonObject) -> JsonObject:
    """Leaves out the members that would say nothing; `params` and `schema` always say something."""
    return {
        name: value
        for name, value in members.items()
        if name in ("params", "schema") or (value is not False and value != "" and value != [] and value != {})
    }
