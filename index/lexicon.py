"""What people say → what notices write: about 5,500 entries, to widen a question, never to replace it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: Columns: lay, official (`|`-separated, commonest first), field, kind.
_TABLE = Path(__file__).parent / "lay_terms.tsv"


@dataclass(frozen=True, slots=True)
class Entry:
    """A lay term, the official terms for it (commonest first), and its kind.

    Kinds: synonym, abbreviation, department, measure, question (question words → cue words).
    """

    lay: str
    official: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found in a text: `text[start:end]` is its lay term, in any case of Latin letters."""

    entry: Entry
    start: int
    end: int


class Lexicon:
    """Finds lay terms in questions; the longest at a place wins (街道 does not fire inside 街道办)."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = {lay.lower(): entry for lay, entry in entries.items()}
        self._longest = max((len(lay) for lay in self._entries), default=0)

    def entries(self) -> tuple[Entry, ...]:
        """All entries, in the order of the table."""
        return tuple(self._entries.values())

    def __contains__(self, term: str) -> bool:
        return term.lower() in self._entries

    @contextmanager
    def without(self, lay: str) -> Iterator[None]:
        """Within it, the entry for `lay` is not there, so that its effect can be measured."""
        entries = self._entries
        self._entries = {term: entry for term, entry in entries.items() if term != lay.lower()}
        try:
            yield
        finally:
            self._entries = entries

    def matches(self, text: str) -> tuple[Match, ...]:
        """The terms that stand in `text`, from left to right, without overlap."""
        lowered = text.lower()
        found: list[Match] = []
        at = 0
        while at < len(lowered):
            end = next(
                (
                    e
                    for e in range(min(len(lowered), at + self._longest), at, -1)
                    if lowered[at:e] in self._entries
                ),
                0,
            )
            if end:
                found.append(Match(self._entries[lowered[at:end]], at, end))
            at = end or at + 1
        return tuple(found)


@cache
def load_lexicon(path: Path = _TABLE) -> Lexicon:
    """The shipped lexicon; several lines for one lay term are joined, in order."""
    entries: dict[str, Entry] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        lay, official, _field, kind = line.split("\t")
        terms = tuple(term for term in official.split("|") if term)
        if lay in entries:
            terms = tuple(dict.fromkeys(entries[lay].official + terms))
        entries[lay] = Entry(lay, terms, kind)
    return Lexicon(entries)
