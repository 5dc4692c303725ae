"""Reads docstrings in the three styles in use: Google's, NumPy's and reStructuredText's field lists.

A style is known by its marks (`Args:`, a dashed underline, `:param x:`), and a docstring may mix them. What is in no
section that the schema has a place for stays in the description.
"""

from __future__ import annotations

import inspect
import re
from typing import Dict, List, NamedTuple, Optional, Tuple

_SECTIONS = {
    "args": "parameters",
    "arguments": "parameters",
    "parameters": "parameters",
    "params": "parameters",
    "other parameters": "parameters",
    "keyword args": "parameters",
    "keyword arguments": "parameters",
    "attributes": "parameters",
    "returns": "returns",
    "return": "returns",
    "raises": "raises",
}
_FIELD = re.compile(r"^:(?P<kind>\w+)(?:\s+(?P<subject>[^:]+?))?:(?:\s+(?P<text>.*))?$")
_FIELD_KINDS = {
    **dict.fromkeys(("param", "parameter", "arg", "argument", "key", "keyword", "ivar", "var", "cvar"), "parameters"),
    **dict.fromkeys(("raises", "raise", "except", "exception"), "raises"),
    **dict.fromkeys(("returns", "return"), "returns"),
    **dict.fromkeys(("type", "rtype", "vartype"), "dropped"),
}
_GOOGLE_ENTRY = re.compile(r"^(?P<subject>\*{0,2}[\w.]+)\s*(?:\([^)]*\))?\s*:(?:\s+(?P<text>.*))?$")
_LEADING_TYPE = re.compile(r"^[A-Za-z_][\w.]*(?:\[[^:]*\])?(?:\s*\|\s*[A-Za-z_][\w.\[\]]*)*:\s+")


class Docstring(NamedTuple):
    """What a docstring says.

    Attributes:
        summary: Its first paragraph, on one line.
        description: Its other paragraphs.
        parameters: A description for each parameter, or for each attribute of a class.
        returns: The description of the result.
        raises: A description for each exception, by the name as it was written.
    """

    summary: str
    description: str
    parameters: Dict[str, str]
    returns: str
    raises: Dict[str, str]

    def text(self) -> str:
        """Summary and description in one."""
        return "\n\n".join(part for part in (self.summary, self.description) if part)


def parse(docstring: Optional[str]) -> Docstring:
    """Reads a docstring in any of the styles. None reads as an empty one."""
    lines = [line.rstrip() for line in inspect.cleandoc(docstring or "").splitlines()]
    reader = _Reader(lines)
    reader.read()
    # A section that was taken out leaves blank lines on both sides of the gap.
    prose = re.sub(r"\n{3,}", "\n\n", "\n".join(reader.prose).strip("\n"))
    summary, _, description = prose.partition("\n\n")
    return Docstring(
        " ".join(summary.split()),
        description.strip("\n"),
        {name: _joined(text) for name, text in reader.parameters.items() if _joined(text)},
        _joined(reader.returns),
        {name: _joined(text) for name, text in reader.raises.items()},
    )


class _Reader:
    """Goes through the lines once; what is left when no section claims a line is prose."""

    def __init__(self, lines: List[str]) -> None:
        self._lines = lines
        self._next = 0
        self.prose: List[str] = []
        self.parameters: Dict[str, List[str]] = {}
        self.returns: List[str] = []
        self.raises: Dict[str, List[str]] = {}

    def read(self) -> None:
        while self._next < len(self._lines):
            line = self._lines[self._next]
            field = _FIELD.match(line)
            section = _SECTIONS.get(line[:-1].lower()) if line.endswith(":") else None
            if field is not None and field["kind"] in _FIELD_KINDS:
                self._next += 1
                self._read_field(field)
            elif section is not None and self._is_followed_by_indented():
                self._next += 1
                self._read_google(section)
            elif self._is_underlined() and line.lower() in _SECTIONS:
                self._next += 2
                self._read_numpy(_SECTIONS[line.lower()])
            else:
                self._next += 1
                self.prose.append(line)

    def _read_field(self, field: re.Match[str]) -> None:
        text = [field["text"] or "", *self._indented_block()]
        kind = _FIELD_KINDS[field["kind"]]
        subject = (field["subject"] or "").strip()
        if kind == "returns":
            self.returns = text
        elif kind == "parameters" and subject:
            # `:param int x:` puts the type before the name.
            self.parameters[subject.split()[-1].lstrip("*")] = text
        elif kind == "raises" and subject:
            self.raises[subject] = text

    def _read_google(self, section: str) -> None:
        block = self._indented_block()
        if section == "returns":
            block[0] = _LEADING_TYPE.sub("", block[0], count=1)
            self.returns = block
            return
        target = self.parameters if section == "parameters" else self.raises
        current: List[str] = []
        for line in block:
            entry = None if line.startswith(" ") else _GOOGLE_ENTRY.match(line)
            if entry is not None:
                current = target[entry["subject"].lstrip("*")] = [entry["text"] or ""]
            else:
                current.append(line.strip())

    def _read_numpy(self, section: str) -> None:
        for heading, text in self._numpy_entries():
            if section == "returns":
                # A lone line under Returns is the type where text follows it, and the text itself otherwise.
                self.returns += text or [heading]
                continue
            for name in heading.split(":")[0].split(","):
                target = self.parameters if section == "parameters" else self.raises
                target[name.strip().lstrip("*")] = text

    def _numpy_entries(self) -> List[Tuple[str, List[str]]]:
        entries: List[Tuple[str, List[str]]] = []
        while self._next < len(self._lines) and not self._is_underlined():
            line = self._lines[self._next]
            self._next += 1
            if line and not line.startswith(" "):
                entries.append((line, self._indented_block()))
        return entries

    def _indented_block(self) -> List[str]:
        """Takes the following lines that are indented or blank, and removes their common indentation."""
        start = self._next
        while self._next < len(self._lines) and (
            self._lines[self._next].startswith(" ") or (not self._lines[self._next] and self._blank_is_inside())
        ):
            self._next += 1
        block = self._lines[start : self._next]
        margin = min((len(line) - len(line.lstrip()) for line in block if line), default=0)
        return [line[margin:] for line in block]

    def _blank_is_inside(self) -> bool:
        following = next((line for line in self._lines[self._next :] if line), "")
        return following.startswith(" ")

    def _is_followed_by_indented(self) -> bool:
        return self._next + 1 < len(self._lines) and self._lines[self._next + 1].startswith(" ")

    def _is_underlined(self) -> bool:
        below = self._lines[self._next + 1] if self._next + 1 < len(self._lines) else ""
        return bool(self._lines[self._next]) and len(below) >= 3 and not below.strip("-")


def _joined(lines: List[str]) -> str:
    paragraphs = "\n".join(line.strip() for line in lines).split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip())


def own_docstring(cls: type) -> str:
    """The docstring that the author wrote; empty where there is none, or only a generated one."""
    text: Optional[str] = cls.__dict__.get("__doc__")
    if text is None or text == "An enumeration." or ("\n" not in text and text.startswith(cls.__name__ + "(")):
        return ""  # Written by enum or dataclasses, not by the author.
    return text
