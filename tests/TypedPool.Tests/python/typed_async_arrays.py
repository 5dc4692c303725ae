"""NumPy's arrays of commands that an event loop runs."""

from __future__ import annotations

import asyncio

import numpy as np
from numpy.typing import NDArray

from typedpool import command


@command
async def double(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Twice the values, in the array that came."""
    values *= 2
    await asyncio.sleep(0)
    return values


@command
async def add(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of two arrays of one shape."""
    await asyncio.sleep(0)
    return left + right
