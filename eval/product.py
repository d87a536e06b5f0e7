"""The product as evaluators use it: its own splitter, sync, retriever and assistant."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.contract import clause_line
from assistant.service import Service
from eval.answers import Asked, ask_all
from eval.beir import BeirBenchmark
from eval.beir_index import open_beir_index
from eval.gold import Gold, Question
from eval.retrieval import RetrievalReport, evaluate
from index.fingerprint import model_fingerprint
from index.settings import Settings
from index.sync import sync
from ingest import read_notice
from ingest.errors import IngestError

Talk = Callable[[str], None]


def retrieve(benchmark: BeirBenchmark, settings: Settings, talk: Talk, *, rebuild: bool) -> RetrievalReport:
    """The report of all queries of a BEIR benchmark, asked through the product's index and retriever."""
    used, search = open_beir_index(benchmark, settings, talk=talk, rebuild=rebuild)
    return evaluate(benchmark, search, used)


def ask_over(notices: Path, questions: Sequence[Question], settings: Settings, talk: Talk) -> Asked:
    """The answers to `questions` over the folder `notices`, synced into a home that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="tiaowen-eval-") as home:
        inner = replace(settings, home=Path(home))
        report = sync([notices], inner)
        for fault in (*report.failed, *report.unsupported):
            talk(f"没有读入 {fault.name}：{fault.reason}")
        talk(f"同步 {report.read} 个文件、{report.clauses} 个条款，用时 {report.seconds:.1f} 秒；正在提问……")
        asked = ask_all(questions, Service(inner).answer)
    return replace(asked, model=model_fingerprint(settings.model), sync_seconds=report.seconds)


def split_notices(gold: Gold, talk: Talk) -> list[dict[str, Any]]:
    """The clauses of a benchmark's notices, as `clauses --json` prints them; none of an unreadable file."""
    lines: list[dict[str, Any]] = []
    for path in gold.files.values():
        try:
            notice = read_notice(path)
        except IngestError as error:
            talk(str(error))
            continue
        lines += [clause_line(str(path), clause) for clause in notice.clauses]
    return lines
