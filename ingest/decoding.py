"""Bytes → text. The encoding is decided by reasons, in a fixed order, never by a statistical guesser.

1. A byte order mark decides (UTF-8, UTF-16 LE/BE).
2. NUL bytes mean UTF-16 without a mark, if the text that comes out is plausible; otherwise a binary.
3. Strict UTF-8: other encodings almost never pass it by accident.
4. A charset declared by the file itself (HTML), when it is one of the multi-byte encodings of Chinese.
5. Strict GB18030, which covers GBK and GB2312. It accepts many byte pairs, so its result must be plausible.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import UnreadableFile


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text without its byte order mark, line ends as they stand, and the Python name of its encoding."""

    text: str
    encoding: str


# Order matters: a mark is looked for at the very start only.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be", "UTF-16"),
)

# Charsets a page may declare and we then try before GB18030. Single-byte charsets are left out: they accept
# any bytes, and Chinese pages that declare iso-8859-1 are in fact GBK.
_DECLARABLE = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs"}

# Control characters but for those that text files do hold: tab, line ends, form feed, Word's soft break and
# cell mark, DOS end of file. A few strays are forgiven.
_CONTROL = re.compile(r"[\x00-\x06\x08\x0e-\x19\x1b-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.01
_MAX_STRAY_CONTROLS = 4

# Characters that running Chinese text consists of; see `_is_plausible_utf16`.
_COMMON = re.compile("[\t\n\r\x20-\x7e\xa0\u2010-\u2033\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_MIN_COMMON_SHARE = 0.95

# Simplified text has about 0.97 of its wide characters in GB2312's symbols and level-1 hanzi, traditional
# text about 0.6, random byte pairs 0.17.
_MIN_ORDINARY_SHARE = 0.4
_PLAUSIBILITY_SAMPLE = 200_000  # characters looked at; more does not change the verdict

# Where at least half of the wide characters are whole three-byte sequences of UTF-8, the file is damaged
# UTF-8 and not GB18030. (Pairs of GB18030 often pass for two-byte sequences, hardly ever for longer ones.)
_MIN_UTF8_SHARE = 0.5


def decode(path: Path, data: bytes, *, declared: str | None = None) -> DecodedText:
    """Return the text of `data`, which was read from `path`.

    `declared` is a charset label that the file states of itself (HTML `meta`); it is tried only after UTF-8.
    The text equals `data.decode(encoding)` (`utf-16-le`/`-be`: without the mark); offsets count characters.

    :raises UnreadableFile: If no supported encoding fits; names the byte and its place, counted from 1.
    """
    for mark, name, codec, label in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return DecodedText(_decode_marked(path, data, mark, codec, label), name)
    if b"\0" in data:
        return _decode_unmarked_utf16(path, data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_chinese(path, data, declared, error)
    _refuse_control_characters(path, text, "utf-8", 0)
    return DecodedText(text, "utf-8")


def _decode_marked(path: Path, data: bytes, mark: bytes, codec: str, label: str) -> str:
    try:
        text = data[len(mark) :].decode(codec)
    except UnicodeDecodeError as error:
        raise _bad_byte(path, data, len(mark) + error.start, label) from error
    _refuse_control_characters(path, text, codec, len(mark))
    return text


def _decode_unmarked_utf16(path: Path, data: bytes) -> DecodedText:
    """UTF-16 without a mark: the byte order whose text is made of ordinary characters."""
    if len(data) % 2 == 0:
        for codec in ("utf-16-le", "utf-16-be"):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            if _is_plausible_utf16(text):
                return DecodedText(text, codec)
    raise _bad_byte(path, data, data.index(b"\0"), None)


def _is_plausible_utf16(text: str) -> bool:
    sample = text[:_PLAUSIBILITY_SAMPLE]
    return "\0" not in text and len(_COMMON.findall(sample)) >= _MIN_COMMON_SHARE * len(sample)


def _decode_chinese(
    path: Path, data: bytes, declared: str | None, utf8_error: UnicodeDecodeError
) -> DecodedText:
    if _is_damaged_utf8(data):
        raise _bad_byte(path, data, utf8_error.start, "UTF-8") from utf8_error
    codec = _DECLARABLE.get((declared or "").lower().strip(), "gb18030")
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        furthest = max(error.start, utf8_error.start)
        raise _bad_byte(path, data, furthest, "UTF-8 或 GB18030") from error
    _refuse_control_characters(path, text, codec, 0)
    if codec == "gb18030" and not _is_plausible_gb18030(text):
        raise _bad_byte(path, data, utf8_error.start, "UTF-8 或 GB18030")
    return DecodedText(text, codec)


def _is_damaged_utf8(data: bytes) -> bool:
    sample = data[: 4 * _PLAUSIBILITY_SAMPLE].decode("utf-8", errors="replace")
    broken = sample.count("\ufffd")
    valid = sum(1 for char in sample if char >= "\u0800") - broken
    return valid > 0 and valid >= _MIN_UTF8_SHARE * (valid + broken)


def _is_plausible_gb18030(text: str) -> bool:
    """Whether enough of the wide characters are frequent ones.

    GB2312 orders hanzi by frequency of use: rows 16–55 (lead bytes B0–D7) hold the 3,755 common ones, rows
    1–9 punctuation and letters. (GB/T 2312-1980)
    """
    wide = [char for char in text[:_PLAUSIBILITY_SAMPLE] if char > "\x7f"]
    ordinary = sum(1 for char in wide if _is_ordinary(char))
    return ordinary >= _MIN_ORDINARY_SHARE * len(wide)


def _is_ordinary(char: str) -> bool:
    encoded = char.encode("gb2312", errors="ignore")
    return len(encoded) == 2 and (0xA1 <= encoded[0] <= 0xA9 or 0xB0 <= encoded[0] <= 0xD7)


def _refuse_control_characters(path: Path, text: str, codec: str, mark_bytes: int) -> None:
    """A file full of control characters is a binary, even where its bytes happen to be valid text."""
    controls = [match.start() for match in _CONTROL.finditer(text)]
    forgiven = max(_MAX_STRAY_CONTROLS, _MAX_CONTROL_SHARE * len(text))
    if "\0" in text or len(controls) > forgiven:
        place = mark_bytes + len(text[: controls[0]].encode(codec))
        char = ord(text[controls[0]])
        raise UnreadableFile(
            path,
            f"不是文本文件（第 {place + 1} 字节起有控制字符 0x{char:02x}）。"
            "请放入 txt、md 或 html 格式的文字版。",
        )


def _bad_byte(path: Path, data: bytes, offset: int, expected: str | None) -> UnreadableFile:
    place = f"第 {offset + 1} 字节 0x{data[offset]:02x} "
    if expected is None:
        reason = place + "是空字节，文件不是文本。请放入 txt、md 或 html 格式的文字版。"
    else:
        reason = place + f"不是有效的 {expected} 编码。请用 UTF-8 编码另存后再放入。"
    return UnreadableFile(path, reason)


_DECLARED_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,40})""",
    re.IGNORECASE,
)
_DECLARATION_WINDOW = 8192  # the HTML standard asks for 1,024; pages with long comments in front need more


def declared_charset(data: bytes) -> str | None:
    """The charset label in the first `meta` of an HTML page that has one, lower case, or None."""
    match = _DECLARED_CHARSET.search(data[:_DECLARATION_WINDOW])
    return match.group(1).decode("ascii").lower() if match else None
