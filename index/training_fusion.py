"""Learning the weights of the fusion: `python -m index.training_fusion --data FOLDER --beir FOLDER …`.

Nine numbers from questions whose answers are known and that the embedding model never saw: lay questions
held out from it, over passages by themselves and over whole government reports, and STARD's training
questions, for which a second model is trained without half of them. The loss is that of choosing the answer
among all candidates (ListNet of top one: Cao et al. 2007, https://doi.org/10.1145/1273496.1273513), each task
counting as much as another. Candidates are made by the code that searches.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from index.alignment import Alignment
from index.learned_fusion import ALIGNED, DEPTH, WEIGHTS_FILE, candidates_of, feature_names
from index.lexical import LexicalEntry, LexicalIndex, update_lexical
from index.model_tokens import NgramVocabulary
from index.ngram_model import NgramModel
from index.normalisation import plain_question
from index.passage import Passage, passage_of, short_title
from index.training import TrainingSettings, train_model
from index.training_data import LEXICON, InputFile, Pair, TrainingData, is_lay, read_training_data
from ingest import read_notice

_STARD = "stard_train"
_REPORT = re.compile(r"(?P<title>\S+政府工作报告) (?P<text>.+)", re.DOTALL)
_ARTICLE = re.compile(
    r"(?P<title>\S{4,40}(?:条例|规定|办法|法|细则|报告)) (?:(?P<head>第\S+条) )?(?P<text>.*)", re.DOTALL
)
#: A clause and the passage that a question was written about are the same text where one holds the other.
_SHORTEST = 10
_BLOCK = 4096


@dataclass(frozen=True, slots=True)
class FusionSettings:
    """What decides the weights, besides the data and the model."""

    depth: int = DEPTH
    aligned: int = ALIGNED
    decay: float = 0.001
    lay_percent: int = 20
    stard_folds: int = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the places of the passages that answer it, and the notice it is asked of (None: all)."""

    text: str
    relevant: frozenset[int]
    notice: int | None = None


