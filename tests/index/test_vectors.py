"""Nearest vectors against sums made by hand and against a plain matrix product."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import vectors
from index.vectors import Floats, VectorIndex, unit

IDS = np.array([10, 20, 30], np.int64)
VECTORS = np.array([[1, 0], [0.6, 0.8], [0, 1]], np.float32)


@pytest.fixture
def small() -> VectorIndex:
    return VectorIndex.build(IDS, VECTORS)


def _random(count: int, dimension: int = 16) -> Floats:
    return unit(np.random.default_rng(7).standard_normal((count, dimension)).astype(np.float32))


def test_scores_are_cosines_best_first(small: VectorIndex) -> None:
    assert small.search(np.array([1, 0], np.float32), 2) == {10: 1.0, 20: pytest.approx(0.6)}


def test_more_wanted_than_there_are(small: VectorIndex) -> None:
    """FAISS fills up with the id -1; nothing of that may come out."""
    assert list(small.search(np.array([0, 1], np.float32), 50)) == [30, 20, 10]


def test_equal_scores_are_ordered_by_id() -> None:
    index = VectorIndex.build(np.array([9, 3, 6], np.int64), np.ones((3, 1), np.float32))
    assert list(index.search(np.array([1], np.float32), 3)) == [3, 6, 9]


@pytest.mark.parametrize(
    ("allowed", "found"), [([10, 30], [10, 30]), ([30], [30]), ([], []), ([99], []), ([20, 99], [20])]
)
def test_only_allowed_ids(small: VectorIndex, allowed: list[int], found: list[int]) -> None:
    ids = np.array(allowed, np.int64)
    assert list(small.search(np.array([1, 0], np.float32), 5, allowed=ids)) == found


def test_the_file_gives_the_same_index(small: VectorIndex, tmp_path: Path) -> None:
    small.save(tmp_path / "index")
    loaded = VectorIndex.load(tmp_path / "index")
    query = unit(np.array([3, 4], np.float32))
    assert (len(loaded), loaded.vectors.tolist()) == (3, VECTORS.tolist())
    assert loaded.search(query, 3) == small.search(query, 3)


def test_the_large_type_finds_what_a_matrix_product_finds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Above the limit the index is approximate; of the ten nearest it must find nine, also from its file."""
    monkeypatch.setattr(vectors, "FLAT_LIMIT", 1000)
    data, ids = _random(4000), np.arange(100, 4100)
    VectorIndex.build(ids, data).save(tmp_path / "index")
    index = VectorIndex.load(tmp_path / "index")
    hits = 0
    for query in data[:20]:
        exact = ids[np.argsort(-(data @ query))[:10]].tolist()
        hits += len(set(exact) & set(index.search(query, 10)))
    assert hits >= 180
    assert set(index.search(data[0], 10, allowed=ids[:5])) == set(ids[:5].tolist())


def test_unit_leaves_a_zero_vector_alone() -> None:
    scaled = unit(np.array([[3, 4], [0, 0]], np.float32))
    assert scaled.tolist() == [pytest.approx([0.6, 0.8]), [0, 0]]
