"""Nearest vectors against sums made by hand and against a plain matrix product."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import pytest

from index import vectors
from index.vectors import Floats, Mask, VectorIndex, unit

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


@pytest.mark.parametrize("found", [[10, 30], [30], [], [20]])
def test_only_allowed_ids(small: VectorIndex, found: list[int]) -> None:
    allowed = np.isin(IDS, found)
    assert list(small.search(np.array([1, 0], np.float32), 5, allowed=allowed)) == found


def test_the_file_gives_the_same_index(small: VectorIndex, tmp_path: Path) -> None:
    small.save(tmp_path / "index")
    loaded = VectorIndex.load(tmp_path / "index")
    query = unit(np.array([3, 4], np.float32))
    assert (len(loaded), loaded.vectors.tolist()) == (3, VECTORS.tolist())
    assert loaded.search(query, 3) == small.search(query, 3)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> VectorIndex:
    """4,000 random vectors, as loaded from files; codes choose among more than 500."""
    monkeypatch.setattr(vectors, "FLAT_LIMIT", 500)
    VectorIndex.build(np.arange(100, 4100), _random(4000)).save(tmp_path / "index")
    return VectorIndex.load(tmp_path / "index")


def _exact(index: VectorIndex, query: Floats, allowed: Mask) -> dict[int, float]:
    """The ten nearest by a plain matrix product."""
    scores = np.where(allowed, index.vectors @ query, -2.0)
    nearest = np.argsort(-scores)[:10]
    return {int(index.ids[place]): float(scores[place]) for place in nearest}


@pytest.mark.parametrize("share", [1, 2, 5])
def test_the_large_type_finds_what_a_matrix_product_finds(large: VectorIndex, share: int) -> None:
    """Codes choose, vectors decide: of the ten nearest nine must be found, with the scores of the vectors;
    also where a half or a fifth is allowed."""
    allowed = np.arange(4000) % share == 0
    hits = 0
    for query in _random(4000)[:40]:
        exact = _exact(large, query, allowed)
        found = large.search(query, 10, allowed=None if share == 1 else allowed)
        assert list(found.values()) == sorted(found.values(), reverse=True)
        assert {id_: found[id_] for id_ in exact.keys() & found.keys()} == pytest.approx(
            {id_: exact[id_] for id_ in exact.keys() & found.keys()}, abs=1e-6
        )
        assert all((id_ - 100) % share == 0 for id_ in found)
        hits += len(exact.keys() & found.keys())
    assert hits >= 360


def test_where_few_are_allowed_all_of_them_are_compared(large: VectorIndex) -> None:
    query = _random(4000)[0]
    allowed = np.zeros(4000, np.bool_)
    allowed[3000:3300] = True
    assert list(large.search(query, 10, allowed=allowed)) == list(_exact(large, query, allowed))


def test_what_is_allowed_is_found_however_far_it_is(large: VectorIndex) -> None:
    """The codes put none of them first: then the vectors are compared one by one."""
    query = _random(4000)[0]
    allowed = large.vectors @ query < 0.1
    assert list(large.search(query, 10, allowed=allowed)) == list(_exact(large, query, allowed))


def test_missing_codes_are_a_fault(large: VectorIndex, tmp_path: Path) -> None:
    (tmp_path / "index" / "codes.faiss").unlink()
    with pytest.raises(RuntimeError, match="codes"):
        VectorIndex.load(tmp_path / "index")


def test_searching_leaves_the_number_of_threads_as_it_was(large: VectorIndex) -> None:
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(3)
    try:
        large.search(_random(1)[0], 5)
        assert faiss.omp_get_max_threads() == 3
    finally:
        faiss.omp_set_num_threads(before)


def test_unit_leaves_a_zero_vector_alone() -> None:
    scaled = unit(np.array([[3, 4], [0, 0]], np.float32))
    assert scaled.tolist() == [pytest.approx([0.6, 0.8]), [0, 0]]
