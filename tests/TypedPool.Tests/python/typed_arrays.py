"""NumPy's arrays. Exported and run by a Python that has NumPy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Dict, List, Optional

import numpy as np
from numpy.typing import NDArray
from typedpool import Shape, command


_kept: List[NDArray[np.float64]] = []


@dataclass
class Picture:
    """A picture and what is known of it."""

    pixels: Annotated[NDArray[np.uint8], Shape(None, None, 3)]
    mask: Optional[NDArray[np.bool_]] = None


@command
def echo_float64(value: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns the array."""
    _check(value)
    return value


@command
def echo_float32(value: NDArray[np.float32]) -> NDArray[np.float32]:
    """Returns the array."""
    _check(value)
    return value


@command
def echo_float16(value: NDArray[np.float16]) -> NDArray[np.float16]:
    """Returns the array."""
    _check(value)
    return value


@command
def echo_bool(value: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Returns the array."""
    _check(value)
    return value


@command
def echo_int8(value: NDArray[np.int8]) -> NDArray[np.int8]:
    """Returns the array."""
    _check(value)
    return value


@command
def echo_int16(value: NDArray[np.int16]) -> NDArray[np.int16]:
    """Returns the array."""
    _check(value)
    return value


@command
def echo_int32(value: NDArray[np.int32]) -> NDArray[np.int32]:
    """Returns the array."""
    _check(value)
    return value


@command
def echo_int64(value: NDArray[np.int64]) -> NDArray[np.int64]:
    """Returns the array."""
    _check(value)
    return value


@command
def echo_uint8(value: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Returns the array."""
    _check(value)
    return value


@command
def echo_uint16(value: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Returns the array."""
    _check(value)
    return value


@command
def echo_uint32(value: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Returns the array."""
    _check(value)
    return value


@command
def echo_uint64(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Returns the array."""
    _check(value)
    return value


@command
def echo_complex128(value: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """Returns the array."""
    _check(value)
    return value


@command
def transpose(value: Annotated[NDArray[np.float64], Shape(None, 3)]) -> Annotated[NDArray[np.float64], Shape(3, None)]:
    """Returns the array with its dimensions exchanged: a view in column-major order."""
    return value.T


@command
def total(value: NDArray[np.float64]) -> Annotated[NDArray[np.float64], Shape()]:
    """The sum of all elements, as an array without dimensions."""
    return np.array(value.sum())


@command
def double_in_place(value: NDArray[np.int32]) -> NDArray[np.int32]:
    """Doubles the elements in the very memory that came."""
    value *= 2
    return value


@command
def big_endian(value: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns every second element in the other order of bytes."""
    return value[::2].astype(">f8")


@command
def odd_result(case: str) -> Annotated[NDArray[np.float64], Shape(2)]:
    """Returns what does not fit."""
    results: Dict[str, Any] = {
        "dtype": np.zeros(2, np.float32),
        "shape": np.zeros(3),
        "masked": np.ma.masked_array([1.0, 2.0], [True, False]),
        "list": [1.0, 2.0],
        "scalar": np.float64(1),
    }
    return results[case]


@command
def echo_picture(picture: Picture) -> Picture:
    """Returns the picture."""
    return picture


@command
def echo_arrays(values: List[Optional[NDArray[np.float64]]]) -> List[Optional[NDArray[np.float64]]]:
    """Returns the arrays."""
    return values


@command
def count_elements(value: NDArray[np.float64]) -> int:
    """How many elements came."""
    return int(value.size)


def _check(value: Any) -> None:
    assert type(value) is np.ndarray and value.flags.writeable and value.flags.c_contiguous and value.dtype.isnative


@command
def keep_array(value: NDArray[np.float64]) -> int:
    """Keeps the array for later calls.

    Returns:
        How many are kept.
    """
    _kept.append(value)
    return len(_kept)


@command
def kept_array(index: int) -> NDArray[np.float64]:
    """Returns an array that was kept."""
    return _kept[index]
