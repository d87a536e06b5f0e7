"""Nearest passages by inner product, in FAISS."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]

#: Up to here every vector is compared (exact, some milliseconds); above, inverted lists of 8-bit codes.
FLAT_LIMIT = 50_000
_PROBES = 48
_SEED = 20_240_607


class VectorIndex:
    """Unit vectors with ids, searched by inner product, which for them is the cosine."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, ids: Ids, vectors: Floats) -> VectorIndex:
        """An index of `vectors` (n × d, unit length) named by `ids`; here its type is chosen by size.

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
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """The index that `save` wrote, its data mapped from the file instead of read."""
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))

    def save(self, path: Path) -> None:
        """Write the index to `path`."""
        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of the vectors."""
        return int(self._index.d)

    def search(self, vector: Floats, limit: int, *, allowed: Ids | None = None) -> dict[int, float]:
        """Inner products by id, best first, ties by id: `limit` of them, or all if there are fewer.

        `vector` has d numbers and length 1; `allowed` restricts the ids searched, an empty array to none.
        """
        limit = min(limit, len(self) if allowed is None else len(allowed))
        if limit < 1:
            return {}
        scores, ids = self._index.search(vector.reshape(1, -1), limit, params=self._parameters(allowed))
        found = ((int(i), float(score)) for i, score in zip(ids[0], scores[0], strict=True) if i >= 0)
        return dict(sorted(found, key=lambda entry: (-entry[1], entry[0])))

    def _parameters(self, allowed: Ids | None) -> Any:
        if allowed is None:
            return None
        is_inverted = isinstance(faiss.downcast_index(self._index.index), faiss.IndexIVF)
        parameters: Any = faiss.SearchParametersIVF() if is_inverted else faiss.SearchParameters()
        if is_inverted:
            parameters.nprobe = _PROBES
        parameters.sel = faiss.IDSelectorBatch(allowed)
        return parameters


def unit(vectors: Floats) -> Floats:
    """`vectors` scaled to length 1 along the last axis, as float32; a zero vector stays zero."""
    array = np.ascontiguousarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(array, axis=-1, keepdims=True)
    scaled: Floats = np.divide(array, lengths, out=np.zeros_like(array), where=lengths > 0)
    return scaled
