"""Word documents of 1997–2003: what is printed, numbers that Word generates, tables, damaged files."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Cell
from ingest.errors import UnreadableFile
from ingest.readers import parse_document
from ingest.readers.doc_bytes import properties
from ingest.readers.ole2 import Container
from tests.ingest.doc_files import (
    DELETED,
    HIDDEN,
    IN_TABLE,
    Paragraph,
    container,
    doc,
    level,
    numbered,
    one_list,
    prop,
    row_end,
)
from tests.ingest.hostile import is_fair, outcome
from tests.ingest.word_files import only_table, printed

WILD = Path(__file__).parents[3] / "shared" / "wild"


def _lines(data: bytes) -> list[str | list[list[str]]]:
    return printed(parse_document(Path("方案.doc"), data).blocks)


def _plain(*texts: str) -> list[Paragraph]:
    return [(f"{text}\r", b"") for text in texts]


def _row(*texts: str, end: bytes | None = None) -> list[Paragraph]:
    edges = [1000 * index for index in range(len(texts) + 1)]
    return [*((f"{text}\x07", IN_TABLE) for text in texts), ("\x07", end or row_end(edges))]


def test_paragraphs_are_lines_and_other_parts_of_the_file_are_left_out() -> None:
    document = parse_document(Path("方案.doc"), doc(_plain("关于清淤的通知", "", "各街道："), after="页眉\r"))
    assert document.source == "关于清淤的通知\n各街道：\n"
    assert (document.format, document.rendered) == ("doc", True)


def test_text_of_one_byte_a_character() -> None:
    assert _lines(doc(_plain("PM2.5 \u2013 30"), narrow=True)) == ["PM2.5 \u2013 30"]


def test_characters_beyond_the_basic_plane_are_whole_and_places_stay_right() -> None:
    body = [("𠮷镇\r", b""), *_plain("乙"), ("丙\r", numbered(1))]
    data = doc(body, characters=[(4, 5, HIDDEN)], lists=one_list([level(0, "\0.")]))
    assert _lines(data) == ["𠮷镇", "1. 丙"]


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("一、目标\x0b二、任务\r", ["一、目标", "二、任务"]),
        ("上页\x0c下页\r", ["上页", "下页"]),
        ("图\x01与\x08注\x02\r", ["图与注"]),
        ("甲\x1e乙\x1f\r", ["甲-乙"]),
        ("见\t表\r", ["见\t表"]),
        ("于\x13 DATE \x143月1日\x15前\r", ["于3月1日前"]),
        ("\x13 EQ \\o\\ac(○,2)\x15检查\r", ["②检查"]),
        ("\x13 TOC \x14第一章 1\x15\r", []),
        ("\x13 TOC \x14不关闭的目录\r", ["不关闭的目录"]),
        ("没有结束标记", ["没有结束标记"]),
    ],
)
def test_what_a_paragraph_prints(stored: str, expected: list[str]) -> None:
    assert _lines(doc([("开头\r", b""), (stored, b"")])) == ["开头", *expected]


def test_hidden_and_deleted_text_is_left_out() -> None:
    body = _plain("甲乙丙丁", "戊")
    assert _lines(doc(body, characters=[(1, 2, HIDDEN)])) == ["甲丙丁", "戊"]
    assert _lines(doc(body, characters=[(1, 3, DELETED)])) == ["甲丁", "戊"]
    assert _lines(doc(body, characters=[(3, 5, DELETED)])) == ["甲乙丙戊"]
    assert _lines(doc(body, characters=[(3, 5, HIDDEN)])) == ["甲乙丙", "戊"]
    assert _lines(doc(body, characters=[(1, 2, prop(0x0800, 0x81))])) == ["甲乙丙丁", "戊"]


def test_levels_of_a_list_are_numbered_as_printed() -> None:
    lists = one_list(
        [
            level(37, "\0、"),
            level(37, "（\1）", follow=2),
            level(0, "\2.", follow=1),
            level(39, "第\3条", limit=0, flags=8),
        ]
    )
    body = [("任务\r", numbered(1, at)) for at in (0, 1, 2, 2, 1, 2, 3, 0, 1, 3)]
    assert _lines(doc(body, lists=lists)) == [
        *("一、任务", "（一）任务", "1. 任务", "2. 任务", "（二）任务", "1. 任务", "第一条 任务"),
        *("二、任务", "（一）任务", "第二条 任务"),
    ]


def test_a_list_that_begins_anew() -> None:
    lists = one_list([level(0, "\0、")], restarts=[1, 5])
    body = [("项\r", numbered(which)) for which in (1, 1, 2, 3, 3)]
    assert _lines(doc(body, lists=lists)) == ["1、项", "2、项", "1、项", "5、项", "6、项"]


def test_a_list_that_is_not_there_numbers_nothing() -> None:
    assert _lines(doc([("项\r", numbered(9))], lists=one_list([level(0, "\0、")]))) == ["项"]


def test_cells_and_rows_are_a_table() -> None:
    body = [*_plain("附表"), *_row("序号", "任务", end=row_end([0, 900, 3000], header=True))]
    body += [*_row("1", "清淤\x0b护岸"), *_row("2", ""), *_plain("备注")]
    document = parse_document(Path("方案.doc"), doc(body))
    assert printed(document.blocks) == [
        "附表",
        [["序号", "任务"], ["1", "清淤\n护岸"], ["2", ""]],
        "备注",
    ]
    assert [row.header for row in only_table(document).rows] == [True, False, False]


def test_edges_and_merges_of_cells() -> None:
    first, goes_on = 3 << 5, 1 << 5
    body = [
        *_row("责任", "任务", end=row_end([-108, 900, 3000])),
        *_row("局", "清淤", "三月", end=row_end([-100, 905, 2000, 3010], [first, 0, 0])),
        *_row("", "巡河", "四月", end=row_end([-108, 900, 2000, 3000], [goes_on, 0, 0])),
        *_row("合", "计", "七", end=row_end([-108, 900, 2000, 3000], [1, 3, 0])),
    ]
    rows = only_table(parse_document(Path("方案.doc"), doc(body))).rows
    assert [row.cells for row in rows] == [
        (Cell("责任"), Cell("任务", colspan=2)),
        (Cell("局", rowspan=2), Cell("清淤"), Cell("三月")),
        (Cell("巡河"), Cell("四月")),
        (Cell("合\n计", colspan=2), Cell("七")),
    ]


def test_generated_numbers_fill_a_column() -> None:
    body = [*_row("序号", "任务")]
    for text in ("巡河", "清淤"):
        body += [
            ("\x07", IN_TABLE + numbered(1)),
            (f"{text}\x07", IN_TABLE),
            ("\x07", row_end([0, 1000, 2000])),
        ]
    assert _lines(doc(body, lists=one_list([level(0, "\0")]))) == [
        [["序号", "任务"], ["1", "巡河"], ["2", "清淤"]]
    ]


def test_a_table_without_marks_of_rows_is_not_lost() -> None:
    assert _lines(doc([*_plain("附表"), ("甲\x07", IN_TABLE), ("乙\x07", IN_TABLE)])) == ["附表", "甲", "乙"]


def _summary(page: int, *texts: tuple[int, int, bytes]) -> bytes:
    """A property set with a code page and (identifier, kind, text)."""
    values = [(1, struct.pack("<IHH", 2, page, 0))]
    for key, kind, text in texts:
        size = len(text) // 2 if kind == 0x1F else len(text)
        values.append((key, struct.pack("<II", kind, size) + text.ljust((len(text) + 3) // 4 * 4, b"\0")))
    at, places, body = 8 + 8 * len(values), b"", b""
    for key, value in values:
        places += struct.pack("<II", key, at + len(body))
        body += value
    return (
        struct.pack("<HHI16xI16xI", 0xFFFE, 0, 0, 1, 48) + struct.pack("<II", 0, len(values)) + places + body
    )


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        (_summary(936, (2, 0x1E, "清淤方案\0".encode("gbk"))), {"title": "清淤方案"}),
        (_summary(1200, (4, 0x1E, "王\0".encode("utf-16-le"))), {"creator": "王"}),
        (_summary(65001, (2, 0x1F, "清淤\0".encode("utf-16-le")), (7, 0x1E, b"x")), {"title": "清淤"}),
        (_summary(936, (2, 0x1E, b"\xff\xff")), {}),
        (_summary(936)[:60], {}),
        (_summary(936, (2, 0x101E, b"\xff\xff\xff\xff")), {}),
        (b"", {}),
    ],
)
def test_title_and_creator(summary: bytes, expected: dict[str, str]) -> None:
    stored = {"\x05SummaryInformation": summary} if summary else {"Other": b""}
    assert Container(Path("方案.doc"), container(stored)).properties() == expected


def test_too_many_paragraphs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.doc._MAX_PARAGRAPHS", 2)
    assert "段落超过 2 个" in outcome("方案.doc", doc(_plain("一", "二", "三")))


def test_a_property_list_that_breaks_off() -> None:
    assert properties(prop(0x2416, 1) + b"\x08\xd6\x50") == {0x2416: b"\1"}
    assert properties(prop(0x2416, 1) + prop(0x2416, 0)) == {0x2416: b"\0"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (doc(_plain("文"), flags=0x0300), "文件设有密码，无法读取。请去掉密码后再放入。"),
        (
            doc(_plain("文"), version=0x0065),
            "是 Word 97 以前的旧格式，无法读取。请用 Word 或 WPS 另存为 docx 后再放入。",
        ),
        (doc(_plain("文"), flags=0), "文件已损坏，无法打开。请用 Word 或 WPS 打开后另存为 docx，再放入。"),
        (doc(_plain("文"))[:3000], "文件已损坏，无法打开。请用 Word 或 WPS 打开后另存为 docx，再放入。"),
        (
            container({"WordDocument": b"\xec\xa5"}),
            "是 Word 97 以前的旧格式，无法读取。请用 Word 或 WPS 另存为 docx 后再放入。",
        ),
        (doc(_plain("")), "文件里没有可读的文字。请检查后重新放入。"),
    ],
)
def test_a_file_that_cannot_be_read(data: bytes, reason: str) -> None:
    data += "WordDocument".encode("utf-16-le")
    with pytest.raises(UnreadableFile) as caught:
        parse_document(Path("方案.doc"), data)
    assert str(caught.value) == f"方案.doc：{reason}"


SAMPLE = doc(
    [
        *_plain("总则", "\x13 TOC \x14目\x15录"),
        ("任务\r", numbered(1)),
        *_row("序号", "任务"),
        *_row("1", "清淤"),
    ],
    characters=[(1, 2, HIDDEN), (3, 5, DELETED)],
    lists=one_list([level(37, "\0、")], restarts=[3]),
)
# All that is not filling: the header, the text, the pages, the tables and the directory.
FULL = [at for at in range(0, len(SAMPLE), 8) if any(SAMPLE[at : at + 8])]


@settings(max_examples=500, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(FULL), st.integers(0, 7), st.integers(0, 255)), max_size=6), st.data()
)
def test_mutated_documents_are_read_or_refused(
    changes: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    mutated = bytearray(SAMPLE)
    for at, more, byte in changes:
        mutated[at + more : at + more + 1] = bytes([byte])
    cut = data.draw(st.sampled_from([0, 0, 0, 1, 511, 5000]))
    assert is_fair("方案.doc", outcome("方案.doc", bytes(mutated[: len(mutated) - cut])))


@pytest.mark.skipif(not WILD.is_dir(), reason="../shared/wild is not at hand")
def test_old_documents_as_published_have_their_text_and_their_numbers() -> None:
    """Articles are numbered in steps of one in each, also where Word generates the numbers."""
    paths = sorted(WILD.glob("*.doc"))
    assert len(paths) == 10
    for path in paths:
        document = parse_document(path, path.read_bytes())
        assert document.format == "doc"
        assert len(document.source) > 2500
        assert "\ufffd" not in document.source
        assert "第一条" in document.source
        assert "第三条" in document.source
