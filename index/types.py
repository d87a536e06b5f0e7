"""The values of this room: filters, hits and sync reports."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.notice import Card, Clause
from ingest.targets import Target


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """A notice as the catalogue knows it, without its clauses.

    `accounted` is the share of its characters that the audit accounts for; `Catalogue.audit` has the whole.
    """

    id: str
    name: str
    folder: str
    format: str
    card: Card
    clause_count: int
    remarks: tuple[str, ...] = ()
    accounted: float = 1.0


@dataclass(frozen=True, slots=True)
class Filters:
    """Restrictions on a search; an empty field restricts nothing; fields combine by AND, values by OR.

    `regions` and `issuers` match the card's whole value; `notices` are notice ids; `years` match a notice
    whose period (or, without one, issue year) covers the year; `attachments` are labels such as 附件1.
    """

    regions: frozenset[str] = frozenset()
    issuers: frozenset[str] = frozenset()
    notices: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    attachments: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A target with the clause that states it and the notice that the clause stands in."""

    target: Target
    clause: Clause
    notice: NoticeRecord


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved clause with its scores; hits are ordered by (score descending, clause id).

    `lexical` is the BM25 score, `dense` the cosine of the vectors, `alignment` how well the question's words
    are met one by one (0 to 1, of the first sixty); None where a signal does not know the clause.
    `reranked` is what a re-ranking model gave it, None where there is none or it did not look that far.
    """

    clause: Clause
    notice: NoticeRecord
    score: float
    lexical: float | None = None
    dense: float | None = None
    alignment: float | None = None
    reranked: float | None = None


@dataclass(frozen=True, slots=True)
class FileFault:
    """A file that `sync` could not take in, with one sentence of why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one sync did. `read` counts the files whose bytes were opened and split; `doubtful` are files of
    which characters were lost or counted twice, more than one in two hundred."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    read: int = 0
    failed: tuple[FileFault, ...] = ()
    unsupported: tuple[FileFault, ...] = ()
    doubtful: tuple[FileFault, ...] = ()
    clauses: int = 0
    seconds: float = field(default=0.0, compare=False)
