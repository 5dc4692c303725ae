"""How a worker begins, and what it makes of signals."""

from __future__ import annotations

import signal
import sys
import textwrap
import unittest

from tests.client import ProjectTestCase, request
from tests.worker_source import SOURCE


class StartTests(ProjectTestCase):
    def test_a_token_opens_the_stream_and_is_gone(self) -> None:
        with self.host(SOURCE, token="f00d") as worker:
            self.assertEqual(b"\0typedpool:f00d\n", worker.output.read(len(b"\0typedpool:f00d\n")))
            self.assertIsNone(worker.result("about")[3])

    def test_a_module_that_prints_while_it_is_imported_disturbs_nothing(self) -> None:
        with self.host('import os\nprint("hello")\nos.system("echo there")\n' + _dedented(SOURCE)) as worker:
            self.assertEqual(11, worker.result("add", {"a": 1}))
            self.assertIn("hello\nthere\n", worker.errors())

    def test_a_pool_learns_why_a_module_cannot_be_imported(self) -> None:
        with self.host('raise RuntimeError("no model")', token="t") as worker:
            worker.output.read(len(b"\0typedpool:t\n"))
            self.assertEqual({}, worker.result("$/ping"))
            error = worker.error("$/initialize", {"protocol": 1})
            self.assertEqual((-32000, "no model"), (error["code"], error["message"]))
            self.assertEqual("builtins.RuntimeError", error["data"]["type"])
            self.assertIn("commands.py", error["data"]["traceback"])
            self.assertNotIn("importlib", error["data"]["traceback"])
            self.assertEqual(1, worker.wait())

    def test_a_pool_learns_why_a_module_cannot_be_exported(self) -> None:
        with self.host("from typedpool import command\n@command\ndef f(a): pass\n", token="t") as worker:
            worker.output.read(len(b"\0typedpool:t\n"))
            error = worker.error("$/initialize", {"protocol": 1})
            self.assertIn("TPY0003", error["message"])
            self.assertEqual(1, worker.wait())

    def test_a_module_that_exits_is_a_failed_import(self) -> None:
        with self.host("import sys\nsys.exit(0)", token="t") as worker:
            worker.output.read(len(b"\0typedpool:t\n"))
            self.assertEqual("builtins.SystemExit", worker.error("$/initialize", {})["data"]["type"])
            self.assertEqual(1, worker.wait())

    def test_a_module_that_closes_the_channel_is_told_so(self) -> None:
        for then in ("", "os.pipe()"):  # Whatever the module opens next has the numbers of what it closed.
            with self.subTest(then), self.host(f"import os\nos.closerange(3, 5)\n{then}", token="t") as worker:
                self.assertEqual(1, worker.wait())
                self.assertIn("the descriptors of the channel to the host were closed", worker.errors())

    def test_a_start_hook_that_closes_the_channel_ends_the_worker(self) -> None:
        hook = "import os\nfrom typedpool import on_start\ncut = on_start(lambda: os.closerange(3, 5))\n"
        with self.host(hook + _dedented(SOURCE), token="t") as worker:
            self.assertEqual(1, worker.wait())

    def test_a_plain_server_prints_why_and_leaves(self) -> None:
        with self.host('raise RuntimeError("no model")') as worker:
            self.assertEqual(1, worker.wait())
            self.assertEqual(b"", worker.output.read())
            self.assertIn("commands.py(1,1): error TPY0001", worker.errors())

    @unittest.skipIf(sys.platform == "win32", "needs POSIX signals")
    def test_a_pools_worker_leaves_interrupts_to_the_pool(self) -> None:
        # Tests that a shell runs in the background ignore interrupts, and so would what they start.
        self.addCleanup(signal.signal, signal.SIGINT, signal.signal(signal.SIGINT, signal.default_int_handler))
        with self.host(SOURCE, token="t") as worker:
            worker.output.read(len(b"\0typedpool:t\n"))
            self.assertEqual({}, worker.result("$/ping"))
            worker.process.send_signal(signal.SIGINT)
            self.assertEqual(11, worker.result("add", {"a": 1}))
        with self.host(SOURCE) as worker:
            self.assertEqual({}, worker.result("$/ping"))
            worker.process.send_signal(signal.SIGINT)
            self.assertEqual(130, worker.wait())

    def test_a_host_that_does_not_read_any_more_ends_the_worker_quietly(self) -> None:
        with self.host(SOURCE) as worker:
            self.assertEqual({}, worker.result("$/ping"))
            worker.output.close()
            worker.send_message(request(1, "add", {"a": 1}))
            self.assertEqual(1, worker.wait())
            self.assertNotIn("Traceback", worker.errors())

    def test_a_users_own_ping_replaces_the_built_in_one(self) -> None:
        with self.host("from typedpool import command\n@command\ndef ping() -> str: return 'mine'\n") as worker:
            self.assertEqual("mine", worker.result("ping"))


def _dedented(source: str) -> str:
    # A __future__ import has to come first, and is not needed here.
    source = textwrap.dedent(source).replace("from __future__ import annotations\n", "")
    return source.replace("Optional[Label]", "Optional['Label']")


if __name__ == "__main__":
    unittest.main()
