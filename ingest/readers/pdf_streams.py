"""What a small PDF can hide: gigabytes of drawing commands in its streams, objects repeated without end."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import UnreadableFile

#: Bytes of all streams but images, unpacked; five hundred pages of text have about a third of this.
MAX_UNPACKED = 64 * 1024 * 1024

#: A file that was saved again and again defines an object once more each time; far more is a broken file,
#: over which pdfium broods for many seconds while it looks for the table of its objects.
MAX_DEFINITIONS = 200

_OBJECT = re.compile(rb"\b(\d{1,9}) \d{1,5} obj\b")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_IMAGE = re.compile(rb"/Subtype\s*/Image")
_DICTIONARY = 800  # bytes before a stream in which its dictionary is looked for
_STEP = 256 * 1024


def refuse_bomb(path: Path, data: bytes) -> None:
    """Refuse a file whose compressed streams unpack to more than `MAX_UNPACKED`.

    :raises UnreadableFile: If they do.
    """
    left = MAX_UNPACKED
    for found in _STREAM.finditer(data):
        dictionary = data[max(0, found.start() - _DICTIONARY) : found.start()].rpartition(b"obj")[2]
        layers = len(_FLATE.findall(dictionary))
        if not layers or _IMAGE.search(dictionary):  # an image is unpacked to its pixels, which are counted
            continue
        for piece in _unpacked(memoryview(data)[found.end() :], layers):
            left -= len(piece)
            if left < 0:
                raise UnreadableFile(
                    path,
                    f"PDF 的内容解压后超过上限 {MAX_UNPACKED // 1024**2} MB，没有读取。请拆分后再放入。",
                )


def refuse_repeated(path: Path, data: bytes) -> None:
    """Refuse a file that defines one object more than `MAX_DEFINITIONS` times.

    :raises UnreadableFile: If it does.
    """
    times = Counter(_OBJECT.findall(data))
    if times and (most := max(times.values())) > MAX_DEFINITIONS:
        raise UnreadableFile(path, f"PDF 已损坏：同一个对象重复了 {most} 次，没有读取。请重新获取该文件。")


def _unpacked(stream: memoryview, layers: int) -> Iterator[bytes]:
    """The pieces of a stream that was compressed `layers` times over, up to where it is damaged or ends."""
    if layers > 1:
        pieces: Iterator[bytes] = _unpacked(stream, layers - 1)
    else:
        pieces = (bytes(stream[at : at + _STEP]) for at in range(0, len(stream), _STEP))
    unpacking = zlib.decompressobj()
    for packed in pieces:
        rest = packed
        while rest and not unpacking.eof:
            try:
                piece = unpacking.decompress(rest, _STEP)
            except zlib.error:
                return
            rest = unpacking.unconsumed_tail
            yield piece
        if unpacking.eof:
            return
