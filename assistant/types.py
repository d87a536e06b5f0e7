"""The values of this room: what a question was taken for, citations, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.ledger import Condition
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
    (谁牵头 → 牵头单位), which are no subject; `carried` those of an earlier turn.
    """

    word: str
    weight: float = 1.0
    forms: tuple[str, ...] = ()
    known: bool = True
    asking: bool = False
    carried: bool = False


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
class Deadline:
    """By when, or (without `by`) in which year or month, what a question lists is to be done."""

    year: int
    month: int | None = None
    by: bool = False

    @property
    def label(self) -> str:
        """As a person reads it: 2020年底前, 2024年6月底前, 2025年."""
        date = f"{self.year}年{self.month}月" if self.month else f"{self.year}年"
        return f"{date}底前" if self.by else date


class ChipKind(StrEnum):
    """What one part of an understood question is about; the value is part of a chip's id."""

    PLACE = "place"
    UNKNOWN_PLACE = "unknown-place"
    NOTICE = "notice"
    ATTACHMENT = "attachment"
    ADDRESS = "address"
    PART = "part"
    YEAR = "year"
    DEADLINE = "deadline"
    UNIT = "unit"
    ROLE = "role"
    INDICATOR = "indicator"
    TOPIC = "topic"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Chip:
    """One removable part of what a question was taken for.

    `label` is what a person reads (年份：2022年), `value` what it stands for in data; `carried` is True for
    what came from an earlier turn of the dialogue. `Assistant.ask(…, struck={chip.id})` answers without it.
    """

    kind: ChipKind
    value: str
    label: str
    carried: bool = False

    @property
    def id(self) -> str:
        """The chip's name in requests: the same part of the same question always has the same id."""
        return f"{self.kind.value}:{self.value}"


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question was taken for.

    `query` is the text that was searched; `inherited` are the kinds of parts that came from earlier turns;
    `unknown_places` are places the question names that the corpus does not hold. `scopes` are the regions
    named, in order; `units` the public bodies; `hinted` the (notice id, attachment label) pairs whose title
    the question uses; `elliptical` is True when the turn has no subject of its own (谁牵头), `contrasted`
    when it names another one of the same kind (那河道呢); `said` are all turns so far, the last one included;
    `indicator` is what the ledger of targets is asked for, `condition` what its value is asked to be;
    `deadline` is what a list is asked by; `chips` are all of this as removable parts;
    `aliases` pairs a body's name as the question has it with the one that the notices write; `notes` are
    sentences of ours on how the question was read (“抽氧”按“臭氧”查找) and where was searched.
    """

    question: str
    query: str
    kind: QuestionKind
    filters: Filters = field(default_factory=Filters)
    inherited: frozenset[ChipKind] = frozenset()
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
    contrasted: bool = False
    indicator: str | None = None
    condition: Condition | None = None
    deadline: Deadline | None = None
    said: tuple[str, ...] = ()
    chips: tuple[Chip, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def carried(self) -> tuple[str, ...]:
        """What came from earlier turns of the dialogue, in words."""
        return tuple(chip.label for chip in self.chips if chip.carried)


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
    doc_number: str | None = None


class FormKind(StrEnum):
    """How an answer is set: the shape decides which parts of an `AnswerForm` are filled."""

    PASSAGES = "passages"  # statements, the rest of their clauses folded
    WHO = "who"  # statements labelled by role, then what they are responsible for
    ITEMS = "items"  # a count and groups of statements
    COMPARISON = "comparison"  # a table, perhaps a chart
    NOTHING = "nothing"  # no clause answers: one sentence of why, then the nearest ones


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of one clause (or of one cell of a row) as an answer shows them, with the citation's marker.

    `text` is readable corpus text; `label` says what sets it apart from its neighbours (到2022年, 牵头单位,
    湖州市): it is ours and not the clause's. `marker` is None only where nothing is cited (a nearest clause).
    """

    text: str
    marker: int | None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Statements of one kind under one label (牵头, 配合), in document order."""

    label: str
    items: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a comparison: its text and the markers of what it stands on.

    An honest blank has no markers, and `text` says what is missing. `number` is the cell's one figure where
    it has one, in the unit of its column.
    """

    text: str
    markers: tuple[int, ...] = ()
    number: float | None = None

    @property
    def is_blank(self) -> bool:
        """True when no clause fills the cell."""
        return not self.markers


@dataclass(frozen=True, slots=True)
class Table:
    """A comparison: `columns` are headings, `rows` have one cell a column, the first of which is the row's
    name (and has no marker)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Numbers of one unit, to be drawn as bars, or as a line where the labels are years."""

    title: str
    labels: tuple[str, ...]
    numbers: tuple[float, ...]
    unit: str
    line: bool = False


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """An answer as data: page, terminal and exports set it, `Answer.text` is worded from it.

    `lead` is a sentence of ours above the rest (市水利局共17项：); `count` the number of items or filled rows
    where completeness was asked for. `folded` holds the words of the cited clauses that are not shown;
    `notes` are sentences of ours that a reader must see (两处说法不一致, 市环保局今为市生态环境局).
    """

    kind: FormKind
    lead: str = ""
    statements: tuple[Statement, ...] = ()
    groups: tuple[Group, ...] = ()
    table: Table | None = None
    chart: Chart | None = None
    count: int | None = None
    folded: tuple[Statement, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that speaks for a clause (below 0: against it), in words, and what it adds to its score."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person reads and what it stands on.

    `text` has **bold** figures and [1] markers, `plain` is the same without the asterisks; both hold corpus
    text as it is, which a page must escape. `abstained` is True when no clause answers; `retrieved` then
    holds the nearest ones, best first. `confidence` is how far the answer may be trusted, 0 to 1 (see
    `assistant.support`); 0 where it abstained. `form` is the same answer as data. `signs` are, by clause
    id, what the order of the retrieved clauses stands on (see `assistant.explanation`).
    """

    text: str
    abstained: bool
    citations: tuple[Citation, ...]
    retrieved: tuple[Hit, ...]
    understood: Understood
    plain: str = ""
    confidence: float = 0.0
    form: AnswerForm | None = None
    signs: Mapping[str, tuple[Sign, ...]] = field(default_factory=dict)
