"""A benchmark folder in BEIR layout: corpus, queries and the relevance judgements (qrels) of one split.

Layout: `corpus.jsonl`, `queries.jsonl`, `qrels/SPLIT.tsv` (Thakur et al. 2021, https://arxiv.org/abs/2104.08663).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.errors import EvalError, attempt, refuse
from eval.jsonl import Record, existing, existing_folder, read_lines, read_records

#: Query id → document id → relevance; queries and documents in the order of the file.
Qrels = dict[str, dict[str, int]]

#: What must be said beside any figure over a corpus, by `BeirBenchmark.corpus_sha256`.
CORPUS_REMARKS: Mapping[str, str] = {
    "088428de501b592a34682faab4cb0a2f9b9983ad1b614907838a91d9665f6554": (
        "STARD（MIT 许可）：语料为重建版，已去掉 22 条近似重复的条文，数字不可与论文直接相比。"
    ),
}


@dataclass(frozen=True, slots=True)
class BeirDocument:
    """One document of the corpus."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class BeirQuery:
    """One query."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class BeirBenchmark:
    """A corpus, the judged queries of one split in the order of the queries file, and their judgements.

    `qrels` keeps queries that have no text (`missing_queries`) and documents that the corpus lacks
    (`missing_documents`): neither can be found, so they count against the figures instead of vanishing.
    `corpus_sha256` depends on the documents alone, not on how the file is packed or spelled.
    """

    name: str
    split: str
    documents: tuple[BeirDocument, ...]
    queries: tuple[BeirQuery, ...]
    qrels: Qrels
    corpus_sha256: str
    missing_queries: tuple[str, ...] = ()
    missing_documents: tuple[str, ...] = ()

    @property
    def remark(self) -> str | None:
        """What must be said beside a figure over this corpus, if anything."""
        return CORPUS_REMARKS.get(self.corpus_sha256)

    def first(self, count: int) -> BeirBenchmark:
        """The same benchmark with its first `count` queries and their judgements only."""
        queries = self.queries[:count]
        return BeirBenchmark(
            name=self.name,
            split=self.split,
            documents=self.documents,
            queries=queries,
            qrels={query.id: self.qrels[query.id] for query in queries},
            corpus_sha256=self.corpus_sha256,
            missing_documents=self.missing_documents,
        )


def read_beir(folder: Path, split: str) -> BeirBenchmark:
    """The benchmark in `folder` with the judgements of `split` (a file of `qrels/`, without .tsv).

    Corpus and queries may be plain or .gz; the qrels may or may not have a header line.

    :raises EvalError: for a missing folder, file or split, and for malformed lines, all at once.
    """
    existing_folder(folder)
    faults: list[str] = []
    documents: tuple[BeirDocument, ...] = attempt(faults, lambda: _read_documents(folder), ())
    queries: tuple[BeirQuery, ...] = attempt(faults, lambda: _read_queries(folder), ())
    qrels: Qrels = attempt(faults, lambda: read_qrels(_qrels_path(folder, split)), {})
    refuse(faults)
    known_queries = {query.id for query in queries}
    known_documents = {document.id for document in documents}
    judged = dict.fromkeys(document for judgements in qrels.values() for document in judgements)
    return BeirBenchmark(
        name=folder.resolve().name,
        split=split,
        documents=documents,
        queries=tuple(query for query in queries if query.id in qrels),
        qrels=qrels,
        corpus_sha256=_corpus_sha256(documents),
        missing_queries=tuple(query for query in qrels if query not in known_queries),
        missing_documents=tuple(document for document in judged if document not in known_documents),
    )


def read_qrels(path: Path) -> Qrels:
    """The judgements in a tab-separated file of query id, document id, relevance; header optional.

    :raises EvalError: naming every malformed line, or when there is no judgement at all.
    """
    qrels: Qrels = {}
    faults: list[str] = []
    for position, line in enumerate(read_lines(path)):
        cells = [cell.strip() for cell in line.text.split("\t")]
        if position == 0 and _is_header(cells):
            continue
        fault = add_judgement(qrels, cells)
        if fault:
            faults.append(line.fault(fault))
    refuse(faults)
    if not qrels:
        raise EvalError(f"{path} 里没有任何相关性标注。")
    return qrels


def _qrels_path(folder: Path, split: str) -> Path:
    """The qrels file of a split; the name is matched against the folder, so it cannot lead out of it."""
    if not (folder / "qrels").is_dir():
        raise EvalError(f"文件夹 {folder} 里没有 qrels 文件夹。")
    found = {path.stem: path for path in sorted((folder / "qrels").glob("*.tsv"))}
    if split not in found:
        raise EvalError(f"{folder / 'qrels'} 里没有 {split}.tsv；可选的划分：{'、'.join(found) or '无'}。")
    return found[split]


def _is_header(cells: list[str]) -> bool:
    """A first line whose relevance is no number is a header (`query-id corpus-id score`)."""
    return len(cells) == 3 and _relevance(cells[2]) is None


def _relevance(cell: str) -> int | None:
    try:
        return int(cell)
    except ValueError:
        return None


def add_judgement(qrels: Qrels, cells: list[str]) -> str | None:
    """Add one judgement (query, document, relevance) to `qrels`; what is wrong with it, if anything."""
    if len(cells) != 3:
        return f"应有 3 列（查询编号、文档编号、相关度，以制表符分隔），实有 {len(cells)} 列"
    query, document, cell = cells
    relevance = _relevance(cell)
    if relevance is None:
        return f"相关度应为整数，实为“{cell}”"
    if not query or not document:
        return "查询编号或文档编号为空"
    if qrels.get(query, {}).get(document, relevance) != relevance:
        return f"查询 {query} 与文档 {document} 前后标注不一致"
    qrels.setdefault(query, {})[document] = relevance
    return None


def _read_documents(folder: Path) -> tuple[BeirDocument, ...]:
    records = _identified(existing(folder, "corpus.jsonl", "corpus.jsonl.gz"))
    return tuple(BeirDocument(id_, record.text_of("title") or "", text) for id_, text, record in records)


def _read_queries(folder: Path) -> tuple[BeirQuery, ...]:
    records = _identified(existing(folder, "queries.jsonl", "queries.jsonl.gz"))
    return tuple(BeirQuery(id_, text) for id_, text, _ in records)


def _identified(path: Path) -> list[tuple[str, str, Record]]:
    """The records of a file with their `_id` and `text`, both checked."""
    found: dict[str, tuple[str, str, Record]] = {}
    faults: list[str] = []
    for record in read_records(path):
        id_, text = record.text_of("_id"), record.text_of("text")
        if not id_:
            faults.append(record.line.fault("缺少 _id"))
        elif text is None:
            faults.append(record.line.fault("缺少 text"))
        elif id_ in found:
            faults.append(record.line.fault(f"_id {id_} 重复"))
        else:
            found[id_] = (id_, text, record)
    refuse(faults)
    return list(found.values())


def _corpus_sha256(documents: Iterable[BeirDocument]) -> str:
    digest = hashlib.sha256()
    for document in documents:
        digest.update(json.dumps([document.id, document.title, document.text]).encode())
    return digest.hexdigest()
