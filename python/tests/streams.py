"""Commands that yield, and a host that reads what they do: one stream at a time, of the call 7."""

from __future__ import annotations

from typing import Any, List, Tuple

from tests.client import Host, request

PLAIN = """
    import os
    import time
    from typing import Any, Dict, Iterable, Iterator, Optional
    from typedpool import Context, command

    @command
    def count(to: int) -> Iterator[int]:
        yield from range(to)

    @command
    def endless(path: str) -> Iterable[int]:
        number = 0
        try:
            while True:
                yield number
                number += 1
        finally:
            open(path, "w").close()

    kept = []

    @command
    def endless_kept(path: str) -> Iterator[int]:
        kept.append(endless(path))
        return kept[-1]

    @command
    def fail_after(count: int) -> Iterator[int]:
        yield from range(count)
        raise ValueError("no more")

    @command
    def misfit_after(count: int, path: str) -> Iterator[str]:
        try:
            yield from map(str, range(count))
            yield 7  # type: ignore
        finally:
            open(path, "w").close()

    @command
    def not_json() -> Iterator[Dict[str, Any]]:
        yield {"a": 1}
        yield {"a": [1, {"b": object()}]}

    @command
    def rows(count: int, length: int) -> Iterator[bytes]:
        for _ in range(count):
            yield bytes(length)

    @command
    def then_wait(count: int) -> Iterator[int]:
        yield from range(count)
        time.sleep(3600)

    @command
    def ignore(times: int) -> Iterator[int]:
        for number in range(times):
            try:
                yield number
            except GeneratorExit:
                pass
        while True:
            yield -1

    @command
    def reused() -> Iterator[Dict[str, int]]:
        row = {}
        for number in range(3):
            row["number"] = number
            yield row

    @command
    def a_list() -> Iterator[int]:
        return [1, 2]  # type: ignore

    @command
    def mapped() -> Iterator[int]:
        return map(int, "123")

    @command
    def plain() -> str:
        return "plain"
"""

ASYNC = PLAIN + """
    import asyncio
    from typing import AsyncIterable, AsyncIterator

    @command
    async def count_async(to: int) -> AsyncIterator[int]:
        for number in range(to):
            yield number

    @command
    async def endless_async(path: str) -> AsyncIterable[int]:
        number = 0
        try:
            while True:
                yield number
                number += 1
        finally:
            await asyncio.sleep(0)
            open(path, "w").close()

    @command
    def endless_async_kept(path: str) -> AsyncIterator[int]:
        kept.append(endless_async(path))
        return kept[-1]

    @command
    async def fail_after_async(count: int) -> AsyncIterator[int]:
        for number in range(count):
            yield number
        raise ValueError("no more")

    @command
    async def misfit_after_async(count: int, path: str) -> AsyncIterator[str]:
        try:
            for number in range(count):
                yield str(number)
            yield 7  # type: ignore
        finally:
            open(path, "w").close()

    @command
    async def then_wait_async(count: int) -> AsyncIterator[int]:
        for number in range(count):
            yield number
        await asyncio.sleep(3600)

    @command
    async def made(to: int) -> AsyncIterator[int]:
        await asyncio.sleep(0)
        return count_async(to)

    @command
    def made_plainly(to: int) -> AsyncIterator[int]:
        return count_async(to)

    @command
    async def ignore_async(times: int) -> AsyncIterator[int]:
        while True:
            try:
                yield 1
            except GeneratorExit:
                pass

    @command
    async def swallow_async(times: int, path: str) -> AsyncIterator[int]:
        try:
            for _ in range(times):
                try:
                    await asyncio.sleep(3600)
                except asyncio.CancelledError:
                    pass
            while True:
                yield 1
        finally:
            open(path, "w").close()
"""


def stream(worker: Host, method: str, params: Any = None) -> Tuple[List[Any], Any]:
    """All items, and the answer."""
    worker.send_message(request(7, method, params, credit=1_000_000))
    items: List[Any] = []
    while True:
        message = worker.receive()
        if "id" in message:
            return items, message
        assert (message["method"], message["call"]) == ("$/stream/items", 7), message
        items += message["params"]["items"]


def take(worker: Host, count: int) -> List[Any]:
    items: List[Any] = []
    while len(items) < count:
        items += worker.receive()["params"]["items"]
    return items


def grant(worker: Host, count: int) -> None:
    worker.send_message({"jsonrpc": "2.0", "method": "$/stream/credit", "call": 7, "params": {"items": count}})
