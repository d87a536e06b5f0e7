"""The embedding model behind LangChain's `Embeddings`: the embedded one, or any other by name or folder."""

from __future__ import annotations

import hashlib
import os
import re
from abc import abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from index.errors import IndexFault
from index.ngram_model import NgramConfig, NgramModel, content_hash, unit_rows

# `provider:model` as LangChain writes it; a Windows drive (C:\model) has one letter and is a path.
_PROVIDER: Final = re.compile(r"[a-z][a-z0-9_]+:[^\\/].*")
# What decides the vectors of a sentence-transformers folder; a README or a lock file does not.
_DECISIVE: Final = frozenset({".json", ".safetensors", ".bin", ".txt", ".model", ".onnx", ".py"})
_PROBE: Final = "条文"


class MissingModel(IndexFault):
    """The model is no folder here, and its name is not available offline."""

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(
            f"找不到向量模型“{model}”（{reason}）：请检查 TIAOWEN_MODEL，"
            "或先把模型下载到本机文件夹；不设置 TIAOWEN_MODEL 则使用自带模型。"
        )
        self.model = model
        self.reason = reason


class BatchEmbeddings(Embeddings):
    """LangChain's `Embeddings`, and the same vectors as arrays, with what names them.

    `fingerprint` changes when any vector may change: an index that was made with another one is refused.
    `dimension` is the length of a vector.
    """

    fingerprint: str
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


class NgramEmbeddings(BatchEmbeddings):
    """The embedded model. A text without a known character has the zero vector, which is near nothing."""

    def __init__(self, model: NgramModel, *, fingerprint: str) -> None:
        self._model = model
        self.dimension = model.config.dimension
        self.fingerprint = fingerprint

    @classmethod
    def from_folder(cls, folder: Path) -> NgramEmbeddings:
        """The model in this folder.

        :raises UnreadableModel: If the weights are missing or damaged.
        """
        model = NgramModel.load(folder)
        return cls(model, fingerprint=f"{model.config.name}-{content_hash(folder)}-{model.config.dimension}")

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of passages, float32 of shape (texts, dimension)."""
        return self._model.encode_documents(texts)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of questions, float32 of shape (texts, dimension)."""
        return self._model.encode_queries(texts)


class SentenceTransformerEmbeddings(BatchEmbeddings):
    """Any sentence-transformers model, with its own prompts for questions and passages."""

    def __init__(self, model: Any, *, fingerprint: str) -> None:
        self._model = model
        self.dimension = int(model.encode_document([_PROBE]).shape[1])
        self.fingerprint = f"{fingerprint}-{self.dimension}"

    @classmethod
    def from_folder(cls, folder: Path) -> SentenceTransformerEmbeddings:
        """The model in this folder.

        :raises MissingModel: If the folder holds no model.
        """
        model = _load_sentence_transformer(str(folder), "文件夹中没有可读取的 sentence-transformers 模型")
        return cls(model, fingerprint=f"{folder.resolve().name}-{_folder_hash(folder)}")

    @classmethod
    def from_name(cls, name: str) -> SentenceTransformerEmbeddings:
        """The model of this name in the local cache of models; nothing is downloaded.

        :raises MissingModel: If it is not there.
        """
        model = _load_sentence_transformer(name, "本机没有，且不联网下载")
        revision = getattr(model.model_card_data, "base_model_revision", None) or "local"
        return cls(model, fingerprint=f"{name}-{revision}")

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of passages, float32 of shape (texts, dimension)."""
        return self._encode(self._model.encode_document, texts)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of questions, float32 of shape (texts, dimension)."""
        return self._encode(self._model.encode_query, texts)

    def _encode(self, encode: Callable[..., Any], texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.asarray(
            encode(list(texts), normalize_embeddings=True, show_progress_bar=False), dtype=np.float32
        )


class ProviderEmbeddings(BatchEmbeddings):
    """A model of a LangChain provider (`provider:model`); its vectors are normalised here."""

    def __init__(self, model: Embeddings, *, name: str) -> None:
        self._model = model
        self.dimension = len(model.embed_query(_PROBE))
        self.fingerprint = f"{name}-{self.dimension}"

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
            return cls(found, name=model)
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


def load_embeddings(model: str) -> BatchEmbeddings:
    """The embeddings of a model: a folder of the embedded format (numpy alone), any other folder or name of
    sentence-transformers (local files only), or `provider:model` of LangChain.

    :raises MissingModel: If there is no such model offline.
    :raises UnreadableModel: If a folder of the embedded format is damaged.
    """
    folder = Path(model).expanduser()
    if model.strip() and folder.is_dir():
        is_embedded = NgramConfig.read(folder) is not None
        return (NgramEmbeddings if is_embedded else SentenceTransformerEmbeddings).from_folder(folder)
    if _PROVIDER.fullmatch(model):
        return ProviderEmbeddings.from_name(model)
    if not model.strip() or folder.is_absolute() or model.startswith((".", "~")) or os.sep * 2 in model:
        raise MissingModel(model, "没有这个文件夹")
    return SentenceTransformerEmbeddings.from_name(model)


def _load_sentence_transformer(model: str, reason: str) -> Any:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 (seconds, and torch)

    try:
        return SentenceTransformer(model, local_files_only=True)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise MissingModel(model, reason) from error


def _folder_hash(folder: Path) -> str:
    """The first 16 hex digits of the SHA-256 over names and contents of the files that decide the vectors."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in _DECISIVE and path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode("utf-8"))
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]
