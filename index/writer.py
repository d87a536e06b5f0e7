"""Changing the catalogue, inside the one transaction of a sync."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.notice import Card, Clause, Notice
from ingest.targets import Target, targets_of

from .catalogue import FORMAT, GENERATION, MODEL, SCHEMA, Catalogue, check_format, cite_key
from .errors import DamagedIndex
from .passage import passage_of


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A corpus file as the last sync found it; `fault` is empty, `failed` or `unsupported`."""

    name: str
    size: int
    mtime_ns: int
    ctime_ns: int
    sha256: str = ""
    splitter: str = ""
    fault: str = ""
    reason: str = ""


class DuplicateNotice(Exception):
    """The catalogue has a notice or a clause of this id already; `str(error)` says so in Chinese."""


class CatalogueWriter(Catalogue):
    """The catalogue inside a write transaction; its reading methods see what was written so far."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._writing = connection

    def _connection(self) -> sqlite3.Connection:
        return self._writing

    def commit(self, generation: int, model: str) -> None:
        """End the transaction: from here on readers see the new state and use this generation."""
        for key, value in ((GENERATION, str(generation)), (MODEL, model)):
            self._writing.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
        self._writing.execute("COMMIT")

    def abandon(self) -> int:
        """Undo what is not committed; the number of the generation that readers use."""
        if self._writing.in_transaction:
            self._writing.rollback()
        is_first = not self._all("SELECT 1 FROM sqlite_master WHERE name = 'meta'")
        return 0 if is_first else self.generation

    def remember_folder(self, folder: Path) -> int:
        """The number of a corpus folder, given now if it has none."""
        self._writing.execute("INSERT OR IGNORE INTO folders (path) VALUES (?)", (str(folder),))
        row = self._writing.execute("SELECT id FROM folders WHERE path = ?", (str(folder),)).fetchone()
        return int(row[0])

    def forget_folder(self, folder: Path) -> None:
        """Drop a corpus folder with everything in it."""
        self._writing.execute("DELETE FROM folders WHERE path = ?", (str(folder),))

    def files(self, folder: int) -> dict[str, FileRecord]:
        """The files of a folder by name, as the last sync found them."""
        rows = self._all(
            "SELECT name, size, mtime_ns, ctime_ns, sha256, splitter, fault, reason "
            "FROM files WHERE folder = ?",
            folder,
        )
        return {row["name"]: FileRecord(*row) for row in rows}

    def put_file(self, folder: int, file: FileRecord) -> None:
        """Remember how a file was found."""
        self._writing.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (folder, *(getattr(file, name) for name in FileRecord.__slots__)),
        )

    def drop_file(self, folder: int, name: str) -> bool:
        """Forget a file and its notice; whether there was a notice."""
        self._writing.execute("DELETE FROM files WHERE folder = ? AND name = ?", (folder, name))
        return self._drop_notice(folder, name)

    def has_notice(self, folder: int, name: str) -> bool:
        """Whether the catalogue holds a notice read from this file."""
        return self._one("SELECT 1 FROM notices WHERE folder = ? AND name = ?", folder, name) is not None

    def put_notice(self, folder: int, notice: Notice) -> bool:
        """Store a notice in place of the one read from the same file; whether there was one.

        :raises DuplicateNotice: if another file gave the same id; nothing is changed then.
        """
        self._writing.execute("SAVEPOINT notice")
        try:
            replaced = self._drop_notice(folder, notice.name)
            self._insert(folder, notice)
        except sqlite3.IntegrityError as error:
            self._writing.execute("ROLLBACK TO notice")
            self._writing.execute("RELEASE notice")
            raise DuplicateNotice(self._why_duplicate(notice)) from error
        self._writing.execute(
            "RELEASE notice"
        )  # not after other errors: a full disk ends the transaction itself
        return replaced

    def _drop_notice(self, folder: int, name: str) -> bool:
        statement = "DELETE FROM notices WHERE folder = ? AND name = ?"
        return self._writing.execute(statement, (folder, name)).rowcount > 0

    def _insert(self, folder: int, notice: Notice) -> None:
        number = self._insert_notice(folder, notice)
        targets = targets_of(notice)
        labels = frozenset(attachment.label for attachment in notice.card.attachments)
        for ordinal, clause in enumerate(notice.clauses):
            attachment = attachment_of(clause, labels)
            rowid = self._insert_clause(number, ordinal, attachment, clause, notice.card)
            self._insert_fields(rowid, clause)
            self._insert_targets(rowid, targets.get(clause.id, ()))

    def _insert_notice(self, folder: int, notice: Notice) -> int | None:
        first_year, last_year = years_of(notice.card) or (None, None)
        cursor = self._writing.execute(
            "INSERT INTO notices (id, folder, name, sha256, format, region, issuer, first_year, last_year, "
            "clause_count, card, remarks, accounted, audit, source) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                notice.id,
                folder,
                notice.name,
                notice.sha256,
                notice.format,
                notice.card.region,
                notice.card.issuer,
                first_year,
                last_year,
                len(notice.clauses),
                _json(asdict(notice.card)),
                _json(notice.remarks),
                notice.audit.share,
                _json(asdict(notice.audit)),
                notice.source,
            ),
        )
        return cursor.lastrowid

    def _insert_clause(
        self, notice: int | None, ordinal: int, attachment: str, clause: Clause, card: Card
    ) -> int | None:
        cursor = self._writing.execute(
            "INSERT INTO clauses (id, notice, ordinal, attachment, path, cite, cite_key, label, kind, "
            "heading, text, headings, is_row, start, end, place, digest) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                clause.id,
                notice,
                ordinal,
                attachment,
                _json(clause.path),
                clause.cite,
                cite_key(clause.cite),
                clause.label,
                clause.kind.value,
                clause.heading,
                clause.text,
                _json(clause.headings),
                clause.fields is not None,
                clause.start,
                clause.end,
                None if clause.place is None else json.dumps(asdict(clause.place), ensure_ascii=False),
                passage_of(clause, card).digest,
            ),
        )
        return cursor.lastrowid

    def _insert_fields(self, clause_rowid: int | None, clause: Clause) -> None:
        cells = ((clause_rowid, ordinal, *cell) for ordinal, cell in enumerate((clause.fields or {}).items()))
        self._writing.executemany("INSERT INTO fields VALUES (?, ?, ?, ?)", cells)

    def _insert_targets(self, clause_rowid: int | None, targets: Sequence[Target]) -> None:
        self._writing.executemany(
            "INSERT INTO targets VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(clause_rowid, ordinal, *_target_values(target)) for ordinal, target in enumerate(targets)],
        )

    def _why_duplicate(self, notice: Notice) -> str:
        other = self.notice(notice.id)
        if other is None:
            return "拆出的条款编号有重复，未能入库"
        return f"与 {other.folder} 中的 {other.name} 名称和内容相同，只收录一份"


def _target_values(target: Target) -> tuple[object, ...]:
    low, high = target.value if isinstance(target.value, tuple) else (target.value, target.value)
    return (
        target.indicator,
        target.change,
        target.comparator.value,
        low,
        high,
        target.unit,
        target.text,
        target.year,
        target.base_year,
        _json(target.responsible),
        target.stretch,
        target.quote,
    )


def attachment_of(clause: Clause, labels: frozenset[str]) -> str:
    """The label of the attachment that a clause stands in: the outermost label of its path, if it is one.

    `labels` are those that the card lists; 附件, 附表 and 附录 count even if the notice does not list them.
    """
    outermost = clause.path[0] if clause.path else ""
    if outermost in labels:
        return outermost
    return outermost if outermost.startswith(("附件", "附表", "附录")) and outermost != "附件目录" else ""


def years_of(card: Card) -> tuple[int, int] | None:
    """First and last year that a notice covers: its period, else the year of issue, else None."""
    if card.period:
        return card.period
    year = (card.issued or "")[:4]
    return (int(year), int(year)) if year.isdigit() else None


@contextmanager
def writing(path: Path, *, rebuild: bool) -> Iterator[CatalogueWriter]:
    """The catalogue at `path` in a write transaction; undone unless the block commits it.

    `rebuild` accepts any earlier state: tables of another format are made anew (remembering the folders), a
    file that is no database is set aside, and every corpus file counts as unread.

    :raises OtherFormat: without `rebuild`, if another version wrote the catalogue.
    """
    connection = _opened(path, rebuild=rebuild)
    try:
        connection.execute("BEGIN IMMEDIATE")
        _prepare(connection, path, rebuild=rebuild)
        yield CatalogueWriter(path, connection)
    finally:
        if connection.in_transaction:
            connection.rollback()
        connection.close()


def _opened(path: Path, *, rebuild: bool) -> sqlite3.Connection:
    try:
        return _connected(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        if not rebuild:
            raise DamagedIndex(path, str(error)) from error
    path.rename(path.with_suffix(".damaged"))
    return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, *, rebuild: bool) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    folders: list[str] = []
    if version not in {0, FORMAT}:
        if not rebuild:
            check_format(connection, path)
        folders = _emptied(connection)
        version = 0
    if version == 0:
        for statement in SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.executemany("INSERT INTO folders (path) VALUES (?)", ((folder,) for folder in folders))
    elif rebuild:
        connection.execute("UPDATE files SET splitter = ''")


def _emptied(connection: sqlite3.Connection) -> list[str]:
    """Drop all tables of another format; the folders that it remembered, as far as it can be read."""
    try:
        folders = [row[0] for row in connection.execute("SELECT path FROM folders ORDER BY path")]
    except sqlite3.Error:
        folders = []
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    )
    for (name,) in tables.fetchall():
        connection.execute(f'DROP TABLE "{name}"')
    return folders


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
