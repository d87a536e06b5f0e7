"""One ranking of three signals, with weights that were learned: words, vectors, and aligned words.

Which signal can be trusted differs from question to question and from clause to clause. Where the nearest
vector is near, the question is worded like a passage the model knows, and vectors count more; in a long
passage one vector blurs, and its single words count more. So each signal has a weight, one more for each step
of nearness, and one more for each step of length. `index.training_fusion` learns the nine numbers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from .alignment import Alignment
from .ngram_model import NgramModel, UnreadableModel

Scores = NDArray[np.float32]

WEIGHTS_FILE: Final = "fusion.json"

#: Clauses of each ranking that are fused, and how many of them, the best of both, are aligned word by word.
DEPTH: Final = 200
ALIGNED: Final = 60

SIGNALS: Final = ("lexical", "dense", "alignment")
CONDITIONS: Final = ("", "nearness", "length")

#: The share of the vectors where words are not aligned: most answers are then among the first hundred.
_DENSE_SHARE = 0.6

#: Cosines of the nearest passage to a question: the middle and the width of what the embedded model gives.
_NEAR_MIDDLE, _NEAR_WIDTH = 0.5, 1 / 3
#: Characters of a passage of ordinary length, and how far its logarithm is followed.
_ORDINARY, _SHORTEST, _LONGEST = 120, -1.0, 1.5


@dataclass(frozen=True, slots=True)
class Candidates:
    """The clauses that either ranking found, by rising row number, with what is known of each.

    `lexical` and `dense` hold every candidate's score; `alignment` and `characters` (the passage's length)
    those of the candidates that were aligned, NaN and 0 for the others.
    """

    rowids: NDArray[np.int64]
    lexical: Scores
    dense: Scores
    alignment: Scores
    characters: Scores

    @property
    def is_aligned(self) -> NDArray[np.bool_]:
        """Which candidates were aligned."""
        return ~np.isnan(self.alignment)

    def promise(self) -> Scores:
        """By what candidates are chosen to be aligned, and ordered after those that were; below 1."""
        return promise(self.lexical, self.dense)

    def features(self) -> NDArray[np.float32]:
        """What the weights apply to, float32 of shape (candidates, signals × conditions), signals innermost.

        Each signal is scaled to 0…1 over the candidates; what was not aligned counts as the least aligned.
        """
        known = self.is_aligned
        aligned = np.where(known, self.alignment, self.alignment[known].min(initial=1.0))
        signals = np.stack([_scaled(self.lexical), _scaled(self.dense), _scaled(aligned)], axis=1)
        nearness = (float(self.dense.max(initial=0.0)) - _NEAR_MIDDLE) / _NEAR_WIDTH
        length = np.log(np.maximum(self.characters, 1.0) / _ORDINARY) / 2
        length = np.where(self.characters > 0, np.clip(length, _SHORTEST, _LONGEST), 0.0)
        features = np.concatenate([signals, signals * nearness, signals * length[:, None]], axis=1)
        return features.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Fused:
    """Candidates with their fused scores, float32 of the same order: 1 for the best, and for each other how
    likely it is the answer in comparison."""

    candidates: Candidates
    scores: Scores

    def by_rowid(self) -> dict[int, float]:
        """The scores by row number, best first, ties by number."""
        order = np.lexsort((self.candidates.rowids, -self.scores))
        return dict(zip(self.candidates.rowids[order].tolist(), self.scores[order].tolist(), strict=True))

    def alignment(self) -> dict[int, float]:
        """The alignment scores by row number, of the candidates that were aligned."""
        scores = zip(self.candidates.rowids.tolist(), self.candidates.alignment.tolist(), strict=True)
        return {rowid: score for rowid, score in scores if not np.isnan(score)}


@runtime_checkable
class HasFusion(Protocol):
    """An embedding model for which weights were learned."""

    @property
    def fusion(self) -> LearnedFusion | None:
        """The fusion, or None without weights."""


@dataclass(frozen=True, slots=True)
class LearnedFusion:
    """The fusion of one embedding model; `weights` are float32 in the order of `Candidates.features`."""

    weights: Scores
    alignment: Alignment

    @classmethod
    def beside(cls, folder: Path, model: NgramModel) -> LearnedFusion | None:
        """The fusion whose weights lie beside the model in this folder; None if there are none.

        :raises UnreadableModel: If they are damaged or not those of this program and model.
        """
        path = folder / WEIGHTS_FILE
        if not path.is_file():
            return None
        try:
            named = json.loads(path.read_text(encoding="utf-8"))["weights"]
            weights = np.array([float(named[name]) for name in feature_names()], dtype=np.float32)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UnreadableModel(folder, f"{WEIGHTS_FILE} 损坏") from error
        return cls(weights, Alignment.from_folder(folder, model))

    def fuse(
        self,
        query: str,
        lexical: Mapping[int, float],
        dense: Mapping[int, float],
        passages: Callable[[Sequence[int]], Sequence[str]],
    ) -> Fused:
        """The clauses of both rankings, fused. `dense` holds the cosine of every clause of `lexical` too;
        `passages` gives the texts of clauses by their row numbers."""
        candidates = candidates_of(self.alignment, query, lexical, dense, passages)
        if not len(candidates.rowids):
            return Fused(candidates, np.zeros(0, dtype=np.float32))
        first = candidates.is_aligned
        odds = candidates.features()[first] @ self.weights
        scores = candidates.promise()
        scores[first] = np.exp(odds - odds.max())
        scores[~first] *= scores[first].min()
        return Fused(candidates, scores)


def candidates_of(
    alignment: Alignment,
    query: str,
    lexical: Mapping[int, float],
    dense: Mapping[int, float],
    passages: Callable[[Sequence[int]], Sequence[str]],
) -> Candidates:
    """The candidates of a query, the best of them aligned; see `LearnedFusion.fuse`.

    A clause that the lexical ranking lacks has at most the score of its last one, and counts as having it.
    """
    rowids = np.array(sorted({*lexical, *dense}), dtype=np.int64)
    last = min(lexical.values(), default=0.0) if len(lexical) >= DEPTH else 0.0
    words = np.array([lexical.get(rowid, last) for rowid in rowids.tolist()], dtype=np.float32)
    vectors = np.array([dense.get(rowid, 0.0) for rowid in rowids.tolist()], dtype=np.float32)
    best = np.argsort(-promise(words, vectors), kind="stable")[:ALIGNED]
    texts = passages(rowids[best].tolist())
    aligned = np.full(len(rowids), np.nan, dtype=np.float32)
    lengths = np.zeros(len(rowids), dtype=np.float32)
    aligned[best] = alignment.scores(query, texts)
    lengths[best] = [len(text) for text in texts]
    return Candidates(rowids, words, vectors, aligned, lengths)


def promise(lexical: Scores, dense: Scores) -> Scores:
    """The weighted sum of scaled scores, at most a little below 1: what is not aligned never overtakes."""
    promised: Scores = np.float32(0.99) * (
        (1 - _DENSE_SHARE) * _scaled(lexical) + _DENSE_SHARE * _scaled(dense)
    )
    return promised.astype(np.float32)


def feature_names() -> list[str]:
    """The names of the features in order: a signal, or a signal × what it depends on."""
    return [f"{signal} × {name}" if name else signal for name in CONDITIONS for signal in SIGNALS]


def _scaled(scores: Scores) -> Scores:
    """Scores as shares of the way from the lowest to the highest; 1 where all are equal."""
    low, high = scores.min(initial=np.inf), scores.max(initial=-np.inf)
    if not high > low:
        return np.ones_like(scores)
    scaled: Scores = (scores - low) / (high - low)
    return scaled
