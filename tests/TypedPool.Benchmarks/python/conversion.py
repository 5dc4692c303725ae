"""What it costs to make arguments of JSON, against the least that anybody would do; run by `-- python`.

Prints one JSON object: a list of comparisons, each with its pairs of rounds in microseconds, in the order in which they ran.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

# Behind what PYTHONPATH names: the one that is built with the benchmarks.
sys.path.append(str(Path(__file__).resolve().parent.parent / "typedpool-bridge"))

import typedpool
from typedpool.calls import Call
from typedpool.commands import Command
from typedpool.messages import parse
from typedpool.surface import survey

_ROUND_SECONDS = 0.01
_WARM_UP_PAIRS = 10


@dataclass
class Item:
    """One thing of an order."""

    name: str
    count: int
    price: float
    tags: List[str]


@dataclass
class Order:
    """A dataclass of dataclasses."""

    id: int
    customer: str
    paid: bool
    note: Optional[str]
    items: List[Item]


@typedpool.command
def classify(text: str, top_k: int, threshold: float, tags: List[str], verbose: bool, language: Optional[str]) -> None:
    """Takes what most commands take."""


@typedpool.command
def rows(rows: List[List[float]], ids: List[int]) -> None:
    """Takes lists of numbers, none so long that it would be packed."""


@typedpool.command
def texts(lines: List[str], by_name: Dict[str, str]) -> None:
    """Takes many strings."""


@typedpool.command
def item(item: Item) -> None:
    """Takes one dataclass."""


@typedpool.command
def order(order: Order) -> None:
    """Takes a dataclass of dataclasses."""


def _native() -> Dict[str, Dict[str, Any]]:
    lines = [f"{i}: it is a truth universally acknowledged" for i in range(200)]
    return {
        "classify": {
            "text": lines[0] * 5, "top_k": 3, "threshold": 0.25, "tags": ["a", "few", "words"], "verbose": True, "language": None,
        },
        "rows": {"rows": [[i + j / 7 for j in range(20)] for i in range(50)], "ids": list(range(10_000, 10_060))},
        "texts": {"lines": lines, "by_name": {f"name {i}": line for i, line in enumerate(lines)}},
    }


def _item(i: int) -> Dict[str, Any]:
    return {"name": f"thing {i}", "count": i, "price": i + 0.25, "tags": ["red", "grün"]}


def _order() -> Dict[str, Any]:
    return {"id": 2**53 + 1, "customer": "Ada Lovelace", "paid": True, "note": None, "items": [_item(i) for i in range(20)]}


def _make_item(value: Dict[str, Any]) -> Item:
    return Item(name=value["name"], count=value["count"], price=value["price"], tags=value["tags"])


def _make_order(value: Dict[str, Any]) -> Order:
    return Order(
        id=value["id"],
        customer=value["customer"],
        paid=value["paid"],
        note=value["note"],
        items=[_make_item(each) for each in value["items"]],
    )


def _by_loads(call: Call, params: Dict[str, Any]) -> "tuple[Callable[[], Any], Callable[[], Any], int]":
    text = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "command", "params": params}, ensure_ascii=False, separators=(",", ":"))
    return lambda: json.loads(text), lambda: call.arguments(parse(text)["params"]), len(text.encode())


def _by_hand(command: Command, value: Dict[str, Any], make: Callable[[Dict[str, Any]], Any]) -> "tuple[Callable[[], Any], Callable[[], Any], int]":
    decode = command.parameters[0].kind.decoder()
    assert decode(value) == make(value)
    return lambda: make(value), lambda: decode(value), len(json.dumps(value, ensure_ascii=False).encode())


def _time(operation: Callable[[], Any], times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        operation()
    return (time.perf_counter() - began) * 1e6 / times


def _pairs(limit: Callable[[], Any], contender: Callable[[], Any], count: int) -> List[List[float]]:
    times = max(1, int(_ROUND_SECONDS * 1e6 / _time(limit, 20)))
    measured: List[List[float]] = []
    for i in range(-_WARM_UP_PAIRS, count):
        # Neither always has the other's warm caches.
        if i % 2:
            second = _time(contender, times)
            pair = [_time(limit, times), second]
        else:
            pair = [_time(limit, times), _time(contender, times)]
        if i >= 0:
            measured.append(pair)
    return measured


def main() -> None:
    """Measures, and prints what was measured."""
    options = argparse.ArgumentParser()
    options.add_argument("--pairs", type=int, default=60)
    count: int = options.parse_args().pairs
    commands = {command.name: command for command in survey([sys.modules["__main__"]]).commands}
    todo = [(name, "json.loads", "parsed and converted", *_by_loads(Call(commands[name]), params)) for name, params in _native().items()]
    todo.append(("item", "a constructor by hand", "converted", *_by_hand(commands["item"], _item(1), _make_item)))
    todo.append(("order", "constructors by hand", "converted", *_by_hand(commands["order"], _order(), _make_order)))
    print(json.dumps([
        {"limit": f"{name}: {limit_name}", "contender": contender_name, "bytes": size, "pairs": _pairs(limit, contender, count)}
        for name, limit_name, contender_name, limit, contender, size in todo
    ]))


if __name__ == "__main__":
    main()
