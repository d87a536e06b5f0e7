"""Nearest passages by inner product, in FAISS."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from .disk import save_array

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]

#: Up to here every vector is compared: exact, and some milliseconds. Above, inverted lists of 8-bit codes.
FLAT_LIMIT = 50_000

#: Of about 900 lists at 55,000 vectors: 0.956 of the true first hundred in 9 ms on one core.
_PROBES = 48
_SEED = 20_240_607

_IDS = "rowids.npy"
_VECTORS = "vectors.npy"
_INDEX = "vectors.faiss"


class VectorIndex:
    """Unit vectors with ids, searched by inner product, which for them is the cosine.

    `ids` and `vectors` (n × d) are as they were given, also where the index that is searched keeps less.
    """

    def __init__(self, ids: Ids, vectors: Floats, index: Any) -> None:
        self.ids = ids
        self.vectors = vectors
        self._index = index
        self._is_inverted = isinstance(faiss.downcast_index(index.index), faiss.IndexIVF)

    @classmethod
    def build(cls, ids: Ids, vectors: Floats) -> VectorIndex:
        """An index of `vectors` (n × d, unit length) named by `ids` in rising order; its type is chosen here.

        Training of the large type is seeded: the same vectors give the same index.
        """
        dimension = vectors.shape[1]
        inner: Any = faiss.IndexFlatIP(dimension)
        if len(ids) > FLAT_LIMIT:
            lists = int(4 * np.sqrt(len(ids)))
            inner = faiss.IndexIVFScalarQuantizer(
                inner, dimension, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
            )
            inner.cp.seed = _SEED
            inner.nprobe = _PROBES
            inner.train(vectors)
        index = faiss.IndexIDMap2(inner)
        index.add_with_ids(vectors, ids)
        return cls(ids, vectors, index)

    @classmethod
    def load(cls, folder: Path) -> VectorIndex:
        """The index that `save` wrote, its data mapped from the files instead of read.

        :raises OSError, ValueError, RuntimeError: if a file is missing or damaged.
        """
        index = faiss.read_index(str(folder / _INDEX), faiss.IO_FLAG_MMAP_IFC)
        return cls(np.load(folder / _IDS), np.load(folder / _VECTORS, mmap_mode="r"), index)

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, made if missing: the vectors as they are, and what is searched."""
        folder.mkdir(exist_ok=True)
        save_array(folder / _IDS, self.ids)
        save_array(folder / _VECTORS, self.vectors)
        (folder / _INDEX).write_bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        return len(self.ids)

    def search(self, vector: Floats, limit: int, *, allowed: Ids | None = None) -> dict[int, float]:
        """Inner products by id, best first, ties by id: `limit` of them, or all if there are fewer.

        `vector` has d numbers and length 1; `allowed` restricts the ids searched, an empty array to none.
        """
        limit = min(limit, len(self) if allowed is None else len(allowed))
        if limit < 1:
            return {}
        query = vector.reshape(1, -1)
        if allowed is None:
            scores, ids = self._index.search(query, limit)
        elif self._is_inverted:
            scores, ids = self._search_some(query, limit, allowed)
        else:
            parameters: Any = faiss.SearchParameters()
            parameters.sel = faiss.IDSelectorBatch(allowed)
            scores, ids = self._index.search(query, limit, params=parameters)
        found = ((int(i), float(score)) for i, score in zip(ids[0], scores[0], strict=True) if i >= 0)
        return dict(sorted(found, key=lambda entry: (-entry[1], entry[0])))

    def _search_some(self, query: Floats, limit: int, allowed: Ids) -> tuple[Floats, Ids]:
        """Compare every allowed vector: the probed lists may hold none of a few allowed ones."""
        places = np.flatnonzero(np.isin(self.ids, allowed, assume_unique=True))
        scores, found = faiss.knn(
            query, self.vectors[places], min(limit, len(places)), faiss.METRIC_INNER_PRODUCT
        )
        return scores, self.ids[places[found]]


def unit(vectors: Floats) -> Floats:
    """`vectors` scaled to length 1 along the last axis, as float32; a zero vector stays zero."""
    array = np.ascontiguousarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(array, axis=-1, keepdims=True)
    scaled: Floats = np.divide(array, lengths, out=np.zeros_like(array), where=lengths > 0)
    return scaled
