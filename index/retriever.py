"""The index as a LangChain retriever."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field, SkipValidation

from .search import Searcher
from .types import Filters, Hit


class ClauseRetriever(BaseRetriever):
    """The clauses that answer a question, as LangChain documents: `k` of them, of those that pass `filters`.

    The question is read first (see `index.reading`), so that mistyped words and old names are found.

    `page_content` is the clause's text; `metadata` has `file`, `title`, `cite`, `path`, `label`, `start`,
    `end`, `score` and `id`, which is also the document's id.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: SkipValidation[Searcher]
    k: int = 20
    filters: Filters = Field(default_factory=Filters)

    def search(self, query: str, k: int = 20, filters: Filters | None = None) -> list[Hit]:
        """As `Searcher.search`; without `filters` the retriever's own ones hold."""
        return self.searcher.search(query, k, filters or self.filters)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain's signature
        k: int | None = None,
        **_: Any,
    ) -> list[Document]:
        read = self.searcher.read(query).text
        return [document_of(hit) for hit in self.search(read, self.k if k is None else k)]


def document_of(hit: Hit) -> Document:
    """The hit as a LangChain document."""
    clause = hit.clause
    return Document(
        id=clause.id,
        page_content=clause.text,
        metadata={
            "id": clause.id,
            "file": hit.notice.name,
            "title": hit.notice.card.title,
            "cite": clause.cite,
            "path": list(clause.path),
            "label": clause.label,
            "start": clause.start,
            "end": clause.end,
            "score": hit.score,
        },
    )
