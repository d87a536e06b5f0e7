"""The embedded model served by numpy: a text's vector is the sum of its n-grams' vectors, normalised.

The folder is a sentence-transformers model of one module (`index.ngram_module`), which reads the same files
with torch; serving a laptop needs neither torch nor its seconds of start-up.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from index.errors import IndexFault
from index.model_tokens import TOKENS_VERSION, NgramVocabulary

#: What `config.json` says in the field `format`; any other folder is left to sentence-transformers.
FORMAT: Final = "tiaowen-ngrams"
CONFIG: Final = "config.json"
WEIGHTS: Final = "model.safetensors"
_FORMAT_VERSION: Final = 1
# Rows are decoded per block of texts, only those that the block uses: all rows as float32 would take 200 MB.
_BLOCK: Final = 2048


@dataclass(frozen=True, slots=True)
class NgramConfig:
    """`config.json` of the folder. A token that occurs n times in a text counts n ** count_power."""

    dimension: int
    count_power: float = 0.5
    name: str = "tiaowen-ngrams"
    format: str = FORMAT
    format_version: int = _FORMAT_VERSION
    tokens_version: int = TOKENS_VERSION

    @classmethod
    def read(cls, folder: Path) -> NgramConfig | None:
        """The config in this folder, or None when there is none of our format.

        :raises UnreadableModel: If it is of our format, but of a version that this program does not read.
        """
        try:
            found = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            return None
        try:
            config = cls(**found)
        except TypeError as error:
            raise UnreadableModel(folder, "配置字段不符") from error
        expected = (_FORMAT_VERSION, TOKENS_VERSION)
        if (config.format_version, config.tokens_version) != expected:
            raise UnreadableModel(folder, f"格式版本为 {config.format_version}，本程序使用 {_FORMAT_VERSION}")
        return config

    def write(self, folder: Path) -> None:
        """Write `config.json`."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2)
        (folder / CONFIG).write_text(text + "\n", encoding="utf-8")


