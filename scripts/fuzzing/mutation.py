"""Ways in which the bytes of a file are spoilt; each takes (random numbers, bytes, bytes of another file)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random

from lxml import etree

_NUMBER = re.compile(rb"\d+")
#: Numbers at which counts, sizes and offsets go wrong.
_EDGES = (b"0", b"-1", b"1", b"255", b"256", b"65535", b"65536", b"16777216", b"2147483647", b"4294967295")
_SIGNS = (
    b"\0",
    b"\xff",
    b"\n",
    b"<",
    b">",
    b"&",
    b"{",
    b"}",
    b"|",
    b"\\",
    b'"',
    b"\x13",
    b"\x07",
    b"\xef\xbb\xbf",
)
_LONGEST = 4_000_000  # of a mutated file
_MAX_MEMBER = 8_000_000

Mutation = Callable[[Random, bytes, bytes], bytes]


def truncate(random: Random, data: bytes, _other: bytes) -> bytes:
    """A part of the file: its beginning or its end."""
    at = random.randrange(len(data))
    return data[:at] if random.random() < 0.8 else data[at:]


def flip_bits(random: Random, data: bytes, _other: bytes) -> bytes:
    """From one to a few hundred bits turned."""
    spoilt = bytearray(data)
    for _ in range(random.choice((1, 2, 4, 16, 64, 256))):
        spoilt[random.randrange(len(spoilt))] ^= 1 << random.randrange(8)
    return bytes(spoilt)


def overwrite(random: Random, data: bytes, _other: bytes) -> bytes:
    """A stretch filled with one byte, or with any."""
    begin, end = _block(random, data)
    filling = bytes([random.choice((0, 0xFF, 0x20, 0x41))]) * (end - begin)
    return data[:begin] + (random.randbytes(end - begin) if random.random() < 0.5 else filling) + data[end:]


def remove_block(random: Random, data: bytes, _other: bytes) -> bytes:
    """The file without a stretch."""
    begin, end = _block(random, data)
    return data[:begin] + data[end:]


def repeat_block(random: Random, data: bytes, _other: bytes) -> bytes:
    """A stretch put in again, up to thousands of times."""
    begin, end = _block(random, data)
    times = min(random.choice((1, 2, 10, 100, 2000)), (_LONGEST - len(data)) // max(1, end - begin))
    return data[:end] + data[begin:end] * max(1, times) + data[end:]


def move_block(random: Random, data: bytes, _other: bytes) -> bytes:
    """A stretch put elsewhere."""
    begin, end = _block(random, data)
    rest = data[:begin] + data[end:]
    at = random.randrange(len(rest) + 1)
    return rest[:at] + data[begin:end] + rest[at:]


def splice(random: Random, data: bytes, other: bytes) -> bytes:
    """The beginning of the file and the end of another."""
    return (data[: random.randrange(len(data))] + other[random.randrange(len(other)) :])[:_LONGEST]


def graft(random: Random, data: bytes, other: bytes) -> bytes:
    """A stretch of another file put into this one."""
    begin, end = _block(random, other)
    at = random.randrange(len(data))
    return data[:at] + other[begin:end] + data[at:]


def change_numbers(random: Random, data: bytes, _other: bytes) -> bytes:
    """Some written numbers replaced by ones at which counts and sizes go wrong."""
    share = random.choice((0.001, 0.01, 0.1))
    return _NUMBER.sub(
        lambda found: random.choice(_EDGES) if random.random() < share else found.group(), data
    )


def insert_signs(random: Random, data: bytes, _other: bytes) -> bytes:
    """Signs with a meaning of their own strewn in."""
    spoilt = data
    for _ in range(random.choice((1, 3, 20))):
        at = random.randrange(len(spoilt) + 1)
        spoilt = spoilt[:at] + random.choice(_SIGNS) * random.choice((1, 1, 2, 50)) + spoilt[at:]
    return spoilt


def change_member(random: Random, data: bytes, other: bytes) -> bytes:
    """A package in which a member is mutated, missing, renamed or another's, the rest in order: so that the
    damage is found by the reader and not by the sums of the zip file. Other files are flipped bits of."""
    members = _members(data)
    if not members:
        return flip_bits(random, data, other)
    name = random.choice([name for name, content in members.items() if content] or list(members))
    match random.randrange(6):
        case 0:
            del members[name]
        case 1:
            members[random.choice(list(members))] = members.pop(name)
        case 2 if theirs := _members(other):
            members[name] = random.choice(list(theirs.values()))
        case _:
            mutation = change_tree if random.random() < 0.7 else random.choice(SIMPLE)
            members[name] = mutation(random, members[name] or b" ", other)
    return _package(members)


def change_tree(random: Random, data: bytes, other: bytes) -> bytes:
    """XML that stays well-formed: elements repeated, moved, missing, attributes with other values. Other
    files are flipped bits of."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return flip_bits(random, data, other)
    for _ in range(random.choice((1, 1, 2, 10))):
        _change_element(random, root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _change_element(random: Random, root: etree._Element) -> None:
    elements = list(root.iter(etree.Element))
    if len(elements) < 3:
        return
    first, second = random.choice(elements[1:]), random.choice(elements)
    parent = first.getparent()
    match random.randrange(5):
        case 0:
            parent.remove(first)
        case 1:
            for _ in range(random.choice((1, 2, 100))):
                parent.insert(parent.index(first), etree.fromstring(etree.tostring(first)))
        case 2 if first not in second.iterancestors() and first is not second:
            second.append(first)
        case 3:
            first.tag, second.tag = second.tag, first.tag
        case _:
            for name in first.attrib:
                first.set(name, random.choice((*_EDGES, b"", b"x", b"A1:XFD1048576")).decode())


SIMPLE: tuple[Mutation, ...] = (
    truncate,
    flip_bits,
    overwrite,
    remove_block,
    repeat_block,
    move_block,
    splice,
    graft,
    change_numbers,
    insert_signs,
)


def mutate(random: Random, data: bytes, other: bytes) -> tuple[str, bytes]:
    """(names of the mutations, bytes): one to three mutations one after the other, at least one byte left."""
    is_package = data.startswith(b"PK")
    names = []
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        mutation = change_member if is_package and random.random() < 0.7 else random.choice(SIMPLE)
        codec = _codec(data)
        data = mutation(random, data, other)[:_LONGEST] or b" "
        names.append(mutation.__name__)
        if codec is not None and random.random() < 0.8:  # else most texts would only be refused as no text
            data = data.decode(codec, "ignore").replace("\0", "").encode(codec) or b" "
    return "+".join(names), data


def _codec(data: bytes) -> str | None:
    """The encoding of a text; None for a binary file."""
    if b"\0" in data:
        return None
    for codec in ("utf-8", "gb18030"):
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            continue
        return codec
    return None


def _block(random: Random, data: bytes) -> tuple[int, int]:
    """(begin, end) of a stretch: of a few bytes as often as of thousands."""
    size = min(len(data), int(2 ** random.uniform(0, 14)))
    begin = random.randrange(len(data) - size + 1)
    return begin, begin + size


def _members(data: bytes) -> dict[str, bytes]:
    """The members of a zip file by name; none if it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {
                entry.filename: archive.read(entry)
                for entry in archive.infolist()
                if entry.file_size <= _MAX_MEMBER
            }
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return {}


def _package(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
