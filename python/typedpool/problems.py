"""What keeps a module from being exported, told in the form that a build shows as an error with its place.

Each cause has one id. The ids are listed in docs/schema.md.
"""

from __future__ import annotations

from typing import NamedTuple, Optional, Sequence, Tuple

NOT_IMPORTED = "TPY0001"
NO_COMMANDS = "TPY0002"
NOT_ANNOTATED = "TPY0003"
NOT_EVALUATED = "TPY0004"
NOT_DESCRIBABLE = "TPY0005"
NOT_SUPPORTED_YET = "TPY0006"
DUPLICATE_NAME = "TPY0007"
NOT_A_PLAIN_FUNCTION = "TPY0008"
VARIADIC = "TPY0009"
DEFAULT_MISFITS = "TPY0010"
BAD_RAISES = "TPY0011"
BAD_NAME = "TPY0012"
TYPE_NAME_COLLIDES = "TPY0013"
UNTYPED = "TPY0014"


class Place(NamedTuple):
    """Where in the user's source something stands.

    Attributes:
        file: An absolute path, or None where there is no file to point at.
        line: Counted from 1.
        column: Counted from 1.
    """

    file: Optional[str]
    line: int = 1
    column: int = 1

    def sort_key(self) -> Tuple[str, int, int]:
        """Orders places by file, then by where they stand in it."""
        return self.file or "", self.line, self.column

    def __str__(self) -> str:
        return "typedpool" if self.file is None else f"{self.file}({self.line},{self.column})"


class Problem(NamedTuple):
    """One reason why the export fails. `text` says what is wrong and what to write instead."""

    place: Place
    id: str
    text: str

    def __str__(self) -> str:
        # MSBuild recognises an error line by line: all of it has to stand on one.
        return f"{self.place}: error {self.id}: {' '.join(self.text.split())}"


class ExportError(Exception):
    """A module cannot be exported. `problems` holds every reason, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class Unsupported(Exception):
    """An annotation that the schema cannot express. Whoever knows where it stands turns it into a `Problem`."""

    def __init__(self, id: str, text: str) -> None:
        super().__init__(text)
        self.id = id
        self.text = text
