"""The content words of a question, each with its weight and the official forms that notices write for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.types import Term
from assistant.vocabulary import Vocabulary
from assistant.wording import STOP_WORDS, comparable, words
from index.lexicon import Match, load_lexicon
from index.segmentation import segmenter

#: Departments of the lexicon say who, not what a question is about.
_KINDS = frozenset({"synonym", "abbreviation", "measure", "question"})
#: The commonest official terms are enough; the later ones are looser.
_FORMS = 4
#: A word that stands nowhere tells clauses apart no better than a rare one.
_UNKNOWN = 4.0
#: Words of asking with their cue words (什么时候生效 → 施行日期) help a little.
_ASKING = 2.0


def terms_of(text: str, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """The terms of `text`, each once, in order: lay terms of the lexicon whole, the rest word by word."""
    plain = re.sub(r"\d{4}年(?:底|末|初)?", "，", comparable(text))  # or 2020年海岸线 gives 年海
    matches = {m.start: m for m in _whole_word_matches(plain)}
    found: dict[str, Term] = {}
    at = 0
    for word in _segments(plain, matches):
        if (match := matches.get(at)) is not None and len(word) == match.end - match.start:
            term = _term(word, match.entry.official[:_FORMS], vocabulary)
            asking = match.entry.kind == "question"
            found.setdefault(word, replace(term, weight=_ASKING, asking=True) if asking else term)
        else:
            for part in words(word):
                if part not in STOP_WORDS:
                    found.setdefault(part, _term(part, (), vocabulary))
        at += len(word)
    return tuple(found.values())


def official_words(terms: Sequence[Term]) -> tuple[str, ...]:
    """The commonest official form of each term that has any, to widen a search with."""
    return tuple(dict.fromkeys(t.forms[0] for t in terms if t.forms))


def _term(word: str, forms: Sequence[str], vocabulary: Vocabulary) -> Term:
    plain_forms = tuple(dict.fromkeys(comparable(f) for f in forms if comparable(f) != word))
    known = vocabulary.known(word) or any(vocabulary.known(w) for f in plain_forms for w in words(f))
    weight = vocabulary.weight(word) if vocabulary.known(word) else _UNKNOWN
    return Term(word, weight, plain_forms, known)


def _whole_word_matches(text: str) -> Iterator[Match]:
    """Lexicon entries that lie in one word or begin and end where words do (never 污染天 in 污染|天气)."""
    ends = [0]
    for word in segmenter().cut(text):
        ends.append(ends[-1] + len(word))
    boundaries = set(ends)
    for match in load_lexicon().matches(text):
        whole = match.start in boundaries and match.end in boundaries
        inside = not any(match.start < b < match.end for b in boundaries)  # 鞭炮 in 放鞭炮
        if (whole or inside) and match.entry.kind in _KINDS and match.entry.lay not in STOP_WORDS:
            yield match


def _segments(text: str, matches: dict[int, Match]) -> Iterator[str]:
    """`text` cut into matched terms and the runs between them."""
    at = 0
    for start, match in sorted(matches.items()):
        if start > at:
            yield text[at:start]
        yield text[start : match.end]
        at = match.end
    if at < len(text):
        yield text[at:]
