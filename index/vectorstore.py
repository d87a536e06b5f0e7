"""A LangChain vector store over the product's own model and vector index, for documents of one's own.

The product's clauses are not kept here: they come by `sync` and are asked by `ClauseRetriever`. This is for
chains that want the same model over something else, such as earlier answers or notes.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore

from .vectors import Floats, VectorIndex, unit


@dataclass(frozen=True, slots=True)
class _Kept:
    document: Document
    vector: Floats


class PassageVectorStore(VectorStore):
    """Documents in memory, found by the cosine of their vectors; adding one of a known id replaces it.

    A document without an id gets one made of its text and metadata: the same document is kept once. Safe to
    use from any number of threads.
    """

    def __init__(self, embedding: Embeddings) -> None:
        self._embedding = embedding
        self._kept: dict[str, _Kept] = {}
        self._index: tuple[list[Document], VectorIndex] | None = None
        self._lock = threading.Lock()

    @property
    def embeddings(self) -> Embeddings:
        """The model."""
        return self._embedding

    @classmethod
    def from_texts(
        cls,
        texts: list[str],
        embedding: Embeddings,
        metadatas: list[dict[str, Any]] | None = None,
        *,
        ids: list[str] | None = None,
        **_: Any,
    ) -> Self:
        """A store of these texts."""
        store = cls(embedding)
        store.add_texts(texts, metadatas, ids=ids)
        return store

    def add_texts(
        self,
        texts: Iterable[str],
        metadatas: list[dict[str, Any]] | None = None,
        *,
        ids: list[str] | None = None,
        **_: Any,
    ) -> list[str]:
        """The ids under which the texts are kept now, in order."""
        found = list(texts)
        given = metadatas or [{}] * len(found)
        documents = [
            Document(page_content=text, metadata=metadata)
            for text, metadata in zip(found, given, strict=True)
        ]
        return self.add_documents(documents, ids=ids)

    def add_documents(self, documents: list[Document], **given: Any) -> list[str]:
        """The ids under which the documents are kept now, in order; `ids=[…]` goes before their own."""
        ids: Sequence[str | None] = given.get("ids") or [document.id for document in documents]
        named = [id_ or _id_of(document) for id_, document in zip(ids, documents, strict=True)]
        vectors = self._embedding.embed_documents([document.page_content for document in documents])
        with self._lock:
            for id_, document, vector in zip(named, documents, vectors, strict=True):
                copy = Document(id=id_, page_content=document.page_content, metadata=dict(document.metadata))
                self._kept[id_] = _Kept(copy, unit(np.asarray(vector, np.float32)))
            self._index = None
        return named

    def delete(self, ids: list[str] | None = None, **_: Any) -> bool:
        """Forget the documents of these ids, without `ids` all; an unknown id is no fault."""
        with self._lock:
            for id_ in list(self._kept) if ids is None else ids:
                self._kept.pop(id_, None)
            self._index = None
        return True

    def get_by_ids(self, ids: Sequence[str], /) -> list[Document]:
        """The documents of these ids in order; unknown ids are left out."""
        with self._lock:
            return [_copy(self._kept[id_].document) for id_ in ids if id_ in self._kept]

    def similarity_search(self, query: str, k: int = 4, **_: Any) -> list[Document]:
        """The `k` nearest documents, best first."""
        return [document for document, _ in self.similarity_search_with_score(query, k)]

    def similarity_search_with_score(self, query: str, k: int = 4, **_: Any) -> list[tuple[Document, float]]:
        """The `k` nearest documents with their cosines, best first, ties in the order in which they came."""
        return self._nearest(self._embedding.embed_query(query), k)

    def similarity_search_by_vector(self, embedding: list[float], k: int = 4, **_: Any) -> list[Document]:
        """The `k` documents nearest to a vector, best first."""
        return [document for document, _ in self._nearest(embedding, k)]

    def _nearest(self, vector: Sequence[float], k: int) -> list[tuple[Document, float]]:
        documents, index = self._current()
        if not documents:
            return []
        found = index.search(unit(np.asarray(vector, np.float32)), k)
        return [(_copy(documents[place]), score) for place, score in found.items()]

    def _current(self) -> tuple[list[Document], VectorIndex]:
        with self._lock:
            if self._index is None:
                kept = list(self._kept.values())
                vectors = np.stack([one.vector for one in kept]) if kept else np.zeros((0, 1), np.float32)
                index = VectorIndex.build(np.arange(len(kept)), vectors)
                self._index = [one.document for one in kept], index
            return self._index

    def _select_relevance_score_fn(self) -> Callable[[float], float]:
        return lambda cosine: (1 + cosine) / 2


def _id_of(document: Document) -> str:
    text = json.dumps([document.page_content, document.metadata], sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _copy(document: Document) -> Document:
    """What a caller does to a document that was found must not change the one that is kept."""
    return Document(id=document.id, page_content=document.page_content, metadata=dict(document.metadata))
