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


class Role(StrEnum):
    """What a public body does in a clause that names it."""

    LEAD = "牵头"
    SUPPORT = "配合"
    RESPONSIBLE = "责任"
    MENTIONED = "提及"


class Want(StrEnum):
    """What an answer must hold to be one, where the question says so."""

    FIGURE = "figure"
    DATE = "date"
    BODY = "body"
    MONEY = "money"
    PERSON = "person"
    CONTACT = "contact"
    FREQUENCY = "frequency"


class Part(StrEnum):
    """The part of a notice a question points at."""

    BODY = "正文"
    TABLE = "表"


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the question (or, with less weight, of an earlier turn).

    `forms` are the official terms that notices write for it (PM2.5 → 细颗粒物); `known` is False for a
    word that, with all its forms, stands nowhere in the corpus; `asking` marks words of asking
    (谁牵头 → 牵头单位), which are no subject.
    """

    word: str
    weight: float = 1.0
    forms: tuple[str, ...] = ()
    known: bool = True
    asking: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """A region, or the notice itself, that the question names: `name` as shown, `notices` their ids."""

    name: str
    notices: frozenset[str]


@dataclass(frozen=True, slots=True)
class Address:
    """A place in a notice that the question names: `labels` as in `Clause.path`, of which the last ones are
    given; `ordinal` when only a number is (第四条), whose label may be 4, 四 or （四）."""

    labels: tuple[str, ...] = ()
    attachment: str | None = None
    ordinal: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question was taken for.

    `query` is the text that was searched; `carried` what came from earlier turns of the dialogue, in words;
    `unknown_places` are places the question names that the corpus does not hold. `scopes` are the regions
    named, in order; `units` the public bodies; `hinted` the (notice id, attachment label) pairs whose title
    the question uses; `elliptical` is True when the turn has no subject of its own (谁牵头); `said` are all
    turns so far, the last one included.
    """

    question: str
    query: str
    kind: QuestionKind
    filters: Filters = field(default_factory=Filters)
    carried: tuple[str, ...] = ()
    unknown_places: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    scopes: tuple[Scope, ...] = ()
    years: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    role: Role | None = None
    alone: bool = False
    wants: frozenset[Want] = frozenset()
    part: Part | None = None
    hinted: frozenset[tuple[str, str]] = frozenset()
    address: Address | None = None
    elliptical: bool = False
    said: tuple[str, ...] = ()


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
    """What a person reads and what it stands on.

    `text` has **bold** figures and [1] markers, `plain` is the same without the asterisks; both hold corpus
    text as it is, which a page must escape. `abstained` is True when no clause answers; `retrieved` then
    holds the nearest ones, best first. `confidence` is how far the answer may be trusted, 0 to 1 (see
    `assistant.confidence`); 0 where it abstained.
    """

    text: str
    abstained: bool
    citations: tuple[Citation, ...]
    retrieved: tuple[Hit, ...]
    understood: Understood
    plain: str = ""
    confidence: float = 0.0
