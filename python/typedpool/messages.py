"""JSON-RPC messages as bytes."""

from __future__ import annotations

import json
import json.encoder
import re
from typing import Any, Callable, Dict, NamedTuple, Optional, Sequence, Union, cast

NOT_JSON = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
COMMAND_RAISED = -32000
CANCELLED = -32800

ATTACHMENTS = "$attachments"
ANNOUNCEMENT = b'{"$attachments":['
"""How a message begins that attachments follow."""

# From so many characters on a look for what has to be escaped costs less than to write character by character.
_LONG = 256
_ESCAPED = bytes(range(32)) + b'"\\'

# Enough to tell a caller whose message is too deep, or has too long a number, to be read at all.
_ID_AT_THE_HEAD = r'\s*\{\s*"jsonrpc"\s*:\s*"2\.0"\s*,\s*"id"\s*:\s*(-?\d{1,19}|"[^"\\]{0,200}")\s*,'


class WithAttachments(NamedTuple):
    """A message and the raw bytes that follow it."""

    message: bytes
    attachments: Sequence[Union[bytes, bytearray, memoryview]]

    @property
    def size(self) -> int:
        """In bytes, all together."""
        return len(self.message) + sum(map(len, self.attachments))


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


def result_message(id: Any, result: Union[bytes, WithAttachments]) -> Union[bytes, WithAttachments]:
    """A successful answer, in the very form that docs/protocol.md promises, with the attachments of the result."""
    if type(result) is bytes:
        return b'{"jsonrpc":"2.0","id":%d,"result":%b}' % (id, result) if type(id) is int else plain_result_message(id, result)
    result = cast(WithAttachments, result)
    sizes = b",".join(b"%d" % len(each) for each in result.attachments)
    message = plain_result_message(id, result.message)
    return WithAttachments(b"%b%b],%b" % (ANNOUNCEMENT, sizes, message[1:]), result.attachments)


def plain_result_message(id: Any, result: bytes) -> bytes:
    """The same without attachments."""
    return b'{"jsonrpc":"2.0","id":%b,"result":%b}' % (_id(id), result)


def with_kept(answer: bytes) -> bytes:
    """An answer that says that memory of its request is still in use."""
    return answer.replace(b'"jsonrpc":"2.0",', b'"jsonrpc":"2.0","kept":true,', 1)


def error_message(id: Any, error: RpcError) -> bytes:
    """An error answer. Lone surrogates in its texts are written out, so that it can always be sent."""
    body: Dict[str, Any] = {"code": error.code, "message": _sendable(error.message)}
    if error.data is not None:
        body["data"] = _sendable(error.data)
    return b'{"jsonrpc":"2.0","id":%b,"error":%b}' % (_id(id), to_json(body))


def id_at_the_head(text: str) -> Any:
    """The id of a message that cannot be parsed, where it stands in its usual place; else None."""
    found = re.match(_ID_AT_THE_HEAD, text)
    return None if found is None else json.loads(found[1])


def _id(id: Any) -> bytes:
    return b"%d" % id if type(id) is int else to_json(id)


def _sendable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {name: _sendable(member) for name, member in cast("Dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_sendable(item) for item in cast("list[Any]", value)]
    return value


def _refuse_constant(name: str) -> Any:
    raise json.JSONDecodeError(f"{name} is not JSON", name, 0)


def _refuse_object(value: Any) -> Any:
    raise TypeError(f"{type(value).__name__} is not JSON")


def _make_encoder(words: Callable[[Any], Any]) -> Callable[[Any], bytes]:
    options: Dict[str, Any] = {"ensure_ascii": False, "allow_nan": False, "check_circular": False}
    # The encoder that JSONEncoder makes anew on every call, made once. It is private to the standard library.
    if _make_chunks is not None:
        chunks = _make_chunks(None, words, json.encoder.encode_basestring, None, ":", ",", False, False, False)

        def encode_to_bytes(value: Any) -> bytes:
            if type(value) is not str:
                return "".join(chunks(value, 0)).encode("utf-8")
            if len(value) >= _LONG:
                text = value.encode("utf-8")
                if len(text.translate(None, _ESCAPED)) == len(text):
                    return b'"%b"' % text
            return _quote(value).encode("utf-8")

        return encode_to_bytes
    encode = json.JSONEncoder(separators=(",", ":"), default=words, **options).encode
    return lambda value: encode(value).encode("utf-8")


def _find_make_chunks() -> Any:
    make: Any = getattr(json.encoder, "c_make_encoder", None)
    try:
        chunks = make(None, _refuse_object, json.encoder.encode_basestring, None, ":", ",", False, False, False)
        return make if "".join(chunks({"a": [1.0, "b"]}, 0)) == '{"a":[1.0,"b"]}' else None
    except TypeError:
        return None


_make_chunks = _find_make_chunks()
_quote: Callable[[str], str] = json.encoder.encode_basestring
_decoder = json.JSONDecoder(parse_constant=_refuse_constant)
_scan = cast(Callable[[str, int], "tuple[Any, int]"], getattr(_decoder, "scan_once", _decoder.raw_decode))

to_json: Callable[[Any], bytes] = _make_encoder(_refuse_object)
"""A JSON value as compact UTF-8. Raises ValueError, TypeError or RecursionError for what JSON cannot hold."""


def to_json_with(words: Callable[[Any], Any], value: Any) -> bytes:
    """The same, where `words` makes JSON of each object that is none."""
    return _make_encoder(words)(value)
