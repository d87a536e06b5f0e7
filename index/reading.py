"""A question as it is searched: in plain form, mistyped words mended, old names of departments renewed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .lexicon import load_lexicon
from .normalisation import plain_question
from .spelling import Words, misspelt

#: What a short name of one body ends with; 市里 and 上头 name nobody.
_SHORT_NAME = re.compile(r"[局委办部厅院会所队社联]$")


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a question is read against.

    `frequency` gives how many clauses have a word as it is cut; `holds` says whether some clause has a name
    whole, however it is cut, and `near` whether one has two words near each other. What `is_name` is never
    mended.
    """

    frequency: Callable[[str], int]
    holds: Callable[[str], bool]
    near: Callable[[str, str], bool]
    is_name: Callable[[str], bool] = lambda _: False


@dataclass(frozen=True, slots=True)
class Replaced:
    """A word of the question and the one that is looked for instead."""

    said: str
    read: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What is searched for a question: `text`, in which the words in `replaced` stand for what was said."""

    text: str
    replaced: tuple[Replaced, ...] = ()


#: Finds what is to be replaced: (start, end, word) in order, without overlap.
Reader = Callable[[str, Corpus], list[tuple[int, int, str]]]


def _mended(text: str, corpus: Corpus) -> list[tuple[int, int, str]]:
    lexicon = load_lexicon()

    def frequency(word: str) -> int:
        return corpus.frequency(word) or int(word in lexicon)

    def near(word: str, other: str) -> bool:
        return word in lexicon or corpus.near(word, other)

    return [(m.start, m.end, m.word) for m in misspelt(text, Words(frequency, near, corpus.is_name))]


def _renewed(text: str, corpus: Corpus) -> list[tuple[int, int, str]]:
    """Names of departments that no clause has, with the first of their official names that one has."""
    found = []
    for match in load_lexicon().matches(text):
        entry = match.entry
        if entry.kind == "department" and _SHORT_NAME.search(entry.lay) and not corpus.holds(entry.lay):
            official = next((name for name in entry.official if corpus.holds(name)), None)
            if official:
                found.append((match.start, match.end, official))
    return found


#: The readers by name, in order, so that each can be left out to be measured.
READERS: dict[str, Reader] = {"spelling": _mended, "departments": _renewed}


def read_question(question: str, corpus: Corpus) -> Reading:
    """The reading of `question` against a corpus; what was replaced is in the order of the readers."""
    text = plain_question(question)
    replaced: list[Replaced] = []
    for reader in READERS.values():
        at, parts = 0, []
        for start, end, word in reader(text, corpus):
            replaced.append(Replaced(text[start:end], word))
            parts += [text[at:start], word]
            at = end
        text = "".join([*parts, text[at:]])
    return Reading(text, tuple(replaced))
