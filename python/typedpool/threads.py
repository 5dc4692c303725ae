"""The threads on which a worker with an event loop runs plain commands, so that they hold up no task."""

from __future__ import annotations

from queue import SimpleQueue
from typing import Callable, Generic, TypeVar

from typedpool.background import start

_Item = TypeVar("_Item")


class Threads(Generic[_Item]):
    """Runs one item at a time on each thread, first come, first served."""

    def __init__(self, run: Callable[[_Item], None], most: int) -> None:
        """
        Args:
            run: What is done with an item. It raises nothing.
            most: How many threads there may be. Each is started when an item comes, and stays.
        """
        self._run = run
        self._most = most
        self._started = 0
        self._items: SimpleQueue[_Item] = SimpleQueue()

    def put(self, item: _Item) -> None:
        """Has an item run. One thread calls this."""
        if self._started < self._most:
            self._started += 1
            start(self._work)
        self._items.put(item)

    def _work(self) -> None:
        while True:
            self._run(self._items.get())
