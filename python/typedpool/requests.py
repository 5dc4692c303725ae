"""Requests, read from their bytes."""

from __future__ import annotations

import json
from typing import Any, Dict, Optional, Tuple, Union, cast

from typedpool import faults
from typedpool.arrivals import BrokenInput
from typedpool.kinds.anything import check_json
from typedpool.messages import INVALID_REQUEST, NOT_JSON, RpcError, error_message, id_at_the_head, parse, to_json
from typedpool.mismatch import Mismatch, too_deep


class Unanswerable(RpcError):
    """The message is no request; `id` is what could be made out of its id, `received` what it is instead."""

    def __init__(self, code: int, message: str, id: Any = None, received: Optional[Dict[str, Any]] = None) -> None:
        super().__init__(code, message)
        self.id = id
        self.received: Dict[str, Any] = received or {}


def read(body: Union[bytes, bytearray]) -> Tuple[str, Dict[str, Any]]:
    """A request, with its text.

    Raises:
        Unanswerable: It is none.
    """
    text = ""
    try:
        text = str(body, "utf-8")
        message = parse(text)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Unanswerable(NOT_JSON, f"not JSON: {error}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise Unanswerable(INVALID_REQUEST, f"cannot be read: {error}", id_at_the_head(text)) from None
    # Nearly all are as this asks, and every call of a function counts here.
    request = cast("Dict[str, Any]", message)
    if (
        type(message) is not dict
        or type(request.get("id")) is not int
        or request.get("jsonrpc") != "2.0"
        or type(request.get("method")) is not str
    ):
        _check_request(message)
    return text, request


def _check_request(message: Any) -> None:
    if type(message) is not dict:
        what = "a batch" if type(message) is list else "no object"
        raise Unanswerable(INVALID_REQUEST, f"a request is one object; this is {what}")
    request = cast("Dict[str, Any]", message)
    id = request.get("id")
    if type(id) is not int and not _is_id(id):
        raise Unanswerable(INVALID_REQUEST, "an id is a string or a number that JSON can carry back")
    if request.get("jsonrpc") != "2.0" or type(request.get("method")) is not str:
        raise Unanswerable(INVALID_REQUEST, 'a request has "jsonrpc": "2.0" and a method', id, request)


def _is_id(id: Any) -> bool:
    try:
        return type(id) in (str, float, type(None)) and bool(to_json(id))
    except ValueError:
        return False  # A lone surrogate, or 1e999.


def check_surrogates(message: Dict[str, Any]) -> None:
    """
    Raises:
        RpcError: There are lone surrogates in the arguments.
    """
    try:
        check_json(message.get("params"))
    except Mismatch as mismatch:
        raise faults.invalid_arguments(mismatch) from None
    except RecursionError:
        raise faults.invalid_arguments(too_deep()) from None


def broken_message(error: BrokenInput) -> bytes:
    """The answer to what makes it impossible to go on."""
    try:
        id = read(error.body)[1].get("id")
    except Unanswerable as unanswerable:
        id = unanswerable.id
    return error_message(id, RpcError(INVALID_REQUEST, str(error)))
