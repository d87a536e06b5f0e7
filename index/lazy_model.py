"""Models, loaded when they are first needed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from .settings import Settings

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

    from .reranker import Reranker

M = TypeVar("M")


def model_of(settings: Settings, given: M | None) -> Callable[[], M | Embeddings]:
    """What returns `given`, or else the embedding model of `settings`, loaded at its first call."""

    def load() -> M | Embeddings:
        if given is not None:
            return given
        from .embeddings import load_embeddings  # noqa: PLC0415 - a sync without news needs no model

        return load_embeddings(settings.model)

    return _once(load)


def reranker_of(settings: Settings, given: Reranker | None = None) -> Callable[[], Reranker] | None:
    """What returns `given`, or else the re-ranker of `settings`, loaded at its first call; None where there
    is neither."""
    if given is not None:
        return lambda: given
    if not settings.reranker:
        return None

    def load() -> Reranker:
        from .reranker import CrossEncoderReranker  # noqa: PLC0415 - most indexes have none

        return CrossEncoderReranker.load(settings.reranker)

    return _once(load)


def _once(load: Callable[[], M]) -> Callable[[], M]:
    """`load`, called at most once whatever threads ask."""
    lock = threading.Lock()
    loaded: list[M] = []

    def model() -> M:
        with lock:
            if not loaded:
                loaded.append(load())
            return loaded[0]

    return model
