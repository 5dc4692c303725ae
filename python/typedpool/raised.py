"""An exception as the tree that a caller receives: its causes, its notes, the members of a group."""

from __future__ import annotations

from typing import Any, Dict, List, Sequence, Set, cast

from typedpool.commands import qualified_name
from typedpool.loading import without_foreign_frames

MOST_EXCEPTIONS = 100
"""How many exceptions one error holds, those at the ends of long chains and large groups left out."""

DEEPEST = 20
"""How many steps from the raised exception the last one is that is told."""

LONGEST_TEXT = 100_000
"""How many characters of a message, a note or a traceback are told."""


class ErrorTree:
    """Describes one raised exception. User code runs while it does, and may fail again: nothing of that gets out."""

    def __init__(self) -> None:
        self._seen: Set[int] = set()

    def describe(self, error: BaseException, type: str) -> Dict[str, Any]:
        """The members of `data` that every error has.

        Args:
            error: What was raised.
            type: The name under which it is known.
        """
        data = {"type": type, "message": text_of(error), "traceback": _formatted(error, chain=True)}
        self._seen.add(id(error))
        self._add_relatives(data, error, 0)
        return data

    def _node(self, error: BaseException, depth: int) -> Dict[str, Any]:
        data = {"type": name_of(type(error)), "message": text_of(error), "traceback": _formatted(error, chain=False)}
        self._add_relatives(data, error, depth)
        return data

    def _add_relatives(self, data: Dict[str, Any], error: BaseException, depth: int) -> None:
        notes = _notes(error)
        if notes:
            data["notes"] = notes
        cause = _attribute(error, "__cause__")
        if isinstance(cause, BaseException):
            self._add(data, "cause", [cause], depth)
        elif _attribute(error, "__suppress_context__") is not True:
            context = _attribute(error, "__context__")
            if isinstance(context, BaseException):
                self._add(data, "context", [context], depth)
        members = _members(error)
        if members:
            self._add(data, "exceptions", members, depth)

    def _add(self, data: Dict[str, Any], name: str, errors: Sequence[BaseException], depth: int) -> None:
        nodes: List[Dict[str, Any]] = []
        for error in errors:
            if id(error) in self._seen:
                continue  # A circle, as Python's own tracebacks show it: each exception once.
            if depth == DEEPEST or len(self._seen) == MOST_EXCEPTIONS:
                data["truncated"] = True
                break
            self._seen.add(id(error))
            nodes.append(self._node(error, depth + 1))
        if nodes:
            data[name] = nodes if name == "exceptions" else nodes[0]


def name_of(cls: type) -> str:
    """A class by module and name."""
    try:
        return qualified_name(cls)
    except Exception:
        return "builtins.Exception"  # A class may lie even about its name.


def text_of(value: Any) -> str:
    """What `str` makes of a value, if it can."""
    try:
        text = str(value)
        # A subclass of str may do as it likes when it is measured, or written.
        return _short(text if type(text) is str else str.__str__(text))
    except BaseException:
        return "<exception str() failed>"


def _short(text: str) -> str:
    if len(text) <= LONGEST_TEXT:
        return text
    return f"{text[:LONGEST_TEXT]}… ({len(text) - LONGEST_TEXT} more characters)"


def _formatted(error: BaseException, chain: bool) -> str:
    try:
        import traceback  # Most workers never need it.

        trace = without_foreign_frames(error.__traceback__)
        return _short("".join(traceback.format_exception(type(error), error, trace, chain=chain)))
    except BaseException:
        return ""


def _attribute(error: BaseException, name: str) -> Any:
    try:
        return getattr(error, name, None)
    except BaseException:
        return None


def _notes(error: BaseException) -> List[str]:
    notes = _attribute(error, "__notes__")
    return [text_of(note) for note in cast("List[Any]", notes)] if isinstance(notes, list) else []


def _members(error: BaseException) -> List[BaseException]:
    # By name: before Python 3.11 groups come from a package.
    if not any(base.__name__ == "BaseExceptionGroup" for base in type(error).__mro__):
        return []
    members = _attribute(error, "exceptions")
    if not isinstance(members, (tuple, list)):
        return []
    return [member for member in cast("Sequence[Any]", members) if isinstance(member, BaseException)]
