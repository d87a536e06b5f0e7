"""HTML → paragraphs and tables as a browser prints them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Cell, Line, Row, Table
from ingest.errors import UnreadableFile
from ingest.readers import html_tree
from ingest.readers.html import read_html

FILE = Path("a.html")
SENTENCE = "到2027年，全市地表水达到或好于Ⅲ类水体比例稳定在百分之九十以上，黑臭水体全面消除。"


def _texts(page: str) -> list[str]:
    """The lines of a page; a table as its cells by row."""
    texts: list[str] = []
    document = read_html(FILE, page.encode(), "a.html")
    for ordinal, block in enumerate(document.blocks):
        assert block.block == ordinal
        if isinstance(block, Line):
            assert document.source[block.start : block.end] == block.text
            texts.append(block.text)
        else:
            texts.extend(" | ".join(cell.text for cell in row.cells) for row in block.rows)
    return texts


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("<p>甲</p><p>乙</p>", ["甲", "乙"]),
        ("甲<br>乙<br/><br>丙", ["甲", "乙", "丙"]),
        ("<div>甲<p>乙</p>丙</div>丁", ["甲", "乙", "丙", "丁"]),
        ("<h1>标题</h1>正文<ul><li>甲<li>乙</ul>", ["标题", "正文", "甲", "乙"]),
        ("<p>&nbsp;&nbsp;　　一、总体 <b>要求</b>　</p><p>&nbsp;</p>", ["一、总体 要求"]),
        ("<p>第一条&nbsp;甲</p>", ["第一条\u00a0甲"]),
        ("<p>甲  \n  乙</p>", ["甲 乙"]),
        ("<p>违\n反规定，\n并处</p>", ["违反规定，并处"]),  # an editor wrapped the source
        ("<p>第一条\n<b>本办法</b></p>", ["第一条 本办法"]),  # a blank between two words of the page
        ("<p>PM\n2.5</p>", ["PM 2.5"]),
        ("<p>m<sup>2</sup>&lt;5&amp;6</p>", ["m2<5&6"]),
        ("<pre>甲\n  乙\n\n丙</pre>", ["甲", "乙", "丙"]),
        ("<p>甲<script>x()</script><style>p{}</style><!-- 注 -->乙</p>", ["甲乙"]),
        (
            "<nav>首页</nav><p>甲</p><select><option>区</select><textarea>草</textarea><button>搜索</button>",
            ["甲"],
        ),
        (
            "甲<p hidden>乙</p><p style='DISPLAY : none'>丙</p><p style='visibility:hidden'>丁</p>戊己庚",
            ["甲戊己庚"],  # what is not displayed breaks no line
        ),
        (
            "<p style='display:none'>" + SENTENCE + "</p><p>加载中</p>",
            [SENTENCE, "加载中"],
        ),  # a script shows it
        ("<div title='header'>—1—</div><p>甲</p><div title='footer'>2</div>", ["甲"]),  # LibreOffice
    ],
)
def test_lines(page: str, texts: list[str]) -> None:
    assert _texts(page) == texts


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("<ol><li>甲<li>乙</ol>", ["1.甲", "2.乙"]),
        ("<ol start=3><li>甲<li value=7>乙<li>丙</ol>", ["3.甲", "7.乙", "8.丙"]),
        ("<ol type=a><li>甲</ol><ol type=I start=4><li>乙</ol>", ["a.甲", "IV.乙"]),
        ("<ol style='list-style-type: cjk-ideographic' start=10><li>甲<li>乙</ol>", ["十、甲", "十一、乙"]),
        ("<ol style='list-style:none'><li>甲</ol>", ["甲"]),
        ("<ol><li>1.甲<li>（二）乙<li>第三条 丙<li>④丁</ol>", ["1.甲", "（二）乙", "第三条 丙", "④丁"]),
        ("<ol><li><p>甲</p><p>续</p><li>乙<ol><li>子</ol></ol>", ["1.甲", "续", "2.乙", "1.子"]),
        ("<ol><li></li><li>乙</ol>", ["2.乙"]),
        ("<ul><li>甲</ul><li>乙", ["甲", "乙"]),
    ],
)
def test_list_numbers_are_printed(page: str, texts: list[str]) -> None:
    assert _texts(page) == texts


def test_a_data_table_keeps_spans_headers_and_caption() -> None:
    page = """<p>前</p><table><caption>任务表</caption>
      <thead><tr><td rowspan=2>序号</td><td colspan="2">任务</td></tr>
      <tr><td>清淤</td><td>截污</td></tr></thead>
      <tr><td>1</td><td rowspan="99">东河<br>西河</td><td><p>甲</p><p>乙</p></td></tr>
      <tr><td>2</td><td></td></tr></table>后"""
    assert read_html(FILE, page.encode(), "a.html").blocks == (
        Line("前", 0),
        Table(
            (
                Row((Cell("序号", rowspan=2), Cell("任务", colspan=2)), 1, header=True),
                Row((Cell("清淤"), Cell("截污")), 1, header=True),
                Row((Cell("1"), Cell("东河\n西河", rowspan=2), Cell("甲\n乙")), 1),
                Row((Cell("2"), Cell("")), 1),
            ),
            1,
            caption="任务表",
        ),
        Line("后", 2),
    )


@pytest.mark.parametrize(
    ("rowspan", "colspan", "expected"),
    [
        ("2", "3", (2, 3)),
        ("0", "0", (2, 1)),
        ("-1", "x", (1, 1)),
        ("", " 2 ", (1, 2)),
        ("99999999999", "99999999999", (2, 64)),
        ("²", "１", (1, 1)),
    ],
)
def test_spans_are_cut_to_the_table(rowspan: str, colspan: str, expected: tuple[int, int]) -> None:
    spans = f'rowspan="{rowspan}" colspan="{colspan}"'
    page = f"<table><tr><td {spans}>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>"
    (table,) = read_html(FILE, page.encode(), "a.html").blocks
    assert isinstance(table, Table)
    first = table.rows[0].cells[0]
    assert (first.rowspan, first.colspan) == expected


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>",  # one column
        "<table><tr><td>甲</td><td>乙</td></tr></table>",  # one row
        "<table><tr><td></td><td>甲</td></tr><tr><td> </td><td>乙</td></tr></table>",  # a spacer column
        "<table><tr><td><table><tr><td>甲</td></tr></table></td><td></td></tr><tr><td>乙</td></tr></table>",
        "<table role=presentation><tr><td>甲</td><td></td></tr><tr><td>乙</td><td></td></tr></table>",
        "<table><tr><td>甲</td></tr>乙</table>",
    ],
)
def test_a_table_that_lays_text_out_gives_lines(page: str) -> None:
    assert sorted(_texts(page)) == ["乙", "甲"]
    assert not any(isinstance(block, Table) for block in read_html(FILE, page.encode(), "a.html").blocks)


def test_a_table_around_the_article_gives_its_paragraphs() -> None:
    article = "".join(f"<p>{number}.{SENTENCE}</p>" for number in range(1, 12))
    page = f"<table><tr><td>栏目</td><td>日期</td></tr><tr><td>左</td><td>{article}</td></tr></table>"
    assert _texts(page)[-1] == f"11.{SENTENCE}"
    assert len(_texts(page)) == 14


def test_a_data_table_inside_a_layout_table_is_one() -> None:
    inner = "<table><tr><td>年份</td><td>套数</td></tr><tr><td>2027</td><td>40</td></tr></table>"
    page = f"<table><tr><td>甲</td><td>乙</td></tr><tr><td>{inner}</td><td>丙</td></tr></table>"
    blocks = read_html(FILE, page.encode(), "a.html").blocks
    assert [type(block) for block in blocks] == [Line, Line, Table, Line]
    assert _texts(page) == ["甲", "乙", "年份 | 套数", "2027 | 40", "丙"]


def test_text_outside_the_cells_of_a_table_is_not_lost() -> None:
    rows = "<td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr><tr><td>丙</td><td>3</td></tr>"
    page = f"<table>{rows}</table>"
    assert sorted("".join(_texts(page)).replace(" | ", "")) == sorted("甲1乙2丙3")


def test_furniture_around_the_text_goes_and_the_document_around_it_stays() -> None:
    page = f"""<title>青禾市清水行动方案-青禾市人民政府</title>
      <div id=top><a href=/>首页</a> | <a href=/a>政务公开</a> <a href=/b>办事服务</a></div>
      <div>您当前的位置：<a href=/>首页</a> &gt; <a>方案</a></div>
      <div><table><tr><td>索引号：</td><td>QH-2024-3</td></tr><tr><td>发文日期：</td><td>2024-03-01</td></tr></table></div>
      <div>发布机构：青禾市人民政府</div><div>站内搜索</div>
      <div class=layout><div class=side><ul><li><a>河长制要闻一则</a><li><a>水务简讯一则</a></ul></div>
        <div class=main><h1>青禾市清水行动方案</h1><div>发布时间：2024-03-05 【字号 大 中 小】</div>
          <div class=text><p>{SENTENCE}</p><p>{SENTENCE}</p></div>
          <div>青禾市人民政府</div><div>2024年3月1日</div>
          <div>（联系科室：<a href=/s>水务科</a>，联系电话：0000-0000000）</div>
          <div><a href="a/任务表.doc?v=1">附件：任务表</a></div>
          <div>【<a>打印</a>】【<a>关闭</a>】 分享到：</div>
          <div>相关链接：<a>清淤工程开工的消息</a></div></div></div>
      <div>主办：青禾市人民政府办公室　版权所有　青ICP备00000000号</div>"""
    assert _texts(page) == [
        "索引号： | QH-2024-3",
        "发文日期： | 2024-03-01",
        "发布机构：青禾市人民政府",
        "青禾市清水行动方案",
        "发布时间：2024-03-05 【字号 大 中 小】",
        SENTENCE,
        SENTENCE,
        "青禾市人民政府",
        "2024年3月1日",
        "（联系科室：水务科，联系电话：0000-0000000）",
        "附件：任务表",
    ]


def test_running_text_beside_links_stays() -> None:
    links = "".join(f"<a href={number}>清淤工程第{number}标段开工的消息</a>" for number in range(5))
    page = f"<div><p>{SENTENCE * 3}</p></div><div>{links}<p>{SENTENCE}</p></div><div>{links}</div>"
    assert _texts(page)[-1] == SENTENCE
    assert len(_texts(page)) == 3


def test_words_of_a_footer_above_the_text_are_no_footer() -> None:
    page = f"<div>青禾市版权所有人登记办法</div><div><p>{SENTENCE}</p></div><div>青禾市政府版权所有</div>"
    assert _texts(page) == ["青禾市版权所有人登记办法", SENTENCE]


def test_a_title_of_two_lines_stays_whole() -> None:
    page = f"""<title>关于印发青禾市河道水质改善三年行动方案的通知</title><div>站内搜索</div>
      <p>关于印发青禾市河道</p><p>水质改善三年行动方案的通知</p><div><p>{SENTENCE}</p></div>"""
    assert _texts(page) == ["关于印发青禾市河道", "水质改善三年行动方案的通知", SENTENCE]


def test_a_page_without_a_known_title_keeps_what_stands_above_the_text() -> None:
    page = f"<title>首页</title><div>青政发〔2024〕3号</div><div><p>{SENTENCE}</p></div>"
    assert _texts(page) == ["青政发〔2024〕3号", SENTENCE]


def test_the_same_words_in_the_text_are_no_furniture() -> None:
    page = f"<p>{SENTENCE}</p><p>打印机、版权所有登记由<a href=x>市水务局网站</a>办理。</p>"
    assert _texts(page)[1] == "打印机、版权所有登记由市水务局网站办理。"


def test_metadata_has_lower_case_names_and_the_first_of_equals() -> None:
    page = """<title> 青禾市\n方案 </title><meta name=PubDate content="2024-03-01 10:00">
      <meta name=ArticleTitle content=方案><meta property="og:title" content=甲>
      <meta name=pubdate content=later><meta name=ContentSource content="">
      <meta charset=utf-8><p>甲<svg><title>图标</title></svg></p>"""
    document = read_html(FILE, page.encode(), "目录/a.html")
    assert dict(document.metadata) == {
        "title": "青禾市 方案",
        "pubdate": "2024-03-01 10:00",
        "articletitle": "方案",
        "og:title": "甲",
    }
    assert (document.name, document.source, document.format) == ("目录/a.html", "甲\n", "html")


@pytest.mark.parametrize("codec", ["utf-8", "gbk", "gb18030", "utf-16"])
def test_encodings(codec: str) -> None:
    page = f'<html><head><meta charset="gb2312"><?xml version="1.0" encoding="big5"?></head><p>{SENTENCE}</p>'
    document = read_html(FILE, page.encode(codec), "a.html")
    assert document.blocks == (Line(SENTENCE, 0),)
    assert document.source == f"{SENTENCE}\n"


def test_entities_of_the_document_are_not_expanded_and_nothing_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    bomb = '<!ENTITY a "水水水水"><!ENTITY b "&a;&a;&a;&a;">'
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">{bomb}]><p>甲&x;&b;</p>'
    printed = "".join(_texts(page))
    assert "机密" not in printed
    assert "水" not in printed.removeprefix('"水水水水">')
    assert "甲&x;&b;" in printed


@pytest.mark.parametrize(
    "page",
    ["<div>" * 300 + "甲", "<table><tr><td>" * 200 + "甲", "<p>" + "水" * 10_500_000],
    ids=["depth", "tables", "one-word"],
)
def test_a_page_beyond_the_limits_is_refused_and_not_cut(page: str) -> None:
    with pytest.raises(UnreadableFile, match="无法"):
        read_html(FILE, page.encode(), "a.html")


def test_a_page_of_too_many_tags_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_tree, "_MAX_TAGS", 4)
    assert _texts("<p>甲</p><p>乙</p>") == ["甲", "乙"]
    with pytest.raises(UnreadableFile, match="网页的标签超过 4 个"):
        read_html(FILE, "<p>甲</p><p>乙</p><p>".encode(), "a.html")


@pytest.mark.parametrize("before", ["", "<b>清</b>"])
@pytest.mark.parametrize("sign", ["\x0c", "&#1;", "\uffff"])
def test_a_sign_that_is_no_xml_may_stand_behind_what_is_hidden(before: str, sign: str) -> None:
    (text,) = _texts(f"<p>{before}<script>x</script>淤{sign}于河</p>")
    assert "".join(c for c in text if "\u4e00" <= c <= "\u9fff") == ("清" if before else "") + "淤于河"


def test_hostile_text_stays_text() -> None:
    page = "<p>&lt;img src=x onerror=alert(1)&gt;${1+1}{{x}}<img src=x onerror=alert(1)></p><p>\x01甲</p>"
    assert _texts(page) == ["<img src=x onerror=alert(1)>${1+1}{{x}}", "甲"]


_TAGS = (
    "p /p div /div table /table tr /tr td /td th ol /ol li /li br b /b font pre /pre span /span h1 form thead"
)
_PIECES = st.sampled_from(
    [f"<{tag}>" for tag in _TAGS.split()]
    + [
        "<td colspan=2>",
        "<td rowspan=3>",
        "<caption>",
        "</table></div>",
        "<!--x-->",
        "甲",
        "乙",
        "丙",
        "丁 戊",
        "\n",
    ]
)


@given(st.lists(_PIECES, max_size=40))
def test_no_word_of_a_broken_page_is_lost_doubled_or_moved(pieces: list[str]) -> None:
    words = "".join(piece for piece in pieces if "<" not in piece).split()
    printed = "".join(_texts("<html><body>" + "".join(pieces)))
    assert [char for char in printed if char in "甲乙丙丁戊"] == list("".join(words))