@dataclass(frozen=True, slots=True)
class FusionTask:
    """Questions over passages; `notices[i]` is the number of the notice that passage i stands in."""

    name: str
    passages: tuple[Passage, ...]
    notices: tuple[int, ...]
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One question's candidates: features, float32 of shape (candidates, features), and which of them answer
    it."""

    features: NDArray[np.float32]
    is_relevant: NDArray[np.bool_]


def reports_task(folder: Path, held_out: Sequence[Pair]) -> FusionTask:
    """Questions on government reports, each asked of its report, as split by the product."""
    passages: list[Passage] = []
    notices: list[int] = []
    texts: list[str] = []
    numbers: dict[str, int] = {}
    for number, path in enumerate(sorted(folder.glob("*.txt")), start=1):
        notice = read_notice(path)
        numbers[path.stem] = number
        passages += [passage_of(clause, notice.card) for clause in notice.clauses]
        texts += [_squashed(clause.text) for clause in notice.clauses]
        notices += [number] * len(notice.clauses)
    questions = []
    for pair in held_out:
        match = _REPORT.match(pair.positive)
        if match is None or match["title"] not in numbers:
            continue
        asked_of, passage = numbers[match["title"]], _squashed(match["text"])
        relevant = frozenset(
            at
            for at, (text, of) in enumerate(zip(texts, notices, strict=True))
            if of == asked_of and len(text) > _SHORTEST and (text in passage or passage in text)
        )
        questions.append(Asked(pair.anchor, relevant, asked_of))
    return FusionTask("reports", tuple(passages), tuple(notices), _answerable(questions))


def lay_task(pairs: Sequence[Pair], held_out: Sequence[Pair], *, percent: int) -> FusionTask:
    """A share of the held-out questions on regulations and notices, over the passages of all of them."""
    texts = tuple(dict.fromkeys(pair.positive for pair in [*pairs, *held_out] if is_lay(pair)))
    place = {text: at for at, text in enumerate(texts)}
    questions = [
        Asked(pair.anchor, frozenset({place[pair.positive]}))
        for pair in held_out
        if not _REPORT.match(pair.positive) and _hash(pair.anchor) % 100 < percent
    ]
    passages = tuple(_lay_passage(text) for text in texts)
    return FusionTask("lay", passages, (1,) * len(texts), _answerable(questions))


def stard_task(folder: Path, pairs: Iterable[Pair]) -> FusionTask:
    """These training questions over the corpus of STARD."""
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    place = {_squashed(f"{row['title']}：{row['text']}"): at for at, row in enumerate(rows)}
    relevant: dict[str, set[int]] = {}
    for pair in pairs:
        at = place.get(_squashed(pair.positive))
        relevant.setdefault(pair.anchor, set()).update(() if at is None else (at,))
    passages = tuple(Passage(short_title(row["title"]), "", row["text"], "") for row in rows)
    questions = [Asked(question, frozenset(places)) for question, places in relevant.items()]
    return FusionTask("stard", passages, (1,) * len(rows), _answerable(questions))


def examples(task: FusionTask, model: NgramModel, alignment: Alignment) -> list[Example]:
    """The candidates of each question, as searching finds them; questions whose answers are none are left."""
    vectors = np.concatenate(
        [
            model.encode_documents([str(passage) for passage in task.passages[at : at + _BLOCK]])
            for at in range(0, len(task.passages), _BLOCK)
        ]
    )
    numbers = np.array(task.notices)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        index = _lexical_index(Path(folder), task)
        for question in task.questions:
            text = plain_question(question.text)
            allowed = None if question.notice is None else [question.notice]
            lexical = index.search(text, DEPTH, notices=allowed)
            rows = np.arange(len(numbers)) if allowed is None else np.flatnonzero(numbers == question.notice)
            cosines = vectors[rows] @ model.encode_queries([text])[0]
            near = rows[np.argsort(-cosines, kind="stable")[:DEPTH]]
            either = sorted({*lexical, *near.tolist()})
            dense = dict(
                zip(either, (vectors[either] @ model.encode_queries([text])[0]).tolist(), strict=True)
            )
            candidates = candidates_of(
                alignment, text, lexical, dense, lambda rowids: [str(task.passages[row]) for row in rowids]
            )
            is_relevant = np.isin(candidates.rowids, list(question.relevant))
            if is_relevant.any():
                found.append(Example(candidates.features(), is_relevant))
    return found


def learn(tasks: Sequence[Sequence[Example]], *, decay: float) -> NDArray[np.float64]:
    """The weights of least loss over all tasks plus `decay` times their squares, in the features' order."""
    from scipy.optimize import minimize  # noqa: PLC0415 - only training needs it

    every = [example for task in tasks for example in task]
    shares = np.concatenate([np.full(len(task), 1 / len(task)) for task in tasks]) / len(tasks)
    features = np.concatenate([example.features for example in every]).astype(np.float64)
    target = np.concatenate([example.is_relevant / example.is_relevant.sum() for example in every])
    sizes = np.array([len(example.is_relevant) for example in every])
    starts, share = np.cumsum(sizes) - sizes, np.repeat(shares, sizes)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = features @ weights
        odds -= np.repeat(np.maximum.reduceat(odds, starts), sizes)
        totals = np.repeat(np.add.reduceat(np.exp(odds), starts), sizes)
        value = -(share * target * (odds - np.log(totals))).sum() + decay * (weights @ weights)
        slope = features.T @ (share * (np.exp(odds) / totals - target)) + 2 * decay * weights
        return float(value), slope

    found: NDArray[np.float64] = minimize(
        loss, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}
    ).x
    return found


def rarities(vocabulary: NgramVocabulary, texts: Sequence[str]) -> NDArray[np.float16]:
    """log((1 + texts) / (1 + texts with the n-gram)) of each n-gram."""
    frequency = np.zeros(len(vocabulary), dtype=np.int64)
    for at in range(0, len(texts), _BLOCK):
        bags = vocabulary.bags(texts[at : at + _BLOCK])
        rows = np.repeat(np.arange(len(bags.starts) - 1), np.diff(bags.starts))
        once = np.unique(rows * len(vocabulary) + bags.ids) % len(vocabulary)
        frequency += np.bincount(once, minlength=len(vocabulary))
    return np.log((1 + len(texts)) / (1 + frequency)).astype(np.float16)


def in_fold(question: str, folds: int) -> bool:
    """Whether the second model is trained without this question of STARD."""
    return _hash(question) % folds == 0


def without_fold(data: TrainingData, folds: int) -> TrainingData:
    """The data without the questions that the second model must not see."""
    kept = (pair for pair in data.pairs if pair.source != _STARD or not in_fold(pair.anchor, folds))
    return replace(data, pairs=tuple(kept))


def _lexical_index(folder: Path, task: FusionTask) -> LexicalIndex:
    rows = enumerate(zip(task.passages, task.notices, strict=True))
    entries = (LexicalEntry(row, notice, "", passage) for row, (passage, notice) in rows)
    update_lexical(folder, add=entries, remove=())
    return LexicalIndex(folder)


