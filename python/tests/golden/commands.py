"""One of everything that the schema can express."""

from __future__ import annotations

import dataclasses
import enum
from dataclasses import dataclass, field
from typing import Any, Dict, List, Literal, Optional

from typedpool import Context, command

__version__ = "2.1.0"


class EmptyText(ValueError):
    """There is nothing to classify."""


class Overloaded(Exception):
    """Too much at once."""


class Kind(enum.Enum):
    """What a label says."""

    GOOD = "good"
    BAD = "bad"
    BESSER = "better"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 10


@dataclass
class Point:
    x: float
    y: float


@dataclass
class Label:
    """A label with what it rests on.

    The second paragraph.

    Attributes:
        name: What it is called.
        children: Finer labels,
            if any.
    """

    name: str
    kind: Kind = Kind.GOOD
    weight: float = 1
    children: List[Label] = field(default_factory=list)
    extra: Dict[str, Any] = field(default_factory=dict)
    at: Point = field(default_factory=lambda: Point(0.0, 0.0))
    digest: str = field(init=False, default="")


@dataclass
class Settings:
    """Only ever sent to Python.

    :ivar strict: Whether to be strict.
    """

    strict: bool = False
    level: Level = Level.LOW
    label: Optional[Label] = None


@dataclass
class Outcome:
    """Only ever returned.

    Parameters
    ----------
    labels : list of Label
        The labels found.
    """

    labels: List[Label]
    seconds: float = dataclasses.field(default=0.0)


@command(raises={EmptyText: 1001, Overloaded: 1002}, idempotent=True)
def classify(
    text: str,
    ctx: Context,
    top_k: int = 3,
    mode: Literal["fast", "exact"] = "fast",
    depth: Literal[1, 2] = 1,
    settings: Optional[Settings] = None,
    *,
    threshold: Optional[float] = 0.5,
    not_a_number: float = float("nan"),
) -> Outcome:
    """Classifies a text
    and says why.

    It is slow at first – später schneller.

    Args:
        text: What to classify.
        top_k (int): How many labels at most.

    Returns:
        Outcome: The labels, best first.

    Raises:
        EmptyText: If the text is empty.
    """
    raise NotImplementedError


@command(name="labels.merge", deprecated="Use `classify` instead.", raises=[Overloaded])
def merge(labels: "list[Label]", kinds: Dict[str, List[Kind]], any: object = None, /) -> Optional[Dict[str, Label]]:
    """Merges labels.

    :param labels: All of them.
    :returns: By name.
    """
    raise NotImplementedError


@command(deprecated=True)
def reset(level: Level, flag: bool = True) -> None:
    raise NotImplementedError
