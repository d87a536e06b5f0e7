"""Zip packages (docx, xlsx, archives) and the XML in them, read within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from ingest.errors import UnreadableFile

MAX_MEMBERS = 10_000
MAX_PART_BYTES = 64 * 1024**2  # one part unpacked; the XML of a whole five-year plan has below 10 MB
# Word's XML shrinks to about a twentieth, sheets of equal cells to a hundredth; a bomb to a thousandth.
MAX_RATIO = 400
_RATIO_FREE_BYTES = 4 * 1024**2  # parts below this may shrink to anything
# A formatted document has two tags and attributes for each character; each takes some microseconds to read.
_MAX_MARKUP = 1_500_000

_DAMAGED = "文件已损坏，无法打开。请用 Word 或 WPS 打开后重新保存，再放入。"


class Package:
    """A zip package in memory.

    :raises UnreadableFile: If it is damaged or has more than `MAX_MEMBERS` members.
    """

    def __init__(self, path: Path, data: bytes) -> None:
        self._path = path
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RecursionError) as error:
            raise UnreadableFile(path, _DAMAGED) from error
        if len(self._archive.infolist()) > MAX_MEMBERS:
            raise UnreadableFile(path, f"包内文件超过 {MAX_MEMBERS} 个，没有读取。")
        self.names = frozenset(self._archive.namelist())

    def part(self, name: str) -> bytes:
        """Return the bytes of the part `name`.

        :raises UnreadableFile: If it is missing, damaged, encrypted, or too large when unpacked.
        """
        try:
            entry = self._archive.getinfo(name)
            refuse_bomb(self._path, entry.file_size, entry.compress_size)
            with self._archive.open(
                entry
            ) as member:  # its length is checked too: what it states may be false
                data = member.read(MAX_PART_BYTES + 1)
        except RuntimeError as error:  # zipfile's word for a password
            raise UnreadableFile(self._path, "文件设有密码，无法读取。请去掉密码后再放入。") from error
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
            raise UnreadableFile(self._path, _DAMAGED) from error
        refuse_bomb(self._path, len(data), entry.compress_size)
        return data

    def xml(self, name: str) -> etree._Element:
        """Return the root element of the XML part `name`; see `parse_xml`."""
        return parse_xml(self._path, self.part(name))


def refuse_bomb(path: Path, size: int, packed: int) -> None:
    """Refuse a member of `size` bytes, `packed` in the archive, that is too large or shrinks too well.

    :raises UnreadableFile: If it does.
    """
    if size > MAX_PART_BYTES or (size > _RATIO_FREE_BYTES and size > MAX_RATIO * max(packed, 1)):
        raise UnreadableFile(
            path, f"解压后内容过大（{size / 1024**2:.0f} MB 以上）或压缩比异常，没有读取。请拆分后再放入。"
        )


def parse_xml(path: Path, data: bytes) -> etree._Element:
    """Return the root element of `data`.

    Nothing is fetched, a document type (and with it every entity) is refused, and the parser's limits on
    depth and size stay on.

    :raises UnreadableFile: If it is no XML, or passes a limit.
    """
    if data.count(b"<") + data.count(b'="') + data.count(b"='") > _MAX_MARKUP:
        raise UnreadableFile(path, "文件的标记过多，没有读取。请拆分或另存为 txt 后再放入。")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(path, _DAMAGED) from error
    if root is None or root.getroottree().docinfo.doctype:
        raise UnreadableFile(path, "文件的 XML 带有文档类型声明，出于安全没有读取。请重新保存后再放入。")
    return root
