"""Commands for clients that know nothing of TypedPool."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import List, Optional

from typedpool import Context, command

_remembered: List[str] = []


class OutOfStock(LookupError):
    """A declared error."""


@dataclass
class Item:
    name: str
    count: int


@dataclass
class Order:
    items: List[Item]
    note: Optional[str] = None


@command
def subtract(minuend: int, subtrahend: int = 1) -> int:
    return minuend - subtrahend


@command
def total(order: Order) -> int:
    return sum(item.count for item in order.items)


@command
def copied(order: Order, times: int) -> Order:
    return Order(order.items * times, order.note)


@command(raises={OutOfStock: 1001})
def take(name: str) -> None:
    if name == "nothing":
        raise ValueError("nobody takes nothing")
    raise OutOfStock(f"no {name} left")


@command
def remember(text: str) -> str:
    _remembered.append(text)
    return text


@command
def remembered() -> List[str]:
    return _remembered


@command
def session(ctx: Context) -> Optional[str]:
    return ctx.session_id


@command
def shout(text: str) -> str:
    """Prints in every way that there is, and returns what it was given."""
    print(text)
    print(text, end="", flush=True)
    sys.__stdout__.write(text)
    os.write(1, text.encode())
    os.system(f"echo {text}")
    subprocess.run([sys.executable, "-c", f"print({text!r})"], check=True)
    return text
