"""The container of Office 97–2003 (MS-CFB): its streams, within limits."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from struct import unpack_from

import olefile

from ingest.errors import UnreadableFile

_BLANK = "".join(map(chr, range(0x21)))

# What olefile lets pass of a container that contradicts itself.
_FAULTS: tuple[type[Exception], ...] = (
    *(OSError, ValueError, IndexError, KeyError, TypeError, AttributeError),
    *(RecursionError, OverflowError, MemoryError, struct.error),
)

_SUMMARY = "\x05SummaryInformation"
_NAMES: Mapping[int, str] = {2: "title", 4: "creator"}  # MS-OLEPS 3.1.3, 3.1.5
_FIRST_SET = 44  # where its place is stated
_CODE_PAGE, _TEXT, _WIDE_TEXT = 1, 0x1E, 0x1F
_CODECS: Mapping[int, str] = {1200: "utf-16-le", 65001: "utf-8", 950: "big5hkscs"}
_MAX_PROPERTIES = 100

DAMAGED = "文件已损坏，无法打开。请用 Word 或 WPS 打开后另存为 docx，再放入。"


class Container:
    """An OLE2 container in memory.

    :raises UnreadableFile: If it is damaged.
    """

    def __init__(self, path: Path, data: bytes) -> None:
        self._path = path
        try:
            # Strict: a chain of sectors that runs in a circle would otherwise be read to its stated length.
            self._file = olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT)
        except _FAULTS as error:
            raise UnreadableFile(path, DAMAGED) from error

    def streams(self, names: Iterable[str]) -> Mapping[str, bytes]:
        """Return the contents of those of the streams `names` that are there.

        :raises UnreadableFile: If one is damaged.
        """
        try:
            return {
                name: self._file.openstream(name).read()
                for name in names
                if self._file.get_type(name) == olefile.STGTY_STREAM
            }
        except _FAULTS as error:
            raise UnreadableFile(self._path, DAMAGED) from error

    def properties(self) -> Mapping[str, str]:
        """Return the `title` and `creator` of the summary information, where they are and can be read."""
        try:
            stored = self.streams((_SUMMARY,)).get(_SUMMARY, b"")
            found = {_NAMES[key]: value for key, value in _properties(stored) if key in _NAMES}
        except (UnreadableFile, struct.error):
            return {}
        return {key: text for key, text in found.items() if text}


def _properties(stored: bytes) -> Iterator[tuple[int, str]]:
    """(identifier, text) of the texts in a property set. (MS-OLEPS 2.21, 2.20, 2.15)

    Not by olefile, which believes a damaged set that it holds billions of values.

    :raises struct.error: If it breaks off.
    """
    if len(stored) < _FIRST_SET + 4:
        return
    begin = unpack_from("<I", stored, _FIRST_SET)[0]
    count = min(unpack_from("<I", stored, begin + 4)[0], _MAX_PROPERTIES)
    places = {
        key: begin + offset
        for key, offset in (unpack_from("<II", stored, begin + 8 + 8 * index) for index in range(count))
    }
    page = unpack_from("<H", stored, places[_CODE_PAGE] + 4)[0] if _CODE_PAGE in places else 936
    for key, place in places.items():
        kind, size = unpack_from("<II", stored, place)
        if kind == _WIDE_TEXT:
            yield key, _text(stored[place + 8 : place + 8 + 2 * size], "utf-16-le")
        elif kind == _TEXT:
            yield key, _text(stored[place + 8 : place + 8 + size], _CODECS.get(page, "gb18030"))


def _text(value: bytes, codec: str) -> str:
    try:
        return value.decode(codec).partition("\0")[0].strip(_BLANK)
    except UnicodeDecodeError:
        return ""
