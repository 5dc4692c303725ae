"""Parameters that are streams, on the wire."""

from __future__ import annotations

from tests.client import ProjectTestCase

PLAIN = """
    from typing import Iterator, Optional
    from typedpool import command

    @command
    def total(numbers: Iterator[int]) -> int:
        return next(numbers) + sum(numbers)

    @command
    def maybe(numbers: Optional[Iterator[int]] = None) -> int:
        return -1 if numbers is None else sum(numbers)
"""

ASYNC = PLAIN + """
    from typing import AsyncIterator

    @command
    async def total_async(numbers: AsyncIterator[int]) -> int:
        return sum([number async for number in numbers])
"""


class InflowTests(ProjectTestCase):
    def test_an_array_is_read_item_by_item(self) -> None:
        with self.host(PLAIN) as worker:
            self.assertEqual(6, worker.result("total", {"numbers": [1, 2, 3]}))
            self.assertEqual([6, -1, -1], [worker.result("maybe", given) for given in ({"numbers": [6]}, {"numbers": None}, {})])
            self.assertEqual("/numbers/1", worker.error("total", {"numbers": [1, "2"]})["data"]["pointer"])
        with self.host(ASYNC) as worker:
            self.assertEqual(6, worker.result("total_async", {"numbers": [1, 2, 3]}))
            self.assertEqual("an array or a stream", worker.error("total_async", {"numbers": {"a": 1}})["data"]["expected"])
