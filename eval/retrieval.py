"""A retrieval benchmark: every query through the product's retriever, measured and timed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.beir import BeirBenchmark
from eval.beir_notices import document_id
from eval.latency import Latency, latency
from eval.measures import DEPTH, Figures, measure_run
from eval.tables import table
from eval.trec import Ranked, Run, ranked
from index.types import Hit

#: The product's retriever: query and limit → hits, best first.
Search = Callable[[str, int], Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class IndexUsed:
    """The index that was searched: its model, and how long building it took, now or when it was cached."""

    model: str
    seconds: float
    cached: bool


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    """One run over one split: the run itself, its figures, and what they were made with."""

    benchmark: BeirBenchmark
    run: Run
    figures: Figures
    latency: Latency
    index: IndexUsed

    @property
    def remarks(self) -> tuple[str, ...]:
        """What must be said beside the figures, as Chinese sentences."""
        benchmark = self.benchmark
        found = [benchmark.remark] if benchmark.remark else []
        if benchmark.missing_queries:
            found.append(f"有 {len(benchmark.missing_queries)} 个已标注的查询没有问题文本，按 0 分计。")
        if benchmark.missing_documents:
            found.append(f"有 {len(benchmark.missing_documents)} 篇已标注的文档不在语料中，按未找到计。")
        return tuple(found)

    def as_json(self) -> dict[str, Any]:
        """The report without the run; figures by measure name, times in seconds (index) and ms (queries)."""
        return {
            "benchmark": self.benchmark.name,
            "split": self.benchmark.split,
            **self.figures.means,
            "n": self.figures.n,
            "corpus": len(self.benchmark.documents),
            "corpus_sha256": self.benchmark.corpus_sha256,
            "model": self.index.model,
            "index_seconds": self.index.seconds,
            "index_cached": self.index.cached,
            "query_ms": asdict(self.latency),
            "missing_queries": list(self.benchmark.missing_queries),
            "missing_documents": list(self.benchmark.missing_documents),
            "remarks": list(self.remarks),
        }

    def as_text(self) -> str:
        """The figures as a table, and below it what they were made with and what must be said beside them."""
        means = self.figures.means
        name = f"{self.benchmark.name} {self.benchmark.split}"
        figures = [
            ["", "n", *means],
            [name, str(self.figures.n), *(f"{mean:.4f}" for mean in means.values())],
        ]
        cached = "（缓存）" if self.index.cached else ""
        return "\n".join(
            [
                table(figures),
                "",
                f"语料 {len(self.benchmark.documents)} 篇；模型 {self.index.model}",
                f"建索引 {self.index.seconds:.1f} 秒{cached}；每个查询 {self.latency}",
                *(f"注意：{remark}" for remark in self.remarks),
            ]
        )


def evaluate(benchmark: BeirBenchmark, search: Search, index: IndexUsed) -> RetrievalReport:
    """Ask every query of `benchmark` once, in order, and measure what comes back.

    The first query is asked once more before the clock starts: what a process does only once (loading the
    model, opening files) is not what a query costs.
    """
    for query in benchmark.queries[:1]:
        search(query.text, DEPTH)
    run: dict[str, list[Ranked]] = {}
    seconds: list[float] = []
    for query in benchmark.queries:
        started = time.perf_counter()
        hits = search(query.text, DEPTH)
        seconds.append(time.perf_counter() - started)
        run[query.id] = ranked((document_id(hit.clause), hit.score) for hit in hits)
    return RetrievalReport(benchmark, run, measure_run(benchmark.qrels, run), latency(seconds), index)
