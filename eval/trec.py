"""Runs: what was retrieved for each query, and the TREC run file that other programs read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.errors import EvalError, refuse


@dataclass(frozen=True, slots=True)
class Ranked:
    """One retrieved document; a list of these is ordered best first."""

    document: str
    score: float


#: Query id → retrieved documents, best first; a query without results has an empty list or no entry.
Run = Mapping[str, Sequence[Ranked]]


def ranked(results: Iterable[tuple[str, float]]) -> list[Ranked]:
    """The results in the order given, each document once, with strictly falling scores.

    trec_eval forgets the order of a run file: it sorts by score as a 32-bit float and breaks ties by
    document id. So a score that does not fall below the one before it is lowered by the smallest step that
    such a float can show; all others stay as they are. Programs that read the run then see the order that a
    user sees.
    """
    documents: dict[str, Ranked] = {}
    ceiling = np.float32(np.inf)
    for document, score in results:
        if document in documents:
            continue
        lowered = min(np.float32(score), np.nextafter(ceiling, np.float32(-np.inf)))
        documents[document] = Ranked(document, float(lowered))
        ceiling = lowered
    return list(documents.values())


def run_lines(run: Run, tag: str) -> list[str]:
    """The lines of a TREC run: query, `Q0`, document, rank from 1, score, tag.

    Format: https://trec.nist.gov/ ("trec_eval results file"), columns divided by one blank.

    :raises EvalError: when an id holds white space, which the format cannot carry.
    """
    refuse(_unwritable(run))
    return [
        f"{query} Q0 {result.document} {rank} {result.score:.9g} {tag}"
        for query, results in run.items()
        for rank, result in enumerate(results, start=1)
    ]


def write_run(path: Path, run: Run, tag: str) -> None:
    """Write `run` to `path` as a TREC run file.

    :raises EvalError: when the file cannot be written, or as `run_lines`.
    """
    text = "".join(f"{line}\n" for line in run_lines(run, tag))
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise EvalError(f"写不了运行文件 {path}：{error.strerror or error}。") from error


def _unwritable(run: Run) -> list[str]:
    ids = dict.fromkeys([*run, *(result.document for results in run.values() for result in results)])
    return [f"编号“{id_}”含有空白，TREC 运行文件无法表示。" for id_ in ids if id_.split() != [id_]]
