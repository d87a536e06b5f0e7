"""The audit: where every printed character of a source went."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import read_notice
from ingest.notice import Audit, Stretch, ink
from tests.ingest.invented import notice_of

CORPUS = Path(__file__).parents[2] / "corpus"
SHARED = Path(__file__).parents[3] / "shared"

PAGE = """当前位置：首页 > 政策
青汀市渡口管理方案
一、总体要求
稳妥推进渡口改造。
二、任务
1.改造渡口两处。
青汀市人民政府
2024年3月1日
扫一扫在手机打开当前页
"""


def test_every_character_is_in_a_clause_the_card_or_furniture() -> None:
    audit = notice_of(PAGE, "渡口.txt").audit
    assert (audit.total, audit.in_clauses, audit.in_card, audit.in_furniture) == (74, 28, 25, 21)
    assert [(stretch.text, stretch.rule) for stretch in audit.furniture] == [
        ("当前位置：首页 > 政策", "页面位置"),
        ("扫一扫在手机打开当前页", "页面按钮"),
    ]
    assert (audit.lost, audit.twice, audit.share) == ((), (), 1.0)


def test_the_share_falls_by_what_is_lost_or_counted_twice() -> None:
    lost, twice = Stretch("甲 乙", 0, 3), Stretch("丙", 5, 6)
    assert Audit(10, 7, 0, (), (lost,), (twice,)).share == pytest.approx(0.7)
    assert Audit(0, 0, 0, (), (), ()).share == 1.0
    assert ink(" 甲\u3000乙\n") == 2


def test_markdown_marks_are_furniture_and_words_are_not() -> None:
    page = (
        "# 青汀市渡口方案\n\n<!-- 存档 -->\n\n一、**改造**。见[附表](a.htm)。\n\n"
        "| 序号 | 任务 |\n| --- | --- |\n| 1 | 换船 |\n"
    )
    audit = notice_of(page, "渡口.md").audit
    assert audit.lost == ()
    assert "".join(s.text for s in audit.furniture if s.rule == "表头（列名记入各行）") == "|序号|任务|"
    assert {s.rule for s in audit.furniture} == {"Markdown 标记", "表头（列名记入各行）"}


def test_tags_in_markdown_are_marks_and_print_nothing() -> None:
    page = (
        '# 青汀市渡口方案\n\n<div class="a">\n一、改造<b>两处</b>渡口。<img src=x onerror=alert(1)>\n</div>\n'
        "\n见[附表](javascript:void(0);)。\n"
    )
    audit = notice_of(page, "渡口.md").audit
    assert (audit.lost, audit.share) == ((), 1.0)
    assert {s.rule for s in audit.furniture} == {"Markdown 标记"}


def test_a_flattened_table_in_running_text_has_its_titles_accounted_for() -> None:
    page = (
        "青汀市渡口方案\n一、任务\n任务见下表。\n序号\n任务\n责任单位\n1\n换船\n市交通局\n2\n修路\n市交通局\n"
    )
    audit = notice_of(page, "渡口.txt").audit
    assert [s.text for s in audit.furniture] == ["序号", "任务", "责任单位"]
    assert audit.share == 1.0


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_nothing_of_the_sample_notices_is_lost(path: Path) -> None:
    audit = read_notice(path).audit
    assert (audit.lost, audit.twice) == ((), ())
    assert audit.in_clauses + audit.in_card + audit.in_furniture == audit.total


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
@pytest.mark.parametrize("folder", ["bench/notices", "reports"])
def test_nothing_of_real_notices_is_lost(folder: str) -> None:
    for path in sorted((SHARED / folder).iterdir()):
        audit = read_notice(path).audit
        assert (audit.lost, audit.twice) == ((), ()), path.name
