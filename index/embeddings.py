"""The embedding model behind LangChain's `Embeddings`: the embedded one, or any other by name or folder."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from .batch_embeddings import PROBE, BatchEmbeddings
from .errors import MissingModel
from .learned_fusion import LearnedFusion
from .model_name import Backend, BadModelName, ModelName
from .ngram_model import NgramConfig, NgramModel, unit_rows

# `provider:model` as LangChain writes it; a Windows drive (C:\model) has one letter and is a path.
_PROVIDER: Final = re.compile(r"[a-z][a-z0-9_]+:[^\\/].*")


class NgramEmbeddings(BatchEmbeddings):
    """The embedded model. A text without a known character has the zero vector, which is near nothing."""

    def __init__(self, model: NgramModel, *, fusion: LearnedFusion | None = None) -> None:
        """`fusion` is what was learned for this model, where it was."""
        self._model = model
        self.dimension = model.config.dimension
        self.fusion = fusion

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of passages, float32 of shape (texts, dimension)."""
        return self._model.encode_documents(texts)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of questions, float32 of shape (texts, dimension)."""
        return self._model.encode_queries(texts)


class ProviderEmbeddings(BatchEmbeddings):
    """A model of a LangChain provider (`provider:model`); its vectors are normalised here."""

    def __init__(self, model: Embeddings) -> None:
        self._model = model
        self.dimension = len(model.embed_query(PROBE))

    @classmethod
    def from_name(cls, model: str) -> ProviderEmbeddings:
        """The provider's model.

        :raises MissingModel: If the provider is unknown, its package is not installed, or it does not answer.
        """
        from langchain.embeddings import init_embeddings  # noqa: PLC0415 (heavy, and rarely used)

        try:
            found = init_embeddings(model)
            if not isinstance(found, Embeddings):
                raise MissingModel(model, "该提供方不支持文本向量")
            return cls(found)
        except MissingModel:
            raise
        except Exception as error:  # each provider has errors of its own, from its own packages
            raise MissingModel(model, "模型提供方不可用、未安装或未设置密钥") from error

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of passages, float32 of shape (texts, dimension)."""
        return self._unit(self._model.embed_documents(list(texts)))

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of questions, float32 of shape (texts, dimension)."""
        return self._unit([self._model.embed_query(text) for text in texts])

    def _unit(self, rows: list[list[float]]) -> NDArray[np.float32]:
        return unit_rows(np.array(rows, dtype=np.float32).reshape(len(rows), self.dimension))


class ShortenedEmbeddings(BatchEmbeddings):
    """The first `dimension` numbers of another model's vectors, of unit length again."""

    def __init__(self, whole: BatchEmbeddings, dimension: int) -> None:
        self._whole = whole
        self.dimension = dimension

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of passages, float32 of shape (texts, dimension)."""
        return unit_rows(self._whole.encode_documents(texts)[:, : self.dimension])

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of questions, float32 of shape (texts, dimension)."""
        return unit_rows(self._whole.encode_queries(texts)[:, : self.dimension])


def load_embeddings(model: str) -> BatchEmbeddings:
    """The embeddings of a model: a folder of the embedded format (numpy alone), any other folder or name of
    sentence-transformers (local files only), or `provider:model` of LangChain; options as in `ModelName`.

    :raises MissingModel: If there is no such model offline.
    :raises BadModelName: If an option is wrong, or the model does not have it.
    :raises UnreadableModel: If a folder of the embedded format is damaged.
    """
    wanted = ModelName.parse(model)
    found = _load(wanted)
    if wanted.dimension is None:
        return found
    if wanted.dimension > found.dimension:
        raise BadModelName(model, f"模型的向量只有 {found.dimension} 维")
    return ShortenedEmbeddings(found, wanted.dimension)


def _load(wanted: ModelName) -> BatchEmbeddings:
    name, folder = wanted.name, wanted.folder
    is_embedded = folder is not None and NgramConfig.read(folder) is not None
    is_provider = folder is None and _PROVIDER.fullmatch(name) is not None
    if (is_embedded or is_provider) and (wanted.has_prompts or wanted.backend is not Backend.TORCH):
        raise BadModelName(name, "只有 sentence-transformers 模型可以设置 backend 和 prompt")
    if folder is not None and is_embedded:
        model = NgramModel.load(folder)
        return NgramEmbeddings(model, fusion=LearnedFusion.beside(folder, model))
    if is_provider:
        return ProviderEmbeddings.from_name(name)
    if folder is None and _is_path(name):
        raise MissingModel(name, "没有这个文件夹")
    # Importing them only now: the embedded model needs neither.
    from .transformer_embeddings import OnnxEmbeddings, SentenceTransformerEmbeddings  # noqa: PLC0415

    return (OnnxEmbeddings if wanted.backend is Backend.ONNX else SentenceTransformerEmbeddings).load(wanted)


def _is_path(name: str) -> bool:
    """Whether this can only mean a folder, and not a model's name."""
    return (
        not name.strip()
        or Path(name).expanduser().is_absolute()
        or name.startswith((".", "~"))
        or os.sep * 2 in name
    )
