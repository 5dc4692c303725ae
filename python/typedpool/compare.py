"""`$/compare`: what differs between the contract that the host knows and the one that is served."""

from __future__ import annotations

from typing import Any, Callable, Dict, cast

from typedpool.comparison import differences
from typedpool.kinds.base import JsonObject
from typedpool.messages import INVALID_PARAMS, RpcError, to_json


def compare(params: Any, served: Callable[[], JsonObject]) -> bytes:
    """The answer to `$/compare`.

    Args:
        params: Those of the request.
        served: Gives the reduced document of what is served.

    Raises:
        RpcError: The params hold no contract.
    """
    known: Any = cast(Dict[str, Any], params).get("contract") if isinstance(params, dict) else None
    if not isinstance(known, dict):
        raise RpcError(INVALID_PARAMS, "params of $/compare is an object with a member contract, the reduced document")
    try:
        found = differences(cast(JsonObject, known), served())
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        text = f"contract is not a reduced document: {type(error).__name__}: {error}"
        raise RpcError(INVALID_PARAMS, text) from None
    return to_json({"differences": [{**each._asdict(), "text": str(each)} for each in found]})
