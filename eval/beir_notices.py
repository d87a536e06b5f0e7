"""BEIR documents as the product's own notices, so that a benchmark goes through the product's own index."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from eval.beir import BeirDocument
from ingest.notice import Card, Clause, ClauseKind, Notice

FORMAT = "beir"


def notices_of(documents: Iterable[BeirDocument]) -> list[Notice]:
    """One notice for each title, in the order in which titles first come; each document one of its clauses.

    The document's id is the clause's whole address, and only that: it is no word that a search could find.
    The notice's source is its documents' texts, one a line, and the clauses' spans point into it.
    """
    by_title: dict[str, list[BeirDocument]] = {}
    for document in documents:
        by_title.setdefault(document.title, []).append(document)
    return [_notice(title, members) for title, members in by_title.items()]


def document_id(clause: Clause) -> str:
    """The id of the document that a clause was made of by `notices_of`."""
    return clause.label


def _notice(title: str, documents: list[BeirDocument]) -> Notice:
    id_ = f"{FORMAT}-{_sha256(title)[:16]}"
    clauses: list[Clause] = []
    start = 0
    for document in documents:
        clauses.append(_clause(id_, document, start))
        start += len(document.text) + 1
    source = "\n".join(document.text for document in documents)
    return Notice(
        id=id_,
        name=title or id_,
        sha256=_sha256(source),
        format=FORMAT,
        card=Card(title=title),
        clauses=tuple(clauses),
        source=source,
    )


def _clause(notice_id: str, document: BeirDocument, start: int) -> Clause:
    return Clause(
        id=f"{notice_id}-{_sha256(document.id)[:16]}",
        path=(document.id,),
        label=document.id,
        cite=document.id,
        kind=ClauseKind.PARAGRAPH,
        heading=None,
        text=document.text,
        start=start,
        end=start + len(document.text),
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
