"""What every contender's Python side needs: the same work for the processor, and an end with its host."""

from __future__ import annotations

import os
import sys
import threading


def leave_with_host() -> None:
    """Ends this process when its standard input ends."""

    def wait() -> None:
        sys.stdin.read()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def count_primes(below: int) -> int:
    """Counts primes in plain Python, by trial division.

    Args:
        below: Where to stop.

    Returns:
        How many primes are smaller.
    """
    count = 0
    for candidate in range(2, below):
        divisor = 2
        while divisor * divisor <= candidate and candidate % divisor:
            divisor += 1
        count += divisor * divisor > candidate
    return count
