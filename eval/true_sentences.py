"""Sentences known to be true of the clauses they cite: those of the clauses themselves and of answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.bodies import states_first_leads
from assistant.checking import Cited
from assistant.sentences import sentences
from assistant.types import Answer, Statement
from assistant.vocabulary import Vocabulary
from assistant.wording import readable
from ingest.notice import Clause, ClauseKind

#: Shorter runs are titles and cells of one word.
_SHORTEST = 8


@dataclass(frozen=True, slots=True)
class TrueSentence:
    """A sentence as an answer would show it, and what it cites; `others` are clauses of the same notice."""

    text: str
    cited: Cited
    others: tuple[Clause, ...]


def sentences_of_notices(vocabulary: Vocabulary) -> Iterator[TrueSentence]:
    """Every sentence of every clause, and every table row as 列：值；列：值。, in document order.

    One in three has its region and address before it, as a comparison shows it.
    """
    for record in vocabulary.records:
        view = vocabulary.view(record.id)
        first_leads = states_first_leads(view.clauses)
        for clause in view.clauses:
            if clause.kind is ClauseKind.HEADING:
                continue
            cited = Cited(clause, record.card, first_leads)
            for number, text in enumerate(_shown(clause)):
                framed = number % 3 == 0 and record.card.region is not None
                shown = f"{record.card.region}（{clause.cite}）：{text}" if framed else text
                yield TrueSentence(shown, cited, view.clauses)


def sentences_of_answers(answers: Sequence[Answer], vocabulary: Vocabulary) -> Iterator[TrueSentence]:
    """Every statement with a citation that the answers show, each once."""
    seen: set[tuple[str, str]] = set()
    for answer in answers:
        if answer.form is None:
            continue
        shown = (*answer.form.statements, *(item for group in answer.form.groups for item in group.items))
        by_marker = {citation.marker: citation for citation in answer.citations}
        for statement in shown:
            citation = by_marker.get(statement.marker or 0)
            text = _worded(statement)
            if citation is None or len(text) < _SHORTEST or (text, citation.clause.id) in seen:
                continue
            seen.add((text, citation.clause.id))
            view = vocabulary.view(citation.notice_id)
            cited = Cited(citation.clause, view.record.card, states_first_leads(view.clauses))
            yield TrueSentence(text, cited, view.clauses)


def _shown(clause: Clause) -> list[str]:
    if clause.fields:
        cells = [
            f"{name}：{readable(value).rstrip('。；;')}" for name, value in clause.fields.items() if value
        ]
        return ["；".join(cells) + "。"]
    return [readable(s.text) for s in sentences(clause.text) if len(s.text) >= _SHORTEST]


def _worded(statement: Statement) -> str:
    return f"{statement.label}：{statement.text}" if statement.label else statement.text
