"""No clause answers: why, and the nearest clauses, named as what they are."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import AnswerForm, FormKind, Statement
from assistant.wording import readable
from index.types import Hit

#: Nearest clauses shown, and how much of one that has no heading.
_NEAREST, _EXCERPT = 3, 40


def nothing_form(reason: str, nearest: Sequence[Hit]) -> AnswerForm:
    """The reason as one sentence, then the nearest clauses by title and address; they are no answer."""
    statements = tuple(
        Statement(
            hit.clause.heading or readable(hit.clause.text)[:_EXCERPT],
            None,
            f"《{hit.notice.card.title}》{hit.clause.cite}",
        )
        for hit in nearest[:_NEAREST]
    )
    return AnswerForm(FormKind.NOTHING, reason, statements)
