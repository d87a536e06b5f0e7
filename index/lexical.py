"""BM25 over the words of passages, in tantivy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from .passage import Passage
from .tokens import tokens

#: What a word found in each part is worth; chosen on the dev questions (see `fusion`).
BOOSTS = {"title": 0.2, "headings": 1.0, "text": 1.0, "cells": 1.0}

#: tantivy's analyser for text that is cut into words already: it only splits at white space.
_ANALYSER = "words"
_HEAP = 64_000_000


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """A clause to index: its number, its notice's number, the label of its attachment, its passage."""

    rowid: int
    notice: int
    attachment: str
    passage: Passage


class LexicalIndex:
    """A tantivy index in a folder, opened for searching."""

    def __init__(self, folder: Path) -> None:
        """:raises ValueError: if the folder holds no tantivy index."""
        self._index = _opened(folder)
        self._index.config_reader("manual")  # a generation never changes: no thread that watches the folder
        self._index.reload()
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def __len__(self) -> int:
        return self._searcher.num_docs

    def search(
        self,
        query: str,
        limit: int,
        *,
        notices: Sequence[int] | None = None,
        attachments: Iterable[str] = (),
    ) -> dict[int, float]:
        """BM25 scores by clause rowid, best first, ties by rowid, at most `limit`.

        `notices` (numbers of notices) and `attachments` (labels) restrict the clauses searched; no `notices`
        is no restriction, an empty sequence allows none. A query without words finds nothing.
        """
        words = dict.fromkeys(tokens(query))
        if not words or limit < 1 or (notices is not None and not notices):
            return {}
        clauses = [(tantivy.Occur.Must, self._any_of(words))]
        clauses += [(tantivy.Occur.Must, allowed) for allowed in self._restrictions(notices, attachments)]
        found = self._searcher.search(tantivy.Query.boolean_query(clauses), limit, count=False).hits
        rowids = self._searcher.fast_field_values("rowid", [address for _, address in found])
        scored = zip(rowids, (score for score, _ in found), strict=True)
        ordered = sorted(
            ((int(rowid), score) for rowid, score in scored if rowid is not None), key=_best_first
        )
        return dict(ordered)

    def _any_of(self, words: Iterable[str]) -> tantivy.Query:
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, self._boosted(field, word, boost))
                for word in words
                for field, boost in BOOSTS.items()
            ]
        )

    def _boosted(self, field: str, word: str, boost: float) -> tantivy.Query:
        term = tantivy.Query.term_query(self._schema, field, word, "freq")
        return tantivy.Query.boost_query(term, boost)

    def _restrictions(
        self, notices: Sequence[int] | None, attachments: Iterable[str]
    ) -> Iterable[tantivy.Query]:
        if notices is not None:
            allowed = tantivy.Query.term_set_query(self._schema, "notice", list(notices))
            yield tantivy.Query.const_score_query(allowed, 0.0)
        if labels := sorted(attachments):
            allowed = tantivy.Query.term_set_query(self._schema, "attachment", labels)
            yield tantivy.Query.const_score_query(allowed, 0.0)


def update_lexical(folder: Path, *, add: Iterable[LexicalEntry], remove: Iterable[int]) -> None:
    """Bring the tantivy index in `folder` (made if missing) up to date and wait until it is on disk.

    One indexing thread, so that the same clauses in the same order give the same index.
    """
    folder.mkdir(parents=True, exist_ok=True)
    index = _opened(folder) if tantivy.Index.exists(str(folder)) else _created(folder)
    writer = index.writer(_HEAP, 1)
    for rowid in remove:
        writer.delete_documents_by_term("rowid", rowid)
    for entry in add:
        writer.add_document(_document(entry))
    writer.commit()
    writer.wait_merging_threads()


def _document(entry: LexicalEntry) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("rowid", entry.rowid)
    document.add_unsigned("notice", entry.notice)
    if entry.attachment:
        document.add_text("attachment", entry.attachment)
    for field in BOOSTS:
        document.add_text(field, " ".join(tokens(getattr(entry.passage, field))))
    return document


def _created(folder: Path) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("rowid", stored=False, indexed=True, fast=True)
    builder.add_unsigned_field("notice", stored=False, indexed=True)
    builder.add_text_field("attachment", tokenizer_name="raw", index_option="basic")
    for field in BOOSTS:
        builder.add_text_field(field, tokenizer_name=_ANALYSER, index_option="freq")
    return _registered(tantivy.Index(builder.build(), path=str(folder), reuse=False))


def _opened(folder: Path) -> tantivy.Index:
    return _registered(tantivy.Index.open(str(folder)))


def _registered(index: tantivy.Index) -> tantivy.Index:
    whitespace = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_ANALYSER, whitespace)
    return index


def _best_first(entry: tuple[int, float]) -> tuple[float, int]:
    rowid, score = entry
    return -score, rowid
