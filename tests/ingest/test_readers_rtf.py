"""Rich Text Format: encodings, labels, tables, what is left out, damaged files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Cell
from ingest.errors import UnreadableFile
from ingest.readers import parse_document, rtf
from tests.ingest.hostile import is_fair, outcome
from tests.ingest.word_files import only_table, printed

FONTS = (
    rb"{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\froman\fcharset0 Times New Roman;}"
    rb"{\f2\fnil\fcharset2 Wingdings;}{\f3\fcharset136 MingLiU;}}"
)


def _rtf(body: bytes, head: bytes = rb"\ansi\ansicpg936") -> bytes:
    return b"{\\rtf1" + head + FONTS + rb"\f0 " + body + b"}"


def _hex(text: str, codec: str = "gb18030") -> bytes:
    return b"".join(b"\\'%02x" % byte for byte in text.encode(codec))


def _read(body: bytes) -> list[str | list[list[str]]]:
    return printed(parse_document(Path("方案.rtf"), _rtf(body)).blocks)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (_hex("一、总体目标") + rb"\par " + _hex("二、任务"), ["一、总体目标", "二、任务"]),
        (b"\\'96@\\'81\\'40", ["朄丂".encode("gb18030").decode("gb18030")]),
        (b"\\'d2\r\n\\'bb\\par", ["一"]),
        (rb"{\f1 " + _hex("字体未标中文") + b"}", ["字体未标中文"]),
        (rb"{\f3 " + _hex("環境", "big5") + b"}", ["環境"]),
        (rb"{\f1 2016 \'96 2020}", ["2016 – 2020"]),
        (rb"\uc1\u28165?\u27827?x", ["清河x"]),
        (rb"\uc2\u28165\'c7\'e5\u27827\'ba\'d3", ["清河"]),
        (rb"\uc0\u28165\u27827 y", ["清河y"]),
        (rb"\u-10174?\u-8265?", ["𠮷"]),
        (rb"a\tab b\line c\~d\_e\-f\{g\}", ["a\tb", "c\u00a0d-ef{g}"]),
        (b"a\\\nb", ["a", "b"]),
        (rb"\ldblquote x\rdblquote\emdash y", ["“x”—y"]),
        (rb"a{\v hid{\b den}}b{\deleted gone}c\v hidden\v0 d", ["abcd"]),
        (rb"a{\footnote note}{\header head}{\pict 0102}{\*\unknown {\b x} y}b", ["ab"]),
        (rb"a{\pict\bin5 {{{{{}b", ["ab"]),
        (rb"{\shp{\*\shpinst{\shptxt box\par}}{\shprslt box\par}}text", ["text"]),
        (rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}", ["link"]),
        (rb"{\field{\*\fldinst { TOC 1-3 }}{\fldrslt one\par two\par}}text", ["text"]),
        (rb"{\field{\*\fldinst eq \\o\\ac(" + _hex("○") + rb",3)}{\fldrslt }}x", ["③x"]),
        (rb"{\f2\'fe}x", ["☑x"]),
        (rb"one\page two\sect three", ["one", "two", "three"]),
    ],
)
def test_text(body: bytes, expected: list[str]) -> None:
    assert _read(body) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (rb"{\listtext\pard\plain\f0 " + _hex("（一）") + rb"\tab}", "（一）x"),
        (rb"{\pntext\f0 1.\tab}", "1. x"),
        (rb"{\listtext\f2\'6c\tab}", "x"),
        (rb"{\*\pn\pnlvlbody{\pntxta .}}", "x"),
    ],
)
def test_generated_labels_stand_before_the_text(label: bytes, expected: str) -> None:
    assert _read(label + b"x") == [expected]


def test_document_encoding_and_properties() -> None:
    body = rb"{\info{\title " + _hex("清淤方案") + rb"}{\author \u28165?}{\company y}}" + _hex("正文")
    document = parse_document(Path("方案.doc"), _rtf(body))
    assert (document.format, document.encoding, document.rendered) == ("rtf", "gb18030", True)
    assert dict(document.metadata) == {"title": "清淤方案", "creator": "清"}
    assert document.source == "正文\n"


def test_without_a_code_page_chinese_is_told_by_its_bytes() -> None:
    data = _rtf(rb"{\f1 " + _hex("正文") + b"}", head=rb"\ansi")
    assert parse_document(Path("方案.rtf"), data).source == "正文\n"


def test_tables_with_spans_and_a_header() -> None:
    body = (
        rb"before\par\trowd\trhdr\cellx1000\cellx3000\pard\intbl no\cell task\cell\row"
        rb"\trowd\clvmgf\cellx1000\cellx2000\cellx3005 \pard\intbl 1\cell"
        rb"{dredge\cell} March\par April\cell\row"
        rb"\trowd\clvmrg\cellx1000\cellx2000\cellx3000 \pard\intbl\cell watch\cell May\cell\row"
        rb"\trowd\clmgf\cellx1000\clmrg\cellx2000\cellx3000 \pard\intbl all\cell\cell 3\cell\row"
        rb"\pard after\par"
    )
    document = parse_document(Path("方案.rtf"), _rtf(body))
    table = only_table(document)
    assert [row.header for row in table.rows] == [True, False, False, False]
    assert [row.cells for row in table.rows] == [
        (Cell("no"), Cell("task", colspan=2)),
        (Cell("1", rowspan=2), Cell("dredge"), Cell("March\nApril")),
        (Cell("watch"), Cell("May")),
        (Cell("all", colspan=2), Cell("3")),
    ]
    assert (printed(document.blocks)[0], printed(document.blocks)[-1]) == ("before", "after")


def test_a_table_in_a_cell_is_text_of_the_cell() -> None:
    body = (
        rb"\trowd\cellx1000\cellx3000\pard\intbl a\cell\pard\intbl\itap2 x\nestcell y\nestcell"
        rb"{\*\nesttableprops\trowd\cellx500\nestrow}{\nonesttables\par}\pard\intbl\itap1 b\cell\row"
        rb"\trowd\cellx1000\cellx3000\pard\intbl c\cell d\cell\row"
    )
    assert _read(body) == [[["a", "x\ny\nb"], ["c", "d"]]]


def test_too_many_marks_and_too_deep_groups_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableFile, match="嵌套过深"):
        _read(b"{" * 2000 + b"x")
    monkeypatch.setattr(rtf, "_MAX_TOKENS", 50)
    with pytest.raises(UnreadableFile, match="标记过多"):
        _read(rb"\b x" * 60)


SAMPLE = _rtf(
    rb"{\info{\title t}}{\listtext 1.\tab}"
    + _hex("总则")
    + rb"\par\trowd\cellx9\cellx20\pard\intbl\u28165?\cell b\cell\row"
    rb"{\field{\*\fldinst TOC}{\fldrslt x}}{\f1 y}\pard z\par"
)


@settings(max_examples=500, deadline=None)
@given(
    st.lists(st.tuples(st.integers(12, len(SAMPLE)), st.integers(0, 9), st.binary(max_size=6)), max_size=5)
)
def test_mutated_documents_are_read_or_refused(changes: list[tuple[int, int, bytes]]) -> None:
    mutated = bytearray(SAMPLE)
    for at, cut, junk in changes:
        mutated[at : at + cut] = junk
    assert is_fair("方案.rtf", outcome("方案.rtf", bytes(mutated)))
