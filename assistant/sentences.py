"""The sentences of a clause, with their places, and how well each answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.types import QuestionKind, Term, Understood, Want
from assistant.wording import boundaries, comparable, figures, pairs, run_around, years

#: A sentence ends after 。！？； and the quotes or brackets that close it.
_END = re.compile(r"[。！？!?；;]+[”’』」）)]*|\n+")
_DATE = re.compile(r"\d{4}年|\d{1,2}月|年底|月底|季度|年初|上半年|下半年|每年|年内|之日起")
_MONEY = re.compile(r"\d(?:\.\d+)?\s*(?:[万亿千百]?元|万|亿)")
_COUNT = re.compile(r"\d(?:%|‰|[^\d”\"+.年月日]|$)|[一二三四五六七八九十百]+[个项条种类家成倍]")
#: A sentence that says it states targets, and one that speaks of other years than the one asked for.
_TARGETS, _OTHER_YEARS = 0.2, 0.2
#: A sentence that names the indicator whole, and not its words apart.
_NAMED = 0.25
_TARGET = re.compile(r"目标(?:是|为|[:：])")
#: A word that goes without saying counts this much.
_GIVEN = 0.8
#: An official form counts a little less than the word itself.
_FORM = 0.9

_BODY = re.compile(r"[局委办厅院]|部门|单位|政府|公司|集团|小组")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A contiguous run of a clause's text: `clause.text[start:end] == text`."""

    text: str
    start: int
    end: int


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text` in order, each without white space around it; empty for blank text."""
    found: list[Sentence] = []
    start = 0
    ends = [m.end() for m in _END.finditer(text)] + [len(text)]
    for end in ends:
        raw = text[start:end]
        body = raw.strip()
        if body:
            at = start + raw.index(body)
            found.append(Sentence(body, at, at + len(body)))
        start = max(start, end)
    return tuple(found)


#: A further sentence must add this much, and this share of what the first one gave.
_LEAST, _SHARE = 0.12, 0.2
#: A list goes on from sentence to sentence: each that adds anything belongs to it.
_LEAST_OF_LIST = 0.04
#: A clause this short is shown whole; of a longer one only the sentences that answer.
_WHOLE = 160
_ASKED_AGAIN = re.compile(r"什么时候|何时|哪年|哪一年|哪1年|多少|几个|几[项座处家]")
#: Kinds whose answers are complete rather than brief.
_COMPLETE = frozenset({QuestionKind.COMPARE, QuestionKind.UNIT_TASKS})


@lru_cache(maxsize=20_000)  # the sentences of the last dozen questions: more only fills the memory
def presence(word: str, text: str) -> float:
    """How far `word` stands in `text` (both comparable): 1 whole, else its share of character pairs, damped.

    Pairs let 受污染耕地 meet 污染耕地 and forgive segmentation; one character says little.
    """
    if len(word) == 1:
        return 0.4 if word in text else 0.0
    if word in text and _stands_whole(word, text):
        return 1.0
    if len(word) == 2:
        return 0.0
    shared = pairs(word)
    hit = sum(p in text for p in shared) / len(shared)
    return 0.6 * hit if hit >= 0.5 else 0.0


def _stands_whole(word: str, text: str) -> bool:
    """False for two characters that two other words only bring together (入学 in 深入学习)."""
    if len(word) != 2:
        return True
    at = text.find(word)
    while at >= 0:
        start, run = run_around(text, at)
        ends = boundaries(run)
        if at - start in ends or at - start + len(word) in ends:
            return True
        at = text.find(word, at + 1)
    return False


def term_presence(term: Term, text: str) -> float:
    """How far a term stands in `text`, as itself or, counting a little less, as one of its official forms."""
    own = presence(term.word, text)
    if own == 1.0 or not term.forms:
        return own
    return max(own, _FORM * max(presence(form, text) for form in term.forms))


def coverage(terms: Sequence[Term], text: str, understood_by: str = "") -> float:
    """The weighted share of `terms` that stand in `text`, 0 to 1; 0 without terms.

    Words that stand in `understood_by` (the notice's title) go without saying in its clauses: they count
    nearly as much as if they were said, so that a preamble that repeats the title gains nothing by it.
    """
    total = sum(t.weight for t in terms)
    if not total:
        return 0.0
    plain, given = comparable(text), comparable(understood_by)
    return sum(t.weight * _presence_given(t, plain, given) for t in terms) / total


def _presence_given(term: Term, text: str, given: str) -> float:
    said = term_presence(term, text)
    return said if said >= _GIVEN or not given else max(said, _GIVEN * term_presence(term, given))


def cue(understood: Understood, text: str) -> float:
    """The share of what the question wants that `text` could hold; 1 when it wants nothing special."""
    wants = understood.wants - {Want.PERSON, Want.CONTACT, Want.FREQUENCY}
    if not wants:
        return 1.0 if understood.kind is not QuestionKind.LIST else min(1.0, text.count("、") / 3)
    tests = {
        Want.FIGURE: _COUNT.search,
        Want.DATE: _DATE.search,
        Want.BODY: _BODY.search,
        Want.MONEY: _MONEY.search,
    }
    return sum(bool(tests[w](comparable(text))) for w in wants) / len(wants)


def shares_figures(understood: Understood, text: str) -> float:
    """The share of the question's numbers (years included) that `text` has; 0 without any."""
    asked = figures(understood.question)
    return len(asked & figures(text)) / len(asked) if asked else 0.0


def speaks_of_other_years(understood: Understood, text: str) -> bool:
    """True when `text` states years and none of them is one that the question asks for."""
    stated = years(text) if understood.years else ()
    return bool(stated) and not set(stated) & set(understood.years)


def speaks_of_targets(understood: Understood, text: str) -> bool:
    """True when targets are asked for and `text` says that it states them (主要预期目标是：…)."""
    return "目标" in understood.question and bool(_TARGET.search(text))


def _signs(understood: Understood, text: str) -> float:
    """What speaks for a sentence beside the words it shares."""
    return (
        0.15 * shares_figures(understood, text)
        + (_TARGETS if speaks_of_targets(understood, text) else 0.0)
        + (_NAMED if understood.indicator and understood.indicator.lower() in comparable(text) else 0.0)
        - (_OTHER_YEARS if speaks_of_other_years(understood, text) else 0.0)
    )


def sentence_score(understood: Understood, sentence: str) -> float:
    """How well one sentence answers: words shared, the wanted form, the question's own numbers."""
    return (
        coverage(understood.terms, sentence) + 0.25 * cue(understood, sentence) + _signs(understood, sentence)
    )


def best_sentences(understood: Understood, text: str, budget: int) -> tuple[Sentence, ...]:
    """The sentences to show, in document order, at most `budget` characters in all (the best one always).

    Chosen one by one, each for the question's words that the earlier ones leave uncovered, so that a question
    in two parts gets both; what is left of the budget goes to the next best.
    """
    pool = list(sentences(text))
    if understood.address is not None and not understood.wants:
        return _opening(pool, budget)
    if sum(len(s.text) for s in pool) <= (budget if understood.kind in _COMPLETE else min(budget, _WHOLE)):
        return tuple(pool)
    chosen: list[Sentence] = []
    covered: dict[str, float] = {}
    left, first = budget, 0.0
    while pool:
        best = max(pool, key=lambda s: (_gain(understood, s.text, covered), -s.start))
        pool.remove(best)
        if chosen and len(best.text) > left:
            continue
        gain = _gain(understood, best.text, covered)
        least = _LEAST_OF_LIST if understood.kind is QuestionKind.LIST else max(_LEAST, _SHARE * first)
        if chosen and gain <= least:
            break
        first = first or gain
        chosen.append(best)
        left -= len(best.text)
        plain = comparable(best.text)
        for term in understood.terms:
            covered[term.word] = max(covered.get(term.word, 0.0), term_presence(term, plain))
    chosen += _asked_again(understood, chosen, pool, left)
    return tuple(sorted(chosen, key=lambda s: s.start))


def _asked_again(
    understood: Understood, chosen: Sequence[Sentence], pool: Sequence[Sentence], left: int
) -> list[Sentence]:
    """For a question that asks twice (…什么时候？…又到什么时候？), the next sentence with a date or figure
    and a word of the question, within what is left of the budget."""
    asked = len(_ASKED_AGAIN.findall(understood.question))
    holding = [s for s in chosen if cue(understood, s.text) == 1.0]
    if asked < 2 or not understood.wants or len(holding) >= asked:
        return []
    near = [
        s
        for s in pool
        if cue(understood, s.text) == 1.0 and coverage(understood.terms, s.text) > 0 and len(s.text) <= left
    ]
    near.sort(key=lambda s: (-coverage(understood.terms, s.text), s.start))
    return near[: asked - len(holding)]


def _opening(pool: Sequence[Sentence], budget: int) -> tuple[Sentence, ...]:
    """The first sentences within `budget`: who asks for an address wants the clause as it begins."""
    shown = 0
    for count, sentence in enumerate(pool):
        shown += len(sentence.text)
        if shown > budget and count:
            return tuple(pool[:count])
    return tuple(pool)


def _gain(understood: Understood, text: str, covered: dict[str, float]) -> float:
    total = sum(t.weight for t in understood.terms) or 1.0
    plain = comparable(text)
    new = sum(
        t.weight * max(0.0, term_presence(t, plain) - 0.8 * covered.get(t.word, 0.0))
        for t in understood.terms
    )
    return (
        new / total + 0.25 * cue(understood, text) * (1.0 if not covered else 0.4) + _signs(understood, text)
    )
