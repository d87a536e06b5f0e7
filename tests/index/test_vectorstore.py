"""The vector store: the contract of langchain-tests, and exact documents and scores."""

from __future__ import annotations

import pytest
from langchain_core.documents import Document
from langchain_core.vectorstores import VectorStore
from langchain_tests.integration_tests import VectorStoreIntegrationTests

from index.vectorstore import PassageVectorStore

from .fake import SignCounts


class TestPassageVectorStoreKeepsTheContract(VectorStoreIntegrationTests):
    """The standard suite, synchronous and asynchronous."""

    @pytest.fixture
    def vectorstore(self) -> VectorStore:
        return PassageVectorStore(self.get_embeddings())


@pytest.fixture
def store() -> PassageVectorStore:
    return PassageVectorStore.from_texts(
        ["水水水路", "路路桥", "水路"], SignCounts(), [{"n": 1}, {"n": 2}, {"n": 3}], ids=["a", "b", "c"]
    )


def test_the_nearest_come_first_with_their_cosines(store: PassageVectorStore) -> None:
    found = store.similarity_search_with_score("水路", k=2)
    assert [document for document, _ in found] == [
        Document(id="c", page_content="水路", metadata={"n": 3}),
        Document(id="a", page_content="水水水路", metadata={"n": 1}),
    ]
    # (1, 1)·(1, 1)/2 and (1, 1)·(3, 1)/√20
    assert [score for _, score in found] == pytest.approx([1.0, 0.894427], abs=1e-6)
    assert [
        score for _, score in store.similarity_search_with_relevance_scores("水路", k=2)
    ] == pytest.approx([1.0, 0.947214], abs=1e-6)


def test_a_document_of_a_known_id_replaces_the_old_one(store: PassageVectorStore) -> None:
    store.add_texts(["桥桥桥"], ids=["c"])
    assert [document.id for document in store.similarity_search("水路", k=9)] == ["a", "b", "c"]
    assert store.get_by_ids(["c", "x"]) == [Document(id="c", page_content="桥桥桥")]


def test_the_same_document_without_an_id_is_kept_once(store: PassageVectorStore) -> None:
    first, again = (store.add_documents([Document(page_content="桥", metadata={"x": 1})]) for _ in range(2))
    other = store.add_documents([Document(page_content="桥", metadata={"x": 2})])
    assert first == again != other
    assert len(store.similarity_search("桥", k=9)) == 5


def test_what_is_done_to_a_result_does_not_change_the_store(store: PassageVectorStore) -> None:
    store.similarity_search("水路", k=1)[0].metadata["n"] = 99
    assert store.get_by_ids(["c"])[0].metadata == {"n": 3}


def test_an_empty_store_finds_nothing(store: PassageVectorStore) -> None:
    store.delete()
    assert store.similarity_search("水路") == []
    store.add_texts(["桥"])
    assert [document.page_content for document in store.similarity_search("水路")] == ["桥"]
