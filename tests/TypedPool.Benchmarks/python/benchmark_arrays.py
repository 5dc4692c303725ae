"""What the benchmarks call with NumPy's arrays. Exported by a Python that has NumPy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from typedpool import command


@command
def same_array(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns what it is given.

    Args:
        values: Any numbers.

    Returns:
        The same.
    """
    return values
