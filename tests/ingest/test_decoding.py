"""Bytes → text: every supported encoding, and what is refused with which sentence."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from ingest.decoding import DecodedText, declared_charset, decode
from ingest.errors import UnreadableFile

FILE = Path("青禾市通知.txt")
TEXT = "青禾市人民政府办公室关于印发《清水行动方案》的通知\r\n一、要求\n到2027年，水质达到Ⅲ类，占比98.5%。\n"
TRADITIONAL = "青禾市環境保護工作實施細則：各區應當於每年十二月底前報送執行情況，逾期未報者，予以通報批評。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode("utf-8"), "utf-8-sig"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
        (TEXT.encode("gb2312"), "gb18030"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_encoding_gives_the_same_text_with_line_ends_as_they_stand(data: bytes, encoding: str) -> None:
    assert decode(FILE, data) == DecodedText(TEXT, encoding)


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        ("湿地4\ue01078万公顷", "utf-8", "utf-8"),  # a private-use decimal point stays for the splitter
        ("湿地面积4\ue01078万公顷，绿化率提高到百分之四十", "gb18030", "gb18030"),
        ("公示𠮷林路、㙟镇两处地块的规划条件", "gb18030", "gb18030"),  # four-byte sequences
        (TRADITIONAL, "gbk", "gb18030"),
        ("abc 123\n", "ascii", "utf-8"),
        ("一、", "gbk", "gb18030"),
    ],
)
def test_unusual_characters_survive(text: str, codec: str, encoding: str) -> None:
    assert decode(FILE, text.encode(codec)) == DecodedText(text, encoding)


def test_only_the_first_byte_order_mark_is_dropped() -> None:
    data = b"\xef\xbb\xbf\xef\xbb\xbf" + "通知".encode()
    assert decode(FILE, data).text == data.decode("utf-8-sig") == "\ufeff通知"


def test_a_bad_byte_is_named_with_its_place_counted_from_one() -> None:
    data = "青禾市通知".encode() + b"\xff" + "正文".encode()
    with pytest.raises(UnreadableFile) as caught:
        decode(FILE, data)
    assert str(caught.value) == (
        "青禾市通知.txt：第 16 字节 0xff 不是有效的 UTF-8 编码。请用 UTF-8 编码另存后再放入。"
    )


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (
            TEXT.encode("gbk") + b"\xff\xff",
            f"第 {len(TEXT.encode('gbk')) + 1} 字节 0xff 不是有效的 UTF-8 或 GB18030 编码",
        ),
        (b"\xef\xbb\xbfabc\xfe", "第 7 字节 0xfe 不是有效的 UTF-8 编码"),
        (b"\xff\xfea\0\x00\xd8", "第 5 字节 0x00 不是有效的 UTF-16 编码"),
        (TEXT.encode()[:-2], "不是有效的"),
    ],
    ids=["gbk-tail", "utf8-after-mark", "utf16-half-pair", "cut-off"],
)
def test_damaged_text_is_refused(data: bytes, place: str) -> None:
    if place == "不是有效的":  # a file cut inside a character
        data = "水质达标".encode()[:-1]
        place = "第 10 字节 0xe6 不是有效的 UTF-8 编码"
    with pytest.raises(UnreadableFile, match=place):
        decode(FILE, data)


def test_damaged_utf8_is_not_taken_for_gb18030() -> None:
    """GB18030 accepts nearly every pair of bytes ≥ 0x81, so one lost byte would give a page of rare hanzi."""
    whole = "各区人民政府：现将水质改善目标印发给你们请认真执行。".encode()
    broken = whole[:4] + whole[5:]
    with pytest.raises(UnreadableFile, match=r"第 4 字节 0xe5 不是有效的 UTF-8 编码"):
        decode(FILE, broken)


def test_gb18030_that_looks_like_two_byte_utf8_is_read() -> None:
    """通知 is CD A8 D6 AA in GBK, two valid sequences of UTF-8; one other character must decide."""
    assert decode(FILE, "通知通知通知，请各区".encode("gbk")) == DecodedText(
        "通知通知通知，请各区", "gb18030"
    )


def test_random_bytes_without_nul_are_not_taken_for_gb18030() -> None:
    """Even byte pairs that GB18030 accepts one and all are refused when the characters are not ordinary."""
    chooser = random.Random(20250101)
    pairs = bytes(
        byte for _ in range(2000) for byte in (chooser.randint(0x81, 0xA0), chooser.randint(0x80, 0xFE))
    )
    assert pairs.decode("gb18030")
    with pytest.raises(UnreadableFile, match="不是有效的 UTF-8 或 GB18030 编码"):
        decode(FILE, pairs)


@pytest.mark.parametrize(
    "data",
    [b"\x00\x01\x02\x03" * 50, b"abc\0def", bytes(range(256)) * 4],
    ids=["nul", "one-nul", "every-byte"],
)
def test_nul_bytes_that_are_no_utf16_are_a_binary(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=f"第 {data.index(0) + 1} 字节 0x00 是空字节"):
        decode(FILE, data)


@pytest.mark.parametrize(("mark", "place"), [(b"", 3), (b"\xef\xbb\xbf", 6)])
def test_control_characters_are_a_binary(mark: bytes, place: int) -> None:
    with pytest.raises(UnreadableFile, match=f"第 {place} 字节起有控制字符 0x01"):
        decode(FILE, mark + b"ab\x01\x02\x03\x04" * 20)


def test_a_few_stray_control_characters_are_forgiven() -> None:
    assert decode(FILE, "通\x01知\x07\x1a".encode()).text == "通\x01知\x07\x1a"


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />', "gb2312"),
        (b"<META http-equiv=Content-Type content='text/html; charset=GBK'>", "gbk"),
        (b'<meta charset="utf-8" name="viewport">', "utf-8"),
        (b"<p>charset=gbk</p>", None),
        (b"", None),
    ],
)
def test_declared_charset(head: bytes, charset: str | None) -> None:
    assert declared_charset(head) == charset


def test_a_declared_charset_counts_only_where_utf8_fails() -> None:
    assert decode(FILE, "通知".encode(), declared="gb2312").encoding == "utf-8"
    assert decode(FILE, TRADITIONAL.encode("big5"), declared="big5") == DecodedText(TRADITIONAL, "big5hkscs")
    assert decode(FILE, TEXT.encode("gbk"), declared="iso-8859-1") == DecodedText(TEXT, "gb18030")
