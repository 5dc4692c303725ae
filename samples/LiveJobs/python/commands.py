"""A long job: a short round trip through Europe's capitals.

The search takes seconds or minutes, as long as it is asked to. It tells how far it is, writes to the log, hands out every
better tour as soon as it has one, and ends early in good order when nobody wants the rest. Only the standard library is
needed, and any Python from 3.9 on.
"""

from __future__ import annotations

import csv
import logging
import math
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass

from typedpool import Context, command, on_start

_log = logging.getLogger("tour")

_EARTH_RADIUS_KM = 6371.0088
"""The mean radius of the WGS 84 ellipsoid (H. Moritz, "Geodetic Reference System 1980", 2000)."""


@dataclass(frozen=True)
class Tour:
    """A round trip that is shorter than all before it.

    Attributes:
        kilometres: Its length along great circles, the way home included.
        cities: The cities in the order in which they are visited.
        round: The round of the search that found it, from 0.
    """

    kilometres: float
    cities: list[str]
    round: int


@dataclass(frozen=True)
class WorkerReport:
    """A worker process, told by itself.

    Attributes:
        pid: Its process id.
        cities: How many cities it keeps in memory.
        searches: How many searches were begun in it.
    """

    pid: int
    cities: int
    searches: int


# Loaded once in each worker, and kept for all of its calls.
_names: list[str] = []
_distances: list[list[float]] = []
_searches = 0


@on_start
def load() -> None:
    """Reads the cities and works out how far they are from one another."""
    with open("capitals.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    places = [(math.radians(float(row["latitude"])), math.radians(float(row["longitude"]))) for row in rows]
    _names.extend(row["city"] for row in rows)
    _distances.extend([_distance(here, there) for there in places] for here in places)
    _log.info("%d cities are loaded", len(_names))


@command
def shorten_tour(ctx: Context, rounds: int = 120, steps: int = 6_000, seed: int = 1) -> Iterator[Tour]:
    """Searches for a short round trip through all cities by simulated annealing.

    Each step turns a part of the tour round. What makes it shorter is kept; what makes it longer is kept too, the less
    often the longer and the later it is (S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, "Optimization by Simulated Annealing",
    Science 220, 1983).

    Args:
        rounds: How often the search cools down a little; it ends after the last.
        steps: How many steps a round takes.
        seed: Searches with the same seed find the same.

    Yields:
        Each tour that is shorter than all before it, as soon as its round is over.
    """
    global _searches
    _searches += 1
    chance = random.Random(seed)
    tour = list(range(len(_names)))
    chance.shuffle(tour)
    length = shortest = _length(tour)
    ctx.log.info("the search starts from %.0f km", length)

    hottest, coldest = 1_000.0, 5.0
    for done in range(rounds):
        ctx.progress(done, total=rounds, message=f"{shortest:,.0f} km")
        if ctx.cancelled:
            ctx.log.warning("nobody wants the rest: %d of %d rounds were done", done, rounds)
            return
        temperature = hottest * (coldest / hottest) ** (done / max(1, rounds - 1))
        length = _anneal(tour, length, temperature, steps, chance)
        if length < shortest - 0.5:
            shortest = length
            yield Tour(round(length, 1), [_names[city] for city in tour], done)
        if (done + 1) % max(1, rounds // 4) == 0:
            ctx.log.info("round %d: %.0f km at %.0f degrees", done + 1, length, temperature)
    ctx.progress(rounds, total=rounds, message=f"{shortest:,.0f} km")


@command
def report() -> WorkerReport:
    """Tells which worker answers, and what it has in memory."""
    return WorkerReport(os.getpid(), len(_names), _searches)


def _anneal(tour: list[int], length: float, temperature: float, steps: int, chance: random.Random) -> float:
    """Takes so many steps at one temperature.

    Returns:
        The tour's length after them.
    """
    last = len(tour) - 1
    for _ in range(steps):
        first, end = sorted((chance.randint(0, last), chance.randint(0, last)))
        if first == end or (first == 0 and end == last):
            continue
        before, after = tour[first - 1], tour[(end + 1) % len(tour)]
        change = (
            _distances[before][tour[end]]
            + _distances[tour[first]][after]
            - _distances[before][tour[first]]
            - _distances[tour[end]][after]
        )
        if change <= 0 or chance.random() < math.exp(-change / temperature):
            tour[first : end + 1] = tour[first : end + 1][::-1]
            length += change
    return length


def _length(tour: list[int]) -> float:
    return sum(_distances[here][there] for here, there in zip(tour, tour[1:] + tour[:1]))


def _distance(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Kilometres along the great circle, by the haversine formula."""
    (latitude, longitude), (other_latitude, other_longitude) = here, there
    half = (
        math.sin((other_latitude - latitude) / 2) ** 2
        + math.cos(latitude) * math.cos(other_latitude) * math.sin((other_longitude - longitude) / 2) ** 2
    )
    return 2 * _EARTH_RADIUS_KM * math.asin(math.sqrt(half))
