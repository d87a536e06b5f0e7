"""The clause in its context."""

from __future__ import annotations

import pytest

from index.passage import Passage, passage_of, short_title
from ingest.notice import Card, Clause, ClauseKind


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("云湖市人民政府关于印发云湖市治水方案（2020-2022）的通知", "云湖市治水方案（2020-2022）"),
        ("云湖市人民政府办公室关于转发《治水方案》的通知", "治水方案"),
        ("云湖市治水方案", "云湖市治水方案"),
        ("关于做好防汛工作的通知", "关于做好防汛工作的通知"),
        ("", ""),
    ],
)
def test_short_title(title: str, expected: str) -> None:
    assert short_title(title) == expected


def test_an_item_stands_under_its_headings() -> None:
    clause = Clause(
        "c",
        ("三", "（二）"),
        "（二）",
        "三（二）",
        ClauseKind.ITEM,
        "管网建设",
        "新建管网35公里。",
        headings=("重点任务",),
    )
    assert passage_of(clause, Card(title="治水方案")) == Passage(
        title="治水方案", headings="重点任务 管网建设", text="新建管网35公里。", cells=""
    )


def test_a_row_is_its_cells_by_column_with_its_group() -> None:
    fields = {"序号": "3", "任务": "修复林地", "完成时限": "", "牵头单位": "市林业局", "group": "一、生态"}
    clause = Clause(
        "c",
        ("附件1", "3"),
        "3",
        "附件1#3",
        ClauseKind.ROW,
        None,
        "3\n修复林地\n市林业局",
        ("分解表",),
        fields,
    )
    passage = passage_of(clause, Card(title="治水方案"))
    assert passage == Passage("治水方案", "分解表 一、生态", "", "任务：修复林地；牵头单位：市林业局")
    assert str(passage) == "治水方案\n分解表 一、生态\n任务：修复林地；牵头单位：市林业局"


def test_a_row_without_cells_keeps_its_text() -> None:
    clause = Clause("c", ("附件1", "1"), "1", "附件1#1", ClauseKind.ROW, None, "备注", fields={"序号": "1"})
    assert passage_of(clause, Card(title="")).text == "备注"


def test_the_digest_tells_texts_apart() -> None:
    same = [Passage("题", "一", "文", "").digest for _ in range(2)]
    assert same[0] == same[1] != Passage("题", "", "一\n文", "x").digest
    assert len(same[0]) == 16
