"""Compare ways of fusing the lexical and the dense ranking, through the product's own index.

    python scripts/measure_fusion.py ../shared/bench ../shared/bench/stard

The first folder has notices with questions; each question is asked of the notices that it is about, as if the
assistant had understood its place. The second is a BEIR folder whose split `dev` is searched whole.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import fmean

from eval.answer_scoring import evidence_rank, rank_scores
from eval.beir import BeirBenchmark, read_beir
from eval.beir_index import CACHE, cache_key, open_beir_index
from eval.beir_notices import document_id
from eval.comparable import path_key
from eval.gold import UNANSWERABLE, Gold, Question, questions_file, read_gold, read_questions
from eval.measures import measure_run
from eval.predictions import Passage
from eval.trec import ranked
from index.embeddings import load_embeddings
from index.fusion import reciprocal_rank, weighted_scores
from index.search import Fuse, Searcher
from index.settings import Settings
from index.store import Index, open_index
from index.sync import sync
from index.types import Filters, Hit

Scores = dict[str, float]


def variants() -> Iterator[tuple[str, Fuse | None]]:
    """What is compared, by name; None is what was learned for the model."""
    yield "lexical", lambda lexical, dense: {**dict.fromkeys(dense, 0.0), **lexical}
    yield "dense", lambda lexical, dense: {**dict.fromkeys(lexical, -1.0), **dense}
    for k in (10, 60):
        yield f"reciprocal rank, k = {k}", _by_rank(k)
    for weight in (0.2, 0.3, 0.4, 0.5, 0.6):
        yield f"weighted scores, {weight}", _by_score(weight)
    yield "learned", None


def _by_rank(k: int) -> Fuse:
    return lambda lexical, dense: reciprocal_rank([list(lexical), list(dense)], k=k)


def _by_score(weight: float) -> Fuse:
    return lambda lexical, dense: weighted_scores(lexical, dense, weight=weight)


def notices_scores(index: Index, searcher: Searcher, gold: Gold, questions: Iterable[Question]) -> Scores:
    """Mean hit@1, recall@5 and recall@10 over the answerable questions."""
    ids = {Path(record.name).name: record.id for record in index.catalogue.notices()}
    scores = []
    for question in questions:
        docs = {evidence.clause.doc for evidence in question.evidence}
        filters = Filters(notices=frozenset(ids[gold.files[doc].name] for doc in docs))
        found = [_passage(hit) for hit in searcher.search(" ".join(question.turns), 20, filters)]
        scores.append(rank_scores([evidence_rank(gold, question, each, found) for each in question.evidence]))
    return {name: fmean(score[name] for score in scores) for name in ("hit@1", "recall@5", "recall@10")}


def _passage(hit: Hit) -> Passage:
    clause = hit.clause
    return Passage(hit.notice.name, path_key(clause.path), clause.text, clause.start, clause.end)


def beir_scores(searcher: Searcher, benchmark: BeirBenchmark) -> Scores:
    """Means over all judged queries."""
    run = {
        query.id: ranked((document_id(hit.clause), hit.score) for hit in searcher.search(query.text, 100))
        for query in benchmark.queries
    }
    return dict(measure_run(benchmark.qrels, run).means)


def measure(index: Index, settings: Settings, score: Callable[[Searcher], Scores]) -> None:
    """Print one line for each way of fusing."""
    model = load_embeddings(settings.model)
    for name, fuse in variants():
        scores = score(Searcher(index.home, index.catalogue, lambda: model, fuse=fuse))
        figures = "  ".join(f"{measure} {value:.3f}" for measure, value in scores.items())
        print(f"{name:26}  {figures}", flush=True)  # noqa: T201 - its output


def main(bench: Path, beir: Path) -> None:
    """Measure on both."""
    settings = Settings.from_environment()
    gold = read_gold(bench)
    questions = [each for each in read_questions(questions_file(bench), gold) if each.type != UNANSWERABLE]
    with tempfile.TemporaryDirectory() as home:
        inner = Settings(home=Path(home), model=settings.model)
        sync([bench / "notices"], inner)
        index = open_index(inner)
        measure(index, settings, lambda searcher: notices_scores(index, searcher, gold, questions))
    benchmark = read_beir(beir, "dev")
    used, _ = open_beir_index(benchmark, settings)
    home_of_beir = settings.home / CACHE / cache_key(benchmark.corpus_sha256, used.model)
    articles = open_index(Settings(home=home_of_beir, model=settings.model))
    measure(articles, settings, lambda searcher: beir_scores(searcher, benchmark))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
