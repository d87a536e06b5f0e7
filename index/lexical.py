"""BM25 over passages, in tantivy.

All parts of a passage (title, headings, text, cells) go into the same field, so that a question's word is
weighed once wherever in its context a clause has it: the idea of BM25F (Robertson, Zaragoza and Taylor,
"Simple BM25 extension to multiple weighted fields", 2004). With a field for each part, the scores added up, a
word that is rare in one of them drowns the rest. Single characters beside jieba's words find what is cut or
worded otherwise. The 211 answerable development questions of ../shared/bench, gold clauses, notice known:

    fields                                hit@1  recall@5  recall@10
    title, headings, text, cells apart    0.592  0.878     0.948
    one field, words                      0.773  0.927     0.956
    one field, characters                 0.768  0.915     0.952
    one field each, added up              0.829  0.945     0.975
    the same without the title            0.782  0.943     0.977

On STARD dev (300 questions; corpus rebuilt, 22 near-copies dropped) nDCG@10 is 0.405 with words alone, 0.364
with characters alone, 0.414 with both.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from .disk import is_writable
from .passage import Passage
from .tokens import characters, tokens

_WORDS = "words"

#: How each field cuts a text; the BM25 scores of both are added up as they are.
FIELDS: dict[str, Callable[[str], list[str]]] = {_WORDS: tokens, "characters": characters}

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
        self._links = None if is_writable(folder) else _linked(folder)
        self._index = _opened(Path(self._links.name) if self._links else folder)
        self._index.config_reader("manual")  # a generation never changes: no thread that watches the folder
        self._index.reload()
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def __len__(self) -> int:
        return self._searcher.num_docs

    def frequency(self, word: str) -> int:
        """How many clauses have `word` as jieba cuts it; deleted ones count until the index is made anew."""
        return self._searcher.doc_freq(_WORDS, word) if _WORDS in FIELDS else 0

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
        terms = [(field, term) for field, cut in FIELDS.items() for term in dict.fromkeys(cut(query))]
        if not terms or limit < 1 or (notices is not None and not notices):
            return {}
        asked = self._any_of(terms)
        restrictions = list(self._restrictions(notices, attachments))
        if restrictions:  # only a bare union of terms can leave out what cannot come among the best
            parts = [(tantivy.Occur.Must, part) for part in (asked, *restrictions)]
            asked = tantivy.Query.boolean_query(parts)
        found = self._searcher.search(asked, limit, count=False).hits
        rowids = self._searcher.fast_field_values("rowid", [address for _, address in found])
        scored = zip(rowids, (score for score, _ in found), strict=True)
        ordered = sorted(
            ((int(rowid), score) for rowid, score in scored if rowid is not None), key=_best_first
        )
        return dict(ordered)

    def _any_of(self, terms: Iterable[tuple[str, str]]) -> tantivy.Query:
        queries = (tantivy.Query.term_query(self._schema, field, term, "freq") for field, term in terms)
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])

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
    # By query: deletion by term takes numbers for signed ones and finds none in a field of unsigned ones.
    writer.delete_documents_by_query(tantivy.Query.term_set_query(index.schema, "rowid", list(remove)))
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
    for field, cut in FIELDS.items():
        document.add_text(field, " ".join(term for part in entry.passage.parts for term in cut(part)))
    return document


def _created(folder: Path) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("rowid", stored=False, indexed=True, fast=True)
    builder.add_unsigned_field("notice", stored=False, indexed=True)
    builder.add_text_field("attachment", tokenizer_name="raw", index_option="basic")
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name=_ANALYSER, index_option="freq")
    return _registered(tantivy.Index(builder.build(), path=str(folder), reuse=False))


def _opened(folder: Path) -> tantivy.Index:
    return _registered(tantivy.Index.open(str(folder)))


def _linked(folder: Path) -> tempfile.TemporaryDirectory[str]:
    """Links to the files of `folder` in a folder of ours: tantivy puts a lock beside what it only reads."""
    links = tempfile.TemporaryDirectory(prefix="tiaowen-")
    for path in folder.iterdir():
        if path.suffix != ".lock":
            Path(links.name, path.name).symlink_to(path.resolve())
    return links


def _registered(index: tantivy.Index) -> tantivy.Index:
    whitespace = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_ANALYSER, whitespace)
    return index


def _best_first(entry: tuple[int, float]) -> tuple[float, int]:
    rowid, score = entry
    return -score, rowid
