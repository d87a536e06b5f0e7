"""Training of the embedded model: `python -m index.training train --data FOLDER --into FOLDER`.

Pairs of question and passage, in-batch negatives in both directions (InfoNCE: van den Oord et al., 2018,
https://arxiv.org/abs/1807.03748) at two vector lengths (Matryoshka: Kusupati et al., 2022,
https://arxiv.org/abs/2205.13147), with the losses of sentence-transformers. Same data and settings, same
weights on the same machine with the same number of threads.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import scipy.sparse as sp
import typer
from numpy.typing import NDArray

from index.model_tokens import NgramVocabulary
from index.ngram_model import NgramConfig, NgramModel
from index.training_data import SOURCES, Pair, TrainingData, read_training_data
from index.training_measure import Task, beir_task, lay_task, measure_bm25, measure_encoder
from index.training_vocabulary import choose_vocabulary

if TYPE_CHECKING:  # torch costs seconds: only training itself pays them
    from torch import Tensor

    from index.ngram_module import NgramEmbedding

MANIFEST = "training.json"
_BLOCK = 8192

app = typer.Typer(add_completion=False, help="Train and measure the embedded model.")


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """Everything that decides the weights, besides the data."""

    seed: int = 17
    dimension: int = 256
    short_dimension: int = 64
    short_weight: float = 0.3
    vocabulary_size: int = 205_000
    question_source_weight: int = 5
    longest_passage: int = 400
    held_out_percent: int = 10
    epochs: int = 3
    batch: int = 2048
    learning_rate: float = 0.01
    warm_up: float = 0.1
    scale: float = 20.0
    count_power: float = 0.5
    threads: int = 2


@dataclass(frozen=True)
class Corpus:
    """All training texts as token counts (CSR, texts × tokens), and the pairs as places in it (pairs, 2)."""

    counts: sp.csr_matrix
    pairs: NDArray[np.int64]
    repeats: NDArray[np.int64]

    @classmethod
    def of(cls, data: TrainingData, vocabulary: NgramVocabulary, *, power: float) -> Corpus:
        """The corpus of these pairs; `repeats` as the sources say."""
        texts = list(dict.fromkeys(text for pair in data.pairs for text in (pair.anchor, pair.positive)))
        place = {text: at for at, text in enumerate(texts)}
        repeats = {source.name: source.repeats for source in SOURCES}
        blocks = [_counts(vocabulary, texts[at : at + _BLOCK], power) for at in range(0, len(texts), _BLOCK)]
        return cls(
            sp.vstack(blocks, format="csr"),
            np.array([(place[pair.anchor], place[pair.positive]) for pair in data.pairs], dtype=np.int64),
            np.array([repeats.get(pair.source, 1) for pair in data.pairs], dtype=np.int64),
        )

    def batches(self, size: int, rng: np.random.Generator) -> list[NDArray[np.int64]]:
        """One epoch: each pair `repeats` times, in batches in which no text occurs twice (it would be a false
        negative); the last pairs that fill no half batch are left for another epoch."""
        queue = np.repeat(np.arange(len(self.pairs)), self.repeats)
        rng.shuffle(queue)
        waiting: list[int] = queue.tolist()
        found: list[NDArray[np.int64]] = []
        while waiting:
            batch, waiting = self._one_batch(waiting, size)
            if len(batch) < min(size // 2, len(self.pairs)):
                break
            found.append(self.pairs[batch])
        return [found[at] for at in rng.permutation(len(found))]

    def _one_batch(self, waiting: Sequence[int], size: int) -> tuple[list[int], list[int]]:
        used: set[int] = set()
        batch: list[int] = []
        left: list[int] = []
        for at, pair in enumerate(waiting):
            texts = set(self.pairs[pair].tolist())
            if used & texts:
                left.append(pair)
                continue
            used |= texts
            batch.append(pair)
            if len(batch) == size:
                return batch, [*left, *waiting[at + 1 :]]
        return batch, left

    def features(self, texts: NDArray[np.int64], *, is_query: bool) -> dict[str, Tensor]:
        """The module's input for these texts."""
        from index.ngram_module import features  # noqa: PLC0415 (torch)

        rows = self.counts[texts]
        tokens, columns = np.unique(rows.indices, return_inverse=True)
        small = sp.csr_matrix((rows.data, columns, rows.indptr), shape=(len(texts), len(tokens)))
        return features(tokens.astype(np.int64), small, is_query=is_query)

    def rarity(self) -> NDArray[np.float32]:
        """log((1 + texts) / (1 + texts with the token)) of each token."""
        texts, tokens = self.counts.shape
        frequency = np.bincount(self.counts.indices, minlength=tokens)
        rarity: NDArray[np.float32] = np.log((1 + texts) / (1 + frequency)).astype(np.float32)
        return rarity


