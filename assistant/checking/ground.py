"""What a sentence may stand on: the words of the clauses it cites, their headings and their cards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, TypeVar

from assistant.bodies import bodies_of, core_name
from assistant.checking.dates import Date, dates
from assistant.checking.mention import Mention
from assistant.checking.names import bodies, places, role_of
from assistant.checking.plain import plain
from assistant.checking.quantities import Quantity, quantities
from assistant.types import Role
from assistant.wording import pairs
from ingest.notice import Card, Clause, ClauseKind

T = TypeVar("T")

#: A cell that is a number and nothing else, and where its unit stands in the column's head.
_BARE = re.compile(r"[≥≤><约]?\d+(?:\.\d+)?")
_HEAD_UNIT = re.compile(r"\(([^()\d]{1,8})\)$")


class Known(Protocol):
    """What the corpus is known to name: forms of its regions, and its public bodies (see `Vocabulary`)."""

    @property
    def places(self) -> frozenset[str]: ...

    @property
    def bodies(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Names:
    """Names given as they are."""

    places: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited clause with the card of its notice; `first_leads` as in `assistant.bodies.bodies_of`."""

    clause: Clause
    card: Card
    first_leads: bool = False


@dataclass(frozen=True)
class Ground:
    """The plain texts of cited clauses. `statements` are what they say: the text, or a row as 列:值;列:值."""

    cited: tuple[Cited, ...]
    known: Known = field(default_factory=Names)

    @cached_property
    def statements(self) -> tuple[str, ...]:
        return tuple(statement for c in self.cited for statement in _statements(c.clause))

    @cached_property
    def context(self) -> tuple[str, ...]:
        """Headings, addresses and cards: what a sentence may name but is not what the clause says."""
        return tuple(plain(text) for c in self.cited for text in _context(c) if text)

    @cached_property
    def spoken(self) -> tuple[str, ...]:
        """The statements and the headings above them."""
        headings = (h for c in self.cited for h in (*c.clause.headings, c.clause.heading) if h)
        return (*self.statements, *(plain(heading) for heading in headings))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        return (*self.statements, *self.context)

    @cached_property
    def pairs(self) -> frozenset[str]:
        return frozenset(pair for text in self.texts for pair in pairs(text))

    @cached_property
    def dates(self) -> tuple[Mention[Date], ...]:
        return tuple(mention for text in self.texts for mention in dates(text))

    @cached_property
    def quantities(self) -> tuple[Mention[Quantity], ...]:
        return tuple(mention for text in self.texts for mention in quantities(text))

    def said(self, mentions: Sequence[Mention[T]]) -> list[Mention[T]]:
        """Those of `mentions` that the clauses themselves make: only they stand in a relation."""
        return [mention for mention in mentions if mention.text in self.statements]

    @cached_property
    def bodies(self) -> tuple[Mention[str], ...]:
        return tuple(m for text in self.statements for m in bodies(text, self.known.bodies))

    @cached_property
    def places(self) -> tuple[Mention[str], ...]:
        return tuple(m for text in self.statements for m in places(text, self.known.places))

    @cached_property
    def roles(self) -> dict[str, set[Role]]:
        """Core name of a body → the roles that the clauses give it."""
        found: dict[str, set[Role]] = {}
        for cited in self.cited:
            for body in bodies_of(cited.clause, first_leads=cited.first_leads):
                found.setdefault(core_name(plain(body.name)), set()).add(body.role)
        for mention in self.bodies:
            role = role_of(mention)
            if role is not None:
                found.setdefault(core_name(mention.value), set()).add(role)
        return found

    def region_of(self) -> tuple[str, ...]:
        """The regions of the notices, as their cards state them."""
        return tuple(c.card.region for c in self.cited if c.card.region)


def ground_of(cited: Sequence[Cited], known: Known | None = None) -> Ground:
    """The ground that `cited` clauses give."""
    return Ground(tuple(cited), known or Names())


def _statements(clause: Clause) -> list[str]:
    """A clause's words; of a row its cells alone, because the printed lines break inside words."""
    cells = [(plain(name), plain(value)) for name, value in (clause.fields or {}).items() if value]
    row = ";".join(f"{name}:{value}" for name, value in cells)
    measured = ";".join(f"{name}:{value}{_unit_of(name, cells)}" for name, value in _figures(cells))
    texts = [text for text in (row, measured) if text]
    return texts if cells and clause.kind is ClauseKind.ROW else [plain(clause.text), *texts]


def _figures(cells: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The row as it is to be read, with the cells that are a bare number and have their unit elsewhere."""
    bare = [name for name, value in cells if _BARE.fullmatch(value) and _unit_of(name, cells)]
    return [(n, v) for n, v in cells if n in bare or not _BARE.fullmatch(v)] if bare else []


def _unit_of(name: str, cells: Sequence[tuple[str, str]]) -> str:
    """The unit of a bare number: in brackets in its column's head, or in a column called 单位."""
    value = dict(cells)[name]
    if not _BARE.fullmatch(value):
        return ""
    in_head = _HEAD_UNIT.search(name)
    if in_head:
        return in_head.group(1)
    counted = name in ("序号", "编号", "group")
    return "" if counted else next((v for n, v in cells if n in ("单位", "计量单位") and v), "")


def _context(cited: Cited) -> tuple[str | None, ...]:
    clause, card = cited.clause, cited.card
    period = f"{card.period[0]}-{card.period[1]}年" if card.period else None
    attachments = [a.title for a in card.attachments if clause.path and a.label == clause.path[0]]
    return (
        *clause.headings,
        clause.heading,
        clause.cite,
        card.title,
        card.notice_title,
        card.issuer,
        card.region,
        card.doc_number,
        card.issued,
        card.published,
        card.effective,
        period,
        *attachments,
    )
