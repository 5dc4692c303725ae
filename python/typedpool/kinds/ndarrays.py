"""NumPy's arrays. NumPy itself is never imported: where an annotation names it, the user's module has."""

from __future__ import annotations

import sys
import typing
from math import prod
from typing import Any, Dict, List, Optional, Tuple, Union, cast

from typedpool.kinds.annotated import constraints_of
from typedpool.kinds.base import ComponentNames, Decoder, Encoder, JsonObject, Kind, Shape
from typedpool.kinds.buffers import attach, decode_bytes
from typedpool.mismatch import Mismatch, describe
from typedpool.problems import NOT_DESCRIBABLE, Unsupported
from typedpool.shape import Shape as Dimensions

# On the wire they are in C order, and little-endian.
_DTYPES = (
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
    "float16", "float32", "float64", "complex128",
)  # fmt: skip
_LARGEST_LENGTH = 2**31 - 1


class ArrayOf(Kind):
    """`NDArray[np.float64]`, or `Annotated[NDArray[np.float64], Shape(None, 3)]`.

    A received array is writable and belongs to the command alone. A result may be in any order of memory and of bytes.
    """

    native = False
    hashable = False
    attaches = True

    def __init__(self, dtype: str, shape: Optional[Tuple[Optional[int], ...]]) -> None:
        self._numpy: Any = sys.modules["numpy"]
        self._dtype = dtype
        self._shape = shape
        self._expected = f"an array of {dtype}" + ("" if shape is None else f" and shape {show(shape)}")

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        array: JsonObject = {"dtype": self._dtype}
        if self._shape is not None:
            array["shape"] = list(self._shape)
        return {
            "type": "object",
            "x-ndarray": array,
            "properties": {
                "dtype": {"type": "string", "enum": [self._dtype]},
                "shape": {"type": "array", "items": {"type": "integer"}},
                "data": {"type": "string", "contentEncoding": "base64"},
            },
            "required": ["dtype", "shape", "data"],
            "additionalProperties": False,
        }

    def decoder(self) -> Decoder:
        frombuffer = self._numpy.frombuffer
        wire = self._numpy.dtype(self._dtype).newbyteorder("<")
        swapped, flags = sys.byteorder == "big", self._dtype == "bool"

        def decode(value: Any) -> Any:
            dimensions, data = self._parts(value)
            if prod(dimensions) * wire.itemsize != len(data):
                expected = f"the {prod(dimensions) * wire.itemsize} bytes of the shape {show(dimensions)}"
                raise Mismatch(expected, f"{len(data)} bytes").under("data")
            if flags and bytes(data).translate(None, b"\0\1"):
                raise Mismatch("bytes that are 0 or 1", "others").under("data")
            try:
                array = frombuffer(data, wire).reshape(dimensions)
            except ValueError as error:  # Too many dimensions, or an empty one beside others that are too long together.
                raise Mismatch("a shape that NumPy can hold", f"{show(dimensions)}: {error}").under("shape") from None
            return array.astype(self._dtype) if swapped else array

        return decode

    def encoder(self, strict: bool) -> Encoder:
        numpy = self._numpy
        # Not every subclass: a masked array would lose its mask.
        classes = (numpy.ndarray, numpy.memmap)
        dtype = numpy.dtype(self._dtype)
        wire = dtype.newbyteorder("<")

        def encode(value: Any) -> JsonObject:
            if type(value) not in classes:
                raise Mismatch(self._expected, describe(value))
            if value.dtype.newbyteorder("=") != dtype:
                raise Mismatch(self._expected, f"an array of {value.dtype}")
            dimensions: List[int] = list(value.shape)
            self._check(dimensions)
            row = numpy.ascontiguousarray(value, wire).reshape(-1)
            return {"dtype": self._dtype, "shape": dimensions, "data": attach(memoryview(row.view("u1")))}

        return encode

    def _parts(self, value: Any) -> Tuple[List[int], Union[bytearray, memoryview]]:
        if type(value) is not dict or set(cast(Dict[str, Any], value)) != {"dtype", "shape", "data"}:
            raise Mismatch('an object with "dtype", "shape" and "data"', describe(value))
        array = cast(Dict[str, Any], value)
        if array["dtype"] != self._dtype:
            raise Mismatch(f'"{self._dtype}"', describe(array["dtype"])).under("dtype")
        dimensions = array["shape"]
        if type(dimensions) is not list or not all(map(_is_length, cast(List[Any], dimensions))):
            raise Mismatch("an array of lengths", describe(dimensions)).under("shape")
        try:
            self._check(cast(List[int], dimensions))
        except Mismatch as mismatch:
            raise mismatch.under("shape")
        try:
            return cast(List[int], dimensions), decode_bytes(array["data"])
        except Mismatch as mismatch:
            raise mismatch.under("data")

    def _check(self, dimensions: List[int]) -> None:
        wanted = self._shape
        if wanted is not None and (
            len(wanted) != len(dimensions)
            or any(length is not None and length != given for length, given in zip(wanted, dimensions))
        ):
            raise Mismatch(f"the shape {show(wanted)}", f"the shape {show(dimensions)}")


def is_array(annotation: Any) -> bool:
    """Whether an annotation is NumPy's array, with or without its dtype and shape."""
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return False
    array = _unwrapped(annotation)
    return (typing.get_origin(array) or array) is getattr(numpy, "ndarray", None)


def array_of(annotation: Any) -> ArrayOf:
    """The kind of such an annotation.

    Raises:
        Unsupported: It has no dtype, one that has no fixed size here, or several shapes.
    """
    arguments = typing.get_args(_unwrapped(annotation))
    scalars = typing.get_args(arguments[1]) if len(arguments) == 2 else ()
    if len(scalars) != 1 or not isinstance(scalars[0], type):
        raise Unsupported(NOT_DESCRIBABLE, "the array does not say what is inside. Write e.g. NDArray[np.float64].")
    if constraints_of(getattr(annotation, "__metadata__", ())):
        raise Unsupported(NOT_DESCRIBABLE, "of an array only its shape can be constrained. Write e.g. Shape(None, 3).")
    shapes = [each for each in getattr(annotation, "__metadata__", ()) if isinstance(each, Dimensions)]
    if len(shapes) > 1:
        raise Unsupported(NOT_DESCRIBABLE, "an array has one shape. Write e.g. Shape(None, 3).")
    return ArrayOf(_dtype(cast(Any, scalars[0])), shapes[0].dimensions if shapes else None)


def show(dimensions: typing.Sequence[Optional[int]]) -> str:
    """A shape as NumPy writes it, with a star for any length."""
    text = ", ".join("*" if length is None else str(length) for length in dimensions)
    return f"({text},)" if len(dimensions) == 1 else f"({text})"


def _unwrapped(annotation: Any) -> Any:
    return annotation.__origin__ if hasattr(annotation, "__metadata__") else annotation


def _dtype(scalar: Any) -> str:
    numpy: Any = sys.modules["numpy"]
    for name in _DTYPES:
        if numpy.dtype(name).type is scalar:
            return name
    known = ", ".join("np.bool_" if name == "bool" else f"np.{name}" for name in _DTYPES)
    raise Unsupported(NOT_DESCRIBABLE, f"arrays of {scalar.__name__} cannot be described. Write one of {known}.")


def _is_length(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST_LENGTH
