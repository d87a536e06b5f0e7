"""Archives (.zip): the documents inside, each a notice of its own, named archive.zip/folder/document.docx.

Nothing is unpacked to disk, and names are only names: they lead nowhere outside.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import UnreadableFile
from ingest.files import MAX_FILE_BYTES
from ingest.readers.formats import is_archive
from ingest.readers.packages import refuse_bomb

MAX_ARCHIVE_BYTES = 200 * 1024**2
MAX_DOCUMENTS = 1000
MAX_UNPACKED_BYTES = 1024**3
MAX_INNER_BYTES = 100 * 1024**2  # of archives inside, which are held in memory
MAX_DIRECTORY_BYTES = 8 * 1024**2  # an entry takes about a hundred, and ten times that in memory
MAX_DEPTH = 3  # archives in archives; a district sends one with one for each office inside

_END = b"PK\x05\x06"
_END_WINDOW = 22 + 0xFFFF  # the end record and the longest comment (APPNOTE 4.3.16)
_MAGIC = (b"PK\x03\x04", _END)
_UTF8_NAME = 0x800  # general purpose flag, bit 11 (APPNOTE 4.4.4)
_ENCRYPTED = 0x1
# What systems and editors leave in an archive.
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.|~\$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_DAMAGED = "压缩包已损坏，无法打开。请重新打包，或解压后放入。"


def document_names(path: Path, name: str | None = None) -> tuple[str, ...]:
    """Return the names of the documents in the file `path`, in order: `name` (default: the file's own) alone,
    or for an archive `name`/member for each document inside. `read_notice(path, one of them)` reads it.

    :raises UnreadableFile: If an archive is damaged, encrypted, empty, or passes a limit.
    """
    name = name or path.name
    if not _is_zip(path):
        return (name,)
    members = _members(path)
    return (name,) if members is None else tuple(f"{name}/{member}" for member in members)


def read_member(path: Path, name: str) -> tuple[str, bytes] | None:
    """Return (name inside the archive, bytes) of the document that `document_names` calls `name`; None if
    the file is no archive or `name` is not inside one.

    :raises UnreadableFile: If the archive or the member cannot be read; see `document_names`.
    """
    members = _members(path) if _is_zip(path) else None
    _, _, member = name.partition(f"{path.name}/")
    if members is None or not member:
        return None
    if member not in members:
        raise UnreadableFile(path / member, "压缩包里已没有这个文件。")
    return member, members[member].read(path / member)


@dataclass(frozen=True, slots=True)
class _Member:
    """A document in an archive, which may itself be a member of another."""

    archive: zipfile.ZipFile
    entry: zipfile.ZipInfo

    def read(self, path: Path) -> bytes:
        entry = self.entry
        if entry.file_size > MAX_FILE_BYTES:
            size, limit = f"{entry.file_size / 1024**2:.1f} MB", f"{MAX_FILE_BYTES // 1024**2} MB"
            raise UnreadableFile(path, f"解压后有 {size}，超过上限 {limit}，没有读取。")
        refuse_bomb(path, entry.file_size, entry.compress_size)
        try:
            with self.archive.open(entry) as file:
                data = file.read(MAX_FILE_BYTES + 1)
        except NotImplementedError as error:
            raise UnreadableFile(path, "压缩方式不受支持。请用常用方式重新打包，或解压后放入。") from error
        except RuntimeError as error:  # zipfile's word for a password
            raise UnreadableFile(path, "压缩包设有密码，无法读取。请解压后再放入。") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
            raise UnreadableFile(path, _DAMAGED) from error
        refuse_bomb(path, len(data), entry.compress_size)
        if not data:
            raise UnreadableFile(path, "文件是空的，没有内容可读。请检查后重新放入。")
        return data


def _is_zip(path: Path) -> bool:
    """Whether the file begins as a zip file does; what is wrong with another is for its reader to say."""
    try:
        with path.open("rb") as file:
            return file.read(4) in _MAGIC
    except OSError:
        return False


def _members(path: Path) -> Mapping[str, _Member] | None:
    """The documents in the archive `path` by name; None if it is a document of its own, such as a .docx.

    :raises UnreadableFile: As `document_names`.
    """
    try:
        _refuse_large(path)
        archive = _opened(path, path)
    except UnreadableFile:
        if path.suffix.lower() == ".zip":
            raise
        return None  # a damaged .docx, say: its reader names it
    if not is_archive(archive.namelist()):
        return None
    found: dict[str, _Member] = {}
    unpacked = 0
    for name, member in _Walk(path).documents(archive, "", 1):
        unpacked += member.entry.file_size
        if len(found) >= MAX_DOCUMENTS or unpacked > MAX_UNPACKED_BYTES:
            raise UnreadableFile(
                path,
                f"压缩包里的文件超过 {MAX_DOCUMENTS} 个，或解压后超过 {MAX_UNPACKED_BYTES // 1024**3} GB，"
                "没有读取。请解压后放入。",
            )
        found[_unused(name, found)] = member
    if not found:
        raise UnreadableFile(path, "压缩包是空的，里面没有文件。")
    if all(member.entry.flag_bits & _ENCRYPTED for member in found.values()):
        raise UnreadableFile(path, "压缩包设有密码，无法读取。请解压后再放入。")
    return found


def _refuse_large(path: Path) -> None:
    """Refuse an archive that is too large, or whose directory would take too much memory."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, io.SEEK_END)
            file.seek(max(size - _END_WINDOW, 0))
            tail = file.read()
    except OSError as error:
        raise UnreadableFile(path, f"无法读取（{error.strerror or error}）。") from error
    if size > MAX_ARCHIVE_BYTES:
        raise UnreadableFile(path, f"压缩包超过 {MAX_ARCHIVE_BYTES // 1024**2} MB，没有读取。请解压后放入。")
    for end in re.finditer(re.escape(_END), tail):
        record = tail[end.start() : end.start() + 16]
        if len(record) == 16 and int.from_bytes(record[12:16], "little") > MAX_DIRECTORY_BYTES:
            raise UnreadableFile(path, "压缩包里的文件过多，没有读取。请解压后放入。")


def _opened(path: Path, file: Path | io.BytesIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RecursionError) as error:
        raise UnreadableFile(path, _DAMAGED) from error


@dataclass(slots=True)
class _Walk:
    """Goes through an archive and those inside it; `inner` is what the latter take."""

    path: Path
    inner: int = 0

    def documents(self, archive: zipfile.ZipFile, above: str, depth: int) -> Iterator[tuple[str, _Member]]:
        """(name, member) of each document, in order of the archive."""
        for entry in archive.infolist():
            name = _name(entry)
            if entry.is_dir() or name == "." or _LITTER.search(name):
                continue
            member = _Member(archive, entry)
            inner = self._archive(name, member)
            if inner is None:
                yield above + name, member
            elif depth >= MAX_DEPTH:
                raise UnreadableFile(
                    self.path, f"压缩包里套着超过 {MAX_DEPTH} 层压缩包，没有读取。请解压后放入。"
                )
            else:
                yield from self.documents(inner, f"{above}{name}/", depth + 1)

    def _archive(self, name: str, member: _Member) -> zipfile.ZipFile | None:
        """The archive that a member is, if it is one; what is wrong with it, its own reader says."""
        if not name.lower().endswith(".zip") or member.entry.flag_bits & _ENCRYPTED:
            return None
        self.inner += member.entry.file_size
        if self.inner > MAX_INNER_BYTES:
            raise UnreadableFile(self.path, "压缩包里套着的压缩包过大，没有读取。请解压后放入。")
        try:
            archive = _opened(self.path / name, io.BytesIO(member.read(self.path / name)))
        except UnreadableFile:
            return None
        return archive if is_archive(archive.namelist()) else None


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of a member as its author saw it, with `/`, and without steps out of the archive.

    Where the name is not marked as UTF-8, zipfile takes it for code page 437; Chinese Windows writes GBK.
    """
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        name = _decoded(name)
    parts = re.sub(r"^[A-Za-z]:", "", name.replace("\\", "/")).split("/")
    printable = "/".join(part.strip() for part in parts if part.strip() not in ("", ".", ".."))
    return posixpath.normpath("".join(char if char.isprintable() else "_" for char in printable) or ".")


def _decoded(name: str) -> str:
    """The name in UTF-8 if it has Chinese characters there, else in GBK: two bytes of GBK, as in 通知, often
    pass for a letter of UTF-8, three hardly ever."""
    try:
        stored = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    try:
        text = stored.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if stored.isascii() or any(char >= "\u0800" for char in text):
        return text
    try:
        return stored.decode("gb18030")
    except UnicodeDecodeError:
        return name


def _unused(name: str, taken: Mapping[str, object]) -> str:
    """`name`, or with a number if another member has it already."""
    count, free = 1, name
    while free in taken:
        count += 1
        stem, dot, suffix = name.rpartition(".")
        free = f"{stem}（{count}）{dot}{suffix}" if dot else f"{name}（{count}）"
    return free
