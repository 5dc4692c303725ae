"""How long an array is in each of its dimensions."""

from __future__ import annotations

from typing import Optional, Tuple


class Shape:
    """The shape that an array must have: `Annotated[NDArray[np.float64], Shape(None, 3)]`.

    Args:
        dimensions: The length of each dimension; None where any will do. Without any, the array is a single number.

    Raises:
        ValueError: A length is no int, or negative.
    """

    __slots__ = ("dimensions",)

    def __init__(self, *dimensions: Optional[int]) -> None:
        for length in dimensions:
            if length is not None and (type(length) is not int or length < 0):
                raise ValueError(f"a dimension is a length or None, not {length!r}")
        self.dimensions: Tuple[Optional[int], ...] = dimensions

    def __repr__(self) -> str:
        return f"Shape({', '.join(map(repr, self.dimensions))})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shape) and self.dimensions == other.dimensions

    def __hash__(self) -> int:
        return hash(self.dimensions)
