"""The values of this room: what a question was taken for, citations, and the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from index.types import Filters, Hit
from ingest.notice import Clause


class QuestionKind(StrEnum):
    """The form of answer that a question asks for."""

    FACT = "fact"
    WHEN = "when"
    WHO = "who"
    TASK = "task"
    LIST = "list"
    UNIT_TASKS = "unit-tasks"
    COMPARE = "compare"


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question was taken for. `query` is the text that was searched; `carried` what came from earlier
    turns of the dialogue; `unknown_places` are places the question names that the corpus does not hold."""

    question: str
    query: str
    kind: QuestionKind
    filters: Filters = field(default_factory=Filters)
    carried: tuple[str, ...] = ()
    unknown_places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A marker's target: `quote` stands verbatim in `clause`, which stands in the notice `title`."""

    marker: int
    quote: str
    clause: Clause
    file: str
    title: str
    issuer: str | None
    issued: str | None
    notice_id: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person reads (`text`, Markdown with **figures** and [1] markers) and what it stands on.

    `abstained` is True when no clause answers; `retrieved` then holds the nearest ones, best first.
    """

    text: str
    abstained: bool
    citations: tuple[Citation, ...]
    retrieved: tuple[Hit, ...]
    understood: Understood
