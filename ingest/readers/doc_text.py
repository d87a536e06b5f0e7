"""The main text of a .doc, put together from its pieces, without hidden and deleted characters.

(MS-DOC 2.4.1 Retrieving Text, 2.9.38 Clx, 2.9.177 Pcd)
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from sys import byteorder

from ingest.readers.doc_bytes import u16, u32, u32s
from ingest.readers.doc_file import Part, WordFile
from ingest.readers.doc_pages import character_runs
from ingest.readers.symbols import symbol

# Stands for a character that is not printed, so that places stay; no document holds it.
GONE = "\0"

_PIECE_TABLE = 2
_COMPRESSED = 0x40000000
_DELETED, _SPECIAL, _VANISHED, _SYMBOL = 0x0800, 0x0855, 0x083C, 0x6A09
_MARKS = "\r\x07\x0c\x13\x14\x15"  # ends of paragraphs, cells and sections, and of parts of fields


@dataclass(frozen=True, slots=True)
class _Piece:
    begin: int  # of its first character in the text
    place: int  # of its first character in the main stream
    width: int  # bytes for each character


class Text:
    """`characters` is the main text, one for each UTF-16 unit; `place` says where one is stored."""

    def __init__(self, file: WordFile) -> None:
        self._pieces: list[_Piece] = []
        parts: list[str] = []
        edits = _edits(file)
        begins = [edit.begin for edit in edits]
        length = 0
        for begin, end, place, width in _stored(file):
            parts.append(_edited(_decoded(file.main, place, end - begin, width), place, width, edits, begins))
            self._pieces.append(_Piece(length, place, width))
            length += len(parts[-1])
        self.characters = "".join(parts)
        self._begins = [piece.begin for piece in self._pieces]

    def place(self, position: int) -> int:
        """Return where the character at `position` stands in the main stream."""
        piece = self._pieces[bisect_right(self._begins, position) - 1]
        return piece.place + (position - piece.begin) * piece.width


@dataclass(frozen=True, slots=True)
class _Edit:
    """Characters from `begin` to before `end` in the main stream that print otherwise than stored."""

    begin: int
    end: int
    deleted: bool
    sign: str


def printed(characters: str) -> str:
    """Return the characters as text: without those that are gone, pairs of UTF-16 units as one character."""
    bare = characters.replace(GONE, "")
    return bare.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _stored(file: WordFile) -> list[tuple[int, int, int, int]]:
    """(first character, end, place in the stream, bytes a character) of the pieces of the main text.

    All pieces together are no longer than the stream, so that pieces laid over each other cannot blow up.
    """
    table = _piece_table(file.part(Part.PIECES))
    count = max(len(table) - 4, 0) // 12
    bounds = u32s(table, 0, count + 1)
    pieces: list[tuple[int, int, int, int]] = []
    left = len(file.main)
    for index in range(count):
        begin, end = bounds[index], min(bounds[index + 1], file.length)
        stored = u32(table, 4 * (count + 1) + 8 * index + 2)
        width = 1 if stored & _COMPRESSED else 2
        place = (stored & ~_COMPRESSED) // 2 if width == 1 else stored & 0x3FFFFFFF
        end = min(end, begin + left // width)
        if begin < end:
            left -= (end - begin) * width
            pieces.append((begin, end, place, width))
    return pieces


def _piece_table(clx: bytes) -> bytes:
    """The piece table, behind the property lists that stand before it."""
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + u16(clx, at + 1)
    if at < len(clx) and clx[at] == _PIECE_TABLE:
        return clx[at + 5 : at + 5 + u32(clx, at + 1)]
    return b""


def _decoded(main: bytes, place: int, count: int, width: int) -> str:
    stored = main[place : place + count * width]
    if width == 1:
        return stored.decode("cp1252", errors="replace").replace(GONE, " ")
    units = array("H", stored[: len(stored) // 2 * 2])
    if byteorder == "big":
        units.byteswap()
    return "".join(map(chr, units)).replace(GONE, " ")


def _edits(file: WordFile) -> list[_Edit]:
    """Hidden and deleted characters and signs of symbol fonts, in order of place."""
    fonts = _fonts(file)
    edits = []
    for run, found in character_runs(file):
        # 0x81, "other than the style", is found all over files whose text Word shows: only 1 is a deletion
        deleted = found.get(_DELETED, b"\0")[:1] == b"\1"
        hidden = found.get(_VANISHED, b"\0")[:1] == b"\1"
        sign = ""
        operand = found.get(_SYMBOL, b"")
        if len(operand) == 4 and found.get(_SPECIAL, b"\1")[:1] == b"\1":
            sign = symbol(fonts.get(u16(operand, 0), ""), f"{u16(operand, 2):x}")
        if (deleted or hidden or sign) and run.begin < run.end:
            edits.append(_Edit(run.begin, run.end, deleted, "" if deleted or hidden else sign))
    return sorted(edits, key=lambda edit: edit.begin)


def _edited(text: str, place: int, width: int, edits: list[_Edit], begins: list[int]) -> str:
    """`text`, stored at `place`, as it prints; its length stays."""
    end = place + len(text) * width
    index = max(bisect_right(begins, place) - 1, 0)
    pieces: list[str] = []
    done = 0
    while index < len(edits) and edits[index].begin < end:
        edit = edits[index]
        index += 1
        first = max((edit.begin - place) // width, done)
        last = min((edit.end - place) // width, len(text))
        if first < last:
            pieces += (text[done:first], _replaced(text[first:last], edit))
            done = last
    return "".join((*pieces, text[done:]))


def _replaced(text: str, edit: _Edit) -> str:
    if edit.sign:
        return edit.sign[0] * len(text)
    if edit.deleted:  # the end of a cell is no part of a deletion
        return "".join(char if char == "\x07" else GONE for char in text)
    return "".join(char if char in _MARKS else GONE for char in text)


def _fonts(file: WordFile) -> dict[int, str]:
    """Names of fonts by number. (2.9.286 SttbfFfn, 2.9.84 FFN)"""
    table = file.part(Part.FONTS)
    names: dict[int, str] = {}
    at = 4
    while at < len(table) and len(names) < 10_000:
        size = table[at]
        name = table[at + 40 : at + 1 + size].decode("utf-16-le", errors="replace")
        names[len(names)] = name.partition("\0")[0]
        at += 1 + size
    return names
