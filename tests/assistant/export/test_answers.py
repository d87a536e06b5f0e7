"""Answers on file: what python-docx, openpyxl and a reader of Markdown find in them."""

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook

from assistant.answering import worded_answer
from assistant.assistant import Assistant
from assistant.export.errors import ExportFault
from assistant.export.files import write_answers
from assistant.export.markdown import escape, markdown
from assistant.export.turns import Turn
from assistant.types import Answer, AnswerForm, Cell, Chart, FormKind, Statement, Table
from tests.assistant.sample import MemorySource

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FACT = "青岚到2025年河湖水质优良比例要达到多少？"
TASKS = "青岚市水务局在任务分解表里有哪些任务？"
NOTHING = "青岚幼儿园学费几块"


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(MemorySource())


@pytest.fixture(scope="module")
def fact(assistant: Assistant) -> Answer:
    answer = assistant.ask([FACT])
    (citation,) = answer.citations
    numbered = replace(citation, doc_number="青政发〔2021〕5号", quote="河湖水质优良比例达到88%以上")
    form = AnswerForm(
        FormKind.PASSAGES,
        statements=(Statement("到2025年,河湖水质优良比例达到88%以上。", 1),),
        notes=("两处说法不一致。",),
    )
    return worded_answer(replace(answer, citations=(numbered,)), form)


@pytest.fixture(scope="module")
def compared(assistant: Assistant) -> Answer:
    answer = assistant.ask(["青岚和白砂的河湖水质优良比例各是多少"])
    rows = (
        (Cell("青岚市"), Cell("88%以上", (1,), 88.0)),
        (Cell("白砂市"), Cell("=91%", (2,), 91.0)),
        (Cell("云屏县"), Cell("没有条款")),
    )
    table = Table(("地区", "水质优良比例（%）"), rows)
    chart = Chart("", ("青岚市", "白砂市"), (88.0, 91.0), "%")
    return worded_answer(answer, AnswerForm(FormKind.COMPARISON, table=table, chart=chart))


def _footnotes(path: Path) -> dict[str, str]:
    """Footnote id → its text, of the file's own footnotes part."""
    root = etree.fromstring(zipfile.ZipFile(path).read("word/footnotes.xml"))
    return {
        note.get(f"{_W}id"): "".join(t.text for t in note.iter(f"{_W}t"))
        for note in root.iter(f"{_W}footnote")
        if note.get(f"{_W}type") is None
    }


def _references(paragraph: Any) -> list[str]:
    return [r.get(f"{_W}id") for r in paragraph._p.iter(f"{_W}footnoteReference")]


def test_a_word_document_with_footnotes(tmp_path: Path, fact: Answer) -> None:
    path = tmp_path / "答复.docx"
    write_answers(path, [Turn(FACT, fact), Turn("再问一遍", fact)])
    document = Document(str(path))
    assert [p.text for p in document.paragraphs] == [
        "政策问答记录",
        f"问：{FACT}",
        "到2025年,河湖水质优良比例达到88%以上。",
        "两处说法不一致。",
        "问：再问一遍",
        "到2025年,河湖水质优良比例达到88%以上。",
        "两处说法不一致。",
    ]
    said = document.paragraphs[2]
    assert [run.text for run in said.runs if run.bold] == ["2025年", "88%以上"]
    assert _references(said) == ["2"]
    source = (
        " 《青岚市碧水行动方案(2021-2025)》青政发〔2021〕5号，青岚市人民政府，2021-03-01，一（一）："
        "“河湖水质优良比例达到88%以上”"
    )
    assert _footnotes(path) == {"2": source, "3": source}
    assert document.core_properties.title == "政策问答记录"


def test_the_parts_that_word_insists_on(tmp_path: Path, fact: Answer) -> None:
    """ECMA-376: the part is declared and related, its separators named in the settings, its styles there."""
    path = tmp_path / "a.docx"
    write_answers(path, [Turn(FACT, fact)])
    with zipfile.ZipFile(path) as package:
        assert b"/word/footnotes.xml" in package.read("[Content_Types].xml")
        assert b'Target="footnotes.xml"' in package.read("word/_rels/document.xml.rels")
        settings = etree.fromstring(package.read("word/settings.xml"))
        notes = etree.fromstring(package.read("word/footnotes.xml"))
    named = settings.find(f"{_W}footnotePr")
    assert [e.get(f"{_W}id") for e in named] == ["0", "1"]
    children = [e.tag for e in settings]
    assert children.index(f"{_W}footnotePr") < children.index(f"{_W}compat")
    kinds = [note.get(f"{_W}type") for note in notes]
    assert kinds == ["separator", "continuationSeparator", None]
    styles = {style.style_id for style in Document(str(path)).styles}
    assert {"FootnoteText", "FootnoteReference"} <= styles


def test_a_list_in_word(tmp_path: Path, assistant: Assistant) -> None:
    path = tmp_path / "a.docx"
    write_answers(path, [Turn(TASKS, assistant.ask([TASKS]))])
    document = Document(str(path))
    items = [p for p in document.paragraphs if _references(p)]
    assert [p.text.split(" ")[0] for p in items] == ["1.", "2."]
    assert [_references(p) for p in items] == [["2"], ["3"]]
    assert [text.split("，")[-1].split("：")[0] for text in _footnotes(path).values()] == [
        "附件1#1",
        "附件1#2",
    ]


