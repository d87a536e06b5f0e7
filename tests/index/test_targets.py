"""Targets are kept with their clause: taken in with a file, gone with it, found by filters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.catalogue import Catalogue
from index.types import LedgerEntry
from ingest.notice import Notice

from .fake import Corpus, LineReader

_PLAN = """\
云湖市绿化计划
@云湖市 云湖市林业局 2024-2026
到2025年，森林覆盖率达到42%。
新建公园3个，种植乔木4.5万株以上。
附件1|指标=湿地保护率|2026年目标值=55%|责任单位=市林业局、市水利局
"""
_RULE = """\
望津市公园管理办法
@望津市 望津市林业局 2024-2024
公园绿地面积占比不低于65%。
"""


def _read(path: Path, name: str) -> Notice:
    """The line reader's notice, of the kind that its title names."""
    notice = LineReader()(path, name)
    return replace(notice, card=replace(notice.card, kind=notice.card.title[-2:]))


@pytest.fixture
def synced_plan(tmp_path: Path) -> Corpus:
    corpus = Corpus(tmp_path)
    corpus.write("plan.txt", _PLAN)
    corpus.write("rule.txt", _RULE)
    corpus.sync(read=_read)
    return corpus


def _said(found: tuple[LedgerEntry, ...]) -> list[tuple[object, ...]]:
    return [(e.target.indicator, e.target.value, e.target.year, e.clause.cite) for e in found]


@pytest.fixture
def catalogue(synced_plan: Corpus) -> Catalogue:
    return synced_plan.open().catalogue


def test_the_targets_of_prose_and_rows_with_their_clauses(catalogue: Catalogue) -> None:
    assert _said(catalogue.targets()) == [
        ("森林覆盖率", 42, 2025, "（1）"),
        ("新建公园", 3, 2026, "（2）"),
        ("种植乔木", 4.5, 2026, "（2）"),
        ("湿地保护率", 55, 2026, "附件1#3"),
    ]
    assert catalogue.targets()[-1].target.responsible == ("市林业局", "市水利局")
    assert {entry.notice.name for entry in catalogue.targets()} == {"plan.txt"}
    assert all(entry.target.quote in entry.clause.text for entry in catalogue.targets())
    assert catalogue.indicators() == ("新建公园", "森林覆盖率", "湿地保护率", "种植乔木")


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"indicators": ["森林覆盖率", "湿地保护率"]}, 2),
        ({"indicators": []}, 0),
        ({"regions": ["云湖市"]}, 4),
        ({"regions": ["望津市"]}, 0),
        ({"notices": []}, 0),
        ({"year": 2026}, 3),
        ({"due_by": 2025}, 1),
        ({"due_by": 2026, "regions": ["云湖市"], "indicators": ["新建公园"]}, 1),
    ],
)
def test_filters_combine_and_an_empty_list_allows_none(
    catalogue: Catalogue, filters: dict[str, object], count: int
) -> None:
    assert len(catalogue.targets(**filters)) == count  # type: ignore[arg-type]


def test_a_changed_file_has_its_new_targets_and_a_removed_one_none(synced_plan: Corpus) -> None:
    path = synced_plan.write("plan.txt", _PLAN.replace("42%", "45%"))
    synced_plan.sync(read=_read)
    assert _said(synced_plan.open().catalogue.targets(year=2025)) == [("森林覆盖率", 45, 2025, "（1）")]
    path.unlink()
    synced_plan.sync(read=_read)
    catalogue = synced_plan.open().catalogue
    assert catalogue.targets() == ()
    assert catalogue.indicators() == ()
