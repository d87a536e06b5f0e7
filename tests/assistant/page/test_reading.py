"""The notice as a document."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assistant.page.i18n import Language
from assistant.page.links import SourceLink
from assistant.page.reading import Opened, missing_view, notice_view
from assistant.page.reading.opened import held_documents
from assistant.page.reading.place import printed_label
from ingest.document import Place as SourcePlace
from ingest.notice import Audit, Clause, ClauseKind, Stretch
from tests.assistant.page.fake import HOSTILE_CLAUSES, HOSTILE_NOTICE, LANZHOU, LANZHOU_CLAUSES, clause


def _plain(html: str) -> str:
    """Without the clauses' ordinals, which only the outline needs."""
    return re.sub(r' data-n="\d+"', "", html)


def _view(clause_id: str, mark: tuple[int, int] | None = None) -> str:
    return _plain(
        notice_view(Opened(LANZHOU, LANZHOU_CLAUSES), SourceLink("n1", clause_id, mark), Language.CHINESE)
    )


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
    attachment, *rows = LANZHOU_CLAUSES[-4:-1]
    html = _plain(
        notice_view(Opened(LANZHOU, [attachment, title, *rows]), SourceLink("n1", "c8"), Language.CHINESE)
    )
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


def test_merged_cells_span_their_rows_again() -> None:
    """Filled-down cells are those that equal the cell above and do not stand in the row's own text."""
    rows = [
        _row(
            "r1",
            "稳岗返还\n中小微企业\n60%",
            {"序号": "1", "项目": "稳岗返还", "对象": "中小微企业", "标准": "60%"},
        ),
        _row("r2", "大型企业\n60%", {"序号": "2", "项目": "稳岗返还", "对象": "大型企业", "标准": "60%"}),
        _row(
            "r3",
            "见习补贴\n见习单位\n70%",
            {"序号": "3", "项目": "见习补贴", "对象": "见习单位", "标准": "70%"},
        ),
    ]
    html = _plain(notice_view(Opened(LANZHOU, rows), SourceLink("n1", "r2", (0, 4)), Language.CHINESE))
    assert (
        '<tr class="tw-row"><td>1</td><td rowspan="2" class="tw-hit-cell">稳岗返还</td>'
        "<td>中小微企业</td><td>60%</td></tr>"
        '<tr class="tw-row tw-hit" id="tw-target" aria-current="location"><td>2</td>'
        "<td><mark>大型企业</mark></td><td>60%</td></tr>"
        '<tr class="tw-row"><td>3</td><td>见习补贴</td><td>见习单位</td><td>70%</td></tr>'
    ) in html


def _row(id: str, text: str, fields: dict[str, str]) -> Clause:
    return clause(id, ["附件1", fields["序号"]], text, ClauseKind.ROW, fields=fields)


@pytest.mark.parametrize(
    ("label", "parent", "printed"),
    [
        ("一、", None, "一、"),
        ("一、(二)", "一、", "(二)"),
        ("二、㈢", "二、", "㈢"),
        ("二、（五）10.", "二、（五）", "10."),
        ("33.23.2.3", "33.2", "3.2.3"),
        ("第三章第十条", "第三章", "第十条\u3000"),
        ("第三章第十条第二款", "第三章第十条", ""),
        ("第三章第十条第二款（三）", "第三章第十条第二款", "（三）"),
        ("二、(一)一是", "二、(一)", "一是"),
        ("一、(二)——空气质量", "一、(二)", "——"),
        ("四、结语", "四、", ""),
        ("前言", None, ""),
        ("附件1 ", None, "附件1\u3000"),
        ("附件1 一、", "附件1 ", "一、"),
        ("附件1 备注", "附件1 ", ""),
    ],
)
def test_numbers_stand_as_the_notice_prints_them(label: str, parent: str | None, printed: str) -> None:
    def labelled(text: str) -> Clause:
        return replace(clause("c", ["x"], "文"), label=text)

    assert printed_label(labelled(label), labelled(parent) if parent else None) == printed


def test_a_row_has_no_number_outside_its_cells() -> None:
    assert printed_label(clause("c", ["附件1", "3"], "文", ClauseKind.ROW), None) == ""


@pytest.mark.parametrize("target", ["h1", "h2"])
def test_hostile_text_stays_text(target: str) -> None:
    html = notice_view(Opened(HOSTILE_NOTICE, HOSTILE_CLAUSES), SourceLink("n2", target), Language.CHINESE)
    assert "<img" not in html
    assert "<script" not in html
    assert "<svg" not in html
    assert "${" not in html
    assert "{{" not in html