def _lay_passage(text: str) -> Passage:
    match = _ARTICLE.match(text)
    return (
        Passage(match["title"], match["head"] or "", match["text"], "")
        if match
        else Passage("", "", text, "")
    )


def _answerable(questions: Iterable[Asked]) -> tuple[Asked, ...]:
    return tuple(question for question in questions if question.relevant)


def _squashed(text: str) -> str:
    return "".join(text.split())


def _hash(text: str) -> int:
    return int(hashlib.sha256(text.encode("utf-8")).hexdigest()[:8], 16)


def _whole(data: Path, settings: TrainingSettings) -> tuple[TrainingData, TrainingData]:
    """The data as trained on, and with whole passages; held out is the same."""
    cut = read_training_data(
        data, held_out_percent=settings.held_out_percent, longest=settings.longest_passage, lexicon=LEXICON
    )
    held_out = {pair.positive for pair in cut.held_out}
    every = read_training_data(data, held_out_percent=0, longest=1_000_000).pairs
    is_held = [pair.positive[: settings.longest_passage] in held_out and is_lay(pair) for pair in every]
    whole = TrainingData(
        tuple(pair for pair, held in zip(every, is_held, strict=True) if not held),
        tuple(pair for pair, held in zip(every, is_held, strict=True) if held),
        cut.manifest,
    )
    return cut, whole


def _manifest(
    weights: NDArray[np.float64], settings: FusionSettings, counts: dict[str, int], files: Sequence[InputFile]
) -> dict[str, object]:
    return {
        "weights": {
            name: round(float(weight), 4) for name, weight in zip(feature_names(), weights, strict=True)
        },
        "settings": asdict(settings),
        "questions": counts,
        "data": [{"name": file.name, "sha256": file.sha256} for file in files],
    }


def train_fusion(
    data: Annotated[Path, typer.Option(help="Folder of NAME.jsonl.gz files with the pairs.")],
    beir: Annotated[Path, typer.Option(help="STARD as a BEIR folder; only its corpus is read.")],
    reports: Annotated[Path, typer.Option(help="Folder of government reports (.txt).")],
    model: Annotated[Path, typer.Option(help="Folder of the model; the weights are written there.")],
    second: Annotated[
        Path | None, typer.Option(help="Folder of the second model, trained and written if it is not there.")
    ] = None,
) -> None:
    """Learn the weights of the fusion and write them beside the model, with the rarities of its n-grams.

    Example: python -m index.training_fusion --data ../shared/train --beir ../shared/bench/stard
    --reports ../shared/reports --model index/model
    """
    settings, training = FusionSettings(), TrainingSettings()
    report: Callable[[str], None] = lambda line: typer.echo(line, err=True)  # noqa: E731
    cut, whole = _whole(data, training)
    shipped = NgramModel.load(model)
    held_back = _second_model(second, cut, settings, training, report)
    rarity = rarities(shipped.vocabulary, list(dict.fromkeys(pair.positive for pair in cut.pairs)))
    rarity_of_second = rarities(
        held_back.vocabulary, list(dict.fromkeys(pair.positive for pair in cut.pairs))
    )
    alignment = Alignment(shipped, rarity)
    unseen = [p for p in whole.pairs if p.source == _STARD and in_fold(p.anchor, settings.stard_folds)]
    made: dict[str, list[Example]] = {}
    for task, encoder, by in (
        (reports_task(reports, whole.held_out), shipped, alignment),
        (lay_task(whole.pairs, whole.held_out, percent=settings.lay_percent), shipped, alignment),
        (stard_task(beir, unseen), held_back, Alignment(held_back, rarity_of_second)),
    ):
        made[task.name] = examples(task, encoder, by)
        report(f"{task.name}: {len(made[task.name])} of {len(task.questions)} questions")
    weights = learn(list(made.values()), decay=settings.decay)
    counts = {name: len(found) for name, found in made.items()}
    manifest = _manifest(weights, settings, counts, cut.manifest)
    alignment.save(model)
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (model / WEIGHTS_FILE).write_text(text + "\n", encoding="utf-8")
    typer.echo(json.dumps(manifest["weights"], ensure_ascii=False, indent=2))


def _second_model(
    folder: Path | None,
    data: TrainingData,
    settings: FusionSettings,
    training: TrainingSettings,
    report: Callable[[str], None],
) -> NgramModel:
    if folder is not None and folder.is_dir():
        return NgramModel.load(folder)
    model = train_model(without_fold(data, settings.stard_folds), training, report=report).packed()
    if folder is not None:
        model.save(folder)
    return model


if __name__ == "__main__":
    typer.run(train_fusion)
