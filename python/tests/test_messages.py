"""What is written as JSON, in whatever way, is what the standard library reads."""

from __future__ import annotations

import json
import unittest
from typing import List

from typedpool.messages import to_json


class Texts(unittest.TestCase):
    """Long texts are looked through first; what has to be escaped in them, and where, changes nothing."""

    def test_a_text_of_any_length_comes_back(self) -> None:
        texts: List[str] = []
        for length in (0, 1, 255, 256, 257, 5000):
            for special in ("x", '"', "\\", "\n", "\x00", "\x1f", "\x7f", "ü", "\u2028", "😀"):
                texts += ["x" * length + special, special + "x" * length, "x" * length + special + "x" * length]
        for text in texts:
            written = to_json(text)
            self.assertEqual(json.loads(written), text)
            self.assertEqual(written, json.dumps(text, ensure_ascii=False).encode("utf-8"))

    def test_a_long_text_that_utf_8_cannot_hold_is_refused(self) -> None:
        for length in (0, 1000):
            with self.assertRaises(ValueError):
                to_json("x" * length + "\ud800")

    def test_what_only_behaves_like_a_text_is_written_as_one(self) -> None:
        class Name(str):
            pass

        self.assertEqual(to_json(Name("x" * 1000 + '"')), b'"' + b"x" * 1000 + b'\\""')
