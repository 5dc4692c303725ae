"""Whether all items of a list are what they should be already, found out without a loop in Python.

The expressions over `{0}`, a list or the values of a dict, may raise a TypeError where the answer is no, and use the names in `NAMES`. They may say
no where the answer is yes.
"""

from __future__ import annotations

from math import hypot, isfinite
from operator import countOf
from typing import Any, Dict

# No string begins behind the end of an empty one, so the answer is False; but each is looked at, and has to be a string.
STRINGS = "not begins(tuple({0}), 1)"

BOOLEANS = "count(map(type, {0}), bool) == len({0})"

# Rounded or not, what is shorter has no coordinate that is no integer of 64 bits.
INTEGERS = "count(map(type, {0}), int) == len({0}) and length(*{0}) < 4611686018427387904.0"

# The method gives back a float as it is, and takes nothing else: there are no classes made of float in what was parsed.
NUMBERS = "finite(sum(map(same_float, {0})))"


def of_lists(all_verbatim: str) -> str:
    """The expression for a list of lists, of that for one: their items are looked at in one row."""
    # A name of its own for each depth: Python would look for the items of a row in the one that it is about to fill.
    row = f"row{all_verbatim.count(':= [])')}"
    joined = f"not any(map(({row} := []).extend, {{0}}))"  # In half the time that chain takes.
    return f"count(map(type, {{0}}), list) == len({{0}}) and {joined} and {all_verbatim.format(row)}"


NAMES: Dict[str, Any] = {"begins": "".startswith, "count": countOf, "length": hypot, "finite": isfinite, "same_float": float.conjugate}
