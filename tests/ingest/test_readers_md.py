"""Markdown → lines and tables with places in the source."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ingest.document import Block, Cell, Line, Row, Table
from ingest.readers.md import read_md
from ingest.readers.md_inline import plain, plain_with_places

FILE = Path("a.md")


def _blocks(source: str) -> tuple[Block, ...]:
    document = read_md(FILE, source.encode(), "a.md")
    assert document.source == source
    return document.blocks


def _texts(source: str) -> list[str]:
    return [block.text for block in _blocks(source) if isinstance(block, Line)]


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("# 青禾市清水方案", ["青禾市清水方案"]),
        ("## 一、总体要求 ##", ["一、总体要求"]),
        ("#一、总体要求", ["一、总体要求"]),
        ("#1楼窗口", ["#1楼窗口"]),
        ("####### 七级", ["####### 七级"]),
        ("> 引文\n> > 深层", ["引文", "深层"]),
        ("- 要点\n* 要点\n+ 要点", ["要点", "要点", "要点"]),
        ("#\n-\n>\n- \n# ", []),
        ("-5%\n*注：含\n——水质", ["-5%", "*注：含", "——水质"]),
        ("1. 甲\n1. 乙", ["1. 甲", "1. 乙"]),  # as written, not as counted
        ("1\\. 甲", ["1\\. 甲"]),  # the text of a line is a span of the source
        ("标题\n====\n甲\n---\n***\n___\n- - -", ["标题", "甲"]),
        ("————\n－－－", ["————", "－－－"]),
        ("**附件1**", ["附件1"]),
        ("**第一条**　为改善水质", ["第一条**　为改善水质"]),
        ("**甲**与**乙**", ["甲**与**乙**"]),
        ("[返回](a.htm)\n见[附件](b.htm)", ["返回", "见[附件](b.htm)"]),
        ("![流程图](a.png)\n[](b)\n<br>\n&nbsp;", []),
        ("<div align=center>\n<p>来源：市水务局</p>\n</div>", ["来源：市水务局"]),
        ("甲\n\n\n\n    乙\n\t丙", ["甲", "乙", "丙"]),  # four blanks are an indent here, not code
        ("甲行\n乙行", ["甲行", "乙行"]),  # a wrapped paragraph stays in its physical lines
        ("```\n# 甲\n- 乙\n\n<!-- 丙 -->\n```\n# 丁", ["# 甲", "- 乙", "<!-- 丙 -->", "丁"]),
        ("~~~\n```\n~~~\n- 甲", ["```", "甲"]),
        ("```\n- 甲", ["- 甲"]),
        ("<!-- 甲 -->乙\n丙<!-- 丁\n戊\n-->己<!---->", ["乙", "丙", "己"]),
        ("甲 <!-- 乙", ["甲 <!-- 乙"]),  # never closed: text
        ("甲 | 乙\n丙", ["甲 | 乙", "丙"]),  # no delimiter row, no table
        ("|---|\n甲", ["|---|", "甲"]),
        ("---\n甲：乙\n丙", ["甲：乙", "丙"]),  # a rule, not front matter: it is never closed
    ],
)
def test_lines(source: str, texts: list[str]) -> None:
    assert _texts(source) == texts


def test_front_matter_becomes_metadata() -> None:
    source = (
        '---\nTitle: "青禾市清水方案"\ndate: 2024-03-01\n发文字号：青政〔2024〕3号\ntags:\n  - 水\n---\n正文'
    )
    document = read_md(FILE, source.encode(), "a.md")
    assert dict(document.metadata) == {
        "title": "青禾市清水方案",
        "date": "2024-03-01",
        "发文字号": "青政〔2024〕3号",
        "tags": "",
    }
    start = source.index("正文")
    assert document.blocks == (Line("正文", 0, start, start + 2),)


def test_a_pipe_table_has_rows_with_places() -> None:
    source = "表前\n| 序号 | 任务 |\n|:--|--:|\n| 1 | **建成**湿地 \\| 公园<br>两处 |\n|  | 1\\.清淤 |\n表后"
    first = source.index("| 序号")
    second = source.index("| 1 |")
    third = source.index("|  |")
    assert _blocks(source) == (
        Line("表前", 0, 0, 2),
        Table(
            (
                Row((Cell("序号"), Cell("任务")), 1, first, first + len("| 序号 | 任务 |"), header=True),
                Row((Cell("1"), Cell("建成湿地 | 公园\n两处")), 1, second, third - 1),
                Row((Cell(""), Cell("1.清淤")), 1, third, third + len("|  | 1\\.清淤 |")),
            ),
            1,
        ),
        Line("表后", 2, len(source) - 2, len(source)),
    )


def test_a_second_delimiter_row_is_a_row_of_the_same_table() -> None:
    (table,) = _blocks("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n|---|---|\n| 3 | 4 |")
    assert isinstance(table, Table)
    assert [row.cells[0].text for row in table.rows] == ["甲", "1", "---", "3"]


def test_an_html_table_with_merged_cells_has_rows_with_places() -> None:
    rows = [
        '<tr><th rowspan="2">序号</th><th colspan="2">任务</th></tr>',
        "<tr><th>清淤</th><th>截污</th></tr>",
        "<tr><td>1</td><td>东河<br>西河</td><td>A&amp;B段</td></tr>",
    ]
    source = f"前\n<table>\n{rows[0]}{rows[1]}\n{rows[2]}\n</table>后\n尾"
    table = _blocks(source)[1]
    assert isinstance(table, Table)
    assert [source[row.start : row.end] for row in table.rows] == rows
    assert [row.header for row in table.rows] == [True, True, False]
    assert table.rows[0].cells == (Cell("序号", rowspan=2), Cell("任务", colspan=2))
    assert table.rows[2].cells == (Cell("1"), Cell("东河\n西河"), Cell("A&B段"))
    assert _texts(source) == ["前", "后", "尾"]


def test_rows_that_the_source_opens_otherwise_get_the_span_of_their_table() -> None:
    source = '<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td title="<tr >">2</td></tr></table>'
    (table,) = _blocks(source)
    assert isinstance(table, Table)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["甲", "1"], ["乙", "2"]]
    assert {(row.start, row.end) for row in table.rows} == {(0, len(source))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**1\\.** [见附件](a.htm)", "1. 见附件"),
        ("第一条**　为改善水质", "第一条　为改善水质"),  # what a trimmed leading mark leaves behind
        ("*重点*、_重点_、__重点__、***重点***", "重点、重点、重点、重点"),
        ("2*3*4 和 a_b_c", "2*3*4 和 a_b_c"),
        ("*注：含甲", "*注：含甲"),
        ("`代码` ~~删去~~", "代码 删去"),
        ("![图](a.png)甲<br>乙<u>丙</u>", "甲乙丙"),
        ("A &amp; B &lt;5 &unknown; &", "A & B <5 &unknown; &"),
        ("a<b 且 b>c", "a<b 且 b>c"),
        ("\\*不是强调\\*", "*不是强调*"),
        ("[附表](a(1).htm)", "附表"),
        ("〔2024〕3号 [注]", "〔2024〕3号 [注]"),
        ("", ""),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


_MARKED = st.text(alphabet=st.sampled_from(list("甲乙1.*_`[]()<>!\\&~ lt;amp#|-\n")))


@given(_MARKED)
def test_places_of_plain_text_ascend_and_point_at_the_character(text: str) -> None:
    result = plain_with_places(text)
    places = list(result.places)
    assert len(places) == len(result.text)
    assert places == sorted(places)
    for char, place in zip(result.text, places, strict=True):
        assert text[place] in (char, "&")


@given(_MARKED)
def test_spans_hold_are_in_order_and_disjoint(source: str) -> None:
    cursor = 0
    for ordinal, block in enumerate(_blocks(source)):
        assert block.block == ordinal
        for part in block.rows if isinstance(block, Table) else (block,):
            assert part.start is not None
            assert part.end is not None
            assert cursor <= part.start < part.end <= len(source)
            cursor = part.end
            if isinstance(part, Line):
                assert part.text == source[part.start : part.end]


@given(_MARKED)
def test_no_word_is_lost(source: str) -> None:
    """Hanzi outside comments, fence lines, link targets and images are in the blocks, in order."""
    assume(not any(mark in source for mark in ("<", "`", "](", "!", "~~~")))
    kept = ""
    for block in _blocks(source):
        rows = block.rows if isinstance(block, Table) else ()
        kept += block.text if isinstance(block, Line) else "".join(c.text for row in rows for c in row.cells)
    assert [char for char in kept if char in "甲乙"] == [char for char in source if char in "甲乙"]
