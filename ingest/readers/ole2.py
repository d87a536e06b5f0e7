"""The container of Office 97–2003 (MS-CFB): its streams, within limits."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path

import olefile

from ingest.errors import UnreadableFile

_BLANK = "".join(map(chr, range(0x21)))

# What olefile lets pass of a container that contradicts itself.
_FAULTS: tuple[type[Exception], ...] = (
    *(OSError, ValueError, IndexError, KeyError, TypeError, AttributeError),
    *(RecursionError, OverflowError, MemoryError, struct.error),
)

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
            stored = self._file.get_metadata()
            codec = "utf-8" if stored.codepage in (65001, -535) else "gb18030"
            found = {"title": stored.title, "creator": stored.author}
        except _FAULTS:
            return {}
        texts = {key: _text(value, codec) for key, value in found.items()}
        return {key: text for key, text in texts.items() if text}


def _text(value: object, codec: str) -> str:
    if isinstance(value, bytes):
        try:
            value = value.decode(codec)
        except UnicodeDecodeError:
            return ""
    return value.partition("\0")[0].strip(_BLANK) if isinstance(value, str) else ""
