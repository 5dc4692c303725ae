"""Frames on a channel."""

from __future__ import annotations

import os
import unittest

from typedpool.messages import WithAttachments
from typedpool.wire import Channel


class WritingTests(unittest.TestCase):
    def setUp(self) -> None:
        self.reading, self.sink = os.pipe()
        self.channel = Channel(os.open(os.devnull, os.O_RDONLY), self.sink)
        self.addCleanup(os.close, self.reading)
        self.addCleanup(self.channel.close)
        os.set_blocking(self.sink, False)
        os.set_blocking(self.reading, False)

    def test_half_a_frame_is_followed_by_nothing(self) -> None:
        for send in (
            lambda: self.channel.write(bytes(10_000_000)),
            lambda: self.channel.post(bytes(10_000_000)),
            lambda: self.channel.send(WithAttachments(b"{}", [bytes(10_000_000)])),
        ):
            with self.subTest(send):
                with self.assertRaises(BlockingIOError):
                    send()
                self.assertGreater(self._received(), 0)
                for again in (self.channel.write, self.channel.post, self.channel.send):
                    with self.assertRaises(OSError):
                        again(b"{}")
                self.assertEqual(0, self._received())
                self.doCleanups()
                self.setUp()

    def test_a_torn_channel_closes_what_it_was_given(self) -> None:
        with self.assertRaises(BlockingIOError):
            self.channel.write(bytes(10_000_000))
        self.channel.close()
        with self.assertRaises(OSError):
            os.fstat(self.sink)

    def _received(self) -> int:
        count = 0
        try:
            while True:
                count += len(os.read(self.reading, 1_000_000))
        except BlockingIOError:
            return count


if __name__ == "__main__":
    unittest.main()
