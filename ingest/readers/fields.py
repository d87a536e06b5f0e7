"""Fields of word processors: code and result, such as DATE and 2024年3月1日."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.readers.numerals import written

_ENCLOSED = re.compile(r"(?i)\beq\b.*\\o\s*\\a[cdlr]*\s*\([^,，]{1,3}[,，]\s*(\S{1,3})\s*\)")
_MAX_CODE = 1000
_MAX_OPEN = 30  # fields in fields


@dataclass(slots=True)
class _Field:
    code: str = ""
    is_in_code: bool = True
    is_contents: bool = False


@dataclass(slots=True)
class FieldState:
    """The fields that are open where the reader stands; a field's result may reach over many paragraphs.

    A field prints its result and not its code; the result of a table of contents is no text of the document.
    """

    are_closed: bool = True  # false in a damaged document: then no field takes text away
    open: list[_Field] = field(default_factory=list)

    @property
    def prints(self) -> bool:
        """Whether text at this place is printed."""
        return not self.open or not any(entry.is_in_code or entry.is_contents for entry in self.open)

    def mark(self, kind: str) -> str:
        """Pass a `begin`, `separate` or `end`; return what a field without a result prints."""
        if kind == "begin":
            if len(self.open) < _MAX_OPEN:
                self.open.append(_Field())
        elif kind == "separate" and self.open:
            entry = self.open[-1]
            entry.is_in_code = False
            entry.is_contents = self.are_closed and is_contents(entry.code)
        elif kind == "end" and self.open:
            entry = self.open.pop()
            return circled(entry.code) if entry.is_in_code and self.prints else ""
        return ""

    def add_code(self, text: str) -> None:
        """Pass a piece of the innermost field's code."""
        if self.open:
            self.open[-1].code = (self.open[-1].code + text)[:_MAX_CODE]

    def end_paragraph(self) -> None:
        """A code ends with its paragraph at the latest: one never closed must not take the rest away."""
        self.open = [entry for entry in self.open if not entry.is_in_code]


def is_contents(code: str) -> bool:
    """Whether the result of a field with this code is a table of contents."""
    return code.strip().upper().startswith("TOC")


def circled(code: str) -> str:
    """Return what the field prints that Word writes for a character in a circle, EQ \\o\\ac(○,1): ①."""
    found = _ENCLOSED.search(code)
    if not found:
        return ""
    text = found.group(1)
    return written(int(text), "decimalEnclosedCircle") if text.isdecimal() else text
