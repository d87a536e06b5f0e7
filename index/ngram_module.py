"""The embedded model as a sentence-transformers module: what training trains, and what
`SentenceTransformer(folder, trust_remote_code=True)` loads (from version 6 on it asks for
that before it imports a module that is not its own). Needs torch; serving goes by `index.ngram_model`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers.base.modules.input_module import InputModule
from torch import Tensor, nn

from index.model_tokens import NgramVocabulary
from index.ngram_model import NgramConfig, NgramModel, PackedVectors, count_matrix


class NgramEmbedding(InputModule):
    """Weighted sum of token vectors, normalised; a token has one weight in documents and one in queries."""

    def __init__(
        self,
        config: NgramConfig,
        vocabulary: NgramVocabulary,
        vectors: NDArray[np.float32],
        document_weight: NDArray[np.float32],
        query_weight: NDArray[np.float32],
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.config = config
        self.vocabulary = vocabulary
        # Sparse gradients: a batch touches a fraction of the tokens, and dense Adam would move all of them.
        self.vectors = _sparse_embedding(vectors)
        self.weights = _sparse_embedding(np.stack([document_weight, query_weight], axis=1))

    @property
    def max_seq_length(self) -> None:
        """No limit."""
        return None

    def get_embedding_dimension(self) -> int:
        """The length of a vector."""
        return self.config.dimension

    def preprocess(  # type: ignore[override]
        self, inputs: Sequence[str], prompt: str | None = None, task: str | None = None, **_: Any
    ) -> dict[str, Tensor]:
        """Token counts of the texts, as tensors; `task="query"` takes the weights for questions."""
        texts = [(prompt or "") + text for text in inputs]
        tokens, counts = count_matrix(self.vocabulary, texts, power=self.config.count_power)
        return features(tokens, counts, is_query=task == "query")

    def forward(self, features: dict[str, Tensor], **_: Any) -> dict[str, Tensor]:
        """Adds `sentence_embedding`, unit vectors of shape (texts, dimension)."""
        tokens = features["tokens"]
        weight = self.weights(tokens)[:, int(features["is_query"])]
        rows = self.vectors(tokens) * weight[:, None]
        sums: Tensor = _CountSum.apply(rows, features)  # type: ignore[no-untyped-call]
        features["sentence_embedding"] = nn.functional.normalize(sums)
        return features

    def packed(self) -> NgramModel:
        """The quantised model."""
        weights = self.weights.weight.detach().numpy()
        vectors = PackedVectors.pack(self.vectors.weight.detach().numpy(), weights[:, 0], weights[:, 1])
        return NgramModel(self.config, self.vocabulary, vectors)

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Write the quantised model into this folder."""
        self.packed().save(Path(output_path))

    @classmethod
    def load(cls, model_name_or_path: str, **_: Any) -> NgramEmbedding:  # type: ignore[override]
        """The module of a saved folder, with its quantised numbers."""
        model = NgramModel.load(Path(model_name_or_path))
        return cls(
            model.config,
            model.vocabulary,
            model.vectors.unscaled(np.arange(len(model.vocabulary))),
            model.vectors.document_scale.astype(np.float32),
            model.vectors.query_scale.astype(np.float32),
        )


def _sparse_embedding(weights: NDArray[np.float32]) -> nn.Embedding:
    found: nn.Embedding = nn.Embedding.from_pretrained(  # type: ignore[no-untyped-call]
        torch.from_numpy(weights), freeze=False, sparse=True
    )
    return found


def features(tokens: NDArray[np.int64], counts: Any, *, is_query: bool) -> dict[str, Tensor]:
    """The module's input for a count matrix (CSR, texts × tokens), which travels as plain tensors."""
    return {
        "tokens": torch.from_numpy(tokens),
        "is_query": torch.tensor(is_query),
        "starts": torch.from_numpy(counts.indptr.astype(np.int64)),
        "places": torch.from_numpy(counts.indices.astype(np.int64)),
        "counts": torch.from_numpy(counts.data),
    }


class _CountSum(torch.autograd.Function):
    """counts @ rows, with a gradient for the rows only (torch would make one for the counts too)."""

    @staticmethod
    def forward(ctx: Any, rows: Tensor, features: dict[str, Tensor]) -> Tensor:
        shape = (len(features["starts"]) - 1, len(rows))
        counts = torch.sparse_csr_tensor(
            features["starts"], features["places"], features["counts"], size=shape, check_invariants=False
        )
        ctx.counts = counts
        return torch.mm(counts, rows)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None]:
        transposed = ctx.counts.to_sparse_csc()
        flipped = torch.sparse_csr_tensor(
            transposed.ccol_indices(), transposed.row_indices(), transposed.values(),
            size=(ctx.counts.shape[1], ctx.counts.shape[0]), check_invariants=False,
        )  # fmt: skip
        return torch.mm(flipped, gradients[0].contiguous()), None
