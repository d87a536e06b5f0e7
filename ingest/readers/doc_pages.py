"""Properties of paragraphs and characters of a .doc: pages of 512 bytes, keyed by places in the main stream.

(MS-DOC 2.9.174 PapxFkp, 2.9.33 ChpxFkp, 2.8.5 and 2.8.6 for the lists of pages)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ingest.readers.doc_bytes import properties, u16, u32, u32s
from ingest.readers.doc_file import Part, WordFile

_PAGE = 512
_HUGE = (0x6645, 0x6646)  # sprmPHugePapx: the properties are in the data stream
_ENTRY = 13  # BxPap


@dataclass(frozen=True, slots=True)
class Formatted:
    """What lies from `begin` to before `end` in the main stream, and its properties, still packed."""

    begin: int
    end: int
    packed: bytes


class ParagraphPages:
    """The properties of paragraphs by the place of their end mark."""

    def __init__(self, file: WordFile) -> None:
        self._entries = sorted(
            _entries(file, Part.PARAGRAPH_PAGES, _paragraphs), key=lambda entry: entry.begin
        )
        self._begins = [entry.begin for entry in self._entries]
        self._data = file.data
        self._unpack = cache(self._unpacked)  # most paragraphs share a few lists

    def at(self, place: int) -> tuple[int, Mapping[int, bytes]]:
        """Return (style number, operands by property code) of the paragraph whose mark stands at `place`."""
        index = bisect_right(self._begins, place) - 1
        if index < 0 or place >= self._entries[index].end:
            return 0, {}
        return self._unpack(self._entries[index].packed)

    def _unpacked(self, packed: bytes) -> tuple[int, Mapping[int, bytes]]:
        if len(packed) < 2:
            return 0, {}
        found = properties(packed[2:])
        for code in _HUGE:
            if len(found.get(code, b"")) == 4:
                at = u32(found[code], 0)
                if at + 2 <= len(self._data):
                    found = {**found, **properties(self._data[at + 2 : at + 2 + u16(self._data, at)])}
        return u16(packed, 0), found


def character_runs(file: WordFile) -> Iterator[tuple[Formatted, Mapping[int, bytes]]]:
    """Yield runs of characters that have properties of their own, with operands by property code."""
    unpack = cache(properties)
    for entry in _entries(file, Part.CHARACTER_PAGES, _runs):
        if entry.packed:
            yield entry, unpack(entry.packed)


def _entries(file: WordFile, part: int, read: Callable[[bytes], Iterator[Formatted]]) -> Iterator[Formatted]:
    """The entries of all pages that a list of pages names; each page is read once."""
    plc = file.part(part)
    count = max(len(plc) - 4, 0) // 8
    seen: set[int] = set()
    for number in u32s(plc, 4 * (count + 1), count) if count else ():
        page = number & 0x3FFFFF
        if page not in seen:
            seen.add(page)
            yield from read(file.main[page * _PAGE : (page + 1) * _PAGE])


def _paragraphs(page: bytes) -> Iterator[Formatted]:
    """The entries of one page: their ends, then for each where its properties stand."""
    if len(page) < _PAGE:
        return
    count = min(page[-1], (_PAGE - 5) // (4 + _ENTRY))
    places = u32s(page, 0, count + 1)
    for index in range(count):
        at = 2 * page[4 * (count + 1) + _ENTRY * index]
        size = page[at]
        begin, length = (at + 1, 2 * size - 1) if size else (at + 2, 2 * page[min(at + 1, _PAGE - 1)])
        yield Formatted(places[index], places[index + 1], page[begin : begin + length] if at else b"")


def _runs(page: bytes) -> Iterator[Formatted]:
    if len(page) < _PAGE:
        return
    count = min(page[-1], (_PAGE - 5) // 5)
    places = u32s(page, 0, count + 1)
    for index in range(count):
        at = 2 * page[4 * (count + 1) + index]
        packed = page[at + 1 : at + 1 + page[at]] if at else b""
        yield Formatted(places[index], places[index + 1], packed)
