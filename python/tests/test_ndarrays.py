"""NumPy's arrays, with a Python here that has NumPy."""

from __future__ import annotations

import base64
import json
import os
import struct
import subprocess
import sys
import unittest
from typing import Any, Dict, List, Optional

from tests.client import Host, ProjectTestCase

_SOURCE = """
    from typing import Annotated, Any, List
    import numpy as np
    from numpy.typing import NDArray
    from typedpool import Shape, command

    @command
    def echo(value: NDArray[np.float64]) -> NDArray[np.float64]:
        assert value.flags.writeable and value.flags.c_contiguous
        return value

    @command
    def points(value: Annotated[NDArray[np.int16], Shape(None, 3)]) -> List[int]:
        return [int(each) for each in value.sum(axis=0)]

    @command
    def flags(value: NDArray[np.bool_]) -> int:
        return int(value.sum())

    @command
    def made(case: str) -> NDArray[np.float64]:
        table = np.arange(6.0).reshape(2, 3)
        return {
            "transposed": table.T,
            "reversed": table[::-1, ::-1],
            "big-endian": table.astype(">f8"),
            "single": np.array(2.5),
            "empty": np.zeros((3, 0)),
            "int64": table.astype("i8"),
            "float32": table.astype("f4"),
            "masked": np.ma.masked_array(table),
            "matrix": np.matrix(table),
            "list": [1.0],
            "scalar": np.float64(1.0),
        }[case]
"""
_SCALE = 2**31 - 1


def _has_numpy(python: str) -> bool:
    return os.path.exists(python) and subprocess.run([python, "-c", "import numpy"], stderr=subprocess.DEVNULL).returncode == 0


_PYTHON: Optional[str] = next(filter(_has_numpy, (sys.executable, "/usr/bin/python3")), None)


