"""Facts, times, tasks, and who is responsible: the sentences or cells that answer, the rest folded."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.bodies import first_leads_rule, is_body_column
from assistant.forms.shown import Shown
from assistant.ranking import is_row
from assistant.types import AnswerForm, Citation, FormKind, Role, Statement, Understood, Want
from assistant.vocabulary import Vocabulary
from assistant.wording import readable


def passages_form(
    understood: Understood, shown: Sequence[Shown], citations: Sequence[Citation], vocabulary: Vocabulary
) -> AnswerForm:
    """The shown parts of each clause under its marker; for a question of who, with the notice's own rule."""
    statements = tuple(
        Statement(part.text, citation.marker, part.label)
        for citation, one in zip(citations, shown, strict=True)
        for part in one.parts
    )
    folded = tuple(
        Statement(one.rest, citation.marker)
        for citation, one in zip(citations, shown, strict=True)
        if one.rest
    )
    who = Want.BODY in understood.wants
    notes = tuple(dict.fromkeys(n for c in citations if who for n in _lead_by_rule(c, vocabulary)))
    return AnswerForm(FormKind.WHO if who else FormKind.PASSAGES, "", statements, folded=folded, notes=notes)


def _lead_by_rule(citation: Citation, vocabulary: Vocabulary) -> list[str]:
    """Who leads among the bodies of a cell that does not say so, where the notice states a rule for it."""
    view = vocabulary.view(citation.notice_id)
    rule = first_leads_rule(view.clauses)
    leads = [b.name for b in view.bodies.get(citation.clause.id, ()) if b.role is Role.LEAD]
    fields = citation.clause.fields or {}
    told_apart = any("牵头" in name and is_body_column(name, value) for name, value in fields.items())
    if rule is None or told_apart or not leads or not is_row(citation.clause):
        return []
    return [f"牵头单位是{leads[0]}：{rule.cite}写明“{readable(rule.text).rstrip('。')}”。"]
