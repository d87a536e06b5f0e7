"""When no clause answers: the stated rules by which the program says so instead of showing a near miss."""

from __future__ import annotations

import re

from assistant.evidence import Evidence
from assistant.ranking import body_text
from assistant.types import QuestionKind, Understood, Want
from assistant.wording import comparable

_MONEY = re.compile(r"\d(?:\.\d+)?(?:[万亿千百]*元|万|亿)|免费|元/")
_CONTACT = re.compile(r"\d{7,}|\d{3,4}-\d{7,}|@|www|http")
_PERSON = re.compile(r"组长[:：]|联系人[:：]|姓名[:：]")
#: Below this share of the question's words the best clause is only near.
_COVERED = 0.18


def refusal_of(understood: Understood, evidence: Evidence) -> str | None:
    """Why no clause answers, as one sentence for the reader, or None when the evidence stands.

    Rules: a place that the corpus does not hold; an address that does not exist; a wanted thing (money, a
    person's name, a contact) that no chosen clause holds; too few of the question's words in the best clause.
    """
    if understood.unknown_places and understood.kind is not QuestionKind.COMPARE:
        places = "、".join(understood.unknown_places)
        return f"语料中没有{places}的文件，没有条款回答这个问题。"
    if evidence.no_such_place and understood.address is not None:
        return f"所问文件里没有“{understood.address.text.strip()}”这一处，没有条款回答这个问题。"
    if not evidence.chosen:
        return "语料中没有条款回答这个问题。"
    lacking = _lacking(understood, evidence)
    if lacking:
        return f"语料中没有条款回答这个问题：有关条款没有写明{lacking}。"
    exact = understood.address is not None or understood.kind is QuestionKind.UNIT_TASKS
    if not exact and max(r.covered for r in evidence.chosen) < _COVERED:
        return "语料中没有条款回答这个问题。"
    return None


def _lacking(understood: Understood, evidence: Evidence) -> str | None:
    text = comparable("\n".join(body_text(r.hit.clause) for r in evidence.chosen))
    for want, pattern, name in (
        (Want.CONTACT, _CONTACT, "联系方式"),
        (Want.PERSON, _PERSON, "姓名"),
        (Want.MONEY, _MONEY, "金额"),
    ):
        if want in understood.wants and not pattern.search(text):
            return name
    return None
