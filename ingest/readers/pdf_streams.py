"""Compressed streams of a PDF: a few kilobytes can hold gigabytes of drawing commands."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import UnreadableFile

#: Bytes of all streams but images, unpacked; five hundred pages of text have about a third of this.
MAX_UNPACKED = 64 * 1024 * 1024

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