def train_model(
    data: TrainingData, settings: TrainingSettings, *, report: Callable[[str], None], steps: int | None = None
) -> NgramEmbedding:
    """The trained module; `steps` ends early (for a smoke test)."""
    import torch  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from sentence_transformers.sentence_transformer.losses import (  # noqa: PLC0415
        MatryoshkaLoss,
        MultipleNegativesRankingLoss,
    )

    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    vocabulary = choose_vocabulary(_texts_by_weight(data.pairs, settings), size=settings.vocabulary_size)
    corpus = Corpus.of(data, vocabulary, power=settings.count_power)
    report(f"{len(vocabulary)} n-grams, {corpus.counts.shape[0]} texts, {len(corpus.pairs)} pairs")
    module = _untrained(vocabulary, corpus, settings, rng)
    model = SentenceTransformer(modules=[module], device="cpu")
    ranking = MultipleNegativesRankingLoss(
        model,
        scale=settings.scale,
        directions=("query_to_doc", "doc_to_query"),
        partition_mode="per_direction",
    )
    dims = [settings.dimension, settings.short_dimension]
    loss = MatryoshkaLoss(model, ranking, dims, [1.0, settings.short_weight])
    optimiser = torch.optim.SparseAdam(list(module.parameters()), lr=settings.learning_rate)
    epochs = [corpus.batches(settings.batch, rng) for _ in range(settings.epochs)]
    batches = [batch for epoch in epochs for batch in epoch]
    for step, batch in enumerate(batches[:steps]):
        optimiser.param_groups[0]["lr"] = settings.learning_rate * _schedule(
            step, len(batches), settings.warm_up
        )
        optimiser.zero_grad()
        questions = corpus.features(batch[:, 0], is_query=True)
        value = loss([questions, corpus.features(batch[:, 1], is_query=False)], torch.arange(len(batch)))
        value.backward()
        optimiser.step()  # type: ignore[no-untyped-call]
        if step % 20 == 0:
            report(f"step {step + 1}/{len(batches)}: loss {value.item():.3f}")
    return module


def _counts(vocabulary: NgramVocabulary, texts: Sequence[str], power: float) -> sp.csr_matrix:
    bags = vocabulary.bags(texts)
    ones = np.ones(len(bags.ids), dtype=np.float32)
    counts = sp.csr_matrix(
        (ones, bags.ids.astype(np.int32), bags.starts), shape=(len(texts), len(vocabulary))
    )  # fmt: skip
    counts.sum_duplicates()
    counts.data **= np.float32(power)
    return counts


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


@app.command()
def train(
    data: Annotated[Path, typer.Option(help="Folder of NAME.jsonl.gz files with the pairs.")],
    into: Annotated[Path, typer.Option(help="Folder to write the model to.")],
    beir: Annotated[
        list[Path] | None, typer.Option(help="BEIR folder with a dev split, to measure on.")
    ] = None,
    epochs: Annotated[int, typer.Option(help="Passes over the pairs.")] = TrainingSettings().epochs,
) -> None:
    """Train the model, measure it on what was held out, and write the folder.

    Example: python -m index.training train --data ../shared/train --into index/model
    """
    settings = TrainingSettings(epochs=epochs)
    found = read_training_data(
        data, held_out_percent=settings.held_out_percent, longest=settings.longest_passage
    )  # fmt: skip
    model = train_model(found, settings, report=lambda line: typer.echo(line, err=True)).packed()
    model.save(into)
    figures = {
        task.name: {"model": measure_encoder(model, task), "bm25-jieba": measure_bm25(task)}
        for task in _tasks(found, beir or [])
    }
    manifest = {
        "settings": asdict(settings),
        "data": [asdict(file) for file in found.manifest],
        "figures": figures,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (into / MANIFEST).write_text(text + "\n", encoding="utf-8")
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
