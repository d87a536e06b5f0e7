"""Opening an index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .catalogue import FORMAT, Catalogue
from .errors import OtherModel
from .fingerprint import model_fingerprint
from .home import Home
from .lazy_model import model_of, reranker_of
from .reading import Reading
from .search import QueryEmbedder, Searcher
from .settings import Settings
from .types import Filters, Hit

if TYPE_CHECKING:
    from .reranker import Reranker
    from .retriever import ClauseRetriever


@dataclass(frozen=True, slots=True)
class Status:
    """How much an index holds, how large it is on disk, and what made its vectors."""

    folders: tuple[str, ...]
    notices: int
    clauses: int
    generation: int
    model: str
    format: int
    size: int


class Index:
    """An opened index: a catalogue to read and clauses to search, both as the last sync left them."""

    def __init__(self, home: Home, catalogue: Catalogue, searcher: Searcher) -> None:
        self.home = home
        self.catalogue = catalogue
        self.searcher = searcher

    def search(self, query: str, k: int = 20, filters: Filters | None = None) -> list[Hit]:
        """As `Searcher.search`."""
        return self.searcher.search(query, k, filters)

    def read(self, question: str, *, is_name: Callable[[str], bool] = lambda _: False) -> Reading:
        """As `Searcher.read`."""
        return self.searcher.read(question, is_name=is_name)

    @cached_property
    def retriever(self) -> ClauseRetriever:
        """The index as a LangChain retriever."""
        from .retriever import ClauseRetriever  # noqa: PLC0415 - half a second that `tiaowen ask` need not wait

        return ClauseRetriever(searcher=self.searcher)

    def status(self) -> Status:
        """What the index holds now."""
        with self.catalogue.snapshot() as catalogue:
            counts = catalogue.counts()
            return Status(
                folders=tuple(str(folder) for folder in catalogue.folders()),
                notices=counts.notices,
                clauses=counts.clauses,
                generation=catalogue.generation,
                model=catalogue.model or "",
                format=FORMAT,
                size=self.home.size(),
            )


def open_index(
    settings: Settings, *, embeddings: QueryEmbedder | None = None, reranker: Reranker | None = None
) -> Index:
    """The index at `settings.home`; its models, those given or those of `settings`, are loaded when needed.

    :raises NoIndex: if nothing was synced there. :raises OtherFormat: if another version wrote it.
    :raises OtherModel: if its vectors are of another model than that of `settings`.
    :raises DamagedIndex: if it cannot be read.
    """
    home = Home(settings.home.resolve())
    catalogue = Catalogue(home.catalogue)
    model = model_fingerprint(settings.model)
    if catalogue.model != model:
        raise OtherModel(str(catalogue.model), model)
    searcher = Searcher(
        home, catalogue, model_of(settings, embeddings), reranker=reranker_of(settings, reranker)
    )
    return Index(home, catalogue, searcher)
