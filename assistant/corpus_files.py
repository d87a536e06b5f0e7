"""The files of the corpus folders: taken in after a look, and moved out again so that none is lost."""

from __future__ import annotations

import os
import shutil
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import AssistantError
from index.types import FileFault, NoticeRecord
from ingest import document_names, read_notice
from ingest.errors import IngestError
from ingest.notice import Notice

#: Documents of an archive that are read for a look; the sync reads them all.
LOOKED_AT = 20

#: Bytes of a file name: file systems take 255, and a trash or an archive adds to it.
_LONGEST_NAME = 200
#: What Windows takes in no name, or takes for a device: colleagues will copy the folder there.
_FORBIDDEN = frozenset('<>:"/\\|?*')
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789")}
)


class CorpusFault(AssistantError):
    """A file cannot be put into the corpus, or not be taken out."""


class NameTaken(CorpusFault):
    """The corpus has a file of that name; `replace` says what to do."""

    def __init__(self, name: str) -> None:
        super().__init__(f"语料中已有 {name}：如要换成新文件，请选“替换”。")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was looked at and not kept yet: where it lies, what it will be called, and its notices.

    An archive has a notice for each document, of which `more` were not looked at; `faults` are those that
    cannot be read.
    """

    path: Path
    name: str
    notices: tuple[NoticeRecord, ...]
    faults: tuple[FileFault, ...] = ()
    more: int = 0


def look_at(path: Path, name: str) -> Upload:
    """What is in the file at `path`, which its sender calls `name`.

    Raises IngestError, whose text names the file, when nothing in it can be read.
    """
    safe = safe_name(name)
    names = document_names(path, safe)
    notices: list[NoticeRecord] = []
    faults: list[FileFault] = []
    for document in names[:LOOKED_AT]:
        try:
            notices.append(_record(read_notice(path, document)))
        except IngestError as error:
            if len(names) == 1:
                raise
            faults.append(FileFault(document, error.reason))
    if not notices:
        raise IngestError(path, f"压缩包里没有能读的文件：{faults[0].name} {faults[0].reason}")
    return Upload(path, safe, tuple(notices), tuple(faults), max(0, len(names) - LOOKED_AT))


def safe_name(name: str) -> str:
    """`name` as a file inside a folder may be called on any system: one part, visible, not too long."""
    base = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    plain = "".join("_" if char in _FORBIDDEN else char for char in base if char.isprintable())
    plain = plain.encode("utf-8", "ignore").decode().strip(" ").lstrip(".").rstrip(". ")
    stem, dot, suffix = plain.rpartition(".")
    if not dot or len(suffix.encode()) > 10:
        stem, suffix = plain, ""
    stem = stem.strip() or "未命名"
    if stem.casefold() in _DEVICES:
        stem = f"_{stem}"
    room = _LONGEST_NAME - len(suffix.encode()) - 1
    stem = stem.encode()[:room].decode("utf-8", "ignore").rstrip()
    return f"{stem}.{suffix}" if suffix else stem


class CorpusFiles:
    """The corpus folders, and the trash beside the index that takes what leaves them."""

    def __init__(self, folders: Sequence[Path], trash: Path) -> None:
        self.folders = tuple(folders)
        self._trash = trash

    def keep(self, upload: Upload, folder: Path, *, replace: bool = False) -> None:
        """Copies the upload into `folder`; with `replace` the file of that name goes to the trash first.

        Raises NameTaken when there is such a file, CorpusFault when the folder is none of the corpus or the
        file cannot be written.
        """
        if folder not in self.folders:
            raise CorpusFault(f"{folder} 不是语料文件夹，请从列表里选。")
        target = folder / upload.name
        try:
            self._put(upload.path, target, replace=replace)
        except FileExistsError as error:
            raise NameTaken(upload.name) from error
        except OSError as error:
            raise CorpusFault(f"写不进语料文件夹 {folder}：{error.strerror or error}。") from error

    def remove(self, file: Path) -> Path:
        """Moves a file of a corpus folder to the trash and returns where it lies there.

        Raises CorpusFault when it is not there, or cannot be moved.
        """
        try:
            return self._discard(file)
        except FileNotFoundError as error:
            raise CorpusFault(f"{file.name} 已不在语料文件夹中，请更新语料。") from error
        except OSError as error:
            raise CorpusFault(f"移不走 {file.name}：{error.strerror or error}。") from error

    def _put(self, source: Path, target: Path, *, replace: bool) -> None:
        """The whole file appears at once, and never over another one."""
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".upload-", delete=False) as file:
            hidden = Path(file.name)
            try:
                with source.open("rb") as opened:
                    shutil.copyfileobj(opened, file)
                file.flush()
                hidden.chmod(0o644)
                if replace and target.is_file():
                    self._discard(target)
                os.link(hidden, target)
            finally:
                hidden.unlink(missing_ok=True)

    def _discard(self, file: Path) -> Path:
        """Each file gets a folder of its own, so that it keeps its name."""
        self._trash.mkdir(parents=True, exist_ok=True)
        moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-")
        place = Path(tempfile.mkdtemp(prefix=moment, dir=self._trash)) / file.name
        shutil.move(file, place)
        return place


def _record(notice: Notice) -> NoticeRecord:
    """The notice as the catalogue would know it, in no folder yet."""
    return NoticeRecord(
        id=notice.id,
        name=notice.name,
        folder="",
        format=notice.format,
        card=notice.card,
        clause_count=len(notice.clauses),
        remarks=notice.remarks,
        accounted=notice.audit.share,
    )
