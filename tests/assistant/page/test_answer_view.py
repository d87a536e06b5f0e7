"""An answer as HTML, letter by letter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.page.answer_view import answer_view, date_text, fault_view, partial_view
from assistant.page.ask.copy_text import copy_text
from assistant.page.html import escape
from assistant.page.i18n import Language
from index.types import Hit
from tests.assistant.page.fake import HOSTILE, LANZHOU, LANZHOU_CLAUSES, answer_to

_TOOLS = (
    '<div class="tw-answer-tools"><a href="#copy-answer">复制</a>'
    '<span class="tw-export">导出 <a href="#act=export/2/docx">Word</a> '
    '<a href="#act=export/2/md">Markdown</a></span>'
    '<a href="#act=retry/2">重新回答</a>'
    '<span class="tw-thumbs"><a href="#act=up/2">有用</a> <a href="#act=down/2">不对</a></span>'
    '<span class="tw-copied" hidden="hidden">已复制</span>'
    '<span class="tw-by-hand" hidden="hidden">已选中，请按 Ctrl+C 复制</span></div>'
)


def test_an_answer_has_its_figure_in_bold_its_marker_linked_and_one_line_for_its_source() -> None:
    assert answer_view(answer_to("优良比例？"), Language.CHINESE, turn=2) == (
        '<div class="tw-answer">'
        "<p>到2027年，全市地表水优良比例达到<strong>96%</strong>。"
        '<a href="#c=n1/c2&#38;m=27-48" class="tw-marker">[1]</a></p>'
        '<div class="tw-sources"><p class="tw-sources-head">出处</p><ul class="tw-source-list">'
        '<li><a href="#c=n1/c2&#38;m=27-48" class="tw-source">'
        '<span class="tw-source-marker">[1]</span>'
        '<span class="tw-source-title">《岚州市清水行动实施方案（2024—2027年）》</span>'
        '<span class="tw-source-fact">岚州市人民政府办公室</span>'
        '<span class="tw-source-fact">2024年5月20日</span>'
        '<span class="tw-source-address">一（一）</span>'
        "</a></li></ul></div>"
        + _TOOLS
        + '<pre class="tw-copy-text" hidden="hidden">'
        + escape(copy_text(answer_to("优良比例？")))
        + "</pre></div>"
    )


def test_an_abstention_says_why_and_shows_the_nearest_clauses_as_such() -> None:
    html = answer_view(answer_to("月球基地？"), Language.CHINESE)
    assert html.startswith(
        '<div class="tw-answer tw-abstained"><div class="tw-nothing">'
        '<div class="tw-abstained-head"><p>语料中没有条款说到这件事。</p></div>'
        '<div class="tw-sources"><p class="tw-sources-head">最接近的条款（不是答案）：</p>'
        '<ul class="tw-source-list"><li><a href="#c=n1/c2" class="tw-source">'
    )
    assert html.count("<li>") == 2


def test_many_sources_are_folded_after_the_fifth() -> None:
    html = answer_view(answer_to("清单全部"), Language.CHINESE)
    shown, folded = html.split("<details><summary>其余 4 条出处</summary>")
    assert shown.count("tw-source-title") == 5
    assert folded.count("tw-source-title") == 4


def test_while_it_is_written_an_answer_shows_neither_links_nor_its_list_of_sources() -> None:
    whole = answer_to("优良比例？")
    text = "共2项：\n- 甲[1]\n- **乙**\n\n完\n[1] 《岚州市清水"
    assert partial_view(replace(whole, text=text)) == (
        '<div class="tw-answer tw-writing" aria-busy="true"><p>共2项：</p>'
        '<ul class="tw-list"><li>甲<span class="tw-marker">[1]</span></li>'
        "<li><strong>乙</strong></li></ul><p>完</p></div>"
    )


def test_hostile_text_stays_text() -> None:
    for html in (answer_view(answer_to("恶意"), Language.CHINESE), fault_view(HOSTILE)):
        assert "<img" not in html
        assert "<script" not in html
        assert "<svg" not in html
        assert "${" not in html
        assert 'href="javascript' not in html
        assert "\n" not in html


@pytest.mark.parametrize(
    ("iso", "language", "shown"),
    [
        ("2020-07-05", Language.CHINESE, "2020年7月5日"),
        ("2020-07-05", Language.ENGLISH, "2020-07-05"),
        ("2020-07", Language.CHINESE, "2020-07"),
        (None, Language.CHINESE, None),
    ],
)
def test_dates(iso: str | None, language: Language, shown: str | None) -> None:
    assert date_text(iso, language) == shown


def test_the_excerpt_of_a_row_is_its_cells_and_a_long_one_is_cut() -> None:
    row = next(one for one in LANZHOU_CLAUSES if one.id == "c10")
    long = next(one for one in LANZHOU_CLAUSES if one.id == "c6-1")
    answer = replace(answer_to("月球"), retrieved=(Hit(row, LANZHOU, 1.0), Hit(long, LANZHOU, 0.5)))
    html = answer_view(answer, Language.CHINESE)
    row_text = "3；改造雨污分流管网46公里；市住房和城乡建设局；2027年6月底前；二、管网改造"
    assert f'<span class="tw-source-excerpt">{row_text}</span>' in html
    assert f'<span class="tw-source-excerpt">{long.text[:64]}…</span>' in html
