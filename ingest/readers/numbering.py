"""The labels that a word processor generates in front of numbered paragraphs, as it prints them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from ingest.readers.numerals import written

LEVELS = 9  # a list has nine levels (ECMA-376 part 1, 17.9.6; MS-DOC 2.9.150)

# A label that ends so needs no blank before the text: 一、总体要求, not 一、 总体要求.
_CLOSED = "、，。．；：）】》」"
# What bullets print that is more than a mark: a dash opens an enumeration in a notice.
_DASHES = "-—–－―─"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `template` holds the numbers of levels as %1 … %9 (`第%1条`, `%1.%2`).

    `restart` is the number of the level (from 1) after which numbers begin anew, 0 for never, None for any
    level above. `legal` prints all numbers as digits.
    """

    form: str = "decimal"
    template: str = ""
    start: int = 1
    spaced: bool = True
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list as paragraphs refer to it: lists with one `sequence` go on counting from each other.

    `begins` holds, by level, the number that the first paragraph of this very list is given.
    """

    sequence: Hashable
    levels: Mapping[int, Level]
    begins: Mapping[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Counters:
    """Counts numbered paragraphs in document order."""

    _numbers: dict[Hashable, dict[int, int]] = field(default_factory=dict)
    _begun: set[int] = field(default_factory=set)

    def label(self, numbered: NumberedList, at: int) -> str:
        """Return what is printed before the next paragraph of `numbered` at level `at` (from 0), with the
        blank that follows; "" if nothing is. (ECMA-376 part 1, 17.9)
        """
        level = numbered.levels.get(at)
        if level is None:
            return ""
        numbers = self._numbers.setdefault(numbered.sequence, {})
        if id(numbered) not in self._begun:
            self._begun.add(id(numbered))
            for place, begin in numbered.begins.items():
                numbers[place] = begin - 1
        numbers[at] = numbers.get(at, level.start - 1) + 1
        for below in [place for place in numbers if place > at]:
            if _restarts(numbered.levels.get(below), at):
                del numbers[below]
        return _printed(numbered, level, numbers)


def before_text(label: str, *, spaced: bool = True) -> str:
    """Return `label` as it stands before a text: with the blank that it needs, "" if it is a mere mark.

    `spaced` is False where the list has nothing between label and text.
    """
    text = label.strip()
    if not any(char.isalnum() for char in text):
        return text if all(char in _DASHES for char in text) else ""
    return f"{text} " if spaced and text[-1] not in _CLOSED else text


def _restarts(level: Level | None, above: int) -> bool:
    return level is None or level.restart is None or above < level.restart


def _printed(numbered: NumberedList, level: Level, numbers: Mapping[int, int]) -> str:
    text = level.template
    if level.form == "bullet":
        return before_text(text, spaced=level.spaced)
    for place in range(LEVELS):
        if f"%{place + 1}" in text:
            above = numbered.levels.get(place, level)
            number = numbers.get(place, above.start)
            form = "decimal" if level.legal and above.form != "decimalZero" else above.form
            text = text.replace(f"%{place + 1}", written(number, form))
    return before_text(text, spaced=level.spaced)
