"""Training of the embedded model: `python -m index.training train --data FOLDER --into FOLDER`.

Pairs of question and passage, with in-batch and mined negatives, in both directions (InfoNCE: van den Oord et
al., 2018, https://arxiv.org/abs/1807.03748), at two vector lengths (Matryoshka: Kusupati et al., 2022,
https://arxiv.org/abs/2205.13147), with the losses of sentence-transformers. Same data and settings, same
weights on the same machine with the same number of threads.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from index.model_tokens import NgramVocabulary
from index.ngram_model import NgramConfig, NgramModel
from index.training_corpus import Corpus
from index.training_data import LEXICON, SOURCES, Pair, TrainingData, read_training_data
from index.training_measure import Task, beir_task, lay_task, measure_bm25, measure_encoder
from index.training_negatives import MiningSettings, mine_negatives
from index.training_vocabulary import choose_vocabulary

if TYPE_CHECKING:  # torch costs seconds: only training itself pays them
    from index.ngram_module import NgramEmbedding

MANIFEST = "training.json"

app = typer.Typer(add_completion=False, help="Train and measure the embedded model.")


@dataclass(frozen=True, slots=True)
class Stage:
    """Passes over pairs at one learning rate, with `negatives` mined passages beside each right one."""

    epochs: int
    batch: int
    learning_rate: float
    negatives: int = 0


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """Everything that decides the weights, besides the data.

    First all pairs, the other passages of a batch being the negatives; then the questions alone, against
    passages that the model so far confuses with the right one.
    """

    seed: int = 17
    dimension: int = 256
    short_dimension: int = 64
    short_weight: float = 0.3
    vocabulary_size: int = 205_000
    question_source_weight: int = 5
    longest_passage: int = 300
    held_out_percent: int = 10
    all_pairs: Stage = Stage(epochs=1, batch=2048, learning_rate=0.01)
    questions: Stage = Stage(epochs=0, batch=1024, learning_rate=0.002, negatives=1)
    mining: MiningSettings = field(default_factory=MiningSettings)
    warm_up: float = 0.1
    scale: float = 20.0
    count_power: float = 0.5
    threads: int = 2


class Trainer:
    """The module in training, and the loss that trains it."""

    def __init__(self, module: NgramEmbedding, corpus: Corpus, settings: TrainingSettings) -> None:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415
        from sentence_transformers.sentence_transformer.losses import (  # noqa: PLC0415
            MatryoshkaLoss,
            MultipleNegativesRankingLoss,
        )

        model = SentenceTransformer(modules=[module], device="cpu")
        ranking = MultipleNegativesRankingLoss(
            model,
            scale=settings.scale,
            directions=("query_to_doc", "doc_to_query"),
            partition_mode="per_direction",
        )
        dims = [settings.dimension, settings.short_dimension]
        self._loss = MatryoshkaLoss(model, ranking, dims, [1.0, settings.short_weight])
        self.module = module
        self.corpus = corpus
        self.settings = settings

    def run(
        self,
        stage: Stage,
        epoch: Callable[[], list[NDArray[np.int64]]],
        negatives: Callable[[NDArray[np.int64]], list[NDArray[np.int64]]],
        report: Callable[[str], None],
    ) -> None:
        """Train on the batches of `epoch()`, called once each; `negatives(batch)` are columns of texts."""
        import torch  # noqa: PLC0415

        optimiser = torch.optim.SparseAdam(list(self.module.parameters()), lr=stage.learning_rate)
        batches = [batch for _ in range(stage.epochs) for batch in epoch()]
        for step, batch in enumerate(batches):
            rate = stage.learning_rate * _schedule(step, len(batches), self.settings.warm_up)
            optimiser.param_groups[0]["lr"] = rate
            optimiser.zero_grad()
            questions, passages = self.corpus.pairs[batch].T
            columns = [self.corpus.features(questions, is_query=True)]
            columns += [
                self.corpus.features(column, is_query=False) for column in (passages, *negatives(batch))
            ]
            loss = self._loss(columns, torch.arange(len(batch)))
            loss.backward()
            optimiser.step()  # type: ignore[no-untyped-call]
            if step % 20 == 0:
                report(f"step {step + 1}/{len(batches)}: loss {loss.item():.3f}")


def train_model(
    data: TrainingData, settings: TrainingSettings, *, report: Callable[[str], None]
) -> NgramEmbedding:
    """The trained module; `report` is told how it goes."""
    import torch  # noqa: PLC0415

    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    vocabulary = choose_vocabulary(_texts_by_weight(data.pairs, settings), size=settings.vocabulary_size)
    corpus = Corpus.of(data.pairs, vocabulary, power=settings.count_power)
    report(f"{len(vocabulary)} n-grams, {len(corpus.texts)} texts, {len(corpus.pairs)} pairs")
    trainer = Trainer(_untrained(vocabulary, corpus, settings, rng), corpus, settings)
    every = np.repeat(np.arange(len(corpus.pairs)), corpus.repeats)
    first, second = settings.all_pairs, settings.questions
    trainer.run(first, lambda: corpus.batches(every, first.batch, rng), lambda _: [], report)
    questions = corpus.questions()
    if second.epochs and len(questions):
        mined = mine_negatives(trainer.module.packed(), corpus, settings.mining, rng)
        trainer.run(
            second,
            lambda: corpus.batches(questions, second.batch, rng),
            lambda batch: [
                np.array([rng.choice(mined[pair]) for pair in batch.tolist()])
                for _ in range(second.negatives)
            ],
            report,
        )
    return trainer.module


def _texts_by_weight(pairs: Sequence[Pair], settings: TrainingSettings) -> dict[int, list[str]]:
    """Distinct texts, by how much their n-grams count for the vocabulary."""
    repeated = {source.name for source in SOURCES if source.repeats > 1}
    texts: dict[int, dict[str, None]] = {}
    for pair in pairs:
        weight = settings.question_source_weight if pair.source in repeated else 1
        texts.setdefault(weight, {}).update({pair.anchor: None, pair.positive: None})
    return {weight: list(found) for weight, found in texts.items()}


def _untrained(
    vocabulary: NgramVocabulary, corpus: Corpus, settings: TrainingSettings, rng: np.random.Generator
) -> NgramEmbedding:
    """Random vectors, weighted by rarity: a bag of hashed words, from which training starts."""
    from index.ngram_module import NgramEmbedding  # noqa: PLC0415 (torch)

    vectors = rng.standard_normal((len(vocabulary), settings.dimension), dtype=np.float32)
    weight = corpus.rarity() / np.float32(10)
    config = NgramConfig(settings.dimension, settings.count_power)
    return NgramEmbedding(
        config, vocabulary, vectors / np.float32(settings.dimension**0.5), weight, weight.copy()
    )


def _schedule(step: int, steps: int, warm_up: float) -> float:
    """Linear warm-up, then linear decay to a fiftieth."""
    rising = (step + 1) / max(1.0, warm_up * steps)
    return float(min(1.0, rising) * max(0.02, 1 - step / steps))


def _tasks(data: TrainingData, beir: Sequence[Path]) -> Iterator[Task]:
    if data.held_out:
        yield lay_task(data.held_out, data.pairs)
    yield from (beir_task(folder, "dev") for folder in beir)


def write_manifest(
    folder: Path, model: NgramModel, data: TrainingData, settings: TrainingSettings, beir: Sequence[Path]
) -> dict[str, object]:
    """Write `training.json` (settings, data with hashes, figures) into the folder; the figures come back."""
    figures: dict[str, object] = {
        task.name: {"model": measure_encoder(model, task), "bm25-jieba": measure_bm25(task)}
        for task in _tasks(data, beir)
    }
    manifest = {
        "settings": asdict(settings),
        "data": [asdict(file) for file in data.manifest],
        "figures": figures,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return figures


@app.command()
def train(
    data: Annotated[Path, typer.Option(help="Folder of NAME.jsonl.gz files with the pairs.")],
    into: Annotated[Path, typer.Option(help="Folder to write the model to.")],
    lexicon: Annotated[Path, typer.Option(help="Table: lay word, tab, official|official….")] = LEXICON,
    beir: Annotated[
        list[Path] | None, typer.Option(help="BEIR folder with a dev split, to measure on.")
    ] = None,
) -> None:
    """Train the model, measure it on what was held out, and write the folder.

    Example: python -m index.training train --data ../shared/train --into index/model
    """
    settings = TrainingSettings()
    found = read_training_data(
        data,
        held_out_percent=settings.held_out_percent,
        longest=settings.longest_passage,
        lexicon=lexicon,
    )
    model = train_model(found, settings, report=lambda line: typer.echo(line, err=True)).packed()
    model.save(into)
    figures = write_manifest(into, model, found, settings, beir or [])
    typer.echo(json.dumps(figures, ensure_ascii=False, indent=2))


@app.command()
def measure(
    model: Annotated[Path, typer.Option(help="Folder of the model.")],
    data: Annotated[Path, typer.Option(help="Folder of NAME.jsonl.gz files with the pairs.")],
    beir: Annotated[list[Path] | None, typer.Option(help="BEIR folder with a dev split.")] = None,
) -> None:
    """Measure a trained model on the held-out questions again."""
    settings = TrainingSettings()
    found = read_training_data(
        data, held_out_percent=settings.held_out_percent, longest=settings.longest_passage
    )  # fmt: skip
    encoder = NgramModel.load(model)
    figures = {task.name: measure_encoder(encoder, task) for task in _tasks(found, beir or [])}
    typer.echo(json.dumps(figures, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    app()
