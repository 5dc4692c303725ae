"""Types that are one in Python and several on the other side: which one is meant."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from typedpool.constraints import Format

__all__ = [
    "BigInt",
    "Float32",
    "Int16",
    "Int32",
    "Int64",
    "Int8",
    "NaiveDatetime",
    "UInt16",
    "UInt32",
    "UInt64",
    "UInt8",
]

NaiveDatetime = Annotated[datetime, Format("date-time-local")]
"""A `datetime` without `tzinfo`; a `datetime` alone has one."""

BigInt = Annotated[int, Format("bigint")]
"""An `int` of up to 4300 digits."""

Float32 = Annotated[float, Format("float")]
"""A `float` that 32 bits hold exactly, or NaN or an infinity."""

Int8 = Annotated[int, Format("int8")]
UInt8 = Annotated[int, Format("uint8")]
Int16 = Annotated[int, Format("int16")]
UInt16 = Annotated[int, Format("uint16")]
Int32 = Annotated[int, Format("int32")]
UInt32 = Annotated[int, Format("uint32")]
Int64 = Annotated[int, Format("int64")]
UInt64 = Annotated[int, Format("uint64")]
