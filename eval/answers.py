"""An answers benchmark: every question through the product's assistant, scored, timed and shown."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.contract import answer_line, refused_line
from assistant.errors import UnusableQuestion
from assistant.types import Answer
from eval.answer_scoring import MEASURES, QuestionScore
from eval.gold import Question
from eval.latency import Latency, latency
from eval.means import GroupedMeans, counts_as_json, grouped_means, means_as_json, means_table
from eval.predictions import AnswerLine, read_answer
from eval.tables import table

#: The product's assistant, or a fake of it: the turns of a dialogue → the answer to the last one.
Ask = Callable[[Sequence[str]], Answer]


@dataclass(frozen=True, slots=True)
class Asked:
    """The answers as printed lines, in the order of the questions, how long they took, and by what."""

    lines: tuple[dict[str, Any], ...]
    latency: Latency
    model: str = ""
    sync_seconds: float = 0.0

    @property
    def answers(self) -> dict[str, AnswerLine]:
        """The answers by question id, as the scorer reads them."""
        return {line["id"]: read_answer(line) for line in self.lines}


@dataclass(frozen=True, slots=True)
class AnswersReport:
    """The scores of one run; `asked` is None when a file of answers was scored."""

    bench: str
    scores: tuple[QuestionScore, ...]
    asked: Asked | None = None

    @property
    def means(self) -> GroupedMeans:
        """Means by question type, and over all."""
        return grouped_means((score.question.type, score.values) for score in self.scores)

    @property
    def misses(self) -> list[str]:
        """One line for each question that went wrong: id, what went wrong, and the question asked last."""
        return [
            f"{score.question.id}\t{'；'.join(score.misses)}\t{score.question.turns[-1]}"
            for score in self.scores
            if score.misses
        ]

    def as_json(self) -> dict[str, Any]:
        """Figures and the n behind each, by question type; times in seconds (sync) and ms (questions)."""
        return {
            "bench": self.bench,
            "n": len(self.scores),
            "figures": means_as_json(self.means),
            "counts": counts_as_json(self.means),
            "model": self.asked.model if self.asked else None,
            "sync_seconds": self.asked.sync_seconds if self.asked else None,
            "question_ms": asdict(self.asked.latency) if self.asked else None,
        }

    def as_text(self) -> str:
        """The figures as a table, one question type a line, and below it what they were made with."""
        text = table(means_table(self.means, MEASURES, n_of=("hit@1", "abstain_right")))
        if self.asked is None:
            return text
        return (
            f"{text}\n\n模型 {self.asked.model}；同步 {self.asked.sync_seconds:.1f} 秒；"
            f"每个问题 {self.asked.latency}"
        )


def ask_all(
    questions: Sequence[Question], ask: Ask, *, talk: Callable[[str], object] = lambda _: None
) -> Asked:
    """The answer to every question, in order; one that the assistant does not take is an abstention.

    `talk` is told how far it is, some twenty times.
    """
    lines: list[dict[str, Any]] = []
    seconds: list[float] = []
    every = max(1, len(questions) // 20)
    for done, question in enumerate(questions):
        if done % every == 0:
            talk(f"已提问 {done}/{len(questions)}")
        started = time.perf_counter()
        try:
            line = answer_line(question.id, ask(question.turns))
        except UnusableQuestion as error:
            line = refused_line(question.id, question.turns, str(error))
        seconds.append(time.perf_counter() - started)
        lines.append(line)
    return Asked(tuple(lines), latency(seconds))
