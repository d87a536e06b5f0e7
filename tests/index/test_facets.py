"""Masks of clauses by notice and attachment, against going through them one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.facets import Facet, Facets

ROWS = [
    Facet(3, 1, "", True),
    Facet(4, 1, "附件1", False),
    Facet(7, 2, "附件2", False),
    Facet(9, 5, "附件1", False),
]


@pytest.mark.parametrize(
    ("notices", "attachments", "allowed"),
    [
        ([1, 5], set(), [3, 4, 9]),
        ([], set(), []),
        ([6], set(), []),
        (None, {"附件1"}, [4, 9]),
        (None, {"附件9"}, []),
        ([5, 2], {"附件1"}, [9]),
    ],
)
def test_fields_combine_by_and_values_by_or(
    notices: list[int] | None, attachments: set[str], allowed: list[int]
) -> None:
    facets = Facets.of(ROWS)
    mask = facets.allowed(notices, attachments)
    assert mask is not None
    assert facets.rowids[mask].tolist() == allowed


def test_no_filter_is_no_mask() -> None:
    assert Facets.of(ROWS).allowed(None, ()) is None


def test_bare_titles_are_known_by_row_number() -> None:
    assert Facets.of(ROWS).are_headings([9, 3, 4]) == [False, True, False]
    assert Facets.of(ROWS).are_headings([]) == []


def test_the_files_give_the_same_facets(tmp_path: Path) -> None:
    Facets.of(ROWS).save(tmp_path / "facets")
    loaded = Facets.load(tmp_path / "facets")
    assert len(loaded) == 4
    assert (loaded.labels, loaded.attachments.tolist()) == (("", "附件1", "附件2"), [0, 1, 2, 1])
    assert loaded.allowed([1], {"附件1"}).tolist() == [False, True, False, False]  # type: ignore[union-attr]


def test_an_empty_index_has_empty_facets(tmp_path: Path) -> None:
    Facets.of([]).save(tmp_path / "facets")
    loaded = Facets.load(tmp_path / "facets")
    assert (len(loaded), loaded.allowed([1], ()).tolist()) == (0, [])  # type: ignore[union-attr]
