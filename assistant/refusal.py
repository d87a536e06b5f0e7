"""When no clause answers: the stated rules by which the program says so instead of showing a near miss."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.ranking import body_text, context
from assistant.sentences import presence
from assistant.types import QuestionKind, Term, Understood, Want
from assistant.vocabulary import Vocabulary
from assistant.wording import comparable, years

NOTHING = "语料中没有条款回答这个问题"

#: What a clause must hold to answer a question that wants it, and its name.
_PROOFS = (
    (Want.CONTACT, re.compile(r"\d{7,}|\d{3,4}-\d{7,}|@|www|http"), "联系方式"),
    (Want.PERSON, re.compile(r"组长:|主任:|联系人:|姓名:"), "姓名"),
    (Want.MONEY, re.compile(r"\d(?:\.\d+)?[万亿千百]*元|免费|元/|元\)?:\d"), "金额"),
    (Want.FREQUENCY, re.compile(r"每[年月季周日天半]|每\d|一[年月季周日天]\d?次|\d次"), "次数"),
)
#: Below this share of the question's words the best clause has nothing to do with it.
_COVERED = 0.04
#: Nothing found is even like the question (cosine of the shipped model), and the best has few of its words.
_UNLIKE, _THIN = 0.24, 0.27
#: Latin letters that name an indicator or a technique (AQI, VOCs): notices write them or do not speak of it.
_ACRONYM = re.compile(r"[a-z][a-z0-9.]{1,}")


def refusal_of(understood: Understood, evidence: Evidence, vocabulary: Vocabulary) -> str | None:
    """Why no clause answers, as one sentence for the reader, or None when the evidence stands.

    The rules, in order: a place that the corpus does not hold; an address that does not exist; a subject of
    which the notices asked have not a word; a year that they do not reach; a wanted thing (money, a name, a
    contact, how often) that the best clause does not state; next to none of the question's words in it,
    or few of them and nothing that is like it.
    A comparison is answered with blanks instead.
    """
    if understood.kind is QuestionKind.COMPARE and evidence.chosen:
        return None
    if understood.unknown_places:
        return f"语料中没有{'、'.join(understood.unknown_places)}的文件，没有条款回答这个问题。"
    if evidence.no_such_place and understood.address is not None:
        return f"所问文件里没有“{understood.address.text}”这一处，没有条款回答这个问题。"
    return _unsupported(understood, evidence, vocabulary)


def _unsupported(understood: Understood, evidence: Evidence, vocabulary: Vocabulary) -> str | None:
    """Why the clauses found do not answer, or None; what was taken from an address or a column stands."""
    if evidence.chosen and (understood.address is not None or understood.kind is QuestionKind.UNIT_TASKS):
        return None
    if not evidence.chosen:
        return f"{NOTHING}。"
    reason = (
        _missing_subject(understood, vocabulary)
        or _missing_year(understood, evidence, vocabulary)
        or _missing_proof(understood, evidence)
    )
    if reason:
        return f"{NOTHING}：{reason}。"
    covered = max(r.covered for r in evidence.chosen)
    likeness = max((r.hit.dense for r in evidence.ranked if r.hit.dense is not None), default=1.0)
    if covered < _COVERED or (likeness < _UNLIKE and covered < _THIN):
        return f"{NOTHING}。"
    return None


def _missing_subject(understood: Understood, vocabulary: Vocabulary) -> str | None:
    """The question's words, when the notices asked have none of them, not even by half; or an acronym."""
    text = vocabulary.text_of(understood.filters.notices)
    terms = [t for t in understood.terms if not t.asking]
    absent = [t.word for t in terms if _is_absent(t, text)]
    acronyms = [w for w in absent if _ACRONYM.fullmatch(w)]
    if acronyms:
        return f"所问文件里没有提到{'、'.join(a.upper() for a in acronyms)}"
    if len(terms) > 1 and len(absent) == len(terms):
        return f"所问文件里没有提到{'、'.join(absent)}"
    return None


def _is_absent(term: Term, text: str) -> bool:
    return not presence(term.word, text) and not any(form in text for form in term.forms)


def _missing_year(understood: Understood, evidence: Evidence, vocabulary: Vocabulary) -> str | None:
    """The years asked for, when neither the notice's period nor its text reaches any of them."""
    if not understood.years:
        return None
    for ranked in evidence.chosen:
        card = ranked.hit.notice.card
        first, last = card.period or (0, -1)
        stated = years(context(ranked.hit.clause) + card.title)
        if any(first <= y <= last or y in stated for y in understood.years):
            return None
    text = vocabulary.text_of(frozenset(r.hit.notice.id for r in evidence.chosen))
    if any(f"{y}年" in text for y in understood.years):
        return None
    return f"所问文件没有写到{'、'.join(f'{y}年' for y in understood.years)}"


def _missing_proof(understood: Understood, evidence: Evidence) -> str | None:
    text = comparable("\n".join(body_text(r.hit.clause) for r in evidence.chosen))
    missing: Sequence[str] = [
        name for want, proof, name in _PROOFS if want in understood.wants and not proof.search(text)
    ]
    return f"有关条款没有写明{'、'.join(missing)}" if missing else None