def test_a_comparison_in_word(tmp_path: Path, compared: Answer) -> None:
    path = tmp_path / "a.docx"
    write_answers(path, [Turn("比较", compared)])
    (table,) = Document(str(path)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["地区", "水质优良比例（%）"],
        ["青岚市", "88%以上"],
        ["白砂市", "=91%"],
        ["云屏县", "没有条款"],
    ]
    assert len(_footnotes(path)) == 2


def test_hostile_text_in_word(tmp_path: Path, fact: Answer) -> None:
    form = AnswerForm(FormKind.PASSAGES, statements=(Statement("<w:p>&\x00\x1b**粗** ]]> [1]", 1),))
    path = tmp_path / "a.docx"
    write_answers(path, [Turn("问\x00<b>", worded_answer(fact, form))])
    texts = [p.text for p in Document(str(path)).paragraphs]
    assert texts[1:] == ["问：问\ufffd<b>", "<w:p>&\ufffd\ufffd**粗** ]]> "]


def test_a_workbook_of_a_list(tmp_path: Path, assistant: Assistant) -> None:
    path = tmp_path / "a.xlsx"
    write_answers(path, [Turn(TASKS, assistant.ask([TASKS])), Turn(NOTHING, assistant.ask([NOTHING]))])
    book = load_workbook(path)
    assert book.sheetnames == ["问答", f"1 {TASKS[:20]}"]
    overview = [[cell.value for cell in row] for row in book["问答"].iter_rows()]
    assert [row[:2] for row in overview] == [["序号", "问题"], [1, TASKS], [2, NOTHING]]
    rows = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()]
    assert rows[0] == ["序号", "类别", "内容", "文件", "文号", "发文机关", "日期", "地址", "引文"]
    assert [(row[0], row[1], row[3], row[7]) for row in rows[1:]] == [
        (1, "牵头", "青岚市碧水行动方案(2021-2025)", "附件1#1"),
        (2, "配合", "青岚市碧水行动方案(2021-2025)", "附件1#2"),
    ]


def test_a_workbook_of_a_comparison(tmp_path: Path, compared: Answer) -> None:
    path = tmp_path / "a.xlsx"
    write_answers(path, [Turn("比较", compared)])
    sheet = load_workbook(path).worksheets[1]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["地区", "水质优良比例（%）", "水质优良比例（%）（数值）", "出处"]
    assert [row[:3] for row in rows[1:]] == [
        ["青岚市", "88%以上", 88],
        ["白砂市", "=91%", 91],
        ["云屏县", "没有条款", None],
    ]
    assert rows[1][3].startswith("《青岚市碧水行动方案(2021-2025)》一（一）：")
    assert sheet["B3"].data_type == "s"


def test_markdown(fact: Answer, compared: Answer) -> None:
    text = markdown([Turn(FACT, fact), Turn("比较|竖线", compared)])
    lines = text.splitlines()
    assert lines[:6] == [
        f"## 问：{FACT}",
        "",
        "到2025年,河湖水质优良比例达到88%以上。[^1]",
        "",
        "*两处说法不一致。*",
        "",
    ]
    assert lines[6:13] == [
        "## 问：比较\\|竖线",
        "",
        "| 地区 | 水质优良比例（%） |",
        "| --- | --- |",
        "| 青岚市 | 88%以上[^2] |",
        "| 白砂市 | =91%[^3] |",
        "| 云屏县 | 没有条款 |",
    ]
    assert lines[-3] == (
        "[^1]: 《青岚市碧水行动方案(2021-2025)》青政发〔2021〕5号，青岚市人民政府，2021-03-01，一（一）："
        "“河湖水质优良比例达到88%以上”"
    )
    assert [re.match(r"\[\^\d\]", line) is not None for line in lines[-3:]] == [True] * 3


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("**粗**", "\\*\\*粗\\*\\*"),
        ("<img onerror=x>", "\\<img onerror=x\\>"),
        ("1. 首先", "1\\. 首先"),
        ("- 项", "\\- 项"),
        ("3.5%", "3.5%"),
        ("[链接](http://x)", "\\[链接\\](http://x)"),
    ],
)
def test_markdown_shows_text_as_it_is(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_abstentions_are_put_on_file_as_such(tmp_path: Path, assistant: Assistant) -> None:
    path = tmp_path / "a.docx"
    answer = assistant.ask([NOTHING])
    write_answers(path, [Turn(NOTHING, answer)])
    texts = [p.text for p in Document(str(path)).paragraphs]
    assert texts[2] == answer.plain.splitlines()[0]
    assert _footnotes(path) == {}


def test_a_format_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ExportFault, match=r"不能写成“.pdf”这种文件，文件名请以 .docx、.xlsx、.md 结尾。"):
        write_answers(tmp_path / "a.pdf", [])
    with pytest.raises(ExportFault, match="找不到要写入的文件夹"):
        write_answers(tmp_path / "no" / "a.md", [])
