"""A cross-encoder as the last word on the order of clauses: slower than everything before it, and better.

It reads question and passage together: Nogueira and Cho, "Passage re-ranking with BERT", 2019,
https://arxiv.org/abs/1901.04085. There is none unless `TIAOWEN_RERANKER` names one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from .errors import MissingReranker
from .passage import passage_of
from .types import Hit

#: So many of the first hits are read. A model of twelve layers takes 0.1 (384 wide) to 0.3 s (768 wide) for
#: each on one core.
DEPTH = 20

#: Pairs scored in one call.
_BATCH = 16


class Reranker(Protocol):
    """Anything that scores how well passages answer a question."""

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """One number for each passage, larger for a better answer."""
        ...


class CrossEncoderReranker:
    """A sentence-transformers `CrossEncoder` with one label."""

    def __init__(self, model: Any) -> None:
        self._model = model

    @classmethod
    def load(cls, name: str) -> CrossEncoderReranker:
        """The model in the folder, or of that name in the local cache of models; nothing is downloaded.

        :raises MissingReranker: If it is not there, or gives more than one number for a pair.
        """
        from sentence_transformers import CrossEncoder  # noqa: PLC0415 (seconds, and torch)

        folder = Path(name).expanduser()
        is_folder = folder.is_dir()
        try:
            model = CrossEncoder(str(folder) if is_folder else name, local_files_only=True)
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            reason = "文件夹中没有可读取的 CrossEncoder 模型" if is_folder else "本机没有，且不联网下载"
            raise MissingReranker(name, reason) from error
        if model.num_labels != 1:
            raise MissingReranker(name, f"应为每对文本给一个分数的模型，实为 {model.num_labels} 个")
        return cls(model)

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """One number for each passage, larger for a better answer."""
        if not passages:
            return []
        pairs = [(question, passage) for passage in passages]
        found = self._model.predict(pairs, batch_size=_BATCH, show_progress_bar=False)
        return [float(score) for score in found]


def reranked(question: str, hits: Sequence[Hit], reranker: Reranker) -> list[Hit]:
    """`hits` (best first) with the first `DEPTH` of them in the order of the re-ranker, ties as they were.

    The scores stay what they are and are handed out anew, so that they still fall from first to last and mean
    what they mean without a re-ranker; what the re-ranker gave stands in `reranked`.
    """
    first, rest = list(hits[:DEPTH]), list(hits[DEPTH:])
    given = reranker.scores(question, [str(passage_of(hit.clause, hit.notice.card)) for hit in first])
    order = sorted(range(len(first)), key=lambda place: -given[place])
    return [
        replace(first[place], score=hit.score, reranked=given[place])
        for place, hit in zip(order, first, strict=True)
    ] + rest
