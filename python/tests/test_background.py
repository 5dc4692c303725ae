"""Threads that do not hold up the end of the process."""

from __future__ import annotations

import subprocess
import sys
import unittest
from _thread import allocate_lock

from tests.client import FOLDER, Host, ProjectTestCase
from typedpool.background import start


class BackgroundTests(ProjectTestCase):
    def test_a_thread_has_begun_when_it_has_been_started(self) -> None:
        for _ in range(20):
            hold = allocate_lock()
            hold.acquire()
            thread = start(hold.acquire)
            # A thread has a frame from its first step on.
            self.assertIn(thread, sys._current_frames())  # pyright: ignore[reportPrivateUsage]
            hold.release()

    def test_an_end_right_after_the_start_of_a_thread_is_a_good_one(self) -> None:
        code = "import time, typedpool.background as background; background.start(time.sleep, 0.0001)"
        for _ in range(20):
            done = subprocess.run([sys.executable, "-c", code], cwd=FOLDER, check=False)
            self.assertEqual(0, done.returncode)

    def test_a_worker_whose_input_has_ended_leaves_with_success(self) -> None:
        self.write("commands.py", "from typedpool import command\n@command\nasync def f() -> None: ...\n")
        for _ in range(5):
            with Host("commands", cwd=self.folder) as worker:
                self.assertEqual(0, worker.leave())


if __name__ == "__main__":
    unittest.main()
