"""Speed and memory on a large file of articles: the product, and what people build first, beside it.

Each system is measured in a process of its own, so that memory and caches are its own; the product makes its
index in one process and is asked in another, as `sync` and `chat` are. Times are by the clock, with processor
times beside them: the ones say what a person waits for on this machine as busy as it was, the others what the
work costs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from eval.articles import notices_of_articles, read_articles
from eval.errors import EvalError
from eval.jsonl import read_records
from eval.latency import Latency, latency
from eval.machine import peak_memory
from index.settings import Settings

#: Results asked for; what the retriever gives unless told otherwise.
SHOWN = 20

#: The slow baselines are asked so many questions.
FEW = 40

#: What is aimed at: seconds, milliseconds and bytes, on a machine with two cores and nothing else to do.
LIMITS = {"build_seconds": 300.0, "p50_ms": 15.0, "p99_ms": 60.0, "resident_bytes": 1_200_000_000}

#: Question → how many results came.
Ask = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Building:
    """What making an index took: seconds by the clock and of the processor, most bytes held in memory
    meanwhile, bytes on disk (0 for one that lies in memory only)."""

    seconds: float
    processor_seconds: float
    peak_bytes: int
    disk_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Asking:
    """What questions took: milliseconds by the clock and of the processor, seconds of the first one (opening
    included), most bytes held in memory by the process that was asked."""

    questions: int
    wall_ms: Latency
    processor_ms: Latency
    first_seconds: float
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Job:
    """What is measured: the articles, the questions, and the folder that indexes go to."""

    articles: Path
    questions: tuple[str, ...]
    home: Path


def read_questions(paths: Sequence[Path], limit: int) -> tuple[str, ...]:
    """`limit` questions of JSON lines (`text`, `question` or `anchor`), equally many of each file, spread
    evenly over it.

    :raises EvalError: as `read_records`, or when there is none.
    """
    found: list[str] = []
    for number, path in enumerate(paths):
        records = read_records(path)
        texts = [text for r in records if (text := r.text_of("text", "question", "anchor"))]
        wanted = (limit - len(found)) // (len(paths) - number)
        step = max(1, len(texts) // max(1, wanted))
        found += texts[::step][:wanted]
    if not found:
        raise EvalError("没有问题：每行应有 text、question 或 anchor。")
    return tuple(found)


def build_product(job: Job) -> dict[str, Any]:
    """The product's index, made at `job.home`."""
    from index.home import Home  # noqa: PLC0415 - each step imports what it measures
    from index.sync import index_notices  # noqa: PLC0415

    notices = notices_of_articles(read_articles(job.articles))
    settings = Settings(job.home)
    clock = _Clock()
    count = index_notices(notices, settings, source=job.articles.parent)
    return {"articles": count, "building": asdict(clock.building(Home(job.home).size()))}


def ask_product(job: Job) -> dict[str, Any]:
    """The product's retriever, as it is asked without and with a filter that about a fifth passes."""
    from index.store import open_index  # noqa: PLC0415
    from index.types import Filters  # noqa: PLC0415

    started = time.perf_counter()
    index = open_index(Settings(job.home))
    index.retriever.search(job.questions[0], SHOWN)
    first = time.perf_counter() - started
    asking = _asked(job.questions, lambda text: len(index.retriever.search(text, SHOWN)), first)
    notices = index.catalogue.notices()
    filters = Filters(notices=frozenset(notice.id for notice in notices[::5]))
    filtered = _asked(job.questions, lambda text: len(index.retriever.search(text, SHOWN, filters)), first)
    return {"asking": asdict(asking), "filtered": asdict(filtered)}


def rank_bm25(job: Job) -> dict[str, Any]:
    """rank_bm25 (Okapi) over jieba's words of the articles with their titles."""
    _check("rank_bm25", "eval")
    from eval.chunk_baseline import Chunk, searching  # noqa: PLC0415

    chunks = [
        Chunk(article.id, f"{article.statute} {article.label}\n{article.text}", 0, 0)
        for article in read_articles(job.articles)
    ]
    clock = _Clock()
    search = searching(chunks)
    building = clock.building()
    return _baseline(building, job, lambda text: len(search(text, SHOWN)))


def langchain_faiss(job: Job) -> dict[str, Any]:
    """LangChain's FAISS vector store (flat, as it is by default) over the product's own vectors."""
    _check("langchain_community", "scale")
    import faiss  # noqa: PLC0415
    from langchain_community.docstore import InMemoryDocstore  # noqa: PLC0415
    from langchain_community.vectorstores import FAISS  # noqa: PLC0415

    from index.embeddings import load_embeddings  # noqa: PLC0415

    model = load_embeddings(Settings(job.home).model)
    articles = read_articles(job.articles)
    clock = _Clock()
    store = FAISS(model, faiss.IndexFlatL2(model.dimension), InMemoryDocstore(), {})
    for start in range(0, len(articles), FEW * 100):
        batch = articles[start : start + FEW * 100]
        store.add_texts(
            [f"{article.statute} {article.label}\n{article.text}" for article in batch],
            ids=[article.id for article in batch],
        )
    building = clock.building()
    return _baseline(building, job, lambda text: len(store.similarity_search(text, SHOWN)))


#: The steps in the order in which they are run; the product's second one needs what the first made.
STEPS: dict[str, Callable[[Job], dict[str, Any]]] = {
    "build": build_product,
    "ask": ask_product,
    "rank_bm25": rank_bm25,
    "langchain_faiss": langchain_faiss,
}


def held(found: dict[str, Any]) -> dict[str, bool]:
    """Which of `LIMITS` the product's steps held, by the clock; the memory is that of the process that is
    asked."""
    return {
        "build_seconds": found["building"]["seconds"] <= LIMITS["build_seconds"],
        "p50_ms": found["asking"]["wall_ms"]["p50"] <= LIMITS["p50_ms"],
        "p99_ms": found["asking"]["wall_ms"]["p99"] <= LIMITS["p99_ms"],
        "resident_bytes": found["asking"]["peak_bytes"] <= LIMITS["resident_bytes"],
    }


def _baseline(building: Building, job: Job, ask: Ask) -> dict[str, Any]:
    started = time.perf_counter()
    ask(job.questions[0])
    first = time.perf_counter() - started
    step = max(1, len(job.questions) // FEW)
    return {
        "building": asdict(building),
        "asking": asdict(_asked(job.questions[::step][:FEW], ask, first)),
    }


def _asked(questions: Sequence[str], ask: Ask, first_seconds: float) -> Asking:
    wall: list[float] = []
    processor: list[float] = []
    for question in questions:
        clock = _Clock()
        ask(question)
        wall.append(clock.seconds)
        processor.append(clock.processor_seconds)
    return Asking(len(wall), latency(wall), latency(processor), first_seconds, peak_memory())


class _Clock:
    """Time since it was made, by the clock and of this process's processor time (all threads)."""

    def __init__(self) -> None:
        self._wall, self._processor = time.perf_counter(), time.process_time()

    @property
    def seconds(self) -> float:
        """Seconds by the clock."""
        return time.perf_counter() - self._wall

    @property
    def processor_seconds(self) -> float:
        """Seconds of processor time."""
        return time.process_time() - self._processor

    def building(self, disk_bytes: int = 0) -> Building:
        """What was built since."""
        return Building(self.seconds, self.processor_seconds, peak_memory(), disk_bytes)


def _check(package: str, extra: str) -> None:
    if find_spec(package) is None:
        raise EvalError(f"没有安装 {package}，无法运行这个基线。请运行：pip install 'tiaowen[{extra}]'")
