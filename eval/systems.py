"""Configurations as systems: the product's own index and searcher, set as a configuration says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from langchain_core.embeddings import Embeddings

from eval.configuration import NO_MODEL, Configuration, Fusion
from eval.lexical_fields import lexical_fields
from eval.only_some import only_some
from index.fusion import reciprocal_rank, weighted_scores
from index.lazy_model import model_of, reranker_of
from index.lexicon import load_lexicon
from index.normalisation import STEPS
from index.reading import READERS
from index.search import Fuse, Searcher
from index.settings import Settings
from index.store import Index, open_index
from ingest import read_notice
from ingest.notice import Notice


class NoVectors(Embeddings):
    """The model of a lexical search: every text has the same zero vector, which the searcher passes over."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One zero for each text."""
        return [[0.0]] * len(texts)

    def embed_query(self, text: str) -> list[float]:  # noqa: ARG002 - LangChain's signature
        """One zero."""
        return [0.0]


@dataclass(frozen=True, slots=True)
class System:
    """The parts of the product that a configuration replaces; `settings` name its model."""

    configuration: Configuration
    settings: Settings
    embeddings: Embeddings | None

    @classmethod
    def of(cls, configuration: Configuration, settings: Settings) -> System:
        """The system of a configuration; without models of its own it has those of `settings`."""
        reranker = configuration.reranker or settings.reranker
        inner = replace(
            settings,
            model=configuration.model or settings.model,
            reranker="" if reranker == NO_MODEL else reranker,
        )
        return cls(configuration, inner, NoVectors() if inner.model == NO_MODEL else None)

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """Within it, text is normalised, questions read, and lexical indexes made and searched as the
        configuration says."""
        chosen = self.configuration
        with (
            lexical_fields(chosen.lexical),
            only_some(STEPS, chosen.normal),
            only_some(READERS, chosen.readers),
        ):
            yield

    def open(self, home: Path) -> Index:
        """The index at `home`, searched as the configuration says."""
        settings = replace(self.settings, home=home)
        index = open_index(settings, embeddings=self.embeddings)
        embedder = model_of(settings, self.embeddings)
        searcher = Searcher(
            index.home,
            index.catalogue,
            embedder,
            fuse=fuse_of(self.configuration),
            reranker=reranker_of(settings),
        )
        return Index(index.home, index.catalogue, searcher)

    def query(self, text: str, index: Index) -> str:
        """The text that the retriever is asked for a question."""
        read = index.read(text).text
        return with_official_words(read) if self.configuration.lexicon else read

    def read(self, path: Path, name: str) -> Notice:
        """The notice in a file, under `name`, as it is to be indexed."""
        notice = read_notice(path, name)
        return notice if self.configuration.context else bare(notice)


def fuse_of(configuration: Configuration) -> Fuse | None:
    """The function that makes one ranking of two; None for what was learned."""
    if configuration.fusion is Fusion.LEARNED:
        return None
    if configuration.fusion is Fusion.RRF:
        return lambda lexical, dense: reciprocal_rank([list(lexical), list(dense)], k=configuration.rrf_k)
    return lambda lexical, dense: weighted_scores(lexical, dense, weight=configuration.weight)


def with_official_words(question: str) -> str:
    """The question, and after it the commonest official word for each lay term of the lexicon in it."""
    matches = load_lexicon().matches(question)
    official: Iterable[str] = (match.entry.official[0] for match in matches if match.entry.official)
    return " ".join([question, *dict.fromkeys(word for word in official if word not in question)])


def bare(notice: Notice) -> Notice:
    """The notice without title and headings: its clauses stand alone."""
    clauses = tuple(replace(clause, headings=(), heading=None) for clause in notice.clauses)
    return replace(notice, card=replace(notice.card, title=""), clauses=clauses)
