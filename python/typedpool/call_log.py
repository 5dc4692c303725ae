"""The log of one call."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Dict, MutableMapping, Tuple

if TYPE_CHECKING:
    _Adapter = logging.LoggerAdapter[logging.Logger]
else:
    _Adapter = logging.LoggerAdapter


class CallLog(_Adapter):
    """A logger whose records carry a mark, beside what is given as their `extra`."""

    def __init__(self, logger: logging.Logger, mark: Dict[str, Any]) -> None:
        super().__init__(logger, {})
        self._mark = mark

    def process(self, msg: Any, kwargs: MutableMapping[str, Any]) -> Tuple[Any, MutableMapping[str, Any]]:
        """Marks a record."""
        kwargs["extra"] = {**(kwargs.get("extra") or {}), **self._mark}
        return msg, kwargs
