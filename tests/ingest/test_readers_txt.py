"""Plain text → lines."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Document, Line
from ingest.readers import parse_document
from ingest.readers.lines import BLANK
from ingest.readers.txt import read_txt

FILE = Path("a.txt")


def test_lines_are_trimmed_and_point_into_the_source() -> None:
    source = "\u3000\u3000一、总体要求\u3000\r\n\r\n\xa0\xa0（一）指导思想\n\ufeff\n  1.湿地4\ue01078万公顷"
    document = read_txt(FILE, source.encode(), "目录/a.txt")
    assert document == Document(
        name="目录/a.txt",
        source=source,
        blocks=(
            Line("一、总体要求", 0, 2, 8),
            Line("（一）指导思想", 1, 15, 22),
            Line("1.湿地4\ue01078万公顷", 2, 27, 38),
        ),
        encoding="utf-8",
        format="txt",
    )


def test_every_kind_of_line_end_ends_a_line() -> None:
    document = read_txt(FILE, "甲\r乙\r\n丙\n丁\f戊\v己\u2028庚".encode(), "a.txt")
    assert [line.text for line in document.blocks if isinstance(line, Line)] == list("甲乙丙丁戊己庚")


@given(
    st.text(alphabet=st.sampled_from("一二（)1.、 \t\n\r\f\v\x85\u2028\u3000\xa0\ufeff\u200b\ue010𠮷<#|-"))
)
def test_every_character_that_is_not_blank_is_in_exactly_one_line(source: str) -> None:
    data = b"\xef\xbb\xbf" + source.encode()
    document = read_txt(FILE, data, "a.txt")
    assert document.source == data.decode("utf-8-sig")
    covered: list[int] = []
    for ordinal, line in enumerate(document.blocks):
        assert isinstance(line, Line)
        assert line.start is not None
        assert line.end is not None
        assert line.block == ordinal
        assert line.text == source[line.start : line.end] == line.text.strip(BLANK) != ""
        covered.extend(range(line.start, line.end))
    assert covered == sorted(set(covered))
    assert set(range(len(source))) - set(covered) <= {i for i, char in enumerate(source) if char in BLANK}


def test_line_ends_are_in_no_line() -> None:
    document = read_txt(FILE, ("第一条 甲\r\n" * 3).encode(), "a.txt")
    assert [(line.start, line.end) for line in document.blocks if isinstance(line, Line)] == [
        (0, 5),
        (7, 12),
        (14, 19),
    ]


def test_ten_megabytes_keep_their_count() -> None:
    data = ("（一）" + "水" * 45 + "\n").encode() * 70_000
    document = parse_document(FILE, data)
    assert len(data) > 10_000_000
    assert len(document.blocks) == 70_000
    last = document.blocks[-1]
    assert isinstance(last, Line)
    assert (last.start, last.end) == (70_000 * 49 - 49, 70_000 * 49 - 1)
