"""The embedding model, loaded when it is first needed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from .settings import Settings

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

M = TypeVar("M")


def model_of(settings: Settings, given: M | None) -> Callable[[], M | Embeddings]:
    """A function that returns `given`, or else the model of `settings`, loaded once at the first call."""
    lock = threading.Lock()
    loaded: list[M | Embeddings] = [given] if given is not None else []

    def model() -> M | Embeddings:
        with lock:
            if not loaded:
                from .embeddings import load_embeddings  # noqa: PLC0415 - a sync without news needs no model

                loaded.append(load_embeddings(settings.model))
            return loaded[0]

    return model
