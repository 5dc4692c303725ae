"""Commands that read a novel and a table.

Plain functions with annotations: each one marked `@command` is a typed method in C#. Only the standard library is
needed, and any Python from 3.9 on.
"""

from __future__ import annotations

import csv
import os
import re
import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from typing import Literal, Optional

from typedpool import command


class EmptyText(ValueError):
    """The text holds no word."""


class UnknownColumn(LookupError):
    """The table has no column of this name."""


class NotANumber(ValueError):
    """A cell of a column of numbers holds something else."""


class ReadingLevel(Enum):
    """How hard a text is to read, in the seven steps of Flesch's table."""

    VERY_EASY = "very easy"
    EASY = "easy"
    FAIRLY_EASY = "fairly easy"
    STANDARD = "standard"
    FAIRLY_DIFFICULT = "fairly difficult"
    DIFFICULT = "difficult"
    VERY_DIFFICULT = "very difficult"


@dataclass(frozen=True)
class Chapter:
    """One chapter of a book.

    Attributes:
        number: Its number as printed, from 1.
        text: What stands below its heading.
    """

    number: int
    text: str


@dataclass(frozen=True)
class Keyword:
    """A word that a chapter uses much.

    Attributes:
        word: The word in lower case.
        count: How often it occurs.
        per_thousand: How often it occurs in a thousand words.
    """

    word: str
    count: int
    per_thousand: float


@dataclass(frozen=True)
class ChapterReport:
    """What can be counted in a chapter.

    Attributes:
        words: The number of words.
        sentences: The number of sentences.
        reading_ease: Flesch's score, about 0 (hard) to 100 (easy).
        level: What the score means.
        dialogue_share: The share of words that stand between quotation marks, 0 to 1.
        keywords: The most frequent words that carry meaning, most frequent first.
        pid: The id of the process that counted.
    """

    words: int
    sentences: int
    reading_ease: float
    level: ReadingLevel
    dialogue_share: float
    keywords: list[Keyword]
    pid: int


@dataclass(frozen=True)
class GroupStatistics:
    """The values of one group of rows.

    Attributes:
        group: What the rows have in common.
        count: The number of rows.
        mean: The arithmetic mean.
        median: The value in the middle.
        deviation: The sample standard deviation, or None for a single row.
        minimum: The smallest value.
        maximum: The largest value.
    """

    group: str
    count: int
    mean: float
    median: float
    deviation: Optional[float]
    minimum: float
    maximum: float


@command(raises=[EmptyText])
def split_chapters(path: str) -> list[Chapter]:
    """Splits a book at its lines "Chapter 1", "Chapter 2" and so on.

    Args:
        path: A text file in UTF-8.

    Returns:
        The chapters in order; what stands before the first is left out.

    Raises:
        EmptyText: No line is a chapter's heading.
    """
    book = Path(path).read_text(encoding="utf-8")
    _, *parts = re.split(r"^chapter (\d+)$", book, flags=re.IGNORECASE | re.MULTILINE)
    if not parts:
        raise EmptyText(f"{path} has no line such as 'Chapter 1'")
    return [Chapter(int(number), text.strip()) for number, text in zip(parts[::2], parts[1::2])]


@command(raises=[EmptyText])
def analyze_chapter(text: str, top: int = 8) -> ChapterReport:
    """Counts words and sentences, weighs how hard they are to read, and finds what the text is about.

    The score is Flesch's reading ease: 206.835 - 1.015 * words per sentence - 84.6 * syllables per word
    (R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32, 1948).

    Args:
        text: English prose.
        top: How many keywords are wanted.

    Returns:
        The counts, the score and the keywords.

    Raises:
        EmptyText: There is no word in the text.
    """
    words = _words(text)
    if not words:
        raise EmptyText("there is no word in the text")
    sentences = max(1, len(_SENTENCE_END.findall(_ABBREVIATION.sub(r"\1", text))))
    ease = 206.835 - 1.015 * len(words) / sentences - 84.6 * sum(map(_syllables, words)) / len(words)
    telling = Counter(word for word in words if word not in _COMMON and len(word) > 1)
    return ChapterReport(
        words=len(words),
        sentences=sentences,
        reading_ease=ease,
        level=_level(ease),
        dialogue_share=len(_words(_quoted(text))) / len(words),
        keywords=[Keyword(word, count, 1000 * count / len(words)) for word, count in telling.most_common(max(top, 0))],
        pid=os.getpid(),
    )


