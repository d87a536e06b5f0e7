"""Runs: what was retrieved for each query, and the TREC run file that other programs read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

import numpy as np

from eval.beir import Qrels, add_judgement, read_qrels
from eval.errors import EvalError, refuse
from eval.jsonl import read_lines


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
    _write(path, run_lines(run, tag))


def write_qrels(path: Path, relevant: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Write the relevant documents of each query to `path` as TREC qrels: query, 0, document, 1; white space
    is taken out of documents, as it is in the runs of clauses.

    :raises EvalError: when the file cannot be written.
    """
    _write(
        path,
        [
            f"{query} 0 {''.join(document.split())} 1"
            for query, documents in relevant
            for document in documents
        ],
    )


def _write(path: Path, lines: Iterable[str]) -> None:
    try:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise EvalError(f"写不了运行文件 {path}：{error.strerror or error}。") from error


def read_run(path: Path) -> dict[str, list[Ranked]]:
    """The run in a TREC run file: for each query its documents by score, best first, as trec_eval does.

    Scores are 32-bit floats there and ties are broken by document id, the later first; the rank column and
    the order of lines say nothing.

    :raises EvalError: naming every line without six columns or with a score that is no number, and every
        document that comes twice for a query.
    """
    scores: dict[str, dict[str, float]] = {}
    faults: list[str] = []
    for line in read_lines(path):
        cells = line.text.split()
        fault = _add_result(scores, cells)
        if fault:
            faults.append(line.fault(fault))
    refuse(faults)
    if not scores:
        raise EvalError(f"{path} 里没有任何检索结果。")
    return {query: _by_score(found) for query, found in scores.items()}


def read_trec_qrels(path: Path) -> Qrels:
    """The judgements in a TREC qrels file: query, iteration, document, relevance, divided by white space.

    Relevance below 0 (not judged, or spam) counts as 0.

    :raises EvalError: naming every malformed line, or when there is no judgement at all.
    """
    qrels: Qrels = {}
    faults: list[str] = []
    for line in read_lines(path):
        cells = line.text.split()
        if len(cells) != 4:
            faults.append(line.fault(f"应有 4 列（查询编号、0、文档编号、相关度），实有 {len(cells)} 列"))
            continue
        fault = add_judgement(qrels, [cells[0], cells[2], cells[3]])
        if fault:
            faults.append(line.fault(fault))
    refuse(faults)
    if not qrels:
        raise EvalError(f"{path} 里没有任何相关性标注。")
    return {query: {d: max(0, relevance) for d, relevance in row.items()} for query, row in qrels.items()}


def read_any_qrels(path: Path) -> Qrels:
    """The judgements in a file of either format: BEIR (three columns divided by tabs) or TREC (four)."""
    first = next(iter(read_lines(path)), None)
    if first is not None and len(first.text.split("\t")) == 3:
        return read_qrels(path)
    return read_trec_qrels(path)


def _add_result(scores: dict[str, dict[str, float]], cells: list[str]) -> str | None:
    """Add one line of a run; what is wrong with it, if anything."""
    if len(cells) != 6:
        return f"应有 6 列（查询编号、Q0、文档编号、名次、分数、系统名），实有 {len(cells)} 列"
    query, _, document, _, cell, _ = cells
    try:
        score = float(cell)
    except ValueError:
        return f"分数应为数字，实为“{cell}”"
    if not isfinite(score):
        return f"分数应为有限的数字，实为“{cell}”"
    if document in scores.get(query, {}):
        return f"查询 {query} 的文档 {document} 重复"
    scores.setdefault(query, {})[document] = float(np.float32(score))
    return None


def _by_score(found: Mapping[str, float]) -> list[Ranked]:
    ordered = sorted(found, key=lambda document: (found[document], document), reverse=True)
    return [Ranked(document, found[document]) for document in ordered]


def _unwritable(run: Run) -> list[str]:
    ids = dict.fromkeys([*run, *(result.document for results in run.values() for result in results)])
    return [f"编号“{id_}”含有空白，TREC 运行文件无法表示。" for id_ in ids if id_.split() != [id_]]
