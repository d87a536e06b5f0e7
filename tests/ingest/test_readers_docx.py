"""Word documents since 2007: what is printed, the labels that Word generates, tables, limits."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Cell
from ingest.errors import UnreadableFile
from ingest.readers import packages, parse_document, word_tables
from tests.ingest.hostile import is_fair, outcome
from tests.ingest.word_files import (
    NAMES,
    cell,
    docx,
    only_table,
    package,
    paragraph,
    printed,
    read,
    row,
    run,
    table,
)


def _lines(body: str, **parts: str) -> list[str | list[list[str]]]:
    return printed(read(docx(body, **parts)).blocks)


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


# -- text ---------------------------------------------------------------------------------------------------


def test_a_document_has_offsets_into_what_is_printed() -> None:
    document = read(docx(paragraph("　　关于河道清淤的通知") + paragraph(" ") + paragraph("各街道：")))
    assert document.source == "关于河道清淤的通知\n各街道：\n"
    assert [(b.block, b.start, b.end) for b in document.blocks] == [(0, 0, 9), (1, 10, 14)]  # type: ignore[union-attr]
    assert (document.format, document.rendered) == ("docx", True)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (run("河") + run("长") + run("制"), ["河长制"]),
        (run("一、目标") + "<w:r><w:br/></w:r>" + run("二、任务"), ["一、目标", "二、任务"]),
        (run("见") + "<w:r><w:tab/></w:r>" + run("表"), ["见\t表"]),
        (run("甲") + "<w:r><w:noBreakHyphen/></w:r>" + run("乙") + "<w:r><w:softHyphen/></w:r>", ["甲-乙"]),
        (run("留") + run("不印", "<w:vanish/>") + run("下", '<w:vanish w:val="0"/>'), ["留下"]),
        (f"<w:ins>{run('增补')}</w:ins><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>", ["增补"]),
        (f"<w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('新处')}</w:moveTo>", ["新处"]),
        (run("脚注") + '<w:r><w:footnoteReference w:id="2"/></w:r>', ["脚注"]),
        (run("选") + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', ["选☑"]),
        (f"<w:hyperlink>{run('网址')}</w:hyperlink><w:smartTag>{run('日期')}</w:smartTag>", ["网址日期"]),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", ["控件"]),
        ("<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>", ["a=b"]),
        (
            _mark("begin") + _code("DATE") + _mark("separate") + run("3月1日") + _mark("end") + run("前"),
            ["3月1日前"],
        ),
        (_mark("begin") + _code(r"eq \o\ac(○,") + _code("3)") + _mark("end") + run("检查"), ["③检查"]),
        (run("全文") + _mark("begin") + _code("PAGE"), ["全文"]),
        (
            "<w:r><w:ruby><w:rt>"
            + run("jùn")
            + "</w:rt><w:rubyBase>"
            + run("浚")
            + "</w:rubyBase></w:ruby></w:r>",
            ["浚"],
        ),
    ],
)
def test_a_paragraph_prints(content: str, expected: list[str]) -> None:
    assert _lines(f"<w:p>{content}</w:p>") == expected


def test_a_field_that_is_never_closed_takes_only_its_own_paragraph() -> None:
    body = f"<w:p>{_mark('begin')}{_code('REF x')}{run('无')}</w:p>" + paragraph("正文")
    assert _lines(body) == ["正文"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    deleted = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('清淤')}</w:p>"
    assert _lines(deleted + paragraph("保洁")) == ["清淤保洁"]


def test_text_boxes_stand_outside_the_text() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('盖章处')}</w:txbxContent></w:pict></w:r>"
    assert _lines(f"<w:p>{run('正文有许多字')}{box}</w:p>") == ["正文有许多字"]


def test_a_document_that_is_all_text_boxes_is_read_from_them_once() -> None:
    inside = f"<w:txbxContent>{paragraph('一、总体目标')}{paragraph('二、重点任务')}</w:txbxContent>"
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{inside}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert _lines(f"<w:p>{box}{run('页1')}</w:p>") == ["一、总体目标", "二、重点任务", "页1"]


def test_a_generated_table_of_contents_is_left_out() -> None:
    entry = paragraph(run("一、目标") + "<w:r><w:tab/></w:r>" + run("1"))
    field = (
        f"<w:p>{_mark('begin')}{_code(' TOC 1-3 ')}{_mark('separate')}{run('第一章')}</w:p>"
        f"{entry}<w:p>{_mark('end')}</w:p>"
    )
    control = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{paragraph('目录')}{entry}</w:sdtContent></w:sdt>"
    )
    assert _lines(field + control + paragraph("正文")) == ["正文"]


def test_a_table_of_contents_that_is_never_closed_takes_nothing_away() -> None:
    field = f"<w:p>{_mark('begin')}{_code(' TOC ')}{_mark('separate')}{run('第一章')}</w:p>"
    assert _lines(field + paragraph("正文")) == ["第一章", "正文"]


def test_core_properties_are_metadata() -> None:
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> 清淤方案 </dc:title><dc:creator/></c>'
    assert dict(read(docx(paragraph("正文"), core=core)).metadata) == {"title": "清淤方案"}


def test_the_strict_form_of_the_standard_is_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    xml = f'<w:document xmlns:w="{strict}"><w:body>{paragraph("正文")}</w:body></w:document>'
    assert printed(read(package({"word/document.xml": xml})).blocks) == ["正文"]


def test_the_main_part_may_have_another_name() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Type="http://x/officeDocument" Target="/word/main.xml"/></Relationships>'
    )
    xml = f"<w:document {NAMES}><w:body>{paragraph('正文')}</w:body></w:document>"
    assert printed(read(package({"_rels/.rels": relations, "word/main.xml": xml})).blocks) == ["正文"]


def test_a_document_by_python_docx(tmp_path: Path) -> None:
    made = python_docx.Document()
    made.core_properties.title = "防汛预案"
    made.add_heading("防汛预案", 0)
    made.add_paragraph("一、总则")
    grid = made.add_table(2, 2)
    for place, text in enumerate(("序号", "任务", "1", "巡堤")):
        grid.cell(place // 2, place % 2).text = text
    path = tmp_path / "预案.txt"
    made.save(str(path))
    document = parse_document(path, path.read_bytes())
    assert document.format == "docx"
    assert document.metadata["title"] == "防汛预案"
    assert printed(document.blocks) == ["防汛预案", "一、总则", [["序号", "任务"], ["1", "巡堤"]]]


# -- numbers ------------------------------------------------------------------------------------------------


def _level(at: int, form: str, template: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{template}"/></w:lvl>'
    )


def _list(levels: str, number: int = 1, overrides: str = "", abstract: int = 0) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{abstract}">{levels}</w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
    )


NOTICE = _list(
    _level(0, "chineseCounting", "%1、")
    + _level(1, "chineseCounting", "（%2）", '<w:suff w:val="nothing"/>')
    + _level(2, "decimal", "%3.", '<w:suff w:val="space"/>')
)


def test_the_levels_of_a_notice_restart_below_each_other() -> None:
    levels = [0, 1, 2, 2, 1, 2, 0, 1]
    body = "".join(paragraph("任务", list_=1, level=level) for level in levels)
    assert _lines(body, numbering=NOTICE) == [
        *("一、任务", "（一）任务", "1. 任务", "2. 任务", "（二）任务", "1. 任务", "二、任务", "（一）任务")
    ]


@pytest.mark.parametrize(
    ("form", "template", "start", "expected"),
    [
        ("chineseCountingThousand", "第%1条", 1, "第一条 "),
        ("chineseCountingThousand", "第%1条", 110, "第一百一十条 "),
        ("chineseCountingThousand", "第%1章", 12, "第十二章 "),
        ("japaneseCounting", "（%1）", 20, "（二十）"),
        ("ideographDigital", "%1、", 10, "一〇、"),
        ("decimal", "%1．", 3, "3．"),
        ("decimal", "%1)", 3, "3) "),
        ("decimalEnclosedCircleChinese", "%1", 3, "③ "),
        ("decimalEnclosedParen", "%1", 3, "⑶ "),
        ("decimalFullWidth", "%1、", 12, "１２、"),
        ("upperLetter", "%1.", 3, "C. "),
        ("lowerRoman", "%1.", 4, "iv. "),
        ("ideographTraditional", "%1、", 2, "乙、"),
        ("chineseLegalSimplified", "%1、", 15, "壹拾伍、"),
        ("bullet", "\uf06c", 1, ""),
        ("bullet", "——", 1, "——"),
        ("none", "", 1, ""),
    ],
)
def test_a_number_is_printed_in_its_form(form: str, template: str, start: int, expected: str) -> None:
    numbering = _list(_level(0, form, template, start=start))
    assert _lines(paragraph("任务", list_=1), numbering=numbering) == [f"{expected}任务"]


def test_decimal_levels_show_those_above_them() -> None:
    numbering = _list(_level(0, "chineseCounting", "%1") + _level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    body = "".join(paragraph("节", list_=1, level=level) for level in (0, 1, 1, 0, 1))
    assert _lines(body, numbering=numbering) == ["一 节", "1.1 节", "1.2 节", "二 节", "2.1 节"]


def test_a_level_that_never_restarts_counts_through_the_sections() -> None:
    numbering = _list(
        _level(0, "decimal", "%1.") + _level(1, "decimal", "第%2条", '<w:lvlRestart w:val="0"/>')
    )
    body = "".join(paragraph("条文", list_=1, level=level) for level in (0, 1, 1, 0, 1))
    assert _lines(body, numbering=numbering)[-1] == "第3条 条文"


def test_lists_of_one_definition_count_on_and_an_override_begins_anew() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = (
        _list(_level(0, "decimal", "%1、"))
        + '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        + f'<w:num w:numId="3"><w:abstractNumId w:val="0"/>{again}</w:num>'
    )
    body = "".join(paragraph("项", list_=number) for number in (1, 2, 3, 3))
    assert _lines(body, numbering=numbering) == ["1、项", "2、项", "1、项", "2、项"]


def test_a_style_numbers_its_paragraphs_and_a_paragraph_can_switch_it_off() -> None:
    numbering = _list(
        _level(0, "chineseCounting", "%1、", '<w:pStyle w:val="A"/>')
        + _level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="B"/>')
    )
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        f'<w:style w:styleId="A">{numbered}</w:style><w:style w:styleId="B">{numbered}</w:style>'
        '<w:style w:styleId="C"><w:basedOn w:val="B"/></w:style>'
    )
    body = paragraph("甲", style="A") + paragraph("乙", style="B") + paragraph("丙", style="C")
    body += paragraph("丁", style="A", list_=0) + paragraph("戊", style="A")
    assert _lines(body, numbering=numbering, styles=styles) == [
        "一、甲",
        "（一）乙",
        "（二）丙",
        "丁",
        "二、戊",
    ]


def test_styles_in_a_circle_number_nothing() -> None:
    styles = (
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    assert _lines(paragraph("甲", style="A"), numbering=NOTICE, styles=styles) == ["甲"]


def test_a_deleted_paragraph_is_not_counted() -> None:
    deleted = (
        '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
        "<w:del><w:r><w:delText>旧项</w:delText></w:r></w:del></w:p>"
    )
    body = paragraph("甲", list_=1) + deleted + paragraph("乙", list_=1)
    assert _lines(body, numbering=NOTICE) == ["一、甲", "二、乙"]


def test_generated_numbers_fill_a_column() -> None:
    numbered = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    rows = [row(cell("序号"), cell("任务")), *(row(cell(numbered), cell(text)) for text in ("巡河", "清淤"))]
    numbering = _list(_level(0, "decimal", "%1"))
    assert _lines(table(*rows), numbering=numbering) == [[["序号", "任务"], ["1", "巡河"], ["2", "清淤"]]]


# -- tables -------------------------------------------------------------------------------------------------

FIRST, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_merged_cells_have_spans_and_stand_once() -> None:
    document = read(
        docx(
            table(
                row(cell("序号"), cell("任务", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>"),
                row(cell("1", FIRST), cell("清淤"), cell("巡河")),
                row(cell("", GOES_ON), cell("截污"), cell("保洁")),
            )
        )
    )
    rows = only_table(document).rows
    assert [r.header for r in rows] == [True, False, False]
    assert [r.cells for r in rows] == [
        (Cell("序号"), Cell("任务", colspan=2)),
        (Cell("1", rowspan=2), Cell("清淤"), Cell("巡河")),
        (Cell("截污"), Cell("保洁")),
    ]
    assert document.source == "序号\t任务\n1\t清淤\t巡河\n截污\t保洁\n"


def test_a_cell_that_goes_on_below_nothing_is_a_cell() -> None:
    rows = only_table(
        read(docx(table(row(cell("甲", GOES_ON), cell("乙")), row(cell("丙"), cell("丁")))))
    ).rows
    assert [[c.text for c in r.cells] for r in rows] == [["甲", "乙"], ["丙", "丁"]]


def test_a_row_that_begins_further_right_has_an_empty_cell() -> None:
    document = read(
        docx(table(row(cell("甲"), cell("乙")), row(cell("丙"), properties='<w:gridBefore w:val="1"/>')))
    )
    assert only_table(document).rows[1].cells == (Cell(""), Cell("丙"))


def test_columns_in_which_no_cell_begins_are_none() -> None:
    wide = '<w:gridSpan w:val="7"/>'
    document = read(docx(table(row(cell("甲", wide), cell("乙")), row(cell("丙", wide), cell("丁")))))
    assert [c.colspan for r in only_table(document).rows for c in r.cells] == [1, 1, 1, 1]


def test_a_table_inside_a_cell_is_text_of_that_cell() -> None:
    inner = table(row(cell("内一"), cell("内二")), row(cell("内三"), cell("内四")))
    outer = table(row(cell("名称"), cell("明细")), row(cell("清淤"), cell(inner + paragraph(""))))
    assert _lines(outer) == [[["名称", "明细"], ["清淤", "内一\n内二\n内三\n内四"]]]


def test_a_table_that_frames_the_article_is_walked_through() -> None:
    article = "".join(paragraph(f"第{n}段" + "水" * 80) for n in range(1, 6))
    inner = table(row(cell("项"), cell("量")), row(cell("泥"), cell("三")))
    lines = _lines(table(row(cell("栏目"), cell("日期")), row(cell(article + inner), cell(""))))
    assert lines[:3] == ["栏目", "日期", "第1段" + "水" * 80]
    assert lines[-1] == [["项", "量"], ["泥", "三"]]


def test_a_deleted_row_is_left_out_and_rows_in_controls_are_read() -> None:
    control = f"<w:sdt><w:sdtContent>{row(cell('三'), cell('四'))}</w:sdtContent></w:sdt>"
    rows = table(row(cell("一"), cell("二")), row(cell("旧"), cell("旧"), properties="<w:del/>"), control)
    assert _lines(rows) == [[["一", "二"], ["三", "四"]]]


def test_a_table_too_wide_to_be_laid_out_is_read_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = table(row(cell("甲"), cell("乙")), row(cell("丙"), cell("丁")))
    monkeypatch.setattr(word_tables, "_MAX_PLACES", 3)
    assert _lines(rows) == ["甲", "乙", "丙", "丁"]


# -- hostile and damaged ------------------------------------------------------------------------------------


def _refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        parse_document(Path("方案.docx"), data)
    return str(caught.value)


def test_a_part_that_unpacks_to_a_thousand_times_its_size_is_refused() -> None:
    bomb = package({"word/document.xml": b"<a>" + b" " * (20 * 1024**2) + b"</a>"})
    assert len(bomb) < 40_000
    assert "压缩比异常" in _refusal(bomb)


def test_a_part_above_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_PART_BYTES", 100)
    assert "解压后内容过大" in _refusal(docx(paragraph("正文")))


def test_a_package_of_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_MEMBERS", 2)
    parts = {"word/document.xml": "<a/>", "word/b.xml": "", "word/c.xml": ""}
    assert "包内文件超过 2 个" in _refusal(package(parts))


def test_entities_are_refused_and_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("密钥", encoding="utf-8")
    for entity in ('"笑"', f'SYSTEM "{secret.as_uri()}"'):
        xml = f"<!DOCTYPE d [<!ENTITY e {entity}>]><w:document {NAMES}><w:body>&e;</w:body></w:document>"
        assert "文档类型声明" in _refusal(package({"word/document.xml": xml}))


def test_xml_of_too_many_marks_or_too_deep_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "<w:sdt>" * 5000 + "</w:sdt>" * 5000
    assert "文件已损坏" in _refusal(docx(deep))
    monkeypatch.setattr(packages, "_MAX_MARKUP", 10)
    assert "标记过多" in _refusal(docx(paragraph("正文") * 3))


def test_a_package_without_a_document_and_a_broken_one() -> None:
    assert "文件已损坏" in _refusal(package({"[Content_Types].xml": "", "word/other.xml": "<a/>"}))
    assert "文件已损坏" in _refusal(package({"word/document.xml": "no xml"}))


def test_a_document_with_a_password_in_the_package() -> None:
    data = bytearray(package({"word/document.xml": "<a/>"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # general purpose flag, bit 0: encrypted (APPNOTE 4.4.4)
    data[6] |= 1
    assert "文件设有密码" in _refusal(bytes(data))


SAMPLE = docx(
    paragraph("一、总则", list_=1)
    + table(row(cell("序号", FIRST), cell("任务")), row(cell("", GOES_ON), cell("清淤")))
    + f"<w:p>{_mark('begin')}{_code('TOC')}{_mark('separate')}{run('目')}{_mark('end')}</w:p>",
    numbering=NOTICE,
)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_mutated_documents_are_read_or_refused(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(SAMPLE)) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(parts[name]) - 1))
        cut = data.draw(st.integers(0, 20))
        parts[name][at : at + cut] = data.draw(st.binary(max_size=8))
    told = outcome("方案.docx", package({key: bytes(value) for key, value in parts.items()}))
    assert is_fair("方案.docx", told)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(SAMPLE) - 1), st.binary(min_size=1, max_size=4), st.booleans())
def test_mutated_packages_are_read_or_refused(at: int, junk: bytes, cut: bool) -> None:
    data = SAMPLE[:at] if cut else SAMPLE[:at] + junk + SAMPLE[at + len(junk) :]
    assert is_fair("方案.docx", outcome("方案.docx", data or b"x"))
