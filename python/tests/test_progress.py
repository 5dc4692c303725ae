"""What a running command tells of its progress, on the wire."""

from __future__ import annotations

from typing import Any, List

from tests.client import Host, ProjectTestCase, request

PLAIN = """
    from typing import Optional
    from typedpool import Context, command

    @command
    def report(ctx: Context, value: float, total: Optional[float] = None, message: Optional[str] = None) -> str:
        ctx.progress(value, total, message)
        return "done"

    @command
    def surrogate(ctx: Context, length: int) -> None:
        ctx.progress(1, message="\\ud800" + "x" * length)
"""

ASYNC = PLAIN + """
    @command
    async def later() -> None:
        pass
"""


class ProgressTests(ProjectTestCase):
    def test_a_report_comes_before_the_answer_where_the_caller_asked(self) -> None:
        for source in (PLAIN, ASYNC):
            with self.subTest(source), self.host(source) as worker:
                told, answer = _messages(worker, {"value": 1, "total": 2.5, "message": "gr\u00fcezi"}, progress=True)
                self.assertEqual(
                    {
                        "jsonrpc": "2.0",
                        "method": "$/progress",
                        "call": 7,
                        "params": {"value": 1.0, "total": 2.5, "message": "gr\u00fcezi"},
                    },
                    told,
                )
                self.assertEqual({"jsonrpc": "2.0", "id": 7, "result": "done"}, answer)

    def test_what_the_command_does_not_say_is_left_out(self) -> None:
        with self.host(PLAIN) as worker:
            told, _ = _messages(worker, {"value": 1}, progress=True)
            self.assertEqual({"value": 1.0}, told["params"])

    def test_a_caller_who_does_not_ask_hears_nothing(self) -> None:
        for source in (PLAIN, ASYNC):
            with self.subTest(source), self.host(source) as worker:
                self.assertEqual("done", worker.result("report", {"value": 1}))
                self.assertEqual("done", worker.result("report", {"value": 1}, progress="true"))
                self.assertEqual(0, worker.leave())

    def test_a_message_is_cut_and_written_as_far_as_it_can_be(self) -> None:
        with self.host(PLAIN) as worker:
            worker.send_message(request(7, "surrogate", {"length": 20_000}, progress=True))
            self.assertEqual("\\ud800" + "x" * 9_999, worker.receive()["params"]["message"])

    def test_what_is_no_finite_number_is_an_error_asked_or_not(self) -> None:
        with self.host(PLAIN) as worker:
            for params in ({"value": "NaN"}, {"value": 1, "total": "-Infinity"}):
                self.assertIn("has to be finite", worker.error("report", params)["message"])
                self.assertIn("has to be finite", worker.error("report", params, progress=True)["message"])


def _messages(worker: Host, params: Any, **members: Any) -> List[Any]:
    worker.send_message(request(7, "report", params, **members))
    return [worker.receive(), worker.receive()]