@unittest.skipIf(_PYTHON is None, "NumPy is not installed")
class NdArrayTests(ProjectTestCase):
    def serve(self) -> Host:
        self.write("commands.py", _SOURCE)
        return Host("commands", python=str(_PYTHON), cwd=self.folder)

    def test_an_array_comes_back_bit_for_bit(self) -> None:
        bits = struct.pack("<6d", 0.0, -0.0, float("inf"), 5e-324, -1.5, 1.7976931348623157e308)
        with self.serve() as host:
            for shape in ([6], [2, 3], [1, 6, 1], [3, 2]):
                with self.subTest(shape):
                    self.assertEqual(array(bits, shape), host.result("echo", [array(bits, shape)]))
            for shape in ([0], [3, 0, 2]):
                with self.subTest(shape):
                    self.assertEqual(array(b"", shape), host.result("echo", [array(b"", shape)]))
            self.assertEqual(array(bits[:8], []), host.result("echo", [array(bits[:8], [])]))

    def test_a_result_in_any_order_is_written_in_row_major_order(self) -> None:
        expected: Dict[str, Any] = {
            "transposed": ([3, 2], [0, 3, 1, 4, 2, 5]),
            "reversed": ([2, 3], [5, 4, 3, 2, 1, 0]),
            "big-endian": ([2, 3], [0, 1, 2, 3, 4, 5]),
            "single": ([], [2.5]),
            "empty": ([3, 0], []),
        }
        with self.serve() as host:
            for case, (shape, items) in expected.items():
                with self.subTest(case):
                    self.assertEqual(array(struct.pack(f"<{len(items)}d", *items), shape), host.result("made", [case]))

    def test_a_result_that_is_no_such_array_is_an_error(self) -> None:
        found = {
            "int64": "an array of int64",
            "float32": "an array of float32",
            "masked": "MaskedArray",
            "matrix": "matrix",
            "list": "an array of length 1",
            "scalar": "1.0",
        }
        with self.serve() as host:
            for case, text in found.items():
                with self.subTest(case):
                    error = host.error("made", [case])
                    self.assertEqual((-32603, "an array of float64"), (error["code"], error["data"]["expected"]))
                    self.assertIn(text, error["data"]["found"])

    def test_what_is_no_array_is_an_error_with_its_place(self) -> None:
        good = array(bytes(16), [2])
        wrong: List[Any] = [
            (None, ""),
            ([1.0, 2.0], ""),
            ({"dtype": "float64", "shape": [2]}, ""),
            ({**good, "strides": [8]}, ""),
            ({**good, "dtype": "float32"}, "/dtype"),
            ({**good, "dtype": ">f8"}, "/dtype"),
            ({**good, "dtype": None}, "/dtype"),
            ({**good, "shape": 2}, "/shape"),
            ({**good, "shape": [2.0]}, "/shape"),
            ({**good, "shape": [True, 2]}, "/shape"),
            ({**good, "shape": [-1]}, "/shape"),
            ({**good, "shape": [-1, -2]}, "/shape"),
            ({**good, "shape": [2**31]}, "/shape"),
            ({**good, "shape": [3]}, "/data"),
            ({**good, "shape": []}, "/data"),
            ({**good, "shape": [_SCALE] * 3}, "/data"),
            ({**good, "data": "not base64"}, "/data"),
            ({**good, "data": base64.b64encode(bytes(15)).decode()}, "/data"),
        ]
        with self.serve() as host:
            for value, pointer in wrong:
                with self.subTest(value=value):
                    error = host.error("echo", [value])
                    self.assertEqual((-32602, "/0" + pointer), (error["code"], error["data"]["pointer"]))

    def test_a_shape_that_numpy_cannot_hold_is_an_error_with_its_place(self) -> None:
        with self.serve() as host:
            for value in (array(b"", [0, _SCALE, _SCALE, _SCALE]), array(bytes(8), [1] * 100)):
                with self.subTest(value=value):
                    error = host.error("echo", [value])
                    self.assertEqual((-32602, "/0/shape"), (error["code"], error["data"]["pointer"]))

    def test_a_shape_is_held_against_the_annotation(self) -> None:
        with self.serve() as host:
            self.assertEqual([3, 5, 7], host.result("points", [array(struct.pack("<6h", *range(6)), [2, 3], "int16")]))
            for shape in ([6], [3, 2], [1, 2, 3]):
                with self.subTest(shape):
                    error = host.error("points", [array(bytes(12), shape, "int16")])
                    self.assertEqual(("/0/shape", "the shape (*, 3)"), (error["data"]["pointer"], error["data"]["expected"]))

    def test_a_flag_is_a_byte_of_0_or_1(self) -> None:
        with self.serve() as host:
            self.assertEqual(2, host.result("flags", [array(b"\1\0\1", [3], "bool")]))
            error = host.error("flags", [array(b"\1\2", [2], "bool")])
            self.assertEqual(("/0/data", "bytes that are 0 or 1"), (error["data"]["pointer"], error["data"]["expected"]))

    def test_its_schema_tells_the_elements_and_the_shape(self) -> None:
        self.write("commands.py", _SOURCE)
        methods = json.loads(self.run_cli("export", "commands", python=str(_PYTHON)).stdout)["methods"]
        schemas = {method["name"]: method["params"][0]["schema"] for method in methods}
        self.assertEqual({"dtype": "float64"}, schemas["echo"]["x-ndarray"])
        self.assertEqual({"dtype": "int16", "shape": [None, 3]}, schemas["points"]["x-ndarray"])

    def test_what_does_not_say_what_is_inside_is_not_exported(self) -> None:
        refused = {
            "np.ndarray": "does not say what is inside",
            "NDArray[Any]": "arrays of Any cannot be described",
            "NDArray[np.str_]": "arrays of str_ cannot be described",
            "NDArray[np.complex64]": "arrays of complex64 cannot be described",
            "Annotated[NDArray[np.int8], Shape(1), Shape(2)]": "an array has one shape",
        }
        for annotation, text in refused.items():
            with self.subTest(annotation):
                self.write("commands.py", _REFUSED.replace("ANNOTATION", annotation))
                run = self.run_cli("export", "commands", python=str(_PYTHON))
                self.assertNotEqual(0, run.returncode)
                self.assertIn(text, run.stderr.decode())


_REFUSED = """
    from typing import Annotated, Any
    import numpy as np
    from numpy.typing import NDArray
    from typedpool import Shape, command

    @command
    def f(value: ANNOTATION) -> None:
        pass
"""


def array(data: bytes, shape: List[int], dtype: str = "float64") -> Dict[str, Any]:
    """An array as a plain client writes it."""
    return {"dtype": dtype, "shape": shape, "data": base64.b64encode(data).decode()}


if __name__ == "__main__":
    unittest.main()
