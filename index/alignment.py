"""How well each word of a question is met somewhere in a passage.

One vector blurs a long passage; its single words do not. For each n-gram of the question the nearest n-gram
of the passage counts, by the cosine of the embedded model's own vectors, as in the late interaction of
ColBERT (Khattab and Zaharia 2020, https://arxiv.org/abs/2004.12832), but without a network over the words. A
word weighs as much as the model lets it weigh in questions, times its rarity.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from .ngram_model import NgramModel, UnreadableModel, unit_rows

RARITY: Final = "rarity.safetensors"

#: The first numbers of a vector say as much here as all of them (they were trained to stand alone).
DIMENSION: Final = 64

#: Characters of a passage that are read, so that one long page does not hold up the answer.
LONGEST: Final = 1200

#: Up to so many multiplications OpenBLAS computes a product on the calling thread (interface/gemm.c). For
#: more it wakes its other threads, which then wait for further work by spinning: on a busy machine of two
#: cores a question took 33 ms of processor time with them and 14 ms without.
_ON_ONE_THREAD: Final = 262_144


class Alignment:
    """Alignment scores by the n-grams of one model; `rarity` is float16 of shape (tokens,)."""

    def __init__(self, model: NgramModel, rarity: NDArray[np.float16]) -> None:
        self._model = model
        self._rarity = rarity

    @classmethod
    def from_folder(cls, folder: Path, model: NgramModel) -> Alignment:
        """The alignment whose rarities lie beside the model.

        :raises UnreadableModel: If they are missing, damaged or those of another model.
        """
        try:
            with safe_open(folder / RARITY, framework="numpy") as file:
                rarity = file.get_tensor("rarity")
        except (OSError, SafetensorError) as error:
            raise UnreadableModel(folder, f"{RARITY} 缺失或损坏") from error
        if rarity.shape != (len(model.vocabulary),):
            raise UnreadableModel(folder, f"{RARITY} 与模型不符")
        return cls(model, rarity)

    def save(self, folder: Path) -> None:
        """Write the rarities beside the model."""
        save_file({"rarity": self._rarity}, folder / RARITY)

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """One score for each passage, float32 of shape (passages,): 1 where it has every word of the
        question, about 0 where nothing in it is near any; 0 for a text without a known character."""
        asked = np.unique(self._model.vocabulary.bags([question]).ids)
        bags = self._model.vocabulary.bags([passage[:LONGEST] for passage in passages])
        found = np.zeros(len(passages), dtype=np.float32)
        filled = np.flatnonzero(np.diff(bags.starts))
        if not len(asked) or not len(filled):
            return found
        tokens, places = _distinct(bags.ids, len(self._model.vocabulary))
        near = _product(self._unit(tokens), self._unit(asked).T)
        weights = self._weights(asked)
        weights /= max(float(weights.sum()), 1e-9)
        # One passage at a time stays in the processor's cache; all at once takes three times as long.
        for at in filled.tolist():
            words = places[bags.starts[at] : bags.starts[at + 1]]
            found[at] = near[words].max(axis=0) @ weights
        return found

    def _unit(self, tokens: NDArray[np.int64]) -> NDArray[np.float32]:
        """The directions of tokens, float32 of shape (tokens, `DIMENSION`), each of length 1."""
        return unit_rows(self._model.vectors.unscaled(tokens, DIMENSION))

    def _weights(self, tokens: NDArray[np.int64]) -> NDArray[np.float32]:
        """What tokens weigh in a question: the length of their vectors there, times their rarity."""
        vectors = self._model.vectors
        lengths = np.linalg.norm(vectors.unscaled(tokens), axis=1)
        scale = np.abs(vectors.query_scale[tokens].astype(np.float32))
        weights: NDArray[np.float32] = scale * lengths * self._rarity[tokens].astype(np.float32)
        return weights


def _product(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float32]:
    """left @ right, some rows at a time, on one thread."""
    found = np.empty((len(left), right.shape[1]), dtype=np.float32)
    rows = max(1, _ON_ONE_THREAD // (right.size or 1))
    for start in range(0, len(left), rows):
        np.matmul(left[start : start + rows], right, out=found[start : start + rows])
    return found


def _distinct(ids: NDArray[np.int64], count: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The ids that occur, in order, and the place of each of `ids` among them; ids are below `count`."""
    seen = np.zeros(count, dtype=bool)
    seen[ids] = True
    tokens = np.flatnonzero(seen)
    place = np.empty(count, dtype=np.int32)
    place[tokens] = np.arange(len(tokens), dtype=np.int32)
    return tokens, place[ids]
