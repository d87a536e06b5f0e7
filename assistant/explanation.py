"""Why each retrieved clause was found: scores, shared words, lexicon entries, what its place stands on."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.ranking import context
from assistant.types import Answer, Sign, Term
from assistant.wording import comparable
from index.matching import MatchedWord, matched_words
from index.types import Hit

#: Smaller parts of a score change no order and tell nobody anything.
_LEAST = 0.005


@dataclass(frozen=True, slots=True)
class EntryMatch:
    """A lexicon entry that led here: `lay` as the question says it, `official` as the clause has it."""

    lay: str
    official: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one clause stands at `rank` (from 1) among the retrieved ones.

    `marker` is its number in the answer, None where it is not cited. `hit` has the scores of the index: BM25
    in `lexical`, cosine in `dense` (None where that ranking did not have it), both fused in `score`;
    `lexical_rank` and `dense_rank` are its places (from 1) by them among the retrieved clauses. `signs` add
    up to the score of the assistant's order; without any the clause was not ranked but taken from the
    catalogue, by its address or because it charges the body asked for.
    """

    rank: int
    marker: int | None
    hit: Hit
    lexical_rank: int | None
    dense_rank: int | None
    words: tuple[MatchedWord, ...]
    entries: tuple[EntryMatch, ...]
    signs: tuple[Sign, ...]


def explain(answer: Answer, *, cited_only: bool = False) -> tuple[Explanation, ...]:
    """An explanation of each of `answer.retrieved`, in its order; or only of those that are cited."""
    markers = {citation.clause.id: citation.marker for citation in reversed(answer.citations)}
    lexical = _places({hit.clause.id: hit.lexical for hit in answer.retrieved})
    dense = _places({hit.clause.id: hit.dense for hit in answer.retrieved})
    return tuple(
        Explanation(
            rank=rank,
            marker=markers.get(hit.clause.id),
            hit=hit,
            lexical_rank=lexical.get(hit.clause.id),
            dense_rank=dense.get(hit.clause.id),
            words=matched_words(answer.understood.query, hit.clause, hit.notice.card),
            entries=_entries(answer.understood.terms, hit),
            signs=tuple(s for s in answer.signs.get(hit.clause.id, ()) if abs(s.value) >= _LEAST),
        )
        for rank, hit in enumerate(answer.retrieved, 1)
        if not cited_only or hit.clause.id in markers
    )


def _places(scores: dict[str, float | None]) -> dict[str, int]:
    """The place of each clause by its score, the highest first, ties by id."""
    scored = sorted((-score, clause_id) for clause_id, score in scores.items() if score is not None)
    return {clause_id: place for place, (_, clause_id) in enumerate(scored, 1)}


def _entries(terms: tuple[Term, ...], hit: Hit) -> tuple[EntryMatch, ...]:
    text = comparable(context(hit.clause))
    return tuple(EntryMatch(t.word, form) for t in terms for form in t.forms if form in text)
