"""Question → the clauses that answer it, best first."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np

from .catalogue import Catalogue
from .corpus_words import corpus_of
from .errors import OtherModel
from .facets import Facets
from .fusion import fuse
from .generation import Generation
from .home import Home
from .learned_fusion import DEPTH, HasFusion, LearnedFusion
from .normalisation import plain_question
from .reading import Reading, read_question
from .reranker import DEPTH as RERANKED
from .reranker import Reranker, reranked
from .tokens import characters
from .types import Filters, Hit
from .vectors import Floats, unit

#: Lexical and dense scores by clause → scores by clause, best first.
Fuse = Callable[[Mapping[int, float], Mapping[int, float]], dict[int, float]]

#: How far down each ranking a fusion looks that only knows the two.
_DEPTH = 100

#: What a title line without a body of its own keeps of its score. It says in few words what its children are
#: about, which BM25 and embeddings both like, but it answers nothing: with its full score hit@1 falls by a
#: point, and by five where words are searched without their context.
_HEADING_SHARE = 0.4


class QueryEmbedder(Protocol):
    """The one thing that searching needs of an embedding model; LangChain's `Embeddings` has it."""

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        ...


class Searcher:
    """Searching one index, from any number of threads, always in the state of its last finished sync."""

    def __init__(
        self,
        home: Home,
        catalogue: Catalogue,
        embedder: Callable[[], QueryEmbedder],
        *,
        fuse: Fuse | None = None,
        reranker: Callable[[], Reranker] | None = None,
    ) -> None:
        """`embedder` and `reranker` give the models and are called at the first search. `fuse`, to compare,
        takes the place of the fusion learned for the model, or of `index.fusion.fuse` where none was."""
        self._home = home
        self._catalogue = catalogue
        self._embedder = embedder
        self._fuse = fuse
        self._reranker = reranker
        self._loaded: tuple[int, Generation] | None = None
        self._lock = threading.Lock()

    def read(self, question: str, *, is_name: Callable[[str], bool] = lambda _: False) -> Reading:
        """`question` as it is best searched for here; see `index.reading`. What `is_name` is never mended."""
        with self._catalogue.snapshot() as catalogue:
            lexical = self._generation(catalogue.generation).lexical
            return read_question(question, corpus_of(catalogue, lexical, is_name))

    def search(self, query: str, k: int = 20, filters: Filters | None = None) -> list[Hit]:
        """The `k` best clauses for `query` among those that pass `filters`, by (score descending, clause id).

        A query without letters or digits, or filters that nothing passes, give an empty list.
        """
        if k < 1 or not characters(query):
            return []
        asked, wanted = query, k if self._reranker is None else max(k, RERANKED)
        filters, query = filters or Filters(), plain_question(query)
        with self._catalogue.snapshot() as catalogue:
            generation = self._generation(catalogue.generation)
            found = self._found(generation, query, wanted, filters, catalogue)
        hits = sorted(found, key=lambda hit: (-hit.score, hit.clause.id))[:wanted]
        if self._reranker is not None:
            hits = reranked(asked, hits, self._reranker())
        return hits[:k]

    def _found(
        self, generation: Generation, query: str, k: int, filters: Filters, catalogue: Catalogue
    ) -> list[Hit]:
        """The hits that may be among the `k` best."""
        vector = self._vector(generation, query)
        learned = self._learned() if self._fuse is None and vector is not None else None
        depth = max(k, _DEPTH if learned is None else DEPTH)
        lexical, dense = self._rankings(generation, query, vector, depth, filters)
        aligned: Mapping[int, float] = {}
        if learned is None or vector is None:
            scores = (self._fuse or fuse)(lexical, dense)
        else:
            dense.update(generation.cosines(vector, sorted(lexical.keys() - dense.keys())))
            fused = learned.fuse(
                query, lexical, dense, lambda rowids: [str(p) for p in catalogue.passages(rowids)]
            )
            scores, aligned = fused.by_rowid(), fused.alignment()
        scores = _with_shares(scores, generation.facets)
        records = catalogue.by_rowids(_best(scores, k))
        notices = catalogue.notices_by_id(record.notice_id for record in records.values())
        return [
            Hit(
                clause=record.clause,
                notice=notices[record.notice_id],
                score=scores[rowid],
                lexical=lexical.get(rowid),
                dense=dense.get(rowid),
                alignment=aligned.get(rowid),
            )
            for rowid, record in records.items()
        ]

    def _vector(self, generation: Generation, query: str) -> Floats | None:
        """The query's vector; None where no vectors are held, or for a text of which the model knows nothing,
        which is equally far from everything."""
        if generation.vectors is None:
            return None
        vector = unit(np.asarray(self._embedder().embed_query(query), np.float32))
        if len(vector) != generation.manifest.dimension:
            raise OtherModel(f"{generation.manifest.dimension} 维", f"{len(vector)} 维")
        return vector if vector.any() else None

    def _learned(self) -> LearnedFusion | None:
        embedder = self._embedder()
        return embedder.fusion if isinstance(embedder, HasFusion) else None

    def _rankings(
        self, generation: Generation, query: str, vector: Floats | None, depth: int, filters: Filters
    ) -> tuple[dict[int, float], dict[int, float]]:
        notices = self._catalogue.allowed_notices(filters)
        lexical = generation.lexical.search(query, depth, notices=notices, attachments=filters.attachments)
        if generation.vectors is None or vector is None:
            return lexical, {}
        allowed = generation.facets.allowed(notices, filters.attachments)
        return lexical, generation.vectors.search(vector, depth, allowed=allowed)

    def _generation(self, number: int) -> Generation:
        """The generation of the state being read, opened if it is not the one opened last."""
        with self._lock:
            if self._loaded is None or self._loaded[0] != number:
                self._loaded = number, Generation(self._home.generation(number))
            return self._loaded[1]


def _with_shares(scores: Mapping[int, float], facets: Facets) -> dict[int, float]:
    """The scores of clauses, those of bare title lines cut down."""
    return {
        rowid: score * (_HEADING_SHARE if is_heading else 1.0)
        for (rowid, score), is_heading in zip(scores.items(), facets.are_headings(list(scores)), strict=True)
    }


def _best(scores: Mapping[int, float], k: int) -> list[int]:
    """The clauses that may be among the `k` best: all that score no less than the one at that place."""
    ordered = sorted(scores, key=lambda rowid: (-scores[rowid], rowid))
    return [rowid for rowid in ordered if len(ordered) <= k or scores[rowid] >= scores[ordered[k - 1]]]
