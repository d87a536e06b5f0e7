"""Word 97–2003 documents made in tests: an OLE2 container (MS-CFB) with the parts that are read (MS-DOC)."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
TEXT = 0x800  # where the text begins in the main stream
PAGES = 64  # number of the first page of properties


def container(streams: Mapping[str, bytes]) -> bytes:
    """An OLE2 file with `streams`; each fills at least 4,096 bytes, so that no small sectors are needed."""
    sectors: list[bytes] = []
    fat: list[int] = []
    starts: dict[str, int] = {}
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    for name, content in padded.items():
        starts[name] = len(sectors)
        pieces = [content[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(content), SECTOR)]
        fat += [len(sectors) + index + 1 for index in range(len(pieces) - 1)] + [END]
        sectors += pieces
    entries = [_entry("Root Entry", 5, 1, END, 0)]
    names = sorted(padded, key=lambda name: (len(name), name))
    for index, name in enumerate(names):
        following = index + 2 if index + 1 < len(names) else FREE
        entries.append(_entry(name, 2, FREE, starts[name], len(padded[name]), right=following))
    while len(entries) % 4:
        entries.append(bytes(68) + struct.pack("<3I", FREE, FREE, FREE) + bytes(48))
    directory = len(sectors)
    block = b"".join(entries)
    pieces = [block[at : at + SECTOR] for at in range(0, len(block), SECTOR)]
    fat += [directory + index + 1 for index in range(len(pieces) - 1)] + [END]
    sectors += pieces
    fat_sectors = 1
    while (len(fat) + fat_sectors) > fat_sectors * 128:
        fat_sectors += 1
    first_fat = len(sectors)
    fat += [FAT] * fat_sectors
    fat += [FREE] * (fat_sectors * 128 - len(fat))
    sectors += [struct.pack("<128I", *fat[at : at + 128]) for at in range(0, len(fat), 128)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, fat_sectors, directory, 0, 4096, END, 0, END, 0)
    located = [first_fat + index for index in range(fat_sectors)]
    header += struct.pack("<109I", *located, *([FREE] * (109 - len(located))))
    return header + b"".join(sectors)


def _entry(name: str, kind: int, child: int, start: int, size: int, *, right: int = FREE) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    packed = encoded.ljust(64, b"\0") + struct.pack("<HBB3I", len(encoded), kind, 1, FREE, right, child)
    return packed + bytes(36) + struct.pack("<IQ", start, size)


def prop(code: int, *operand: int) -> bytes:
    """A property with the bytes of its operand."""
    return struct.pack("<H", code) + bytes(operand)


IN_TABLE = prop(0x2416, 1)
DELETED, HIDDEN = prop(0x0800, 1), prop(0x083C, 1)


def numbered(list_: int, level: int = 0) -> bytes:
    """Properties of a paragraph that list `list_` numbers."""
    return prop(0x460B, list_, 0) + prop(0x260A, level)


def row_end(edges: Sequence[int], flags: Sequence[int] | None = None, *, header: bool = False) -> bytes:
    """Properties of the mark at the end of a row with cells between `edges`."""
    cells = flags or [0] * (len(edges) - 1)
    body = bytes([len(cells)]) + struct.pack(f"<{len(edges)}h", *edges)
    body += b"".join(struct.pack("<H18x", flag) for flag in cells)
    definition = struct.pack("<HH", 0xD608, len(body) + 1) + body
    return IN_TABLE + prop(0x2417, 1) + (prop(0x3404, 1) if header else b"") + definition


@dataclass(frozen=True)
class Lists:
    """Bytes of the list definitions with their levels, and of the lists that refer to them."""

    defined: bytes
    levels: bytes
    overrides: bytes


def level(
    form: int, template: str, start: int = 1, *, follow: int = 0, flags: int = 0, limit: int = 0
) -> bytes:
    """A list level; `template` holds characters 0 to 8 for the numbers of levels."""
    packed = struct.pack("<IBB9xB8xBBBB", start, form, flags, follow, 0, 0, limit, 0)
    return packed + struct.pack("<H", len(template)) + template.encode("utf-16-le")


def one_list(levels: Sequence[bytes], *, restarts: Sequence[int] = ()) -> Lists:
    """A list of nine levels (those missing are empty), and for each of `restarts` one that begins there."""
    full = [*levels, *([level(255, "")] * (9 - len(levels)))]
    defined = struct.pack("<H", 1) + struct.pack("<II18xBB", 77, 0, 0, 0)
    overrides = struct.pack("<I", 1 + len(restarts)) + struct.pack("<I8xB3x", 77, 0)
    overrides += b"".join(struct.pack("<I8xB3x", 77, 1) for _ in restarts)
    overrides += struct.pack("<I", 0xFFFFFFFF)
    overrides += b"".join(struct.pack("<III", 0xFFFFFFFF, start, 0x10) for start in restarts)
    return Lists(defined, b"".join(full), overrides)


Paragraph = tuple[str, bytes]


def doc(
    paragraphs: Sequence[Paragraph],
    *,
    characters: Sequence[tuple[int, int, bytes]] = (),
    lists: Lists | None = None,
    narrow: bool = False,
    flags: int = 0x0200,
    version: int = 0x00C1,
    after: str = "",
) -> bytes:
    """A .doc of (text with its end mark, paragraph properties).

    `characters` are (first, end, properties) in the text; `narrow` stores one byte a character; `after` is
    text of other parts, behind the main text.
    """
    text = "".join(part for part, _ in paragraphs)
    width = 1 if narrow else 2
    stored = (text + after).encode("cp1252" if narrow else "utf-16-le")
    ends = [TEXT]
    for part, _ in paragraphs:
        ends.append(ends[-1] + len(part.encode("utf-16-le")) // 2 * width)
    length = (ends[-1] - TEXT) // width
    paragraph_pages = _paragraph_pages(ends, [packed for _, packed in paragraphs])
    runs_page = _runs_page([(TEXT + a * width, TEXT + b * width, packed) for a, b, packed in characters])
    pages = [*paragraph_pages, runs_page]
    main = bytearray(TEXT) + stored
    assert len(main) <= PAGES * SECTOR
    main = main.ljust(PAGES * SECTOR, b"\0") + b"".join(pages)
    place = (TEXT * 2) | 0x40000000 if narrow else TEXT
    whole = length + len(after.encode("utf-16-le")) // 2
    pieces = struct.pack("<II", 0, whole) + struct.pack("<HIH", 0, place, 0)
    table = bytearray(b"\0" * 16)
    parts = {33: b"\x01\x02\x00\xaa\xbb\x02" + struct.pack("<I", len(pieces)) + pieces}
    count = len(paragraph_pages)
    firsts = [*range(TEXT, TEXT + count), ends[-1]]
    parts[13] = struct.pack(f"<{2 * count + 1}I", *firsts, *range(PAGES, PAGES + count))
    parts[12] = struct.pack("<III", TEXT, ends[-1], PAGES + count)
    struct.pack_into("<HH6xH", main, 0, 0xA5EC, version, flags)
    struct.pack_into("<I", main, 0x4C, length)
    if lists is not None:
        parts |= {73: lists.defined, 74: lists.overrides}
    for which, content in parts.items():
        struct.pack_into("<II", main, 0x9A + 8 * which, len(table), len(content))
        table += content
        if which == 73 and lists is not None:  # the levels follow, and are not counted
            table += lists.levels
    return container({"WordDocument": bytes(main), "1Table": bytes(table)})


def _paragraph_pages(ends: Sequence[int], packed: Sequence[bytes]) -> list[bytes]:
    """One page for each paragraph: simple, and many pages are read."""
    return [_page([ends[i], ends[i + 1]], [packed[i]], entry=13, paragraphs=True) for i in range(len(packed))]


def _runs_page(runs: Sequence[tuple[int, int, bytes]]) -> bytes:
    places, packed = [TEXT], []
    for begin, end, content in runs:
        packed += [b"", content] if begin > places[-1] else [content]
        places += [begin, end] if begin > places[-1] else [end]
    if not packed:
        places, packed = [TEXT, TEXT + 1], [b""]
    return _page(places, packed, entry=1, paragraphs=False)


def _page(places: Sequence[int], packed: Sequence[bytes], *, entry: int, paragraphs: bool) -> bytes:
    page = bytearray(SECTOR)
    page[-1] = len(packed)
    struct.pack_into(f"<{len(places)}I", page, 0, *places)
    at = SECTOR - 2
    for index, content in enumerate(packed):
        if not content and not paragraphs:
            continue
        if paragraphs:
            body = b"\0\0" + content
            body += b"\0" * (len(body) % 2)
            stored = bytes([0, len(body) // 2]) + body
        else:
            stored = bytes([len(content)]) + content
        at = (at - len(stored)) // 2 * 2
        page[at : at + len(stored)] = stored
        page[4 * len(places) + entry * index] = at // 2
    return bytes(page)