class UnreadableModel(IndexFault):
    """A folder of our format cannot be served; `str(error)` is one sentence in Chinese."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"向量模型 {folder} 无法读取（{reason}）：请重新安装本程序，或用 TIAOWEN_MODEL 指定其他模型。"
        )
        self.folder = folder
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PackedVectors:
    """Token vectors at four bits a number: `levels[nibble]`, times the token's scale.

    `codes` is uint8 of shape (tokens, dimension / 2): the even dimension in the high nibble, the odd one in
    the low. `levels` is float32 of shape (16,). The scales, float16 of shape (tokens,), hold the token's
    weight too: one for documents, one for queries, because a question's word may be filler in a clause.
    """

    codes: NDArray[np.uint8]
    levels: NDArray[np.float32]
    document_scale: NDArray[np.float16]
    query_scale: NDArray[np.float16]

    @classmethod
    def pack(
        cls,
        vectors: NDArray[np.float32],
        document_weight: NDArray[np.float32],
        query_weight: NDArray[np.float32],
    ) -> PackedVectors:
        """Quantise float32 vectors of shape (tokens, dimension), dimension even, with 16 levels for all.

        The levels are Lloyd's optimum (S. Lloyd, Least squares quantization in PCM, 1982) for the numbers
        found after each row is divided by its root mean square.
        """
        rms = np.sqrt(np.mean(np.square(vectors), axis=1))
        scale = np.where(rms > 0, rms, 1.0).astype(np.float32)
        unit = vectors / scale[:, None]
        levels = _lloyd_levels(unit)
        nibbles = np.searchsorted((levels[1:] + levels[:-1]) / 2, unit).astype(np.uint8)
        codes = (nibbles[:, 0::2] << 4 | nibbles[:, 1::2]).astype(np.uint8)
        return cls(
            codes=codes,
            levels=levels,
            document_scale=(scale * document_weight).astype(np.float16),
            query_scale=(scale * query_weight).astype(np.float16),
        )

    def unscaled(self, tokens: NDArray[np.int64], dimension: int | None = None) -> NDArray[np.float32]:
        """The vectors of these tokens before their scale, float32 of shape (tokens, dimension): whole, or
        their first `dimension` numbers (an even count)."""
        codes = self.codes if dimension is None else self.codes[:, : dimension // 2]
        high, low = np.divmod(np.arange(256), 16)
        # One table look-up yields two numbers: a pair of float32 travels as one complex64.
        pairs = (self.levels[high] + 1j * self.levels[low]).astype(np.complex64)
        return pairs[codes[tokens]].view(np.float32)


class NgramModel:
    """Texts → unit vectors, by numpy alone."""

    def __init__(self, config: NgramConfig, vocabulary: NgramVocabulary, vectors: PackedVectors) -> None:
        self.config = config
        self.vocabulary = vocabulary
        self.vectors = vectors

    @classmethod
    def load(cls, folder: Path) -> NgramModel:
        """The model in this folder.

        :raises UnreadableModel: If the folder is not of our format, or its weights are missing or damaged.
        """
        config = NgramConfig.read(folder)
        if config is None:
            raise UnreadableModel(folder, f"没有 {FORMAT} 格式的 {CONFIG}")
        try:
            with safe_open(folder / WEIGHTS, framework="numpy") as file:
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (not a mapping)
            vocabulary = NgramVocabulary(tensors.pop("characters"), tensors.pop("keys"))
            vectors = PackedVectors(**tensors)
        except (OSError, SafetensorError, KeyError, TypeError) as error:
            raise UnreadableModel(folder, f"{WEIGHTS} 缺失或损坏") from error
        if vectors.codes.shape != (len(vocabulary), config.dimension // 2):
            raise UnreadableModel(folder, f"{WEIGHTS} 与 {CONFIG} 不符")
        return cls(config, vocabulary, vectors)

    def save(self, folder: Path) -> None:
        """Write config, weights and `modules.json` (what `SentenceTransformer(folder)` reads first)."""
        folder.mkdir(parents=True, exist_ok=True)
        self.config.write(folder)
        tensors: dict[str, NDArray[np.generic]] = {
            "characters": self.vocabulary.characters,
            "keys": self.vocabulary.keys,
            "codes": self.vectors.codes,
            "levels": self.vectors.levels,
            "document_scale": self.vectors.document_scale,
            "query_scale": self.vectors.query_scale,
        }
        save_file({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}, folder / WEIGHTS)
        modules = [{"idx": 0, "name": "0", "path": "", "type": "index.ngram_module.NgramEmbedding"}]
        (folder / "modules.json").write_text(json.dumps(modules, indent=2) + "\n", encoding="utf-8")

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of passages, float32 of shape (texts, dimension); zero where no token is known."""
        return self._encode(texts, self.vectors.document_scale)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of questions, float32 of shape (texts, dimension); zero where no token is known."""
        return self._encode(texts, self.vectors.query_scale)

    def _encode(self, texts: Sequence[str], scale: NDArray[np.float16]) -> NDArray[np.float32]:
        blocks = [self._encode_block(texts[at : at + _BLOCK], scale) for at in range(0, len(texts), _BLOCK)]
        return np.concatenate([np.zeros((0, self.config.dimension), dtype=np.float32), *blocks])

    def _encode_block(self, texts: Sequence[str], scale: NDArray[np.float16]) -> NDArray[np.float32]:
        tokens, counts = count_matrix(self.vocabulary, texts, power=self.config.count_power)
        rows = self.vectors.unscaled(tokens)
        rows *= scale[tokens].astype(np.float32)[:, None]
        sums = np.asarray(counts @ rows, dtype=np.float32)
        return unit_rows(sums)


def count_matrix(
    vocabulary: NgramVocabulary, texts: Sequence[str], *, power: float
) -> tuple[NDArray[np.int64], sp.csr_matrix]:
    """The tokens that occur in these texts (sorted ids), and how much each counts in each text.

    The matrix is float32 of shape (texts, tokens): the number of occurrences to the `power`.
    """
    return compact(wide_count_matrix(vocabulary, texts, power=power))


def wide_count_matrix(vocabulary: NgramVocabulary, texts: Sequence[str], *, power: float) -> sp.csr_matrix:
    """As `count_matrix`, with a column for every token of the vocabulary."""
    bags = vocabulary.bags(texts)
    ones = np.ones(len(bags.ids), dtype=np.float32)
    shape = (len(texts), len(vocabulary))
    counts = sp.csr_matrix((ones, bags.ids.astype(np.int32), bags.starts), shape=shape)
    counts.sum_duplicates()
    counts.data **= np.float32(power)
    return counts


def compact(counts: sp.csr_matrix) -> tuple[NDArray[np.int64], sp.csr_matrix]:
    """The columns that are not empty (sorted), and the matrix of these alone."""
    rows, columns = counts.shape
    seen = np.zeros(columns, dtype=bool)
    seen[counts.indices] = True
    tokens = np.flatnonzero(seen)
    place = np.zeros(columns, dtype=np.int32)
    place[tokens] = np.arange(len(tokens), dtype=np.int32)
    return tokens, sp.csr_matrix(
        (counts.data, place[counts.indices], counts.indptr), shape=(rows, len(tokens))
    )


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows divided by their length; a row of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: NDArray[np.float32] = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit


def _lloyd_levels(numbers: NDArray[np.float32]) -> NDArray[np.float32]:
    """16 sorted levels of least mean square error, from a regular sample of the numbers."""
    sample = np.sort(numbers.reshape(-1)[:: max(1, numbers.size // 500_000)])
    levels = np.quantile(sample, (np.arange(16) + 0.5) / 16)
    sums = np.concatenate([[0.0], np.cumsum(sample, dtype=np.float64)])
    for _ in range(60):
        cuts = np.concatenate([[0], np.searchsorted(sample, (levels[1:] + levels[:-1]) / 2), [len(sample)]])
        sizes = np.diff(cuts)
        levels = np.where(sizes > 0, np.diff(sums[cuts]) / np.maximum(sizes, 1), levels)
    return np.sort(levels).astype(np.float32)
