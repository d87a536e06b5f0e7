"""Configurations on a BEIR benchmark: its documents as clauses of the product's index, every query asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from eval.beir import BeirBenchmark, BeirDocument
from eval.beir_index import beir_index_home
from eval.beir_notices import document_id
from eval.chunk_baseline import check_installed, chunks_of, searching, text_of
from eval.configuration import Configuration, Splitter
from eval.latency import Latency, latency
from eval.measured import KEPT, Measured, Talk
from eval.measures import DEPTH, measure_run
from eval.results import Benchmark, ClauseText, Row
from eval.systems import System
from eval.trec import Ranked, ranked
from index.fingerprint import model_fingerprint
from index.settings import Settings

#: Query → (document id, score), best first, at most `DEPTH`.
Find = Callable[[str], Iterable[tuple[str, float]]]

#: Chunks asked for so that `DEPTH` documents are among them.
_CHUNKS = DEPTH * 4

_SHOWN_TEXT = 400


def described(benchmark: BeirBenchmark, name: str) -> Benchmark:
    """What a result says of the benchmark."""
    remarks = [benchmark.remark] if benchmark.remark else []
    if benchmark.missing_queries:
        remarks.append(f"有 {len(benchmark.missing_queries)} 个已标注的查询没有问题文本，按 0 分计。")
    if benchmark.missing_documents:
        remarks.append(f"有 {len(benchmark.missing_documents)} 篇已标注的文档不在语料中，按未找到计。")
    return Benchmark(
        "beir",
        name,
        len(benchmark.qrels),
        len(benchmark.documents),
        benchmark.corpus_sha256,
        tuple(remarks),
    )


def run_over_documents(
    benchmark: BeirBenchmark,
    configuration: Configuration,
    settings: Settings,
    talk: Talk,
    *,
    rebuild: bool = False,
) -> Measured:
    """Every query of `benchmark` through a configuration; the index is kept below `settings.home`."""
    if configuration.splitter is Splitter.LANGCHAIN:
        return _over_chunks(benchmark, configuration)
    if not configuration.context:
        benchmark = untitled(benchmark)
    system = System.of(configuration, settings)
    with system.in_force():
        used, home = beir_index_home(
            benchmark, system.settings, talk=talk, rebuild=rebuild, embeddings=system.embeddings
        )
        index = system.open(home)

        def find(query: str) -> Iterable[tuple[str, float]]:
            hits = index.search(system.query(query, index), DEPTH)
            return [(document_id(hit.clause), hit.score) for hit in hits]

        run, times = _asked(benchmark, find)
        size = index.home.size()
    return Measured(
        rows=_rows(benchmark, run),
        clauses=_clauses(benchmark, run),
        latency=times,
        index_seconds=used.seconds,
        index_bytes=size,
        model=model_fingerprint(system.settings.model),
        index_cached=used.cached,
        run=run,
    )


def untitled(benchmark: BeirBenchmark) -> BeirBenchmark:
    """The benchmark with documents that have no title; an index of it is another index."""
    documents = tuple(replace(document, title="") for document in benchmark.documents)
    return replace(benchmark, documents=documents, corpus_sha256=f"{benchmark.corpus_sha256}-untitled")


def _asked(benchmark: BeirBenchmark, find: Find) -> tuple[dict[str, list[Ranked]], Latency]:
    """What was found for each query, and how long each took; the first is asked once more before the clock
    starts, because what a process does once is not what a query costs."""
    for query in benchmark.queries[:1]:
        find(query.text)
    run: dict[str, list[Ranked]] = {}
    seconds: list[float] = []
    for query in benchmark.queries:
        started = time.perf_counter()
        found = find(query.text)
        seconds.append(time.perf_counter() - started)
        run[query.id] = ranked(found)[:DEPTH]
    return run, latency(seconds)


def _rows(benchmark: BeirBenchmark, run: Mapping[str, list[Ranked]]) -> tuple[Row, ...]:
    texts = {query.id: query.text for query in benchmark.queries}
    values = measure_run(benchmark.qrels, run).by_query
    return tuple(
        Row(
            id=query,
            values=values[query],
            question=texts.get(query, ""),
            evidence=tuple(document for document, relevance in judged.items() if relevance > 0),
            retrieved=tuple(result.document for result in run.get(query, ())[:KEPT]),
        )
        for query, judged in benchmark.qrels.items()
    )


def _clauses(benchmark: BeirBenchmark, run: Mapping[str, list[Ranked]]) -> dict[str, ClauseText]:
    """The words of the documents that are judged or were among the first."""
    wanted = {document for judged in benchmark.qrels.values() for document in judged}
    wanted |= {result.document for results in run.values() for result in results[:KEPT]}
    return {d.id: _text(d) for d in benchmark.documents if d.id in wanted}


def _text(document: BeirDocument) -> ClauseText:
    return ClauseText(document.title, document.id, document.text[:_SHOWN_TEXT])


def _over_chunks(benchmark: BeirBenchmark, configuration: Configuration) -> Measured:
    """The baseline of chunks: a document counts by its best chunk."""
    check_installed()
    started = time.perf_counter()
    texts = ((document.id, text_of(document)) for document in benchmark.documents)
    search = searching(chunks_of(texts, size=configuration.chunk_size, overlap=configuration.chunk_overlap))
    index_seconds = time.perf_counter() - started

    def find(query: str) -> Iterable[tuple[str, float]]:
        return [(chunk.source, score) for chunk, score in search(query, _CHUNKS)]

    run, times = _asked(benchmark, find)
    return Measured(
        rows=_rows(benchmark, run),
        clauses=_clauses(benchmark, run),
        latency=times,
        index_seconds=index_seconds,
        index_bytes=0,
        model="",
        run=run,
    )
