"""Answers against clause-level gold: was the clause found, is the answer right, does its source say so."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.comparable import squash
from eval.gold import UNANSWERABLE, Evidence, Gold, GoldClause, Question
from eval.predictions import AnswerLine, Passage

#: Answers of these types are read in one breath: only so many characters of the text count.
BRIEF_TYPES = frozenset({"fact", "who", "when", "task", "paraphrase", "followup"})
BRIEF_LENGTH = 300

#: In the order of the table; the last applies to unanswerable questions, all others to answerable ones.
MEASURES = (
    "hit@1",
    "recall@5",
    "recall@10",
    "mrr@10",
    "ndcg@10",
    "must",
    "cite_p",
    "cite_r",
    "cite_f1",
    "quotes_true",
    "abstain_wrong",
    "abstain_right",
)

#: A clause's address together with the notice it stands in (None: a file outside the benchmark).
Address = tuple[str | None, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """The values of one question by measure, and one Chinese phrase for each thing that went wrong."""

    question: Question
    values: Mapping[str, float]
    misses: tuple[str, ...]


def score_answers(
    gold: Gold, questions: Iterable[Question], answers: Mapping[str, AnswerLine]
) -> list[QuestionScore]:
    """The score of every question in order; a question without an answer counts as an empty answer."""
    scores = []
    for question in questions:
        answer = answers.get(question.id)
        scored = _score(gold, question, answer or AnswerLine(question.id))
        missing = ("没有答案",) if answer is None else ()
        scores.append(QuestionScore(question, scored.values, missing + scored.misses))
    return scores


def _score(gold: Gold, question: Question, answer: AnswerLine) -> QuestionScore:
    if question.type == UNANSWERABLE:
        wrong = () if answer.abstained else ("应当拒答",)
        return QuestionScore(question, {"abstain_right": float(answer.abstained)}, wrong)
    ranks = [evidence_rank(gold, question, evidence, answer.retrieved) for evidence in question.evidence]
    lacking = lacking_strings(question, answer.answer)
    cited = citation_scores(gold, question, answer.citations)
    values = {
        **rank_scores(ranks),
        "must": float(not lacking),
        **cited,
        "quotes_true": float(all(quote_is_true(gold, citation) for citation in answer.citations)),
        "abstain_wrong": float(answer.abstained),
    }
    misses: list[str] = []
    if all(rank is None or rank >= 5 for rank in ranks):
        misses.append("前五条里没有证据")
    if lacking:
        misses.append(f"答案缺少：{'、'.join(lacking)}")
    if cited["cite_r"] == 0:
        misses.append("没有引用正确的条款")
    if not values["quotes_true"]:
        misses.append("引文不在所引条款中")
    return QuestionScore(question, values, tuple(misses))


def evidence_rank(
    gold: Gold, question: Question, evidence: Evidence, retrieved: Sequence[Passage]
) -> int | None:
    """The rank (from 0) of the first retrieved clause that holds the evidence; None when none does.

    A clause holds it by its address, or when its span covers the quote. Where one clause answers alone, a
    clause that says the same may stand in for it.
    """
    stand_ins = {(c.doc, c.path) for c in question.also_ok} if len(question.evidence) == 1 else set()
    for rank, passage in enumerate(retrieved):
        address = (gold.doc_of(passage.file), passage.path)
        if address in stand_ins or _holds(passage, address, evidence):
            return rank
    return None


def _holds(passage: Passage, address: Address, evidence: Evidence) -> bool:
    clause = evidence.clause
    if address[0] != clause.doc:
        return False
    if address[1] == clause.path:
        return True
    if evidence.span is None or passage.start is None or passage.end is None:
        return False
    return passage.start <= evidence.span[0] and evidence.span[1] <= passage.end


def rank_scores(ranks: Sequence[int | None]) -> dict[str, float]:
    """Retrieval measures from the rank (from 0, None: not found) of each piece of evidence.

    A clause that holds two pieces gains once in nDCG, while the ideal counts every piece: Järvelin and
    Kekäläinen 2002, https://doi.org/10.1145/582415.582418, with gain 1 and discount log2(rank + 2).
    """
    found = [rank for rank in ranks if rank is not None]
    top = {rank for rank in found if rank < 10}
    ideal = sum(1 / math.log2(i + 2) for i in range(min(10, len(ranks))))
    return {
        "hit@1": float(0 in top),
        "recall@5": sum(rank < 5 for rank in found) / len(ranks),
        "recall@10": sum(rank < 10 for rank in found) / len(ranks),
        "mrr@10": 1 / (min(top) + 1) if top else 0.0,
        "ndcg@10": sum(1 / math.log2(rank + 2) for rank in top) / ideal,
    }


def lacking_strings(question: Question, answer: str) -> list[str]:
    """The strings that the answer lacks, and (after 不应有) those that it holds and may not."""
    text = squash(answer)
    if question.type in BRIEF_TYPES:
        text = text[:BRIEF_LENGTH]
    lacking = [wanted for wanted in question.must if squash(wanted) not in text]
    # the raw answer too: a forbidden character may be one that squashing replaces
    return lacking + [f"不应有{bad}" for bad in question.must_not if squash(bad) in text or bad in answer]


def citation_scores(gold: Gold, question: Question, citations: Iterable[Passage]) -> dict[str, float]:
    """Precision, recall and F1 of the cited addresses against those of the evidence.

    Citing a clause that says the same costs nothing; where one clause answers alone it is as good.
    """
    cited: set[Address] = {(gold.doc_of(citation.file), citation.path) for citation in citations}
    wanted: set[Address] = {_address(evidence.clause) for evidence in question.evidence}
    same: set[Address] = {_address(clause) for clause in question.also_ok} - wanted
    if len(wanted) == 1 and cited & same and not wanted & cited:
        wanted = set(sorted(cited & same, key=str)[:1])
    cited -= same - wanted
    precision, recall = share(len(wanted & cited), len(cited)), share(len(wanted & cited), len(wanted))
    return {"cite_p": precision, "cite_r": recall, "cite_f1": harmonic(precision, recall)}


def quote_is_true(gold: Gold, citation: Passage) -> bool:
    """Whether the quote stands in the gold clause of the cited address or in the source at the cited span."""
    doc, quote = gold.doc_of(citation.file), squash(citation.quote)
    if doc is None or not quote:
        return False
    texts = []
    clause = next((c for c in gold.clauses[doc] if c.path == citation.path), None)
    if clause is not None:
        texts += [clause.text, *clause.fields.values()]
    if citation.start is not None and citation.end is not None:
        texts.append(gold.sources[doc][citation.start : citation.end])
    return any(quote in squash(text) for text in texts)


def share(part: float, whole: float) -> float:
    """`part` of `whole`; 0 of nothing."""
    return part / whole if whole else 0.0


def harmonic(precision: float, recall: float) -> float:
    """F1: the harmonic mean, 0 when both are."""
    return share(2 * precision * recall, precision + recall)


def _address(clause: GoldClause) -> Address:
    return clause.doc, clause.path
