"""Evidence → an answer made of the clauses' own words, with markers and verbatim quotes."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.bodies import Body
from assistant.confidence import confidence_of
from assistant.evidence import SHOWN, Evidence
from assistant.forms import Shown, bold_figures, show
from assistant.ranking import Ranked
from assistant.types import Answer, Citation, QuestionKind, Understood
from assistant.vocabulary import Vocabulary
from index.types import Hit

#: A brief answer is read in one breath; lists, comparisons and a body's tasks are complete instead.
_BRIEF, _LISTED, _COMPARED, _TASK = 280, 900, 220, 160
#: Nearest clauses shown when nothing answers.
_NEAREST = 3

NOTHING = "语料中没有条款回答这个问题。"


def compose(
    understood: Understood, evidence: Evidence, vocabulary: Vocabulary, refusal: str | None
) -> Answer:
    """The answer; with a `refusal` (why no clause answers) an abstention that shows the nearest clauses."""
    retrieved = tuple(r.hit for r in evidence.ranked[:SHOWN])
    if refusal is not None or not evidence.chosen:
        plain = _abstention(refusal or NOTHING, retrieved)
        return Answer(bold_figures(plain), True, (), retrieved, understood, plain)
    shown = [
        show(understood, r.hit.clause, _budget(understood, len(evidence.chosen))) for r in evidence.chosen
    ]
    citations = tuple(
        cite(i, r.hit, s) for i, (r, s) in enumerate(zip(evidence.chosen, shown, strict=True), 1)
    )
    plain = _worded(understood, evidence, shown, citations, vocabulary)
    confidence = confidence_of(evidence)
    return Answer(bold_figures(plain), False, citations, retrieved, understood, plain, confidence)


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
    )


def source_line(citation: Citation) -> str:
    """One line that says where a marker points: [1] 《title》issuer，date，address."""
    parts = [p for p in (citation.issuer, citation.issued, citation.clause.cite) if p]
    return f"[{citation.marker}] 《{citation.title}》{'，'.join(parts)}"


def _budget(understood: Understood, chosen: int) -> int:
    if understood.kind is QuestionKind.COMPARE:
        return _COMPARED
    if understood.kind is QuestionKind.UNIT_TASKS and chosen > 1:
        return _TASK
    return _LISTED if understood.kind is QuestionKind.LIST else _BRIEF


def _worded(
    understood: Understood,
    evidence: Evidence,
    shown: Sequence[Shown],
    citations: Sequence[Citation],
    vocabulary: Vocabulary,
) -> str:
    if understood.kind is QuestionKind.COMPARE:
        return _comparison(evidence, shown)
    if understood.kind is QuestionKind.UNIT_TASKS and len(shown) > 1:
        return _tasks(understood, evidence.chosen, shown, vocabulary)
    if len(shown) == 1:
        return f"{shown[0].text}[1]\n{source_line(citations[0])}"
    lines = [f"{s.text}[{i}]" for i, s in enumerate(shown, 1)]
    return "\n".join([*lines, *(source_line(c) for c in citations)])


def _comparison(evidence: Evidence, shown: Sequence[Shown]) -> str:
    lines = []
    notices = {(r.hit.notice.card.region, r.hit.notice.id) for r in evidence.chosen}
    regions = [region for region, _ in notices]
    for i, (ranked, part) in enumerate(zip(evidence.chosen, shown, strict=True), 1):
        card = ranked.hit.notice.card
        one_of_several = card.region is None or regions.count(card.region) > 1
        name = f"《{card.title}》" if one_of_several else card.region
        lines.append(f"{name}（{ranked.hit.clause.cite}）：{part.text}[{i}]")
    lines += [f"{name}：语料中没有条款回答。" for name in evidence.blank]
    return "\n".join(lines)


def _tasks(
    understood: Understood, chosen: Sequence[Ranked], shown: Sequence[Shown], vocabulary: Vocabulary
) -> str:
    names = "、".join(understood.units)
    lines = [f"{names}共{len(chosen)}项："]
    for i, (ranked, part) in enumerate(zip(chosen, shown, strict=True), 1):
        bodies = vocabulary.view(ranked.hit.notice.id).bodies[ranked.hit.clause.id]
        lines.append(f"{i}. {_role_of(understood, bodies)}{part.text}（{ranked.hit.clause.cite}）[{i}]")
    return "\n".join(lines)


def _role_of(understood: Understood, bodies: Sequence[Body]) -> str:
    roles = dict.fromkeys(str(b.role.value) for b in bodies if b.name in understood.units)
    return f"【{'、'.join(roles)}】" if roles else ""


def _abstention(reason: str, nearest: Sequence[Hit]) -> str:
    if not nearest:
        return reason
    lines = [reason, "最接近的条款（不是答案）："]
    for hit in nearest[:_NEAREST]:
        lines.append(
            f"· 《{hit.notice.card.title}》{hit.clause.cite}：{hit.clause.heading or hit.clause.text[:40]}"
        )
    return "\n".join(lines)
