"""Nearest passages by inner product, in FAISS.

147,283 statute articles by the embedded model (256 numbers), 300 questions, one thread; found is the share of
the true first hundred, milliseconds are processor time:

    index                                        found   ms     MB
    all vectors                                  1       10.2   151
    8-bit codes, all                             0.994   4.4    38
    inverted lists of 8-bit codes, 48 of 1,535   0.941   0.3    42
    4-bit product codes, first 500 by vectors    0.998   0.7    9
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from .disk import save_array

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

#: Up to here every vector is compared, in about a millisecond. Above, codes choose which ones.
FLAT_LIMIT = 20_000

#: The codes choose so many times the vectors that are wanted.
_WIDER = 5
#: Vectors that the codes are trained on, at most.
_SAMPLE = 20_000

_IDS = "rowids.npy"
_VECTORS = "vectors.npy"
_CODES = "codes.faiss"


class VectorIndex:
    """Unit vectors with ids, searched by inner product, which for them is the cosine.

    `ids` (rising) and `vectors` (n × d) are as they were given. Scores are those of the vectors themselves
    also where codes, 4 bits for every two numbers, choose the candidates: André, Kermarrec and Le Scouarnec,
    "Cache locality is not enough: high-performance nearest neighbor search with product quantization fast
    scan", VLDB 2015.
    """

    def __init__(self, ids: Ids, vectors: Floats, codes: Any = None) -> None:
        self.ids = ids
        self.vectors = vectors
        self._codes = codes

    @classmethod
    def build(cls, ids: Ids, vectors: Floats) -> VectorIndex:
        """An index of `vectors` (n × d, unit length) named by `ids` in rising order; its type is chosen here.

        Training is seeded: the same vectors give the same index.
        """
        count, dimension = vectors.shape
        if not _has_codes(vectors):
            return cls(ids, vectors)
        codes = faiss.IndexPQFastScan(dimension, dimension // 2, 4, faiss.METRIC_INNER_PRODUCT)
        codes.train(vectors[:: -(-count // _SAMPLE)])
        codes.add(vectors)
        return cls(ids, vectors, codes)

    @classmethod
    def load(cls, folder: Path) -> VectorIndex:
        """The index that `save` wrote, its vectors mapped from the file instead of read.

        :raises OSError, ValueError, RuntimeError: if a file is missing or damaged.
        """
        ids, vectors = np.load(folder / _IDS), np.load(folder / _VECTORS, mmap_mode="r")
        codes = faiss.read_index(str(folder / _CODES)) if _has_codes(vectors) else None
        return cls(ids, vectors, codes)

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, made if missing."""
        folder.mkdir(exist_ok=True)
        save_array(folder / _IDS, self.ids)
        save_array(folder / _VECTORS, self.vectors)
        if self._codes is not None:
            (folder / _CODES).write_bytes(faiss.serialize_index(self._codes).tobytes())

    def __len__(self) -> int:
        return len(self.ids)

    def search(self, vector: Floats, limit: int, *, allowed: Mask | None = None) -> dict[int, float]:
        """Inner products by id, best first, ties by id: `limit` of them, or all if there are fewer.

        `vector` has d numbers and length 1; `allowed` says of each vector, in order, whether it is searched.
        """
        query = np.ascontiguousarray(vector, np.float32).reshape(1, -1)
        with _one_thread():
            places = self._candidates(query, limit, allowed)
            ids, vectors = (
                (self.ids, self.vectors) if places is None else (self.ids[places], self.vectors[places])
            )
            limit = min(limit, len(ids))
            if limit < 1:
                return {}
            scores, nearest = faiss.knn(query, vectors, limit, faiss.METRIC_INNER_PRODUCT)
        found = zip(ids[nearest[0]].tolist(), scores[0].tolist(), strict=True)
        return dict(sorted(found, key=lambda entry: (-entry[1], entry[0])))

    def products(self, vector: Floats, ids: Sequence[int]) -> dict[int, float]:
        """The inner products of `vector` with the vectors of these ids, which must all be held, by id."""
        places = np.searchsorted(self.ids, np.array(ids, dtype=np.int64))
        return dict(zip(ids, (self.vectors[places] @ vector).tolist(), strict=True))

    def _candidates(self, query: Floats, limit: int, allowed: Mask | None) -> Ids | None:
        """The places of the vectors to compare; None for all."""
        if allowed is None:
            return None if self._codes is None else self._chosen(query, limit)
        places = np.flatnonzero(allowed)
        if self._codes is None or len(places) <= FLAT_LIMIT:
            return places
        chosen = self._chosen(query, limit * len(self) // len(places))
        chosen = chosen[allowed[chosen]]
        return chosen if len(chosen) >= min(2 * limit, len(places)) else places

    def _chosen(self, query: Floats, limit: int) -> Ids:
        """The places that the codes put first, in rising order."""
        _, places = self._codes.search(query, min(_WIDER * limit, len(self)))
        found: Ids = np.sort(places[0][places[0] >= 0])
        return found


def _has_codes(vectors: Floats) -> bool:
    """Whether there are enough vectors to need codes, which take the numbers in twos."""
    dimension: int = vectors.shape[1]
    return len(vectors) > FLAT_LIMIT and dimension % 2 == 0


@contextmanager
def _one_thread() -> Iterator[None]:
    """One thread for one question: those that wait for the next task keep a whole core busy, and on a machine
    with other work a search that takes a millisecond then takes twenty."""
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def unit(vectors: Floats) -> Floats:
    """`vectors` scaled to length 1 along the last axis, as float32; a zero vector stays zero."""
    array = np.ascontiguousarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(array, axis=-1, keepdims=True)
    scaled: Floats = np.divide(array, lengths, out=np.zeros_like(array), where=lengths > 0)
    return scaled
