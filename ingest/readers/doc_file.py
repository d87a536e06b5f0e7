"""The streams of a .doc file and what its header (File Information Block) says of them. (MS-DOC 2.5)"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.errors import UnreadableFile
from ingest.readers.doc_bytes import u16, u32
from ingest.readers.ole2 import DAMAGED, Container

_MAGIC = 0xA5EC  # 2.5.2, wIdent
_WORD_97 = 0x00C1
_ENCRYPTED = 0x0100
_TABLE_1 = 0x0200
_TEXT_LENGTH = 0x4C  # ccpText in FibRgLw97 (2.5.5)
_PLACES = 0x9A  # FibRgFcLcb97 (2.5.6): pairs (offset, size) of the parts of the table stream


class Part:
    """Positions of parts in FibRgFcLcb97."""

    STYLES = 1
    CHARACTER_PAGES = 12
    PARAGRAPH_PAGES = 13
    FONTS = 15
    PIECES = 33
    LISTS = 73
    LIST_OVERRIDES = 74


@dataclass(frozen=True, slots=True)
class WordFile:
    """The streams of a .doc; `length` is the number of characters of its main text."""

    main: bytes
    table: bytes
    data: bytes
    length: int

    def part(self, which: int) -> bytes:
        """Return a part of the table stream, empty if there is none."""
        begin, size = self.place(which)
        return self.table[begin : begin + size]

    def place(self, which: int) -> tuple[int, int]:
        """Return (offset, size) of a part of the table stream. :raises struct.error: in a cut-off header."""
        at = _PLACES + 8 * which
        return u32(self.main, at), u32(self.main, at + 4)


def open_doc(path: Path, container: Container) -> WordFile:
    """Return the streams of the Word document in `container`.

    :raises UnreadableFile: If it is encrypted, older than Word 97, or damaged.
    :raises struct.error: If its header breaks off.
    """
    streams = container.streams(("WordDocument", "0Table", "1Table", "Data"))
    main = streams.get("WordDocument", b"")
    if u16(main, 0) != _MAGIC or u16(main, 2) < _WORD_97:
        raise UnreadableFile(
            path, "是 Word 97 以前的旧格式，无法读取。请用 Word 或 WPS 另存为 docx 后再放入。"
        )
    flags = u16(main, 10)
    if flags & _ENCRYPTED:
        raise UnreadableFile(path, "文件设有密码，无法读取。请去掉密码后再放入。")
    table = streams.get("1Table" if flags & _TABLE_1 else "0Table")
    if table is None:
        raise UnreadableFile(path, DAMAGED)
    return WordFile(main, table, streams.get("Data", b""), u32(main, _TEXT_LENGTH))
