"""What one answered question adds to the figures of a run, beyond what the answers' scorer gives."""

from __future__ import annotations

from collections.abc import Mapping

from eval.gold import UNANSWERABLE, Question

#: Measures of what was retrieved alone, by the names of `answer_scoring.rank_scores`.
RETRIEVAL = ("hit@1", "recall@5", "recall@10", "mrr@10", "ndcg@10")


def with_address(values: Mapping[str, float]) -> dict[str, float]:
    """The values, and for an answerable question `address_exact`: 1 where exactly the evidence's addresses
    are cited (a clause that says the same counts as in `answer_scoring.citation_scores`)."""
    if "cite_f1" not in values:
        return dict(values)
    named = dict(values)
    return {**named, "address_exact": float(values["cite_f1"] == 1.0)}


def retrieval_only(values: Mapping[str, float]) -> dict[str, float]:
    """Those of the values that say how well was retrieved; none for an unanswerable question."""
    return {name: values[name] for name in RETRIEVAL if name in values}


def is_right(question: Question, values: Mapping[str, float]) -> bool:
    """Whether a person was told the right thing: all required strings and a right address; for an
    unanswerable question that nothing answers it."""
    if question.type == UNANSWERABLE:
        return values["abstain_right"] == 1.0
    return values["must"] == 1.0 and values["cite_r"] > 0.0 and values["abstain_wrong"] == 0.0
