"""The catalogue: notices, clauses and fields in SQLite, the only truth; every other index is made from it."""

from __future__ import annotations

import json
import sqlite3
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ingest.document import Place
from ingest.notice import Attachment, Audit, Card, Clause, ClauseKind, Stretch
from ingest.targets import Comparator, Target

from .errors import DamagedIndex, NoIndex, OtherFormat
from .facets import Facet
from .passage import Passage, passage_under
from .types import Filters, LedgerEntry, NoticeRecord

#: The version of everything stored: tables, passages, words, vectors. Another number is refused and rebuilt.
FORMAT = 4

#: Keys of the table `meta`.
GENERATION = "generation"
MODEL = "model"

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE folders (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE files (
    folder INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    ctime_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    splitter TEXT NOT NULL,
    fault TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (folder, name)
) WITHOUT ROWID;
CREATE TABLE notices (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    folder INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    format TEXT NOT NULL,
    region TEXT,
    issuer TEXT,
    first_year INTEGER,
    last_year INTEGER,
    clause_count INTEGER NOT NULL,
    card TEXT NOT NULL,
    remarks TEXT NOT NULL,
    accounted REAL NOT NULL,
    audit TEXT NOT NULL,
    source TEXT NOT NULL,
    UNIQUE (folder, name)
);
CREATE INDEX notices_by_region ON notices (region);
CREATE INDEX notices_by_issuer ON notices (issuer);
CREATE TABLE clauses (
    rowid INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    notice INTEGER NOT NULL REFERENCES notices ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    attachment TEXT NOT NULL,
    path TEXT NOT NULL,
    cite TEXT NOT NULL,
    cite_key TEXT NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL,
    heading TEXT,
    text TEXT NOT NULL,
    headings TEXT NOT NULL,
    is_row INTEGER NOT NULL,
    start INTEGER,
    end INTEGER,
    place TEXT,
    digest BLOB NOT NULL,
    UNIQUE (notice, ordinal)
);
CREATE INDEX clauses_by_cite ON clauses (notice, cite_key);
CREATE TABLE fields (
    clause INTEGER NOT NULL REFERENCES clauses ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (clause, ordinal)
) WITHOUT ROWID;
CREATE TABLE targets (
    clause INTEGER NOT NULL REFERENCES clauses ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    indicator TEXT NOT NULL,
    change TEXT NOT NULL,
    comparator TEXT NOT NULL,
    low REAL,
    high REAL,
    unit TEXT NOT NULL,
    text TEXT NOT NULL,
    year INTEGER,
    base_year INTEGER,
    responsible TEXT NOT NULL,
    stretch INTEGER NOT NULL,
    quote TEXT NOT NULL,
    PRIMARY KEY (clause, ordinal)
) WITHOUT ROWID;
CREATE INDEX targets_by_indicator ON targets (indicator);
"""

_NOTICE = (
    "SELECT notices.number, notices.id, notices.name, folders.path AS folder, notices.format, notices.card, "
    "notices.clause_count, notices.remarks, notices.accounted "
    "FROM notices JOIN folders ON folders.id = notices.folder"
)
_CLAUSE = (
    "SELECT clauses.*, notices.id AS notice_id FROM clauses JOIN notices ON notices.number = clauses.notice"
)

_LISTED = "IN (SELECT value FROM json_each(?))"
_WORDS = (
    "SELECT clauses.rowid, json_extract(notices.card, '$.title') AS title, clauses.kind, clauses.heading, "
    "clauses.headings, clauses.text, clauses.is_row "
    "FROM clauses JOIN notices ON notices.number = clauses.notice "
    "WHERE clauses.rowid IN (SELECT value FROM json_each(?))"
)
_FIELDS = (
    "SELECT clause, name, value FROM fields WHERE clause IN (SELECT value FROM json_each(?)) "
    "ORDER BY clause, ordinal"
)

#: By the filter's name: which notices pass it. Only filters that restrict are asked, by their indexes where
#: they have one: going through three thousand notices takes as long as the rest of a search.
_PASSES = {
    "regions": "region IN (SELECT value FROM json_each(?))",
    "issuers": "issuer IN (SELECT value FROM json_each(?))",
    "notices": "id IN (SELECT value FROM json_each(?))",
    "years": "EXISTS (SELECT 1 FROM json_each(?) WHERE value BETWEEN first_year AND last_year)",
}

#: A null parameter restricts nothing; an empty list allows none.
_TARGETS = """
SELECT targets.*, notices.id AS notice_id FROM targets
JOIN clauses ON clauses.rowid = targets.clause JOIN notices ON notices.number = clauses.notice
WHERE (?1 IS NULL OR targets.indicator IN (SELECT value FROM json_each(?1)))
  AND (?2 IS NULL OR notices.region IN (SELECT value FROM json_each(?2)))
  AND (?3 IS NULL OR notices.id IN (SELECT value FROM json_each(?3)))
  AND (?4 IS NULL OR targets.year = ?4)
  AND (?5 IS NULL OR targets.year <= ?5)
ORDER BY notices.region IS NULL, notices.region, notices.name, notices.id, clauses.ordinal, targets.ordinal
"""


@dataclass(frozen=True, slots=True)
class ClauseRecord:
    """A clause as the catalogue keeps it.

    `rowid` is its number in the derived indexes and never given twice; `notice` the number of its notice;
    `attachment` the label of the attachment that it stands in, empty for the body.
    """

    rowid: int
    notice: int
    notice_id: str
    attachment: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the catalogue holds."""

    folders: int
    notices: int
    clauses: int


class Catalogue:
    """Reading the catalogue of one index home, from any number of threads.

    Each thread has its own connection. A method called alone sees the last committed state; inside
    `snapshot()` all methods see one and the same state, whatever a sync commits meanwhile.
    """

    def __init__(self, path: Path) -> None:
        """:raises NoIndex: if nothing was synced here. :raises OtherFormat: if another version wrote it."""
        self.path = path
        self._local = threading.local()
        check_format(self._connection(), path)

    @contextmanager
    def snapshot(self) -> Iterator[Catalogue]:
        """Hold one state of the catalogue for the block; blocks may be nested, the outermost one counts."""
        connection = self._connection()
        if connection.in_transaction:
            yield self
            return
        connection.execute("BEGIN")
        connection.execute("SELECT 1 FROM meta LIMIT 1").fetchall()  # the first read fixes the state
        try:
            yield self
        finally:
            connection.rollback()

    def close(self) -> None:
        """Close this thread's connection; the next call opens a new one."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            del self._local.connection

    @property
    def generation(self) -> int:
        """The number of the generation of derived indexes of this state; 0 before the first one."""
        return int(self._meta(GENERATION) or 0)

    @property
    def model(self) -> str | None:
        """The fingerprint of the embedding model of that generation."""
        return self._meta(MODEL)

    def counts(self) -> Counts:
        """The numbers of folders, notices and clauses."""
        row = self._one(
            "SELECT (SELECT count(*) FROM folders), (SELECT count(*) FROM notices), "
            "(SELECT coalesce(sum(clause_count), 0) FROM notices)"
        )
        return Counts(*row) if row else Counts(0, 0, 0)

    def folders(self) -> tuple[Path, ...]:
        """The corpus folders that syncs have taken in, in order of path."""
        return tuple(Path(row["path"]) for row in self._all("SELECT path FROM folders ORDER BY path"))

    def notices(self) -> tuple[NoticeRecord, ...]:
        """All notices, ordered by folder and name."""
        return tuple(_notice(row) for row in self._all(f"{_NOTICE} ORDER BY folders.path, notices.name"))

    def notice(self, notice_id: str) -> NoticeRecord | None:
        """The notice with this id, or None."""
        row = self._one(f"{_NOTICE} WHERE notices.id = ?", notice_id)
        return _notice(row) if row else None

    def audit(self, notice_id: str) -> Audit | None:
        """The audit of a notice; None for an unknown id."""
        row = self._one("SELECT audit FROM notices WHERE id = ?", notice_id)
        return audit_from(row["audit"]) if row else None

    def source(self, notice_id: str) -> str | None:
        """The decoded text that the clause offsets of this notice point into, or None for an unknown id."""
        row = self._one("SELECT source FROM notices WHERE id = ?", notice_id)
        return row["source"] if row else None

    def clauses_of(self, notice_id: str) -> tuple[Clause, ...]:
        """The clauses of a notice in document order; none for an unknown id."""
        rows = self._all(f"{_CLAUSE} WHERE notices.id = ? ORDER BY clauses.ordinal", notice_id)
        return tuple(record.clause for record in self._records(rows))

    def clause(self, clause_id: str) -> ClauseRecord | None:
        """The clause with this id, or None."""
        return next(iter(self._records(self._all(f"{_CLAUSE} WHERE clauses.id = ?", clause_id))), None)

    def by_rowids(self, rowids: Sequence[int]) -> dict[int, ClauseRecord]:
        """The clauses with these row numbers by number, in the order given; unknown numbers are left out."""
        rows = self._all(f"{_CLAUSE} WHERE clauses.rowid {_LISTED}", _json(rowids))
        found = {record.rowid: record for record in self._records(rows)}
        return {rowid: found[rowid] for rowid in rowids if rowid in found}

    def passages(self, rowids: Sequence[int]) -> list[Passage]:
        """The clauses with these row numbers as they are indexed, in the order given; all must be held.

        Half a millisecond for a hundred: it reads no more than the words.
        """
        rows = self._all(_WORDS, _json(rowids))
        fields = self._fields([row["rowid"] for row in rows if row["is_row"]])
        found = {row["rowid"]: passage_under(row["title"], _words(row, fields)) for row in rows}
        return [found[rowid] for rowid in rowids]

    def notices_by_id(self, notice_ids: Iterable[str]) -> dict[str, NoticeRecord]:
        """The notices with these ids, by id; unknown ids are left out."""
        wanted = _json(set(notice_ids))
        rows = self._all(f"{_NOTICE} WHERE notices.id {_LISTED}", wanted)
        return {row["id"]: _notice(row) for row in rows}

    def find_by_cite(self, notice_id: str, cite: str) -> tuple[Clause, ...]:
        """The clauses of a notice at this address, in document order; width and white space do not matter.

        More than one when the notice prints the same number twice.
        """
        rows = self._all(
            f"{_CLAUSE} WHERE notices.id = ? AND clauses.cite_key = ? ORDER BY clauses.ordinal",
            notice_id,
            cite_key(cite),
        )
        return tuple(record.clause for record in self._records(rows))

    def regions(self) -> tuple[str, ...]:
        """The regions of all notices, each once, in order."""
        rows = self._all("SELECT DISTINCT region FROM notices WHERE region IS NOT NULL ORDER BY region")
        return tuple(row["region"] for row in rows)

    def issuers(self) -> tuple[str, ...]:
        """The issuers of all notices, each once, in order."""
        rows = self._all("SELECT DISTINCT issuer FROM notices WHERE issuer IS NOT NULL ORDER BY issuer")
        return tuple(row["issuer"] for row in rows)

    def years(self) -> tuple[int, ...]:
        """The years that some notice covers, as `Filters.years` understands it, in order."""
        rows = self._all("SELECT DISTINCT first_year, last_year FROM notices WHERE first_year IS NOT NULL")
        return tuple(
            sorted({year for row in rows for year in range(row["first_year"], row["last_year"] + 1)})
        )

    def attachments(self) -> tuple[str, ...]:
        """The labels of all attachments that hold clauses, each once, in order."""
        rows = self._all("SELECT DISTINCT attachment FROM clauses WHERE attachment <> '' ORDER BY attachment")
        return tuple(row["attachment"] for row in rows)

    def indicators(self) -> tuple[str, ...]:
        """The indicators that targets are stated for, each once, in order."""
        rows = self._all("SELECT DISTINCT indicator FROM targets ORDER BY indicator")
        return tuple(row["indicator"] for row in rows)

    def targets(
        self,
        *,
        indicators: Sequence[str] | None = None,
        regions: Sequence[str] | None = None,
        notices: Sequence[str] | None = None,
        year: int | None = None,
        due_by: int | None = None,
    ) -> tuple[LedgerEntry, ...]:
        """The targets that pass every filter given, ordered by region, notice and place in the notice.

        `indicators` and `regions` are compared whole, as the targets and cards have them; an empty list
        allows none. `year` is the year due, `due_by` the last one; a target without a year passes neither.
        """
        lists = (None if names is None else _json(names) for names in (indicators, regions, notices))
        with self.snapshot():
            rows = self._all(_TARGETS, *lists, year, due_by)
            clauses = self.by_rowids(sorted({row["clause"] for row in rows}))
            records = self.notices_by_id({row["notice_id"] for row in rows})
        return tuple(
            LedgerEntry(_target(row), clauses[row["clause"]].clause, records[row["notice_id"]])
            for row in rows
        )

    def facets(self) -> Iterator[Facet]:
        """What filters ask of each clause, in order of row number."""
        for row in self._all("SELECT rowid, notice, attachment, kind FROM clauses ORDER BY rowid"):
            yield Facet(row["rowid"], row["notice"], row["attachment"], row["kind"] == ClauseKind.HEADING)

    def digests(self) -> dict[int, bytes]:
        """The digest of each clause's passage by row number, in order of row number."""
        return {
            row["rowid"]: row["digest"]
            for row in self._all("SELECT rowid, digest FROM clauses ORDER BY rowid")
        }

    def allowed_notices(self, filters: Filters) -> tuple[int, ...] | None:
        """The numbers of the notices that pass the filters on notices; None if there are no such filters."""
        wanted = {name: values for name in _PASSES if (values := getattr(filters, name))}
        if not wanted:
            return None
        conditions = " AND ".join(_PASSES[name] for name in wanted)
        statement = f"SELECT number FROM notices WHERE {conditions} ORDER BY number"  # noqa: S608 - ours
        return tuple(row["number"] for row in self._all(statement, *map(_json, wanted.values())))

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if isinstance(connection, _FixedConnection) and connection.is_outdated(self.path):
            connection.close()
            connection = None
        if connection is None:
            connection = self._local.connection = open_for_reading(self.path)
        return connection

    def _all(self, statement: str, *values: object) -> list[sqlite3.Row]:
        try:
            return self._connection().execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise DamagedIndex(self.path, str(error)) from error

    def _one(self, statement: str, *values: object) -> sqlite3.Row | None:
        return next(iter(self._all(statement, *values)), None)

    def _meta(self, key: str) -> str | None:
        row = self._one("SELECT value FROM meta WHERE key = ?", key)
        return row["value"] if row else None

    def _records(self, rows: Sequence[sqlite3.Row]) -> list[ClauseRecord]:
        fields = self._fields([row["rowid"] for row in rows if row["is_row"]])
        return [_record(row, fields.get(row["rowid"])) for row in rows]

    def _fields(self, rowids: Sequence[int]) -> dict[int, dict[str, str]]:
        found: dict[int, dict[str, str]] = {rowid: {} for rowid in rowids}
        for row in self._all(_FIELDS, _json(rowids)):
            found[row["clause"]][row["name"]] = row["value"]
        return found


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A read-only connection; also for a home that cannot be written, as long as no sync was cut off in it.

    :raises NoIndex: if there is no catalogue at `path`.
    """
    if not path.is_file():
        raise NoIndex(path.parent)
    connection = _connected(path, "mode=ro", sqlite3.Connection)
    try:
        connection.execute("PRAGMA schema_version").fetchall()
    except sqlite3.OperationalError:  # WAL needs a file beside the database, and none can be made here
        connection.close()
        return _connected(path, "immutable=1", _FixedConnection)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise DamagedIndex(path, str(error)) from error
    return connection


def check_format(connection: sqlite3.Connection, path: Path) -> None:
    """Return if this version can read the catalogue.

    :raises NoIndex: if no sync has finished. :raises OtherFormat: if another version wrote it.
    """
    try:
        found = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise DamagedIndex(path, str(error)) from error
    if found == 0:
        raise NoIndex(path.parent)
    if found != FORMAT:
        raise OtherFormat(found, FORMAT)


def cite_key(cite: str) -> str:
    """An address in the form that is compared: NFKC, no white space."""
    return "".join(unicodedata.normalize("NFKC", cite).split())


@lru_cache(maxsize=4096)  # a search reads the cards of a hundred clauses, many of the same notices
def card_from(text: str) -> Card:
    """The card that the catalogue keeps as JSON."""
    values = json.loads(text)
    values["period"] = tuple(values["period"]) if values["period"] else None
    values["attachments"] = tuple(Attachment(**attachment) for attachment in values["attachments"])
    values["repeals"], values["cites"] = tuple(values["repeals"]), tuple(values["cites"])
    return Card(**values)


class _FixedConnection(sqlite3.Connection):
    """A connection that takes the file for unchangeable; `version` tells whether it was changed after all."""

    version: tuple[int, int]

    def is_outdated(self, path: Path) -> bool:
        """Whether another user, who may write here, has synced since; never inside a snapshot."""
        return not self.in_transaction and self.version != _version(path)


def _version(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def audit_from(text: str) -> Audit:
    """The audit that the catalogue keeps as JSON."""
    values = json.loads(text)
    for name in ("furniture", "lost", "twice"):
        values[name] = tuple(Stretch(**stretch) for stretch in values[name])
    return Audit(**values)


def _connected(path: Path, parameter: str, factory: type[sqlite3.Connection]) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?{parameter}"
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, factory=factory
    )
    connection.row_factory = sqlite3.Row
    if isinstance(connection, _FixedConnection):
        connection.version = _version(path)
    return connection


def _notice(row: sqlite3.Row) -> NoticeRecord:
    return NoticeRecord(
        id=row["id"],
        name=row["name"],
        folder=row["folder"],
        format=row["format"],
        card=card_from(row["card"]),
        clause_count=row["clause_count"],
        remarks=_texts(row["remarks"]),
        accounted=row["accounted"],
    )


class _Words(NamedTuple):
    """What `index.passage.Worded` asks for."""

    kind: ClauseKind
    heading: str | None
    headings: tuple[str, ...]
    text: str
    fields: dict[str, str] | None


def _words(row: sqlite3.Row, fields: Mapping[int, dict[str, str]]) -> _Words:
    headings = tuple(json.loads(row["headings"])) if row["headings"] != "[]" else ()
    return _Words(ClauseKind(row["kind"]), row["heading"], headings, row["text"], fields.get(row["rowid"]))


def _record(row: sqlite3.Row, fields: dict[str, str] | None) -> ClauseRecord:
    return ClauseRecord(
        rowid=row["rowid"],
        notice=row["notice"],
        notice_id=row["notice_id"],
        attachment=row["attachment"],
        clause=_clause(row, fields),
    )


def _clause(row: sqlite3.Row, fields: dict[str, str] | None) -> Clause:
    return Clause(
        id=row["id"],
        path=_texts(row["path"]),
        label=row["label"],
        cite=row["cite"],
        kind=ClauseKind(row["kind"]),
        heading=row["heading"],
        text=row["text"],
        headings=_texts(row["headings"]),
        fields=fields,
        start=row["start"],
        end=row["end"],
        place=_place(row["place"]),
    )


def _target(row: sqlite3.Row) -> Target:
    low, high = _number(row["low"]), _number(row["high"])
    return Target(
        indicator=row["indicator"],
        comparator=Comparator(row["comparator"]),
        value=low if low is None or high is None or low == high else (low, high),
        unit=row["unit"],
        text=row["text"],
        quote=row["quote"],
        change=row["change"],
        year=row["year"],
        base_year=row["base_year"],
        responsible=tuple(json.loads(row["responsible"])),
        stretch=bool(row["stretch"]),
    )


def _number(stored: float | None) -> float | None:
    """A stored number as it was printed: 5 and not 5.0."""
    return int(stored) if stored is not None and stored.is_integer() else stored


@lru_cache(maxsize=4096)
def _texts(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _place(stored: str | None) -> Place | None:
    if stored is None:
        return None
    found = json.loads(stored)
    return Place(**{**found, "box": tuple(found["box"]) if found["box"] else None})


def _json(values: Iterable[object]) -> str:
    """Values as one parameter of a statement, for `json_each`; sets in order."""
    return json.dumps(
        sorted(values) if isinstance(values, set | frozenset) else list(values), ensure_ascii=False
    )
