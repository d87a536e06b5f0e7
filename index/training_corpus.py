"""Training pairs as token counts, cut into batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from index.model_tokens import NgramVocabulary
from index.ngram_model import compact, wide_count_matrix
from index.training_data import SOURCES, Pair

if TYPE_CHECKING:  # torch costs seconds: only training itself pays them
    from torch import Tensor

_BLOCK = 8192


@dataclass(frozen=True)
class Corpus:
    """Texts as token counts (CSR, texts × tokens), and the pairs as places in it, int64 of shape (pairs, 2).

    `repeats` says how often an epoch sees each pair; `is_question` whether its source is one of questions.
    """

    texts: tuple[str, ...]
    counts: sp.csr_matrix
    pairs: NDArray[np.int64]
    repeats: NDArray[np.int64]
    is_question: NDArray[np.bool_]

    @classmethod
    def of(cls, pairs: Sequence[Pair], vocabulary: NgramVocabulary, *, power: float) -> Corpus:
        """The corpus of these pairs."""
        texts = tuple(dict.fromkeys(text for pair in pairs for text in (pair.anchor, pair.positive)))
        place = {text: at for at, text in enumerate(texts)}
        sources = {source.name: source for source in SOURCES}
        blocks = [
            wide_count_matrix(vocabulary, texts[at : at + _BLOCK], power=power)
            for at in range(0, len(texts), _BLOCK)
        ]
        return cls(
            texts,
            sp.vstack(blocks, format="csr"),
            np.array([(place[pair.anchor], place[pair.positive]) for pair in pairs], dtype=np.int64),
            np.array([sources[pair.source].repeats for pair in pairs], dtype=np.int64),
            np.array([sources[pair.source].is_question for pair in pairs], dtype=bool),
        )

    def passages(self) -> NDArray[np.int64]:
        """The places of all texts that answer some question."""
        return np.unique(self.pairs[self.is_question, 1])

    def questions(self) -> NDArray[np.int64]:
        """The places in `pairs` of those whose anchor is a question."""
        return np.flatnonzero(self.is_question)

    def batches(
        self, pairs: NDArray[np.int64], size: int, rng: np.random.Generator
    ) -> list[NDArray[np.int64]]:
        """These places in `pairs`, shuffled, in batches in which no text occurs twice (it would be a false
        negative); the last pairs that fill no half batch are left for another epoch."""
        waiting: list[int] = rng.permutation(pairs).tolist()
        found: list[NDArray[np.int64]] = []
        while waiting:
            batch, waiting = self._one_batch(waiting, size)
            if found and len(batch) < size // 2:
                break
            found.append(np.array(batch, dtype=np.int64))
        return [found[at] for at in rng.permutation(len(found))]

    def _one_batch(self, waiting: Sequence[int], size: int) -> tuple[list[int], list[int]]:
        used: set[int] = set()
        batch: list[int] = []
        left: list[int] = []
        for at, pair in enumerate(waiting):
            texts = set(self.pairs[pair].tolist())
            if used & texts:
                left.append(pair)
                continue
            used |= texts
            batch.append(pair)
            if len(batch) == size:
                return batch, [*left, *waiting[at + 1 :]]
        return batch, left

    def features(self, texts: NDArray[np.int64], *, is_query: bool) -> dict[str, Tensor]:
        """The module's input for these texts."""
        from index.ngram_module import features  # noqa: PLC0415 (torch)

        rows = self.counts[texts]
        tokens, small = compact(rows)
        return features(tokens, small, is_query=is_query)

    def rarity(self) -> NDArray[np.float32]:
        """log((1 + texts) / (1 + texts with the token)) of each token."""
        texts, tokens = self.counts.shape
        frequency = np.bincount(self.counts.indices, minlength=tokens)
        rarity: NDArray[np.float32] = np.log((1 + texts) / (1 + frequency)).astype(np.float32)
        return rarity
