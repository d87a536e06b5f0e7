"""The index as a LangChain retriever: the contract of langchain-tests, and exact documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import RetrieversIntegrationTests

from index.retriever import ClauseRetriever
from index.types import Filters

from .fake import AIR, SCHOOL, WATER, Corpus


class TestClauseRetrieverKeepsTheContract(RetrieversIntegrationTests):
    """The standard suite, over the same three notices as the other tests."""

    @pytest.fixture(autouse=True)
    def _index(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        corpus = Corpus(tmp_path)
        for name, text in (("water.txt", WATER), ("air.txt", AIR), ("school.txt", SCHOOL)):
            corpus.write(name, text)
        corpus.sync()
        monkeypatch.setattr(type(self), "_searcher", corpus.open().searcher, raising=False)

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return ClauseRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, object]:
        return {"searcher": self._searcher}

    @property
    def retriever_query_example(self) -> str:
        return "新建污水管网多少公里"


def test_a_document_says_where_its_clause_stands(synced: Corpus) -> None:
    index = synced.open()
    document = index.retriever.invoke("谁来修复林地")[0]
    clause = next(hit.clause for hit in index.search("谁来修复林地", 1))
    assert document == Document(
        id=clause.id,
        page_content="修复林地\n市林业局",
        metadata={
            "id": clause.id,
            "file": "water.txt",
            "title": "云湖市治水方案",
            "cite": "附件1#4",
            "path": ["附件1", "4"],
            "label": "4",
            "start": clause.start,
            "end": clause.end,
            "score": pytest.approx(index.search("谁来修复林地", 1)[0].score),
        },
    )


def test_the_retriever_keeps_its_filters(synced: Corpus) -> None:
    retriever = ClauseRetriever(
        searcher=synced.open().searcher, k=2, filters=Filters(regions=frozenset({"望津市"}))
    )
    assert [document.metadata["file"] for document in retriever.invoke("污水管网")] == ["sub/school.txt"] * 2
    others = retriever.search("污水管网", 1, Filters(regions=frozenset({"云湖市"})))
    assert [hit.notice.name for hit in others] == ["water.txt"]


async def test_asking_without_waiting_gives_the_same(synced: Corpus) -> None:
    retriever = synced.open().retriever
    assert await retriever.ainvoke("污水管网") == retriever.invoke("污水管网")
