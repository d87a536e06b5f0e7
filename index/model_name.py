"""How an embedding model is named: a folder or name, and after a `?` how it is used.

    BAAI/bge-m3?dimension=256
    models/bge-small-zh-v1.5?backend=onnx&query_prompt=为这个句子生成表示以用于检索相关文章：

One text says all that decides the vectors, so that an index knows which ones it holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import parse_qsl

from .errors import IndexFault

_OPTIONS = ("dimension", "backend", "query_prompt", "passage_prompt")


class Backend(StrEnum):
    """What computes the vectors: torch by sentence-transformers, or onnxruntime alone."""

    TORCH = "torch"
    ONNX = "onnx"


class BadModelName(IndexFault):
    """What stands after the `?` of a model's name cannot be done."""

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(f"向量模型“{model}”的写法不对（{reason}）：请检查 TIAOWEN_MODEL。")
        self.model = model
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ModelName:
    """A model and how it is used. `dimension` keeps the first numbers of each vector (for models trained that
    way: Kusupati et al., "Matryoshka representation learning", NeurIPS 2022); prompts, where given, stand
    before a question or passage instead of the model's own."""

    name: str
    dimension: int | None = None
    backend: Backend = Backend.TORCH
    query_prompt: str | None = None
    passage_prompt: str | None = None

    @classmethod
    def parse(cls, text: str) -> ModelName:
        """The model and its options in `text`.

        :raises BadModelName: for an option that there is not, or a value that it cannot have.
        """
        name, _, options = text.partition("?")
        found = dict(parse_qsl(options, keep_blank_values=True))
        unknown = [option for option in found if option not in _OPTIONS]
        if unknown:
            raise BadModelName(text, f"没有 {unknown[0]} 这个选项，可用 {'、'.join(_OPTIONS)}")
        backend = found.get("backend", Backend.TORCH)
        if backend not in list(Backend):
            raise BadModelName(text, f"backend 应为 {' 或 '.join(Backend)}，实为“{backend}”")
        return cls(
            name=name,
            dimension=_dimension(text, found.get("dimension")),
            backend=Backend(backend),
            query_prompt=found.get("query_prompt"),
            passage_prompt=found.get("passage_prompt"),
        )

    @property
    def folder(self) -> Path | None:
        """The folder of that name, if there is one."""
        path = Path(self.name).expanduser()
        return path if self.name.strip() and path.is_dir() else None

    @property
    def has_prompts(self) -> bool:
        """Whether a prompt is given."""
        return self.query_prompt is not None or self.passage_prompt is not None


def _dimension(model: str, value: str | None) -> int | None:
    if value is None:
        return None
    if not value.isascii() or not value.isdigit() or not int(value):
        raise BadModelName(model, f"dimension 应为正整数，实为“{value}”")
    return int(value)