@command(raises=[UnknownColumn, NotANumber])
def summarize_table(
    path: str,
    group_by: str,
    value: str,
    order: Literal["group", "count", "mean"] = "group",
    descending: bool = False,
) -> list[GroupStatistics]:
    """Groups the rows of a table and describes one column of numbers in each group.

    Args:
        path: A CSV file in UTF-8 whose first line names the columns.
        group_by: The column whose values make the groups.
        value: The column of numbers; empty cells are left out.
        order: What the groups are sorted by.
        descending: Whether the largest comes first.

    Returns:
        One entry for each group that has a value.

    Raises:
        UnknownColumn: The table has no such column; the message names the ones that come near.
        NotANumber: A cell of the value column is no number; the message names its line.
    """
    groups: defaultdict[str, list[float]] = defaultdict(list)
    with open(path, encoding="utf-8", newline="") as file:
        table = csv.DictReader(file, restval="")
        columns = list(table.fieldnames or [])
        for column in (group_by, value):
            _check_column(column, columns)
        for row in table:
            if row[value]:
                groups[row[group_by]].append(_number(row[value], value, table.line_num))

    found = [_describe(group, values) for group, values in groups.items()]
    return sorted(found, key=lambda each: getattr(each, order), reverse=descending)


@command
def crash() -> None:
    """Ends its process at once, as a fault in native code would. Only this call is lost."""
    os.abort()


_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_SENTENCE_END = re.compile(r"[.!?]+[\"”')_]*(?=\s|--|$)")
_ABBREVIATION = re.compile(r"\b(Mrs?|Dr|St|Esq)\.")
_VOWELS = re.compile(r"[aeiouy]+")

# Words that any English text is full of, and so tell nothing about this one.
_COMMON = frozenset(
    """a about after again all am an and any are as at be been before being but by can could did do does done down each
    even ever every first for from had has have having he her here hers herself him himself his how i if in into is
    it its itself know last made make man many may me might mine miss more most mr mrs much must my myself never next
    no nor not nothing now of on one only or other our out over own said say see shall she should so some soon such
    than that the their them themselves then there therefore these they think this those though till time to too two
    up upon us very was we well went were what when where which while who whom whose will with without would yet you
    your""".split()
)


def _words(text: str) -> list[str]:
    """The words of a text in lower case; the underscores of _emphasis_ fall away."""
    return _WORD.findall(text.lower())


def _syllables(word: str) -> int:
    """Estimates the syllables of an English word: its groups of vowels, without a silent e at the end."""
    silent = word.endswith("e") and not word.endswith(("le", "ee"))
    return max(1, len(_VOWELS.findall(word)) - silent)


def _quoted(text: str) -> str:
    """What is spoken. Marks are paired within a paragraph, as a speech of several opens them anew in each."""
    paragraphs = re.split(r"\n\s*\n", text)
    return "\n".join(speech for paragraph in paragraphs for speech in re.split(r'["“”]', paragraph)[1::2])


def _level(ease: float) -> ReadingLevel:
    """The step of Flesch's table that a score falls into."""
    for lowest, level in zip((90, 80, 70, 60, 50, 30), ReadingLevel):
        if ease >= lowest:
            return level
    return ReadingLevel.VERY_DIFFICULT


def _check_column(name: str, columns: list[str]) -> None:
    if name not in columns:
        near = get_close_matches(name, columns)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(columns)}"
        raise UnknownColumn(f"there is no column {name!r}; {hint}")


def _number(cell: str, column: str, line: int) -> float:
    try:
        return float(cell)
    except ValueError:
        raise NotANumber(f"line {line}, column {column!r}: {cell!r} is no number") from None


def _describe(group: str, values: list[float]) -> GroupStatistics:
    return GroupStatistics(
        group=group,
        count=len(values),
        mean=statistics.fmean(values),
        median=statistics.median(values),
        deviation=statistics.stdev(values) if len(values) > 1 else None,
        minimum=min(values),
        maximum=max(values),
    )
