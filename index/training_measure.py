"""Held-out figures of the embedded model, beside BM25 over jieba words on the same questions."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import jieba
import numpy as np
import tantivy
from numpy.typing import NDArray

from index.training_data import Pair, is_lay

_DEPTH = 100


class Encoder(Protocol):
    """What a model must do to be measured."""

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of passages, shape (texts, dimension)."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of questions, shape (texts, dimension)."""


@dataclass(frozen=True, slots=True)
class Task:
    """Questions over passages; `relevant[i]` holds the places of the passages that answer question i."""

    name: str
    passages: tuple[str, ...]
    questions: tuple[str, ...]
    relevant: tuple[frozenset[int], ...]


def lay_task(held_out: Sequence[Pair], others: Sequence[Pair]) -> Task:
    """The held-out lay questions over the passages of all lay pairs, trained on or not."""
    passages = tuple(
        dict.fromkeys(p.positive for p in [*held_out, *others] if is_lay(p))
    )  # fmt: skip
    place = {passage: at for at, passage in enumerate(passages)}
    return Task(
        "held-out lay questions",
        passages,
        tuple(pair.anchor for pair in held_out),
        tuple(frozenset({place[pair.positive]}) for pair in held_out),
    )


def beir_task(folder: Path, split: str) -> Task:
    """A BEIR folder (`corpus.jsonl.gz`, `queries.jsonl`, `qrels/SPLIT.tsv`) with its judged questions."""
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        corpus = [json.loads(line) for line in lines]
    place = {row["_id"]: at for at, row in enumerate(corpus)}
    relevant: dict[str, set[int]] = {}
    for line in (folder / "qrels" / f"{split}.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        question, passage, grade = line.split("\t")
        if int(grade) > 0:
            relevant.setdefault(question, set()).add(place[passage])
    rows = [json.loads(line) for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
    judged = [row for row in rows if row["_id"] in relevant]
    return Task(
        f"{folder.name} {split}",
        tuple(f"{row['title']}：{row['text']}" for row in corpus),
        tuple(row["text"] for row in judged),
        tuple(frozenset(relevant[row["_id"]]) for row in judged),
    )


def measure_encoder(encoder: Encoder, task: Task) -> Mapping[str, float]:
    """Figures of dense retrieval alone, by cosine; ties go to the earlier passage."""
    passages = encoder.encode_documents(task.passages)
    scores = encoder.encode_queries(task.questions) @ passages.T
    return _figures([np.argsort(-row, kind="stable")[:_DEPTH].tolist() for row in scores], task)


def measure_bm25(task: Task) -> Mapping[str, float]:
    """Figures of BM25 (tantivy) over the words of jieba's search mode."""
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("words", tokenizer_name="whitespace")
    schema.add_unsigned_field("place", stored=True, indexed=True)
    index = tantivy.Index(schema.build())
    writer = index.writer(num_threads=1)
    for place, passage in enumerate(task.passages):
        document = tantivy.Document(words=" ".join(_words(passage)))
        document.add_unsigned("place", place)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return _figures([_bm25_run(index, question) for question in task.questions], task)


def _bm25_run(index: tantivy.Index, question: str) -> list[int]:
    words = [
        (tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "words", word))
        for word in _words(question)
    ]
    searcher = index.searcher()
    hits = searcher.search(tantivy.Query.boolean_query(words), _DEPTH).hits
    return [searcher.doc(address)["place"][0] for _, address in hits]


def _words(text: str) -> list[str]:
    return [word for word in jieba.cut_for_search(text.lower()) if any(c.isalnum() for c in word)]


def _figures(runs: Sequence[Sequence[int]], task: Task) -> Mapping[str, float]:
    """Means over all questions, in a fixed order; a question without results scores 0."""
    rows = [_one(run, gold) for run, gold in zip(runs, task.relevant, strict=True)]
    means = np.mean(np.array([list(row.values()) for row in rows]), axis=0)
    return {
        "n": float(len(rows)),
        **{name: round(float(mean), 4) for name, mean in zip(rows[0], means, strict=True)},
    }


def _one(run: Sequence[int], gold: frozenset[int]) -> dict[str, float]:
    hits = [place in gold for place in run]
    first = hits.index(True) + 1 if True in hits else 0
    ideal = sum(1 / np.log2(rank + 2) for rank in range(min(10, len(gold))))
    gain = sum(hit / np.log2(rank + 2) for rank, hit in enumerate(hits[:10]))
    return {
        "nDCG@10": float(gain / ideal),
        "MRR@10": 1 / first if 0 < first <= 10 else 0.0,
        "R@1": sum(hits[:1]) / len(gold),
        "R@10": sum(hits[:10]) / len(gold),
        "R@100": sum(hits) / len(gold),
    }
