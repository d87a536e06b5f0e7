"""Making one ranking of two.

Scores are fused, not ranks: a rank cannot tell a clause that has all the words of the question from one that
has a few, as long as they come next to each other. Questions on notices name things
as the notice does and want little of the dense side, lay questions on statutes want much; a share of 0.4 is
near the best of both. `scripts/measure-fusion` compares the ways, index/model/README.md has its figures. The
embedded model has a fusion of its own, which was learned (`index.learned_fusion`); these serve the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: The share of the dense score.
DENSE_WEIGHT = 0.4

#: Rank constant of Cormack et al.; large enough that the very first ranks do not decide alone.
RRF_K = 60


def fuse(lexical: Mapping[int, float], dense: Mapping[int, float]) -> dict[int, float]:
    """The choice for a model without learned weights: `weighted_scores` with `DENSE_WEIGHT`."""
    return weighted_scores(lexical, dense, weight=DENSE_WEIGHT)


def reciprocal_rank(rankings: Sequence[Sequence[int]], *, k: int = RRF_K) -> dict[int, float]:
    """Each document's reciprocal rank fusion score, sum of 1 / (k + rank) with ranks from 1, best first.

    A document that a ranking lacks gets nothing from it; ties are ordered by document number. Cormack, Clarke
    and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods", 2009.
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, document in enumerate(ranking, start=1):
            scores[document] = scores.get(document, 0.0) + 1.0 / (k + rank)
    return _ordered(scores)


def weighted_scores(
    lexical: Mapping[int, float], dense: Mapping[int, float], *, weight: float
) -> dict[int, float]:
    """Each document's (1 - weight) · lexical + weight · dense over min-max normalised scores, best first.

    Scores of either side are scaled to 0…1 over the documents given; a document that one side lacks gets 0
    there; a side whose scores are all equal gives each of its documents 1. Ties are ordered by number.
    Fox and Shaw, "Combination of multiple searches", TREC-2, 1994 (CombSUM); weights as in Bruch et al.,
    "An analysis of fusion functions for hybrid retrieval", TOIS 2023.
    """
    scores: dict[int, float] = {}
    for share, side in ((1.0 - weight, lexical), (weight, dense)):
        for document, score in _scaled(side).items():
            scores[document] = scores.get(document, 0.0) + share * score
    return _ordered(scores)


def _scaled(scores: Mapping[int, float]) -> dict[int, float]:
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high == low:
        return dict.fromkeys(scores, 1.0)
    return {document: (score - low) / (high - low) for document, score in scores.items()}


def _ordered(scores: Mapping[int, float]) -> dict[int, float]:
    return dict(sorted(scores.items(), key=lambda entry: (-entry[1], entry[0])))