@pytest.mark.parametrize(("accounted", "shown"), [(1.0, "100%"), (0.99999, "99.99%"), (0.98, "98.00%")])
def test_the_card_says_how_long_it_holds_and_how_much_of_the_text_is_accounted_for(
    accounted: float, shown: str
) -> None:
    card = replace(LANZHOU.card, effective="2024-05-01", expires="2027-04-30", repeals=("《旧方案》",))
    record = replace(LANZHOU, card=card, accounted=accounted)
    html = notice_view(Opened(record, LANZHOU_CLAUSES), SourceLink("n1", "c2", None), Language.CHINESE)
    assert "<div><dt>施行日期</dt><dd>2024年5月1日</dd></div>" in html
    assert "<div><dt>有效期至</dt><dd>2027年4月30日</dd></div>" in html
    assert "<div><dt>废止或修改</dt><dd>《旧方案》</dd></div>" in html
    assert f"<div><dt>文字核对</dt><dd>{shown} 的文字有着落</dd></div>" in html


def test_the_outline_leads_to_the_clauses_and_is_open_above_the_target() -> None:
    html = notice_view(Opened(LANZHOU, LANZHOU_CLAUSES), SourceLink("n1", "c2"), Language.CHINESE)
    outline = html[html.index("<nav") : html.index("</nav>")]
    assert '<a href="#go-1">一、主要目标</a><ul><li>' in outline
    assert '<a href="#go-2" class="tw-here">（一）水质目标</a>' in outline
    assert re.findall(r'aria-expanded="(\w+)" aria-label="展开或收起：(\w+)"', outline) == [
        ("true", "主要目标"),
        ("false", "重点任务"),
        ("false", "推进河道综合整治"),
    ]
    assert 'data-n="1"' in html
    assert "完成青溪" not in outline  # rows are read in their table


def test_a_notice_opens_without_a_clause() -> None:
    html = notice_view(Opened(LANZHOU, LANZHOU_CLAUSES), SourceLink("n1"), Language.CHINESE)
    assert "tw-target" not in html
    assert "tw-crumbs" not in html


def test_the_card_shows_the_audit_and_leads_to_attachments_and_cited_documents() -> None:
    cited = ("《北泽市清水办法》（北政发〔2023〕7号）", "《不在语料的规定》")
    other = replace(
        HOSTILE_NOTICE, id="n9", card=replace(HOSTILE_NOTICE.card, doc_number="北政发〔2023〕7号")
    )
    record = replace(LANZHOU, card=replace(LANZHOU.card, cites=cited))
    held = held_documents(cited, [LANZHOU, other])
    assert held == {cited[0]: other}
    audit = Audit(1000, 950, 40, (Stretch("第1页", 0, 3, "页码"),), (Stretch("丢失的七个字。", 5, 12),))
    html = notice_view(Opened(record, LANZHOU_CLAUSES, audit, held), SourceLink("n1", "c2"), Language.CHINESE)
    assert '<li><a href="#c=n1/c7">附件1 重点任务分工表</a></li>' in html
    assert f'<li><a href="#c=n9">{cited[0]}</a></li><li>{cited[1]}</li>' in html
    assert "文字核对：全文 1000 字，99.30% 有着落（条款 950，卡片 40，页面文字 3，丢失 7）" in html
    assert '<span class="tw-rule">页码</span>第1页' in html


def test_a_cited_document_is_known_by_its_title_whatever_its_brackets() -> None:
    record = replace(LANZHOU, card=replace(LANZHOU.card, title="岚州市清水方案(2024年)"))
    assert held_documents(["《岚州市清水方案（2024年）》"], [record]) == {
        "《岚州市清水方案（2024年）》": record
    }
    assert held_documents(["《清水方案》"], [record]) == {}


def test_the_tools_name_the_address_and_the_original() -> None:
    html = _view("c6-20")
    assert 'data-address="岚州/岚州市清水行动方案.txt 二（一）20"' in html
    assert 'href="original/n1" download=""' in html
    assert "tw-page-image" not in html


def test_a_clause_with_a_page_shows_the_page() -> None:
    page = replace(LANZHOU_CLAUSES[2], place=SourcePlace(page=3, box=(1, 2, 3, 4)))
    html = notice_view(Opened(LANZHOU, [page]), SourceLink("n1", "c2"), Language.CHINESE)
    assert '<img src="page-image/n1/c2.png" alt="原件第 3 页 一（一）" loading="lazy">' in html
