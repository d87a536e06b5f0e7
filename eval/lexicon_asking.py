"""Asking single questions of a benchmark again and again, as the effect of a lexicon's entries needs it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from assistant.service import Service
from eval.answer_scoring import score_answers
from eval.answers import ask_all
from eval.beir import BeirBenchmark
from eval.beir_index import beir_index_home
from eval.beir_notices import document_id
from eval.configuration import NO_MODEL, Configuration, Target
from eval.experiment import load
from eval.measured import Talk
from eval.measures import DEPTH, MEASURES, measure_run
from eval.systems import System
from eval.trec import ranked
from index.settings import Settings
from index.sync import sync

#: What an entry is judged by: was the clause found early, and is it the one that is cited (or rightly none).
_JUDGED = frozenset({"mrr@10", "recall@5", "cite_f1", "abstain_right"})

#: The same over documents.
_JUDGED_DOCUMENTS = {"nDCG@10": MEASURES["nDCG@10"]}

#: The questions (id, turns) of a benchmark, and a way to ask one and get its values.
Asking = tuple[Sequence[tuple[str, Sequence[str]]], Callable[[str], Mapping[str, float]]]


@contextmanager
def asking(target: Target, settings: Settings, talk: Talk) -> Iterator[Asking]:
    """The questions of a benchmark and how to ask them: of the whole assistant where clauses are judged, of
    lexical search with official words added where documents are."""
    loaded = load(target)
    if isinstance(loaded, BeirBenchmark):
        yield _of_documents(loaded, settings, talk)
        return
    with tempfile.TemporaryDirectory(prefix="tiaowen-eval-") as home:
        inner = replace(settings, home=Path(home))
        sync([loaded.notices], inner)
        service = Service(inner)
        by_id = {question.id: question for question in loaded.questions}

        def ask(question_id: str) -> Mapping[str, float]:
            question = by_id[question_id]
            answers = ask_all([question], service.answer).answers
            (score,) = score_answers(loaded.gold, [question], answers)
            return {name: value for name, value in score.values.items() if name in _JUDGED}

        yield [(question.id, question.turns) for question in loaded.questions], ask


def _of_documents(benchmark: BeirBenchmark, settings: Settings, talk: Talk) -> Asking:
    system = System.of(Configuration("lexicon", model=NO_MODEL, lexicon=True), settings)
    _, home = beir_index_home(benchmark, system.settings, talk=talk, embeddings=system.embeddings)
    index = system.open(home)

    texts = {query.id: query.text for query in benchmark.queries}

    def ask(query_id: str) -> Mapping[str, float]:
        hits = index.search(system.query(texts[query_id], index), DEPTH)
        run = {query_id: ranked((document_id(hit.clause), hit.score) for hit in hits)}
        judged = {query_id: benchmark.qrels[query_id]}
        return measure_run(judged, run, _JUDGED_DOCUMENTS).by_query[query_id]

    return [(query_id, (text,)) for query_id, text in texts.items()], ask
