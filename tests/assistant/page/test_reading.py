"""The notice as a document."""

from __future__ import annotations

import pytest

from assistant.page.i18n import Language
from assistant.page.links import SourceLink
from assistant.page.reading import missing_view, notice_view, printed_label
from ingest.notice import ClauseKind
from tests.assistant.page.fake import HOSTILE_CLAUSES, HOSTILE_NOTICE, LANZHOU, LANZHOU_CLAUSES, clause


def _view(clause_id: str, mark: tuple[int, int] | None = None) -> str:
    return notice_view(LANZHOU, LANZHOU_CLAUSES, SourceLink("n1", clause_id, mark), Language.CHINESE)


def test_the_clause_is_highlighted_among_its_parents() -> None:
    html = _view("c2", (27, 48))
    assert (
        '<h3 class="tw-heading tw-depth-1 tw-parent"><span class="tw-label">一、</span>主要目标</h3>'
        '<p class="tw-clause tw-item tw-depth-2 tw-hit" id="tw-target" aria-current="location">'
        '<span class="tw-label">（一）</span><strong>水质目标</strong>。到2025年，全市地表水优良比例达到92%；'
        "<mark>到2027年，全市地表水优良比例达到96%</mark>，劣V类水体全面消除。</p>"
    ) in html
    assert html.count("tw-hit") == 1
    assert html.count("tw-parent") == 1


def test_the_head_names_the_notice_and_the_way_down_to_the_clause() -> None:
    assert (
        '<header class="tw-notice-head">'
        '<p class="tw-crumb-title">《岚州市清水行动实施方案（2024—2027年）》</p>'
        '<ol class="tw-crumbs" aria-label="引用条款">'
        "<li>重点任务</li><li>推进河道综合整治</li><li>二（一）20</li></ol>"
    ) in _view("c6-20")


def test_a_table_is_a_table_with_its_groups_and_the_row_marked() -> None:
    html = _view("c10", (13, 22))
    assert (
        "<table><thead><tr>"
        '<th scope="col">序号</th><th scope="col">工作任务</th>'
        '<th scope="col">牵头单位</th><th scope="col">完成时限</th>'
        "</tr></thead><tbody>"
        '<tr class="tw-group"><th colspan="4" scope="colgroup">一、河道整治</th></tr>'
        '<tr class="tw-row"><td>1</td><td>完成青溪、白沙河清淤12公里</td>'
        "<td>市水务局</td><td>2025年底前</td></tr>"
        '<tr class="tw-row"><td>2</td><td>建设生态护岸8公里</td>'
        "<td>市水务局、市园林局</td><td>2026年底前</td></tr>"
        '<tr class="tw-group"><th colspan="4" scope="colgroup">二、管网改造</th></tr>'
        '<tr class="tw-row tw-hit" id="tw-target" aria-current="location">'
        "<td>3</td><td>改造雨污分流管网46公里</td><td><mark>市住房和城乡建设局</mark></td><td>2027年6月底前</td></tr>"
        "</tbody></table>"
    ) in html


def test_a_group_title_before_its_rows_stands_in_the_table() -> None:
    title = clause("g", ["附件1", "一"], "河道整治", ClauseKind.HEADING, heading="河道整治")
    rows = [one for one in LANZHOU_CLAUSES if one.kind is ClauseKind.ROW][:2]
    html = notice_view(LANZHOU, [title, *rows], SourceLink("n1", "c8"), Language.CHINESE)
    assert (
        html.count('<tr class="tw-group tw-parent"><th colspan="4" scope="colgroup">一、河道整治</th></tr>')
        == 1
    )
    assert html.count("tw-group") == 1


def test_a_clause_that_is_gone_is_said_to_be_gone() -> None:
    assert _view("nowhere") == missing_view(Language.CHINESE)
    assert "这一条已不在语料中" in missing_view(Language.CHINESE)


def test_a_span_outside_the_text_marks_nothing() -> None:
    assert "<mark>" not in _view("c2", (26, 4000))


@pytest.mark.parametrize(
    ("path", "kind", "printed"),
    [
        (["一"], ClauseKind.HEADING, "一、"),
        (["一", "（二）"], ClauseKind.ITEM, "（二）"),
        (["一", "（二）", "12"], ClauseKind.ITEM, "12."),
        (["3", "3.2"], ClauseKind.ITEM, "3.2"),
        (["第二章", "第十条"], ClauseKind.ITEM, "第十条\u3000"),
        (["一", "一是"], ClauseKind.INLINE, "一是"),
        (["一", "——空气质量"], ClauseKind.BULLET, "——"),
        (["一", "引言"], ClauseKind.PARAGRAPH, ""),
        (["前言"], ClauseKind.PARAGRAPH, ""),
        (["附件1"], ClauseKind.HEADING, "附件1"),
        (["附件1", "一", "3"], ClauseKind.ROW, ""),
    ],
)
def test_numbers_are_printed_as_notices_print_them(path: list[str], kind: ClauseKind, printed: str) -> None:
    assert printed_label(clause("c", path, "文", kind)) == printed


@pytest.mark.parametrize("target", ["h1", "h2"])
def test_hostile_text_stays_text(target: str) -> None:
    html = notice_view(HOSTILE_NOTICE, HOSTILE_CLAUSES, SourceLink("n2", target), Language.CHINESE)
    assert "<img" not in html
    assert "<script" not in html
    assert "<svg" not in html
    assert "${" not in html
    assert "{{" not in html
