"""Streams in what is exported."""

from __future__ import annotations

import json

from tests.client import ProjectTestCase

_HEAD = """
from typing import Any, AsyncGenerator, AsyncIterable, AsyncIterator, Generator, Iterable, Iterator, List, Optional
from typedpool import command
"""

_STREAMS = (
    "def f(a: {}) -> Iterator[int]: yield 1",
    "def f(a: {}) -> Iterable[int]: yield 1",
    "def f(a: {}) -> Generator[int, None, None]: yield 1",
    "def f(a: {}) -> Iterator[int]: ...",
    "def f(a: {}) -> 'Iterator[int]': ...",
)

_ASYNC_STREAMS = (
    "async def f(a: {}) -> AsyncIterator[int]: yield 1",
    "async def f(a: {}) -> AsyncIterable[int]: yield 1",
    "async def f(a: {}) -> AsyncGenerator[int, None]: yield 1",
    "def f(a: {}) -> AsyncIterator[int]: ...",
    "async def f(a: {}) -> AsyncIterator[int]: ...",
)

_REFUSED = (
    ("def f() -> int: yield 1", "TPY0008", "Write Iterator[T]"),
    ("def f() -> List[int]: yield 1", "TPY0008", "Write Iterator[T]"),
    ("def f() -> AsyncIterator[int]: yield 1", "TPY0008", "Write Iterator[T]"),
    ("async def f() -> Iterator[int]: yield 1", "TPY0008", "Write AsyncIterator[T]"),
    ("async def f() -> Iterator[int]: ...", "TPY0008", "would hold up the event loop"),
    ("def f() -> Generator[int, str, None]: yield 1", "TPY0008", "only what it yields travels"),
    ("def f() -> Generator[int, None, str]: yield 1", "TPY0008", "only what it yields travels"),
    ("def f() -> Iterator: yield 1", "TPY0005", "does not say what is inside"),
    ("def f() -> List[Iterator[int]]: ...", "TPY0005", "a stream is a whole parameter or result"),
    ("def f() -> Optional[Iterator[int]]: ...", "TPY0005", "a stream is a whole parameter or result"),
    ("def f(a: AsyncIterator[int]) -> None: ...", "TPY0008", "Write Iterator[T], or `async def`"),
    ("async def f(a: Iterator[int]) -> None: ...", "TPY0008", "Write AsyncIterator[T]"),
    ("def f(a: Generator[int, None, None]) -> None: ...", "TPY0008", "Write Iterator[T]"),
    ("def f(a: Iterator[complex]) -> None: ...", "TPY0005", "is no type that JSON can carry"),
    ("def f(a: Iterator[int] = iter(())) -> None: ...", "TPY0010", "which the first call would use up"),
)


class StreamedTests(ProjectTestCase):
    def method(self, function: str) -> object:
        self.write("commands.py", f"{_HEAD}\n@command\n{function}\n")
        done = self.run_cli("export", "commands", "-o", "schema.json")
        self.assertEqual(0, done.returncode, done.stderr.decode())
        with open(self.folder + "/schema.json", encoding="utf-8") as file:
            return json.load(file)["methods"][0]

    def test_a_stream_is_described_as_the_array_of_its_items(self) -> None:
        array = {"type": "array", "items": {"type": "integer"}}
        for functions, parameter in ((_STREAMS, "Iterator[int]"), (_ASYNC_STREAMS, "AsyncIterator[int]")):
            for function in functions:
                with self.subTest(function):
                    self.assertEqual(
                        {
                            "name": "f",
                            "paramStructure": "by-name",
                            "params": [{"name": "a", "required": True, "schema": array, "x-streaming": True}],
                            "result": {"name": "result", "schema": array},
                            "x-streaming": True,
                        },
                        self.method(function.format(parameter)),
                    )

    def test_a_stream_of_numbers_is_not_packed(self) -> None:
        schema = {"type": "array", "items": {"type": "number"}}
        described = self.method("def f(a: Optional[Iterator[float]] = None) -> Iterator[float]: yield 1.0")
        nullable = {"anyOf": [schema, {"type": "null"}], "default": None}
        expected = [{"name": "a", "required": False, "schema": nullable, "x-streaming": True}]
        self.assertEqual((expected, schema), (described["params"], described["result"]["schema"]))  # type: ignore[index]

    def test_what_yields_nothing_and_returns_an_iterable_is_a_list(self) -> None:
        self.assertNotIn("x-streaming", json.dumps(self.method("def f(a: Iterable[int]) -> Iterable[int]: return a")))

    def test_streams_where_none_can_be_are_refused(self) -> None:
        for function, id, text in _REFUSED:
            with self.subTest(function):
                self.write("commands.py", f"{_HEAD}\n@command\n{function}\n")
                done = self.run_cli("export", "commands")
                self.assertEqual(2, done.returncode)
                self.assertIn(f"error {id}", done.stderr.decode())
                self.assertIn(text, done.stderr.decode())

    def test_a_contract_without_streams_says_nothing_of_them(self) -> None:
        from typedpool.contract import reduced, text

        method = {"name": "f", "params": [{"name": "a", "required": True, "schema": {}}], "result": {"schema": {}}}
        document = {"methods": [method], "components": {"schemas": {}}}
        self.assertNotIn("streaming", text(reduced(document)))
        method["x-streaming"] = True
        self.assertIn('"streaming":true', text(reduced(document)))
