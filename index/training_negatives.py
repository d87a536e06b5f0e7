"""Hard negatives: passages that the model itself takes for the answer to a question, and that are not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.ngram_model import NgramModel
from index.training_corpus import Corpus

_BLOCK = 1024


@dataclass(frozen=True, slots=True)
class MiningSettings:
    """Which of the nearest passages are taken: ranks `first` to `last`, because the very first often answer
    too, and none whose cosine with the right passage is `too_similar` (the same rule of another place)."""

    first: int = 2
    last: int = 40
    kept: int = 20
    too_similar: float = 0.9


def mine_negatives(
    model: NgramModel, corpus: Corpus, settings: MiningSettings, rng: np.random.Generator
) -> dict[int, NDArray[np.int64]]:
    """For each pair of a question (its place in `corpus.pairs`), up to `kept` places of texts, nearest first;
    one random passage where none is left."""
    passages = corpus.passages()
    vectors = model.encode_documents([corpus.texts[place] for place in passages])
    right: defaultdict[int, set[int]] = defaultdict(set)
    for anchor, positive in corpus.pairs.tolist():
        right[anchor].add(positive)
    questions = corpus.questions()
    found: dict[int, NDArray[np.int64]] = {}
    for at in range(0, len(questions), _BLOCK):
        block = questions[at : at + _BLOCK]
        anchors = model.encode_queries([corpus.texts[place] for place in corpus.pairs[block, 0]])
        near = _nearest(anchors @ vectors.T, min(settings.last, len(passages)))[:, settings.first :]
        positives = vectors[np.searchsorted(passages, corpus.pairs[block, 1])]
        for pair, places, positive in zip(block.tolist(), near, positives, strict=True):
            similar = vectors[places] @ positive
            kept = passages[places[similar < settings.too_similar]]
            allowed = [place for place in kept.tolist() if place not in right[corpus.pairs[pair, 0]]]
            found[pair] = np.array(allowed[: settings.kept] or [rng.choice(passages)], dtype=np.int64)
    return found


def _nearest(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Places of the `count` highest scores of each row, best first."""
    top = np.argpartition(-scores, count - 1, axis=1)[:, :count]
    order = np.argsort(-np.take_along_axis(scores, top, axis=1), axis=1, kind="stable")
    return np.take_along_axis(top, order, axis=1)
