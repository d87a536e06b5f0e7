"""A backend that answers in every form, reads its questions as chips, and remembers what it was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.types import (
    Answer,
    AnswerForm,
    Cell,
    Chart,
    Chip,
    ChipKind,
    Citation,
    FormKind,
    Group,
    QuestionKind,
    Statement,
    Table,
    Understood,
)
from ingest.document import Place
from ingest.notice import Clause
from tests.assistant.page.fake import (
    HOSTILE,
    HOSTILE_CLAUSES,
    HOSTILE_NOTICE,
    LANZHOU,
    LANZHOU_CLAUSES,
    FakeBackend,
    answer_to,
)

_BY_ID = {clause.id: clause for clause in (*LANZHOU_CLAUSES, *HOSTILE_CLAUSES)}


def cited(marker: int, clause: Clause | str, quote: str = "") -> Citation:
    """A citation of an invented clause."""
    target = _BY_ID[clause] if isinstance(clause, str) else clause
    notice = HOSTILE_NOTICE if target.id.startswith("h") else LANZHOU
    card = notice.card
    return Citation(
        marker,
        quote or target.text,
        target,
        notice.name,
        card.title,
        card.issuer,
        card.issued,
        notice.id,
        card.doc_number,
    )


PASSAGES = AnswerForm(
    FormKind.PASSAGES,
    statements=(
        Statement("92%", 1, "到2025年"),
        Statement("到2027年，全市地表水优良比例达到96%。", 2),
    ),
    folded=(Statement("劣V类水体全面消除。", 2),),
    notes=("两处说法不一致：92%[1]，96%[2]。",),
)
TASKS = AnswerForm(
    FormKind.ITEMS,
    "市水务局共16项：",
    groups=(
        Group("牵头", (Statement("完成青溪、白沙河清淤12公里", 1, "附件1#1"),)),
        Group(
            "配合",
            tuple(Statement(f"=1+{n}{HOSTILE if n == 3 else ''}", 2, "附件1#2") for n in range(1, 16)),
        ),
    ),
    count=16,
)
COMPARISON = AnswerForm(
    FormKind.COMPARISON,
    "2027年优良比例目标，共2个地区：",
    table=Table(
        ("地区", "优良比例"),
        (
            (Cell("岚州市"), Cell("达到96%", (1,), 96.0)),
            (Cell(f"北泽市{HOSTILE}"), Cell("达到90.5%", (2,), 90.5)),
            (Cell("澄浦市"), Cell("账本里没有这项目标")),
        ),
    ),
    chart=Chart("2027年优良比例", ("岚州市", f"北泽市{HOSTILE}"), (96.0, 90.5), "%"),
    count=2,
)
_WATER = (
    cited(1, "c2", "到2025年，全市地表水优良比例达到92%"),
    cited(2, "c2", "到2027年，全市地表水优良比例达到96%"),
)
_PIPES = replace(_BY_ID["c3"], place=Place(page=2, confidence=0.914))
_ANSWERS = (
    (
        ("谁负责恶意",),
        AnswerForm(FormKind.WHO, statements=(Statement(f"水务局{HOSTILE}", 1, f"牵头单位{HOSTILE}"),)),
        (cited(1, "h2"),),
    ),
    (("比较", "各市"), COMPARISON, (cited(1, "c2", "达到96%"), cited(2, "h1"))),
    (("哪些任务",), TASKS, (cited(1, "c8"), cited(2, "c9"))),
    (("两处",), PASSAGES, _WATER),
    (
        ("牵头",),
        AnswerForm(FormKind.WHO, statements=(Statement("市住房和城乡建设局", 1, "牵头单位"),)),
        (cited(1, "c2", "水质目标"),),
    ),
    (
        ("扫描",),
        AnswerForm(FormKind.PASSAGES, statements=(Statement("2026年6月底前完成。", 1),)),
        (cited(1, _PIPES, "2026年6月底前"),),
    ),
)


class FormsBackend(FakeBackend):
    """Answers in forms, with the chips of a place, a year (carried after the first turn) and a kind."""

    def answer(self, turns: Sequence[str], struck: frozenset[str]) -> Answer:
        answer = _answer(turns[-1])
        chips = (
            Chip(ChipKind.PLACE, "岚州市", "地区：岚州市", len(turns) > 1),
            Chip(ChipKind.YEAR, "2027", f"年份：2027年{HOSTILE if '恶意' in turns[-1] else ''}"),
        )
        kept = tuple(chip for chip in chips if chip.id not in struck)
        return replace(answer, understood=replace(answer.understood, chips=kept, years=(2027,)))


def _answer(question: str) -> Answer:
    for words, form, citations in _ANSWERS:
        if any(word in question for word in words):
            understood = Understood(question=question, query=question, kind=QuestionKind.FACT)
            text = "\n".join([form.lead, *(s.text for s in form.statements)]).strip()
            return Answer(text, False, citations, (), understood, plain=text, form=form)
    return answer_to(question)
