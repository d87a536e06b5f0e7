"""What questions are read against: the words of the clauses, looked up in the indexes."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.notice import Clause

from .catalogue import Catalogue
from .lexical import LexicalIndex
from .reading import Corpus

#: Whether some clause has a text is looked up in so many that the lexical index finds for its words.
_READ = 20

#: Words so many characters apart speak of one thing.
_NEAR = 16


def corpus_of(catalogue: Catalogue, lexical: LexicalIndex, is_name: Callable[[str], bool]) -> Corpus:
    """The corpus that a catalogue and the lexical index made from it hold."""

    def has(pattern: str, words: str) -> bool:
        found = catalogue.by_rowids(list(lexical.search(words, _READ))).values()
        return any(re.search(pattern, _squashed(record.clause)) for record in found)

    def holds(name: str) -> bool:
        return has(re.escape(name), name)

    def near(one: str, other: str) -> bool:
        a, b, gap = re.escape(one), re.escape(other), f".{{0,{_NEAR}}}"
        return has(f"{a}{gap}{b}|{b}{gap}{a}", f"{one} {other}")

    return Corpus(lexical.frequency, holds, near, is_name)


def _squashed(clause: Clause) -> str:
    """All words of a clause without white space, which breaks names in tables."""
    cells = filter(None, (clause.fields or {}).values())
    return "".join(" ".join([*clause.headings, clause.heading or "", clause.text, *cells]).split())
