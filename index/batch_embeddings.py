"""LangChain's `Embeddings`, and the same vectors as arrays."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

#: A text that any model can embed, to learn how long its vectors are.
PROBE = "条文"


class BatchEmbeddings(Embeddings):
    """LangChain's `Embeddings`, and the same vectors as arrays; `dimension` is the length of a vector."""

    dimension: int

    @abstractmethod
    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of passages, float32 of shape (texts, dimension)."""

    @abstractmethod
    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of questions, float32 of shape (texts, dimension)."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Unit vectors of passages, as LangChain wants them."""
        rows: list[list[float]] = self.encode_documents(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """The unit vector of a question, as LangChain wants it."""
        vector: list[float] = self.encode_queries([text])[0].tolist()
        return vector
