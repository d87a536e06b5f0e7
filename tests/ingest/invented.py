"""Notices of an invented city, given as text in a test, split as a file of that name would be."""

from __future__ import annotations

from pathlib import Path

from ingest.notice import Clause, Notice
from ingest.readers.formats import detect_format
from ingest.readers.html import read_html
from ingest.readers.md import read_md
from ingest.readers.txt import read_txt
from ingest.splitter import split

_READERS = {"txt": read_txt, "md": read_md, "html": read_html}


def notice_of(text: str, name: str = "渡口.txt") -> Notice:
    """The notice in a text; the reader is that of the name's suffix."""
    path, data = Path(name), text.encode()
    document = _READERS[detect_format(path, data)](path, data, name)
    return split(document, "notice", "sha256")


def addresses(text: str, name: str = "渡口.txt") -> list[tuple[str, str]]:
    """(cite, text) of every clause, in order."""
    return [(clause.cite, clause.text) for clause in notice_of(text, name).clauses]


def clause_at(text: str, cite: str, name: str = "渡口.txt") -> Clause:
    """The one clause with this cite."""
    (clause,) = [clause for clause in notice_of(text, name).clauses if clause.cite == cite]
    return clause
