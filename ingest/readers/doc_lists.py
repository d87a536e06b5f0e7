"""Which list and level a paragraph of a .doc is numbered by.

(MS-DOC 2.9.148 LSTF, 2.9.150 LVLF, 2.9.131 LFO, 2.4.6.3 for how they belong together, 2.9.260 STD)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ingest.readers.doc_bytes import i16, properties, u16, u32
from ingest.readers.doc_file import Part, WordFile
from ingest.readers.numbering import LEVELS, Counters, Level, NumberedList

_LEVEL, _LIST = 0x260A, 0x460B  # sprmPIlvl, sprmPIlfo
_MAX_LISTS = 5000
_MAX_CHAIN = 20
_NO_STYLE = 0x0FFF

# Number formats by code. (MS-OSHARED 2.2.1.3, MSONFC)
_FORMS: Mapping[int, str] = {
    **{0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter"},
    **{10: "ideographDigital", 11: "japaneseCounting", 12: "decimal", 14: "decimalFullWidth"},
    **{16: "japaneseLegal", 17: "japaneseDigitalTenThousand", 18: "decimalEnclosedCircle"},
    **{19: "decimalFullWidth2", 22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop"},
    **{27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle"},
    **{30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting"},
    **{34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital"},
    **{37: "chineseCounting", 38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none"},
}


class DocNumbering:
    """Gives paragraphs, asked for in document order, the labels that Word prints before them."""

    def __init__(self, file: WordFile) -> None:
        self._lists = _lists(file)
        self._styles = _styles(file) if self._lists else {}
        self._counters = Counters()

    def label(self, style: int, found: Mapping[int, bytes]) -> str:
        """Return the label before a paragraph of style number `style` with the properties `found`, with the
        blank that follows it; "" if it has none."""
        if not self._lists:
            return ""
        inherited: dict[int, bytes] = {}
        for number in reversed(self._chain(style)):
            inherited.update(self._styles[number].found)
        which, level = found.get(_LIST, inherited.get(_LIST)), found.get(_LEVEL, inherited.get(_LEVEL))
        if which is None or len(which) < 2:
            return ""
        numbered = self._lists.get(i16(which, 0))
        return self._counters.label(numbered, level[0] if level else 0) if numbered else ""

    def _chain(self, style: int) -> list[int]:
        """The style and those it is based on, nearest first."""
        chain: list[int] = []
        while style in self._styles and style not in chain and len(chain) < _MAX_CHAIN:
            chain.append(style)
            style = self._styles[style].base
        return chain


@dataclass(frozen=True, slots=True)
class _Style:
    base: int
    found: Mapping[int, bytes]


def _lists(file: WordFile) -> Mapping[int, NumberedList]:
    """Lists by the number that paragraphs refer to them by, from 1."""
    defined = _defined(file)
    begin, size = file.place(Part.LIST_OVERRIDES)
    if not defined or size < 4:
        return {}
    table = file.table
    count = min(u32(table, begin), _MAX_LISTS)
    at = begin + 4 + 16 * count
    lists: dict[int, NumberedList] = {}
    for index in range(count):
        entry = begin + 4 + 16 * index
        key, overridden = u32(table, entry), table[entry + 12]
        levels = dict(defined.get(key, {}))
        begins: dict[int, int] = {}
        at += 4
        for _ in range(min(overridden, LEVELS)):
            flags, start = u32(table, at + 4), u32(table, at)
            level = flags & 0xF
            at += 8
            if flags & 0x20:
                levels[level], at = _level(table, at)
                start = levels[level].start
            if flags & 0x10:
                begins[level] = start
                levels[level] = replace(levels.get(level, Level()), start=start)
        lists[index + 1] = NumberedList(key, levels, begins)
    return lists


def _defined(file: WordFile) -> Mapping[int, Mapping[int, Level]]:
    """Levels of the list definitions by their identifier; the levels follow behind all definitions."""
    begin, size = file.place(Part.LISTS)
    if size < 2:
        return {}
    table = file.table
    count = min(u16(table, begin), _MAX_LISTS)
    at = begin + 2 + 28 * count
    defined = {}
    for index in range(count):
        entry = begin + 2 + 28 * index
        levels = {}
        for number in range(1 if table[entry + 26] & 1 else LEVELS):
            levels[number], at = _level(table, at)
        defined[u32(table, entry)] = levels
    return defined


def _level(table: bytes, at: int) -> tuple[Level, int]:
    """The level stored at `at`, and where the next one begins."""
    start, form, flags = u32(table, at), table[at + 4], table[at + 5]
    follow, characters, paragraph, limit = table[at + 15], table[at + 24], table[at + 25], table[at + 26]
    at += 28 + characters + paragraph
    count = u16(table, at)
    text = table[at + 2 : at + 2 + 2 * count].decode("utf-16-le", errors="replace")
    level = Level(
        form=_FORMS.get(form, "decimal"),
        template="".join(f"%{ord(char) + 1}" if ord(char) < LEVELS else char for char in text),
        start=min(start, 0x7FFF),
        spaced=follow != 2,
        restart=limit if flags & 0x08 else None,
        legal=bool(flags & 0x04),
    )
    return level, at + 2 + 2 * count


def _styles(file: WordFile) -> Mapping[int, _Style]:
    """Paragraph styles by number: what they are based on and their properties."""
    table = file.part(Part.STYLES)
    if len(table) < 6:
        return {}
    header, count, base_size = u16(table, 0), u16(table, 2), u16(table, 4)
    at = 2 + header
    styles: dict[int, _Style] = {}
    for number in range(min(count, _NO_STYLE)):
        if at + 2 > len(table):
            break
        size = u16(table, at)
        entry = table[at + 2 : at + 2 + size]
        at += 2 + size + size % 2
        style = _style(entry, base_size)
        if style is not None:
            styles[number] = style
    return styles


def _style(entry: bytes, base_size: int) -> _Style | None:
    if len(entry) < base_size + 4 or u16(entry, 2) & 0xF != 1:  # 1: a paragraph style
        return None
    base = u16(entry, 2) >> 4
    at = base_size + 2 + 2 * u16(entry, base_size) + 2  # behind its name
    if at + 4 > len(entry):
        return _Style(base, {})
    size = u16(entry, at)
    return _Style(base, properties(entry[at + 4 : at + 2 + size]))
