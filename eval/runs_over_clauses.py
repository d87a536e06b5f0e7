"""Configurations on a clause-level benchmark: notices synced, questions asked, answers or clauses scored."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.contract import clause_line
from assistant.service import Service
from eval.answer_scoring import QuestionScore, rank_scores, score_answers
from eval.answers import Asked, ask_all
from eval.chunk_baseline import Chunk, check_installed, chunks_of, searching
from eval.comparable import squash
from eval.configuration import Configuration, Splitter, Through
from eval.gold import UNANSWERABLE, Evidence, Gold, GoldClause, Question
from eval.latency import latency
from eval.measured import KEPT, Measured, Talk
from eval.predictions import read_answer
from eval.results import Benchmark, ClauseText, Row
from eval.row_values import is_right, retrieval_only, with_address
from eval.systems import System
from eval.trec import Run, ranked
from index.fingerprint import model_fingerprint
from index.settings import Settings
from index.store import Index
from index.sync import sync
from index.types import Hit
from ingest import read_notice

#: Clauses that the retriever is asked for; as many as the assistant shows.
SHOWN = 20

#: Of a long clause so many characters are kept to recognise it by.
_SHOWN_TEXT = 400


@dataclass(frozen=True, slots=True)
class ClauseBench:
    """A clause-level benchmark: its name, gold, questions, and the folder of its notices."""

    name: str
    gold: Gold
    questions: tuple[Question, ...]
    notices: Path

    def described(self) -> Benchmark:
        """What a result says of it; the digest depends on questions and evidence alone."""
        asked = [(q.id, q.turns, [(e.clause.doc, e.clause.path) for e in q.evidence]) for q in self.questions]
        digest = hashlib.sha256(repr(asked).encode()).hexdigest()
        clauses = sum(len(found) for found in self.gold.clauses.values())
        return Benchmark("clauses", self.name, len(self.questions), clauses, digest)


def run_over_clauses(
    bench: ClauseBench, configuration: Configuration, settings: Settings, talk: Talk
) -> Measured:
    """All questions of `bench` through a configuration, in a home that is gone afterwards.

    Without an assistant only what is retrieved is measured, and unanswerable questions are not asked.
    """
    if configuration.splitter is Splitter.LANGCHAIN:
        return _over_chunks(bench, configuration)
    system = System.of(configuration, settings)
    with tempfile.TemporaryDirectory(prefix="tiaowen-eval-") as home, system.in_force():
        inner = replace(system.settings, home=Path(home))
        report = sync([bench.notices], inner, embeddings=system.embeddings, read=system.read)
        for fault in (*report.failed, *report.unsupported):
            talk(f"没有读入 {fault.name}：{fault.reason}")
        index = system.open(Path(home))
        if configuration.through is Through.ASSISTANT:
            asked = ask_all(bench.questions, Service(inner, index=index).answer, talk=talk)
        else:
            asked = _retrieved(_answerable(bench.questions), index, system)
        size = index.home.size()
    rows, clauses = _rows(bench, asked, answered=configuration.through is Through.ASSISTANT)
    return Measured(
        rows=rows,
        clauses=clauses,
        latency=asked.latency,
        index_seconds=report.seconds,
        index_bytes=size,
        model=model_fingerprint(system.settings.model),
        run=_run(bench.gold, asked),
    )


def _answerable(questions: Iterable[Question]) -> list[Question]:
    return [question for question in questions if question.type != UNANSWERABLE]


def _retrieved(questions: Sequence[Question], index: Index, system: System) -> Asked:
    """What the retriever alone finds for each question, its turns as one text, over all notices."""
    lines: list[dict[str, Any]] = []
    seconds: list[float] = []
    for question in questions:
        started = time.perf_counter()
        hits = index.search(system.query(" ".join(question.turns), index), SHOWN)
        seconds.append(time.perf_counter() - started)
        lines.append({"id": question.id, "retrieved": [_hit_line(hit) for hit in hits]})
    return Asked(tuple(lines), latency(seconds))


def _hit_line(hit: Hit) -> dict[str, Any]:
    return {**clause_line(hit.notice.name, hit.clause), "notice": hit.notice.card.title}


def _rows(
    bench: ClauseBench, asked: Asked, *, answered: bool
) -> tuple[tuple[Row, ...], dict[str, ClauseText]]:
    lines = {line["id"]: line for line in asked.lines}
    answers = {id_: read_answer(line) for id_, line in lines.items()}
    questions = bench.questions if answered else _answerable(bench.questions)
    clauses: dict[str, ClauseText] = {}
    rows = [
        _row(bench.gold, score, lines.get(score.question.id, {}), clauses, answered=answered)
        for score in score_answers(bench.gold, questions, answers)
    ]
    return tuple(rows), clauses


def _row(
    gold: Gold,
    score: QuestionScore,
    line: Mapping[str, Any],
    clauses: dict[str, ClauseText],
    *,
    answered: bool,
) -> Row:
    question = score.question
    retrieved = [_seen(gold, hit, clauses) for hit in (line.get("retrieved") or ())[:KEPT]]
    row = Row(
        id=question.id,
        values=retrieval_only(score.values),
        type=question.type,
        question="\n".join(question.turns),
        evidence=tuple(_marked(evidence.clause, clauses) for evidence in question.evidence),
        retrieved=tuple(dict.fromkeys(retrieved)),
    )
    if not answered:
        return row
    return replace(
        row,
        values=with_address(score.values),
        answer=line.get("answer", ""),
        right=is_right(question, score.values),
        confidence=None if line.get("abstained", True) else float(line.get("confidence") or 0.0),
        misses=score.misses,
    )


def _run(gold: Gold, asked: Asked) -> Run:
    """What was retrieved, as TREC programs read it: clauses by their keys, scored by their ranks."""
    return {
        line["id"]: ranked(
            ("".join(_key(gold, hit).split()), 1 / rank)
            for rank, hit in enumerate(line.get("retrieved") or (), start=1)
        )
        for line in asked.lines
    }


def _key(gold: Gold, hit: Mapping[str, Any]) -> str:
    return f"{gold.doc_of(hit['file']) or hit['file']}#{hit['cite']}"


def _seen(gold: Gold, hit: Mapping[str, Any], clauses: dict[str, ClauseText]) -> str:
    """The key of a retrieved clause; its words are kept under it."""
    key = _key(gold, hit)
    clauses.setdefault(key, ClauseText(hit.get("notice", ""), hit["cite"], hit["text"][:_SHOWN_TEXT]))
    return key


def _marked(clause: GoldClause, clauses: dict[str, ClauseText]) -> str:
    """The key of a clause of the gold; its words are kept under it."""
    key = f"{clause.doc}#{clause.cite}"
    clauses.setdefault(key, ClauseText(clause.doc, clause.cite, clause.text[:_SHOWN_TEXT]))
    return key


def _over_chunks(bench: ClauseBench, configuration: Configuration) -> Measured:
    """The baseline of chunks, over the texts that the product's own readers give."""
    check_installed()
    started = time.perf_counter()
    texts = [(doc, read_notice(path).source) for doc, path in bench.gold.files.items()]
    chunks = chunks_of(texts, size=configuration.chunk_size, overlap=configuration.chunk_overlap)
    search = searching(chunks)
    index_seconds = time.perf_counter() - started
    clauses: dict[str, ClauseText] = {}
    rows: list[Row] = []
    seconds: list[float] = []
    for question in _answerable(bench.questions):
        started = time.perf_counter()
        found = [chunk for chunk, _ in search(" ".join(question.turns), SHOWN)]
        seconds.append(time.perf_counter() - started)
        ranks = [_chunk_rank(question, evidence, found) for evidence in question.evidence]
        rows.append(
            Row(
                id=question.id,
                values=rank_scores(ranks),
                type=question.type,
                question="\n".join(question.turns),
                evidence=tuple(_marked(evidence.clause, clauses) for evidence in question.evidence),
                retrieved=tuple(_kept(chunk, clauses) for chunk in found[:KEPT]),
            )
        )
    return Measured(
        rows=tuple(rows),
        clauses=clauses,
        latency=latency(seconds),
        index_seconds=index_seconds,
        index_bytes=0,
        model="",
    )


def _chunk_rank(question: Question, evidence: Evidence, chunks: Sequence[Chunk]) -> int | None:
    """The rank of the first chunk with the evidence's words, or, where one clause answers alone, with all of
    a clause that says the same; white space and width never count."""
    wanted = [(evidence.clause.doc, evidence.quote or evidence.clause.text)]
    if len(question.evidence) == 1:
        wanted += [(clause.doc, clause.text) for clause in question.also_ok]
    squashed = [(doc, squash(words)) for doc, words in wanted]
    for rank, chunk in enumerate(chunks):
        text = squash(chunk.text)
        if any(chunk.source == doc and words in text for doc, words in squashed):
            return rank
    return None


def _kept(chunk: Chunk, clauses: dict[str, ClauseText]) -> str:
    key = f"{chunk.source}#{chunk.start}-{chunk.end}"
    clauses.setdefault(key, ClauseText(chunk.source, f"{chunk.start}-{chunk.end}", chunk.text[:_SHOWN_TEXT]))
    return key
