"""One configuration on one benchmark, as a result that says what made it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from eval.beir import BeirBenchmark, read_beir
from eval.configuration import Configuration, Target
from eval.errors import EvalError
from eval.gold import questions_file, read_gold, read_questions
from eval.machine import Revision, command_line, peak_memory, processor, versions
from eval.measured import Measured, Talk
from eval.results import Benchmark, Cost, Provenance, RunResult
from eval.runs_over_clauses import ClauseBench, run_over_clauses
from eval.runs_over_documents import described, run_over_documents
from eval.trec import Run
from index.settings import Settings

#: The end of a file of questions that lies in a benchmark's folder, instead of the folder's own one.
QUESTIONS = ".jsonl"

#: A benchmark that was read, and the name that its results carry.
Loaded = BeirBenchmark | ClauseBench


def target_name(target: Target, limit: int | None = None) -> str:
    """The name of a benchmark in results: its folder or file of questions, the split, and how many questions
    if not all."""
    folder = target.beir or target.bench
    if folder is None:
        raise EvalError("没有指定评测数据：请写 --beir 和 --split，或者 --bench。")
    parts = [folder.resolve().name.removesuffix(QUESTIONS), target.split, f"first{limit}" if limit else ""]
    return re.sub(r"[^\w.+-]", "_", "-".join(part for part in parts if part))


def load(target: Target, limit: int | None = None) -> Loaded:
    """The benchmark, its first `limit` questions only where given.

    :raises EvalError: naming everything that is wrong with its files.
    """
    name = target_name(target, limit)
    if target.beir is not None:
        benchmark = read_beir(target.beir, target.split)
        return benchmark if limit is None else benchmark.first(limit)
    asked = target.bench or Path()
    if asked.suffix != QUESTIONS:
        asked = questions_file(asked)
    notices = target.notices or asked.parent / "notices"
    gold = read_gold(asked.parent, notices)
    questions = read_questions(asked, gold)
    return ClauseBench(name, gold, questions[:limit], notices)


def run_name(target: Target, configuration: Configuration, limit: int | None = None) -> str:
    """What a result is called: the benchmark and the configuration."""
    return f"{target_name(target, limit)}-{configuration.name}"


def measure(  # noqa: PLR0913 - what is run on what, and how it is told and kept
    target: Target,
    configuration: Configuration,
    settings: Settings,
    made_at: Revision,
    *,
    talk: Talk = lambda _: None,
    limit: int | None = None,
    rebuild: bool = False,
) -> tuple[RunResult, Run]:
    """The result of a configuration on a benchmark, and what was found in the form of a TREC run."""
    loaded = load(target, limit)
    if isinstance(loaded, ClauseBench):
        benchmark = loaded.described()
        measured = run_over_clauses(loaded, configuration, settings, talk)
    else:
        benchmark = described(loaded, target_name(target, limit))
        measured = run_over_documents(loaded, configuration, settings, talk, rebuild=rebuild)
    name = run_name(target, configuration, limit)
    return _result(name, benchmark, configuration, measured, made_at), measured.run


def without_texts(result: RunResult) -> RunResult:
    """The result without a word of its benchmark, for data that may not be copied: ids and figures."""
    rows = tuple(replace(row, question="", answer="", misses=()) for row in result.rows)
    return replace(result, rows=rows, clauses={})


def _result(
    name: str,
    benchmark: Benchmark,
    configuration: Configuration,
    measured: Measured,
    made_at: Revision,
) -> RunResult:
    return RunResult(
        name=name,
        benchmark=benchmark,
        configuration=configuration.as_json(),
        rows=measured.rows,
        cost=Cost(
            latency=measured.latency,
            index_seconds=measured.index_seconds,
            index_bytes=measured.index_bytes,
            index_cached=measured.index_cached,
            peak_memory=peak_memory(),
        ),
        provenance=Provenance(
            revision=made_at,
            model=measured.model,
            versions=versions(),
            processor=processor(),
            command=command_line(),
        ),
        clauses=measured.clauses,
    )
