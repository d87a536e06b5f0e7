"""A whole answer against its citations: what fails is marked before anyone reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from assistant.answering import worded_answer
from assistant.bodies import states_first_leads
from assistant.checking.ground import Cited, Ground, Known, ground_of
from assistant.checking.plain import plain
from assistant.checking.quantities import quantities
from assistant.checking.sentence import check_against
from assistant.checking.verdict import Fault, FaultKind, Verdict
from assistant.types import Answer, AnswerForm, Cell, Citation, FormKind, Group, Statement
from assistant.vocabulary import Vocabulary
from assistant.wording import comparable

#: What stands behind words that their clause does not support.
UNSUPPORTED = "（未获条文支持）"

#: A catalogue larger than this names too many bodies to look for each; they are then known by their endings.
_NOTICES = 400
_MARKER = re.compile(r"\[(\d{1,3})\]")
_CITED_PART = re.compile(r"(?P<words>[^；：。\[\]]+)(?P<markers>(?:\[\d{1,3}\])+)")


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked answer: `answer` with failing words marked, and the verdict of each statement read."""

    answer: Answer
    verdicts: tuple[tuple[str, Verdict], ...] = ()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that failed, in order; empty for an answer that its clauses support."""
        return tuple(fault for _, verdict in self.verdicts for fault in verdict.faults)


@dataclass
class Checker:
    """Checks answers over one vocabulary; what it reads of the catalogue is read once."""

    vocabulary: Vocabulary
    _grounds: dict[tuple[str, ...], Ground] = field(default_factory=dict)

    @cached_property
    def known(self) -> Known:
        """The regions and bodies that the catalogue names."""
        return _Names(self.vocabulary)

    def check(self, answer: Answer) -> Checked:
        """`check_answer` with this vocabulary."""
        if answer.form is None or answer.form.kind is FormKind.NOTHING:
            return Checked(answer)
        reading = _Reading(self, {c.marker: c for c in answer.citations})
        form = reading.form(answer.form)
        if not any(verdict.faults for _, verdict in reading.verdicts):
            return Checked(answer, tuple(reading.verdicts))
        return Checked(worded_answer(answer, form), tuple(reading.verdicts))

    def sentence(self, text: str, citations: Sequence[Citation]) -> Verdict:
        """The verdict on one sentence that stands on these citations."""
        false = [fault for citation in citations for fault in self.citation_faults(citation)]
        return Verdict(tuple(false)) if false else check_against(text, self._ground(citations))

    def citation_faults(self, citation: Citation) -> tuple[Fault, ...]:
        """What is wrong with a citation itself: no such clause in the catalogue, or not with this quote."""
        try:
            view = self.vocabulary.view(citation.notice_id)
        except KeyError:
            return (Fault(FaultKind.ADDRESS, citation.clause.cite),)
        clause = citation.clause
        if view.record.card.title != citation.title or not any(c == clause for c in view.clauses):
            return (Fault(FaultKind.ADDRESS, clause.cite),)
        texts = (clause.text, *(clause.fields or {}).values())
        quote = comparable(citation.quote)
        if not quote or not any(quote in comparable(text) for text in texts):
            return (Fault(FaultKind.QUOTE, citation.quote),)
        return ()

    def _ground(self, citations: Sequence[Citation]) -> Ground:
        key = tuple(part for c in citations for part in (c.notice_id, c.clause.id))
        if key not in self._grounds:
            if len(self._grounds) > 500:
                self._grounds.clear()
            self._grounds[key] = ground_of([self._cited(c) for c in citations], self.known)
        return self._grounds[key]

    def _cited(self, citation: Citation) -> Cited:
        view = self.vocabulary.view(citation.notice_id)
        return Cited(citation.clause, view.record.card, states_first_leads(view.clauses))


def check_answer(answer: Answer, vocabulary: Vocabulary) -> Checked:
    """`answer` with UNSUPPORTED behind every statement and cell that its cited clauses do not support.

    An address must exist in the catalogue, a quote stand verbatim in its clause, and a statement say nothing
    that its clause does not (see `check_sentence`). Sentences of ours (a lead, a note, an honest blank) carry
    no marker; of them only the counts are read, which must be those of the items shown.
    """
    return Checker(vocabulary).check(answer)


@dataclass
class _Reading:
    """One pass over a form."""

    checker: Checker
    citations: Mapping[int, Citation]
    verdicts: list[tuple[str, Verdict]] = field(default_factory=list)

    def form(self, form: AnswerForm) -> AnswerForm:
        groups = tuple(Group(g.label, tuple(map(self.statement, g.items))) for g in form.groups)
        table = form.table
        if table is not None:
            rows = tuple((row[0], *(self.cell(row[0], cell) for cell in row[1:])) for row in table.rows)
            table = replace(table, rows=rows)
        checked = replace(
            form, statements=tuple(map(self.statement, form.statements)), groups=groups, table=table
        )
        return replace(checked, lead=self._lead(form), notes=tuple(map(self.note, form.notes)))

    def note(self, note: str) -> str:
        """A note, whose cited parts (安徽省增长5%—5.5%[7]；…) are read as statements are."""
        faults = [
            not self._verdict(
                part["words"], part["words"], map(int, _MARKER.findall(part["markers"]))
            ).supported
            for part in _CITED_PART.finditer(note)
        ]
        return note + UNSUPPORTED if any(faults) else note

    def statement(self, statement: Statement) -> Statement:
        if statement.marker is None:
            return statement
        verdict = self._verdict(_sentence(statement, self.citations), statement.text, (statement.marker,))
        return statement if verdict.supported else replace(statement, text=statement.text + UNSUPPORTED)

    def cell(self, name: Cell, cell: Cell) -> Cell:
        if cell.is_blank:
            return cell
        verdict = self._verdict(f"{name.text}：{cell.text}", cell.text, cell.markers)
        if verdict.supported and cell.number is not None and not _says(cell.text, cell.number):
            verdict = Verdict((Fault(FaultKind.NUMBER, str(cell.number)),))
            self.verdicts[-1] = (cell.text, verdict)
        return cell if verdict.supported else replace(cell, text=cell.text + UNSUPPORTED, number=None)

    def _verdict(self, sentence: str, text: str, markers: Iterable[int]) -> Verdict:
        numbers = dict.fromkeys([*map(int, _MARKER.findall(text)), *markers])
        cited = [self.citations[n] for n in numbers if n in self.citations]
        if len(cited) < len(numbers):
            verdict = Verdict((Fault(FaultKind.ADDRESS, "、".join(f"[{n}]" for n in numbers)),))
        else:
            verdict = self.checker.sentence(sentence, cited)
        self.verdicts.append((text, verdict))
        return verdict

    def _lead(self, form: AnswerForm) -> str:
        items = sum(len(group.items) for group in form.groups)
        counts = [m.value.value for m in quantities(plain(form.lead)) if m.value.unit == "项"]
        if form.groups and any(count != items for count in counts):
            self.verdicts.append((form.lead, Verdict((Fault(FaultKind.NUMBER, form.lead),))))
            return form.lead + UNSUPPORTED
        return form.lead


def _sentence(statement: Statement, citations: Mapping[int, Citation]) -> str:
    """A statement with its label where a reader sees it: an address behind it, anything else before it."""
    citation = citations.get(statement.marker or 0)
    if citation is not None and statement.label == citation.clause.cite:
        return statement.text
    return f"{statement.label}：{statement.text}" if statement.label else statement.text


def _says(text: str, number: float) -> bool:
    """True when a figure of `text` is `number`, as printed or with its scale."""
    return any(
        float(said) == number
        for mention in quantities(plain(text))
        for said in (mention.value.value, mention.value.digits.replace(",", ""))
        if str(said)[:1].isdigit()
    )


class _Names:
    """The names of a catalogue, read when first needed."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    @cached_property
    def places(self) -> frozenset[str]:
        return frozenset(plain(form) for form in self._vocabulary.region_names)

    @cached_property
    def bodies(self) -> frozenset[str]:
        records = self._vocabulary.records[:_NOTICES]
        return frozenset(n for r in records for n in self._vocabulary.view(r.id).body_counts if len(n) > 2)
