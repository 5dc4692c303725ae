"""Exceptions with fields, causes, notes and groups, for the tests of what of them arrives in C#."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import Enum
from typing import Any, Dict, List, Literal, Optional

from typedpool import command


class Currency(Enum):
    EURO = "EUR"
    FRANC = "CHF"


@dataclass
class Entry:
    """One line of an account."""

    amount: int
    text: Optional[str]


class Refused(Exception):
    """The bank says no.

    Attributes:
        account: Whose account it is.
    """

    account: str


class InsufficientFunds(Refused):
    """There is not enough money.

    Attributes:
        needed: How much is missing.
        message: What the clerk says.
        code: What the machine says.
    """

    needed: int
    currency: Currency
    last: List[Entry]
    kind: Literal["soft", "hard"]
    message: Optional[str]
    code: Dict[str, float]

    def __init__(self, account: str, needed: int) -> None:
        super().__init__(f"{account} needs {needed} more")
        self.account, self.needed = account, needed
        self.currency, self.kind, self.message, self.code = Currency.FRANC, "hard", None, {"a": 0.5}
        self.last = [Entry(1, None), Entry(2, "two")]


class Overdrawn(InsufficientFunds):
    """Not declared by any command."""


@command(raises={InsufficientFunds: 1001, Refused: 1002})
def pay(account: str, amount: int, how: str = "") -> int:
    """Pays.

    Raises:
        InsufficientFunds: The account is too low.
    """
    if how == "derived":
        raise Overdrawn(account, amount)
    if how == "broken":
        error = InsufficientFunds(account, amount)
        broken: Any = "lots"
        error.last[1].amount = broken
        raise error
    if how == "unreadable":
        error = InsufficientFunds(account, amount)
        del error.needed
        raise error
    if how == "base":
        refused = Refused("closed")
        refused.account = account
        raise refused
    if how == "inside":
        raise ValueError("the payment failed") from InsufficientFunds(account, amount)
    raise InsufficientFunds(account, amount)


@command
def fail(how: str) -> None:
    """Raises an exception with others around it."""
    if how == "context":
        try:
            raise KeyError("first")
        except KeyError:
            raise ValueError("second")
    if how == "long":
        error = ValueError("0")
        for number in range(1, 50):
            cause, error = error, ValueError(str(number))
            error.__cause__ = cause
        raise error
    noted = KeyError("b")
    setattr(noted, "__notes__", ["look", "there"])
    if sys.version_info >= (3, 11):
        raise ExceptionGroup("several", [TypeError("a"), noted]) from OSError("gone")
    raise noted
