"""The answers that a visitor has seen, so that what is put on file is what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Self

from assistant.page.backend import Backend
from assistant.page.history import Asked
from assistant.types import Answer

#: An older answer is asked for again when it is wanted.
_KEPT: Final = 10

Dialogue = tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Answers by the dialogue that they end. Lives in the visitor's session; what it lacks is asked again,
    after a restart of the server for example."""

    answers: Mapping[Dialogue, Answer] = field(default_factory=dict)

    def __deepcopy__(self, _memo: object) -> Self:
        """Itself, for it never changes: gradio copies what a session begins with."""
        return self

    def with_answer(self, asked: Dialogue, answer: Answer) -> Shown:
        """With one more, without what only explains it."""
        kept = {**self.answers, asked: replace(answer, retrieved=(), signs={})}
        return Shown(dict(list(kept.items())[-_KEPT:]))

    def answer(self, asked: Dialogue, backend: Backend, notices: frozenset[str]) -> Answer:
        """The answer to the last question of a dialogue. Raises one of the backend's spoken errors."""
        known = self.answers.get(asked)
        if known is not None:
            return known
        *before, last = asked
        *_, answer = backend.ask(
            [turn.question for turn in asked],
            notices=notices,
            struck=last.struck,
            struck_before=[turn.struck for turn in before],
        )
        return answer
