"""JSON-RPC messages as bytes."""

from __future__ import annotations

import json
import json.encoder
import re
from typing import Any, Callable, Dict, Optional, cast

NOT_JSON = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
COMMAND_RAISED = -32000
CANCELLED = -32800

# Enough to tell a caller whose message is too deep, or has too long a number, to be read at all.
_ID_AT_THE_HEAD = re.compile(r'\s*\{\s*"jsonrpc"\s*:\s*"2\.0"\s*,\s*"id"\s*:\s*(-?\d{1,19}|"[^"\\]{0,200}")\s*,')


class RpcError(Exception):
    """An error answer."""

    def __init__(self, code: int, message: str, data: Optional[Dict[str, Any]] = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data


def parse(text: str) -> Any:
    """Parses a message.

    Raises:
        json.JSONDecodeError: It is not JSON.
        ValueError: A number has more digits than Python converts.
        RecursionError: It is nested more deeply than Python can follow.
    """
    try:
        value, end = _scan(text, 0)
        if end == len(text):
            return value
    except (StopIteration, json.JSONDecodeError):
        pass
    return _decoder.decode(text)  # Knows about blanks around the message, which our host never writes.


def result_message(id: Any, result: bytes) -> bytes:
    """A successful answer, in the very form that docs/protocol.md promises."""
    return b'{"jsonrpc":"2.0","id":%b,"result":%b}' % (_id(id), result)


def error_message(id: Any, error: RpcError) -> bytes:
    """An error answer. Lone surrogates in its texts are written out, so that it can always be sent."""
    body: Dict[str, Any] = {"code": error.code, "message": _sendable(error.message)}
    if error.data is not None:
        body["data"] = _sendable(error.data)
    return b'{"jsonrpc":"2.0","id":%b,"error":%b}' % (_id(id), to_json(body))


def id_at_the_head(text: str) -> Any:
    """The id of a message that cannot be parsed, where it stands in its usual place; else None."""
    found = _ID_AT_THE_HEAD.match(text)
    return None if found is None else json.loads(found[1])


def _id(id: Any) -> bytes:
    return b"%d" % id if type(id) is int else to_json(id)


def _sendable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {name: _sendable(member) for name, member in cast(Dict[str, Any], value).items()}
    if isinstance(value, list):
        return [_sendable(item) for item in cast("list[Any]", value)]
    return value


def _refuse_constant(name: str) -> Any:
    raise json.JSONDecodeError(f"{name} is not JSON", name, 0)


def _refuse_object(value: Any) -> Any:
    raise TypeError(f"{type(value).__name__} is not JSON")


def _make_encoder() -> Callable[[Any], bytes]:
    options: Dict[str, Any] = {"ensure_ascii": False, "allow_nan": False, "check_circular": False}
    encode = json.JSONEncoder(separators=(",", ":"), **options).encode
    # The encoder that JSONEncoder makes anew on every call, made once. It is private to the standard library.
    make = cast(Any, getattr(json.encoder, "c_make_encoder", None))
    try:
        chunks = make(None, _refuse_object, json.encoder.encode_basestring, None, ":", ",", False, False, False)
        if "".join(chunks({"a": [1.0, "b"]}, 0)) == '{"a":[1.0,"b"]}':
            return lambda value: "".join(chunks(value, 0)).encode("utf-8")
    except TypeError:
        pass
    return lambda value: encode(value).encode("utf-8")


_decoder = json.JSONDecoder(parse_constant=_refuse_constant)
_scan = cast(Callable[[str, int], "tuple[Any, int]"], getattr(_decoder, "scan_once", _decoder.raw_decode))

to_json: Callable[[Any], bytes] = _make_encoder()
"""A JSON value as compact UTF-8. Raises ValueError, TypeError or RecursionError for what JSON cannot hold."""
