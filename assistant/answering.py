"""Evidence → an answer made of the clauses' own words, with markers and verbatim quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence import SHOWN, Evidence
from assistant.forms.brief import brief
from assistant.forms.comparison import comparison_form
from assistant.forms.items import list_form, listing_form, role_in, show_listed, tasks_form
from assistant.forms.ledger import ledger_form
from assistant.forms.nothing import nothing_form
from assistant.forms.passages import passages_form
from assistant.forms.shown import Shown, show
from assistant.forms.wording import bold_figures, source_line, worded
from assistant.ledger_evidence import Compared, one_a_notice
from assistant.listing import Listing
from assistant.ranking import Ranked
from assistant.refusal import is_weighed
from assistant.support import Signs, calibration
from assistant.types import Answer, AnswerForm, Citation, QuestionKind, Role, Understood
from assistant.vocabulary import Vocabulary
from index.types import Hit, LedgerEntry

#: A brief answer is read in one breath; lists, comparisons and a body's tasks are complete instead.
_BRIEF, _LISTED, _LISTED_IN_TEXT, _COMPARED, _TASK = 280, 900, 500, 220, 160

NOTHING = "语料中没有条款回答这个问题。"
CONTRADICTED = "注意：同一文件里有不同说法，以上各处都列出，请核对后使用。"
NOT_BY_DEADLINE = "没有逐项按期限核对，以上不一定是全部：请看各项写明的时间。"
UNSURE = "把握不大：这条不一定回答了问题，请核对原文。"


def compose(
    understood: Understood, evidence: Evidence, vocabulary: Vocabulary, refusal: str | None, signs: Signs
) -> Answer:
    """The answer; with a `refusal` (why no clause answers) an abstention that shows the nearest clauses.

    An answer that is more likely wrong than right carries a warning.
    """
    retrieved = tuple(r.hit for r in evidence.ranked[:SHOWN])
    if refusal is not None or not evidence.chosen:
        form = nothing_form(refusal or NOTHING, retrieved)
        return worded_answer(Answer("", True, (), retrieved, understood), form)
    chosen = evidence.chosen if evidence.listing else _in_order(understood, evidence.chosen, vocabulary)
    if evidence.compared is not None:
        return _from_ledger(understood, evidence, evidence.compared, retrieved)
    if evidence.listing is not None:
        return _listed(understood, evidence.listing, chosen, retrieved)
    shown = [show(understood, r.hit.clause, _budget(understood, len(chosen))) for r in chosen]
    shown = brief(understood, shown)
    citations = tuple(cite(i, r.hit, s) for i, (r, s) in enumerate(zip(chosen, shown, strict=True), 1))
    form = _form(understood, replace(evidence, chosen=chosen), shown, citations, vocabulary)
    if understood.deadline is not None:
        form = replace(form, notes=(*form.notes, NOT_BY_DEADLINE))
    if evidence.contradicted:
        form = replace(form, notes=(*form.notes, CONTRADICTED))
    confidence = calibration().right.probability(signs)
    if confidence < calibration().unsure and is_weighed(understood, evidence):
        form = replace(form, notes=(*form.notes, UNSURE))
    answer = Answer("", False, citations, retrieved, understood, confidence=confidence)
    return worded_answer(answer, form)


def _from_ledger(
    understood: Understood, evidence: Evidence, compared: Compared, retrieved: tuple[Hit, ...]
) -> Answer:
    """The answer that the ledger gives: each target with the words of its clause as the quote."""
    entries = (*compared.entries, *compared.partly)
    citations = tuple(
        cite(i, ranked.hit, Shown((), entry.target.quote))
        for i, (ranked, entry) in enumerate(zip(evidence.chosen, entries, strict=True), 1)
    )
    answer = Answer("", False, citations, retrieved, understood, confidence=1.0)
    return worded_answer(answer, ledger_form(understood, compared))


def _listed(
    understood: Understood, found: Listing, chosen: Sequence[Ranked], retrieved: tuple[Hit, ...]
) -> Answer:
    """A complete list, with the words of each item that meet the condition as its quote."""
    shown = [show_listed(understood, item, _TASK) for item in found.items]
    citations = tuple(cite(i, r.hit, s) for i, (r, s) in enumerate(zip(chosen, shown, strict=True), 1))
    answer = Answer("", False, citations, retrieved, understood, confidence=1.0)
    return worded_answer(answer, listing_form(understood, found, shown, citations))


def worded_answer(answer: Answer, form: AnswerForm) -> Answer:
    """`answer` with this form and the text that is worded from it."""
    plain = worded(form, answer.citations)
    return replace(answer, form=form, plain=plain, text=bold_figures(plain))


def cite(marker: int, hit: Hit, shown: Shown) -> Citation:
    """The citation of a hit under `marker`."""
    card = hit.notice.card
    return Citation(
        marker,
        shown.quote,
        hit.clause,
        hit.notice.name,
        card.title,
        card.issuer,
        card.issued or card.published,
        hit.notice.id,
        card.doc_number,
    )


def _budget(understood: Understood, chosen: int) -> int:
    if understood.kind is QuestionKind.COMPARE:
        return _COMPARED
    if understood.kind is QuestionKind.UNIT_TASKS and chosen > 1:
        return _TASK
    if understood.kind is QuestionKind.LIST:
        return _LISTED if chosen > 1 else _LISTED_IN_TEXT
    return _BRIEF


def _in_order(understood: Understood, chosen: Sequence[Ranked], vocabulary: Vocabulary) -> tuple[Ranked, ...]:
    """A body's tasks by its role, so that markers count up; everything else as it was chosen."""
    if understood.kind is not QuestionKind.UNIT_TASKS:
        return tuple(chosen)
    order = (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT, Role.MENTIONED)

    def role(ranked: Ranked) -> int:
        bodies = vocabulary.view(ranked.hit.notice.id).bodies[ranked.hit.clause.id]
        return order.index(role_in(understood, bodies))

    return tuple(sorted(chosen, key=role))


def _form(
    understood: Understood,
    evidence: Evidence,
    shown: Sequence[Shown],
    citations: Sequence[Citation],
    vocabulary: Vocabulary,
) -> AnswerForm:
    if understood.kind is QuestionKind.COMPARE:
        entries: Sequence[LedgerEntry] = ()
        if understood.indicator:
            entries = one_a_notice(understood, _of_clauses(understood.indicator, citations, vocabulary))
        return comparison_form(understood, evidence, shown, citations, entries)
    if understood.kind is QuestionKind.UNIT_TASKS and evidence.complete:
        return tasks_form(understood, shown, citations, vocabulary)
    if understood.kind is QuestionKind.LIST and evidence.complete and len(shown) > 1:
        return list_form(shown, citations)
    return passages_form(understood, shown, citations, vocabulary)


def _of_clauses(indicator: str, citations: Sequence[Citation], vocabulary: Vocabulary) -> list[LedgerEntry]:
    """The targets of the indicator that the cited clauses state."""
    cited = {citation.clause.id for citation in citations}
    return [e for e in vocabulary.source.targets(indicator=indicator) if e.clause.id in cited]


__all__ = ["NOTHING", "cite", "compose", "source_line", "worded_answer"]
