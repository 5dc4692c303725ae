"""Types without parts: values there and back to the edges of what both sides have, and one step beyond."""

from __future__ import annotations

import math
import os
import struct
import sys
import unittest
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal, getcontext, localcontext
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any, Dict, List, Optional, Tuple
from uuid import UUID

from tests.client import FOLDER, ProjectTestCase
from typedpool import BigInt, Float32, Int8, Int32, NaiveDatetime, UInt8, UInt64
from typedpool.kinds.base import ComponentNames, Kind, Shape, as_is
from typedpool.kinds.table import KindTable
from typedpool.mismatch import Mismatch

_GOLDEN = os.path.join(FOLDER, "tests", "golden")
_LARGEST = 2**96 - 1


def _at(hours: float) -> timezone:
    return timezone(timedelta(hours=hours))


# Annotation, and JSON values with the Python values that they stand for.
_ROWS: List[Tuple[Any, List[Tuple[Any, Any]]]] = [
    (
        Decimal,
        [
            (text, Decimal(text))
            for text in (
                "0",
                "0.00",
                "-0.00",
                "1.10",
                "-12345.678900",
                "0.0000001",
                "0.0000000000000000000000000001",
                "0.0000000000000000000000000000",
                "7.9228162514264337593543950335",
                str(_LARGEST),
                str(-_LARGEST),
            )
        ],
    ),
    (
        datetime,
        [
            ("0001-01-01T00:00:00+00:00", datetime(1, 1, 1, tzinfo=timezone.utc)),
            ("0001-01-01T14:00:00+14:00", datetime(1, 1, 1, 14, tzinfo=_at(14))),
            ("9999-12-31T23:59:59.999999+00:00", datetime(9999, 12, 31, 23, 59, 59, 999999, timezone.utc)),
            ("9999-12-31T09:59:59.999999-14:00", datetime(9999, 12, 31, 9, 59, 59, 999999, _at(-14))),
            ("2026-11-25T09:40:54.000001-03:30", datetime(2026, 11, 25, 9, 40, 54, 1, _at(-3.5))),
            ("2024-02-29T00:00:00+12:45", datetime(2024, 2, 29, tzinfo=_at(12.75))),
        ],
    ),
    (
        NaiveDatetime,
        [
            ("0001-01-01T00:00:00", datetime.min),
            ("9999-12-31T23:59:59.999999", datetime.max),
            ("2026-11-25T09:40:54.100000", datetime(2026, 11, 25, 9, 40, 54, 100000)),
        ],
    ),
    (date, [("0001-01-01", date.min), ("9999-12-31", date.max), ("2024-02-29", date(2024, 2, 29))]),
    (time, [("00:00:00", time.min), ("23:59:59.999999", time.max), ("09:40:54.000001", time(9, 40, 54, 1))]),
    (
        timedelta,
        [
            ("PT0S", timedelta(0)),
            ("PT0.000001S", timedelta(microseconds=1)),
            ("-PT0.000001S", timedelta(microseconds=-1)),
            ("P1DT2H3M4.500000S", timedelta(days=1, hours=2, minutes=3, seconds=4.5)),
            ("-P1D", timedelta(days=-1)),
            ("P1DT1M", timedelta(days=1, minutes=1)),
            ("P10675199DT2H48M5.477580S", timedelta(microseconds=(2**63 - 1) // 10)),
            ("-P10675199DT2H48M5.477580S", timedelta(microseconds=-((2**63 - 1) // 10))),
        ],
    ),
    (UUID, [(text, UUID(text)) for text in ("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-4fff-bfff-ffffffffffff")]),
    (PurePosixPath, [("a/../b c", PurePosixPath("a/../b c")), ("/", PurePosixPath("/")), (".", PurePosixPath("."))]),
    (PureWindowsPath, [("C:\\a b", PureWindowsPath("C:\\a b"))]),
    (Path, [(str(Path("a", "gr\u00fc\u00df\U0001f600")), Path("a", "gr\u00fc\u00df\U0001f600"))]),
    (Int8, [(-128, -128), (127, 127)]),
    (UInt8, [(0, 0), (255, 255)]),
    (Int32, [(-(2**31), -(2**31)), (2**31 - 1, 2**31 - 1)]),
    (UInt64, [(0, 0), (2**64 - 1, 2**64 - 1)]),
    (BigInt, [(0, 0), (2**64, 2**64), (10**4300 - 1, 10**4300 - 1), (1 - 10**4300, 1 - 10**4300)]),
    (
        Float32,
        [
            (value, value)
            for value in (
                0.0,
                -0.0,
                0.5,
                0.10000000149011612,
                16777216.0,
                1.401298464324817e-45,
                -3.4028234663852886e38,
            )
        ]
        + [("NaN", math.nan), ("-Infinity", -math.inf)],
    ),
]

# What another client may write, and the value that it stands for.
_ALSO_READ: List[Tuple[Any, Any, Any]] = [
    (datetime, "2026-01-31T12:00:00Z", datetime(2026, 1, 31, 12, tzinfo=timezone.utc)),
    (datetime, "2026-01-31t12:00:00.5z", datetime(2026, 1, 31, 12, 0, 0, 500000, timezone.utc)),
    (datetime, "2026-01-31 12:00:00.123+01:00", datetime(2026, 1, 31, 12, 0, 0, 123000, _at(1))),
    (NaiveDatetime, "2026-01-31T12:00:00.5", datetime(2026, 1, 31, 12, 0, 0, 500000)),
    (time, "12:00:00.5", time(12, 0, 0, 500000)),
    (timedelta, "P1W", timedelta(weeks=1)),
    (timedelta, "PT36H", timedelta(hours=36)),
    (timedelta, "PT90.5S", timedelta(seconds=90.5)),
    (UUID, "ABCDEF12-1234-1234-1234-123456789ABC", UUID("abcdef12-1234-1234-1234-123456789abc")),
    (PurePosixPath, "./a//b/", PurePosixPath("a/b")),
    (UInt8, 3.0, 3),
    (Float32, 3, 3.0),
]

_REFUSED: List[Tuple[Any, List[Any]]] = [
    (
        Decimal,
        [
            1,
            1.5,
            None,
            "",
            "NaN",
            "sNaN",
            "Infinity",
            "1e2",
            "1E+2",
            "+1",
            "01",
            ".5",
            "5.",
            " 1",
            "1_000",
            "1,5",
            "\u0661",
            "0x10",
            str(_LARGEST + 1),
            "0.00000000000000000000000000001",
            "79228162514264337593543950335.0",
            "9" * 1_000_000,
        ],
    ),
    (
        datetime,
        [
            0,
            None,
            "",
            "2026-01-31",
            "2026-01-31T12:00:00",
            "2026-01-31T12:00:00.000000",
            "2026-01-31T12:00+01:00",
            "2026-01-31T12:00:00.1234567Z",
            "2026-01-31T12:00:00,123456+01:00",
            "2026-01-31T120000.0+01:00",
            "2026-W05-6T12:00:00+01:00",
            "2026-01-31T24:00:00+01:00",
            "2026-01-31T23:59:60Z",
            "2026-02-29T00:00:00Z",
            "2026-01-31T12:00:00+14:01",
            "2026-01-31T12:00:00-15:00",
            "2026-01-31T12:00:00+01:00:30",
            "2026-01-31T12:00:00+0100",
            "0000-01-01T00:00:00Z",
            "0001-01-01T00:00:00+00:01",
            "9999-12-31T23:59:59-00:01",
            "\u0662\u0660\u0662\u0666-01-31T12:00:00Z",
        ],
    ),
    (NaiveDatetime, ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.1+0100", "2026-01-31T12:00:00.12345Z", "2026-01-31", 1]),
    (date, ["2026-1-31", "20260131", "2026-W05-6", "2026-02-29", "2026-01-31T00:00:00", "", None, 5]),
    (time, ["12:00", "120000", "24:00:00", "12:00:00Z", "12:00:00.1234567", "12:00:60", "", None, 5]),
    (
        timedelta,
        [
            "",
            "P",
            "PT",
            "P1DT",
            "-P",
            "P1Y",
            "P1M",
            "P1.5D",
            "PT1.1234567S",
            "PT1,5S",
            "1:00:00",
            "PT1S ",
            "P10675199DT2H48M5.477581S",
            "-P10675199DT2H48M5.477581S",
            "P999999999D",
            "PT999999999999999999H",
            5,
            None,
        ],
    ),
    (
        UUID,
        [
            "",
            "abcdef12123412341234123456789abc",
            "{bcdef12-1234-1234-1234-123456789ab}",
            "abcdef12-1234-1234-1234-123456789ab_",
            "abcdef1-21234-1234-1234-123456789abc",
            5,
            None,
        ],
    ),
    (Path, [5, None, ["a"]]),
    (Int8, [-129, 128, True, "1", 1.5]),
    (UInt8, [-1, 256, 300.0]),
    (Int32, [2**31, -(2**31) - 1]),
    (UInt64, [-1, 2**64]),
    (BigInt, [10**4300, -(10**4300), 1e300, True, "1"]),
    (int, [2.0**53 + 2]),
    (Float32, [0.1, 1 / 3, 1e39, 16777217, 1e-46, "nan", True, None]),
]

_NOT_WRITTEN: List[Tuple[Any, List[Any]]] = [
    (
        Decimal,
        [Decimal(text) for text in ("NaN", "sNaN", "Infinity", "1E+29", "1E-29", "0E-29", "1E+999999999")]
        + [Decimal(_LARGEST + 1), 1, 1.5, "1.5", None],
    ),
    (
        datetime,
        [
            datetime(2026, 1, 31),
            datetime(2026, 1, 31, tzinfo=timezone(timedelta(hours=1, seconds=30))),
            datetime(2026, 1, 31, tzinfo=timezone(timedelta(microseconds=1))),
            datetime(2026, 1, 31, tzinfo=_at(14.5)),
            datetime(2026, 1, 31, tzinfo=_at(-15)),
            datetime(1, 1, 1, tzinfo=_at(1)),
            datetime(9999, 12, 31, 23, 59, tzinfo=_at(-1)),
            date(2026, 1, 31),
            "2026-01-31T12:00:00Z",
        ],
    ),
    (NaiveDatetime, [datetime(2026, 1, 31, tzinfo=timezone.utc), date(2026, 1, 31), None]),
    (date, [datetime(2026, 1, 31), "2026-01-31"]),
    (time, [time(12, tzinfo=timezone.utc), datetime(2026, 1, 31), "12:00:00"]),
    (timedelta, [timedelta.max, timedelta.min, timedelta(microseconds=2**63 // 10 + 1), 5, "PT5S"]),
    (UUID, ["abcdef12-1234-1234-1234-123456789abc", 5]),
    (Path, ["a", Path(b"\xff".decode("utf-8", "surrogateescape"))]),
    (PurePosixPath, [PureWindowsPath("a")]),
    (Int8, [128, -129, True, 1.0]),
    (BigInt, [10**4300, True, 1.0]),
    (Float32, [0.1, 1e39, 16777217, "NaN", True]),
]


class _Names(ComponentNames):
    pass


def _kind(annotation: Any) -> Kind:
    return KindTable().kind(annotation, (globals(),))


class ScalarTests(unittest.TestCase):
    def test_values_go_there_and_back(self) -> None:
        for annotation, values in _ROWS:
            kind = _kind(annotation)
            for written, value in values:
                with self.subTest(annotation, value=_short(value)):
                    decoded = kind.decoder()(written)
                    self.assertEqual(_exactly(value), _exactly(decoded))
                    for strict in (False, True):
                        self.assertEqual(_exactly(written), _exactly((kind.encoder(strict) or as_is)(decoded)))

    def test_other_ways_to_write_a_value_are_read(self) -> None:
        for annotation, written, value in _ALSO_READ:
            with self.subTest(annotation, written=written):
                decoded = _kind(annotation).decoder()(written)
                self.assertEqual(_exactly(value), _exactly(decoded))

    def test_values_beyond_the_edges_are_refused(self) -> None:
        for annotation, values in _REFUSED:
            decode = _kind(annotation).decoder()
            for value in values:
                with self.subTest(annotation, value=_short(value)), self.assertRaises(Mismatch):
                    self.fail(f"read as {decode(value)!r}"[:200])

    def test_results_beyond_the_edges_are_refused(self) -> None:
        for annotation, values in _NOT_WRITTEN:
            encode = _kind(annotation).encoder(strict=True) or as_is
            for value in values:
                with self.subTest(annotation, value=_short(value)), self.assertRaises(Mismatch):
                    self.fail(f"written as {encode(value)!r}"[:200])

    def test_a_refusal_shows_the_value_and_never_a_long_one_whole(self) -> None:
        for annotation, value, found in (
            (Decimal, Decimal("1E+30"), 'the Decimal "1E+30"'),
            (datetime, datetime(2026, 1, 31), 'the datetime "2026-01-31 00:00:00"'),
            (UUID, UUID(int=5), None),
        ):
            encode = _kind(annotation).encoder(strict=True) or as_is
            if found is not None:
                with self.assertRaises(Mismatch) as raised:
                    encode(value)
                self.assertEqual(found, raised.exception.found)
        with self.assertRaises(Mismatch) as raised:
            _kind(Decimal).decoder()("9" * 1_000_000)
        self.assertLess(len(raised.exception.found), 200)

    def test_decimals_do_not_depend_on_the_context(self) -> None:
        kind = _kind(Decimal)
        with localcontext() as context:
            context.prec = 3
            context.traps = {signal: False for signal in getcontext().traps}
            for written, value in _ROWS[0][1]:
                self.assertEqual(value, kind.decoder()(written))
                self.assertEqual(written, (kind.encoder(True) or as_is)(value))
            with self.assertRaises(Mismatch):
                kind.decoder()("abc")

    def test_a_positive_exponent_is_written_out(self) -> None:
        encode = _kind(Decimal).encoder(strict=True) or as_is
        self.assertEqual(("100", "-12000"), (encode(Decimal("1E+2")), encode(Decimal("-1.2E+4"))))

    def test_a_moment_of_a_time_zone_keeps_its_offset(self) -> None:
        try:
            from zoneinfo import ZoneInfo

            zone = ZoneInfo("Europe/Berlin")
        except (ImportError, KeyError):
            self.skipTest("there is no time zone data")
        encode = _kind(datetime).encoder(strict=True) or as_is
        self.assertEqual("2026-07-01T12:00:00+02:00", encode(datetime(2026, 7, 1, 12, tzinfo=zone)))
        self.assertEqual("2026-10-25T02:30:00+01:00", encode(datetime(2026, 10, 25, 2, 30, tzinfo=zone, fold=1)))
        with self.assertRaises(Mismatch):
            encode(datetime(1800, 1, 1, tzinfo=zone))  # Local mean time: +00:53:28.

    def test_every_float_of_32_bits_comes_back(self) -> None:
        kind = _kind(Float32)
        for pattern in range(0, 2**32, 104_729 * 16):
            value: float = struct.unpack("f", struct.pack("I", pattern))[0]
            back = kind.decoder()((kind.encoder(True) or as_is)(value))
            self.assertTrue(back == value or (back != back and value != value), hex(pattern))

    def test_what_is_not_json_by_itself_is_always_walked(self) -> None:
        for annotation in (Decimal, datetime, NaiveDatetime, date, time, timedelta, UUID, Path, Int8, Float32):
            for around in (List[annotation], Optional[annotation], Dict[str, annotation]):
                self.assertIsNotNone(_kind(around).encoder(strict=False), around)

    def test_the_schema_of_every_type_stands_in_the_golden_document(self) -> None:
        with open(os.path.join(_GOLDEN, "scalars.openrpc.json"), encoding="utf-8") as file:
            text = file.read()
        for annotation, _ in _ROWS:
            form: str = _kind(annotation).schema(Shape.INPUT, _Names())["format"]
            self.assertIn(f'"format": "{form}"', text)


class GoldenTests(ProjectTestCase):
    def test_the_document_is_the_committed_one_byte_by_byte(self) -> None:
        with open(os.path.join(_GOLDEN, "scalars.openrpc.json"), "rb") as file:
            expected = file.read()
        actual = self.run_cli("export", os.path.join(_GOLDEN, "scalars.py"))
        self.assertEqual(0, actual.returncode, actual.stderr.decode())
        self.assertEqual(expected.decode(), actual.stdout.decode())

    def test_a_module_without_these_types_does_not_import_them(self) -> None:
        self.write("commands.py", "from typedpool import command\n@command\ndef f(a: int) -> float: return 1.0\n")
        source = (
            "import sys\n"
            "before = set(sys.modules)\n"
            "import commands, typedpool.worker\n"
            "from typedpool.kinds.table import KindTable\n"
            "KindTable().kind(int, ())\n"
            "added = set(sys.modules) - before\n"
            "print(sorted({'datetime', 'decimal', 'uuid', 'pathlib', 'typedpool.types', 'typedpool.kinds.times'} & added))\n"
        )
        done = self.run_process(sys.executable, "-c", source)
        self.assertEqual(("[]", ""), (done.stdout.decode().strip(), done.stderr.decode()))


def _exactly(value: Any) -> str:
    # Also tells 0.0 from -0.0 and Decimal("1.0") from Decimal("1.00"); Python writes no integer of 4301 digits.
    return f"int {value:x}" if type(value) is int else f"{type(value).__name__} {value!r}"


def _short(value: Any) -> str:
    return _exactly(value).encode("ascii", "backslashreplace").decode()[:60]


if __name__ == "__main__":
    unittest.main()
