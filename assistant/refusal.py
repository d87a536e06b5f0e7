"""When no clause answers: stated rules first, then the weighed signs; a near miss is shown as that."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.addresses import number_of
from assistant.evidence import Evidence
from assistant.listing import nothing_due
from assistant.ranking import body_text, context
from assistant.sentences import presence, sentences
from assistant.support import Signs, calibration
from assistant.types import ChipKind, QuestionKind, Term, Understood, Want
from assistant.vocabulary import Vocabulary
from assistant.wording import comparable, years

NOTHING = "语料中没有条款回答这个问题"
NEAREST_ONLY = "没有找到直接回答这个问题的条款"

#: What a clause must hold to answer a question that wants it, and its name.
_PROOFS = (
    (Want.CONTACT, re.compile(r"\d{7,}|\d{3,4}-\d{7,}|@|www|http"), "联系方式"),
    (Want.PERSON, re.compile(r"组长:|主任:|联系人:|姓名:"), "姓名"),
    (Want.MONEY, re.compile(r"\d(?:\.\d+)?[万亿千百]*元|免费|元/|元\)?:\d"), "金额"),
    (Want.FREQUENCY, re.compile(r"每[年月季周日天半]|每\d|一[年月季周日天]\d?次|\d次"), "次数"),
)
#: Latin letters that name an indicator or a technique (AQI, VOCs): notices write them or do not speak of it.
_WHICH_OF = re.compile(
    r"(\d{1,3}|[三四五六七八九十]{1,3})[个家条座所处项名].{0,16}?(?:是哪|有哪|分别是|名单|叫什么|具体是)"
)
#: Next to none of the question's words, in nothing that is like it (cosine of the shipped model).
_STRANGE, _UNLIKE = 0.1, 0.24
#: Two things are named without a list of names.
_FEW = 3
_BETWEEN = re.compile(r"[、,，;；和及]")
_ACRONYM = re.compile(r"[a-z][a-z0-9.]{1,}")


def refusal_of(
    understood: Understood, evidence: Evidence, vocabulary: Vocabulary, signs: Signs
) -> str | None:
    """Why no clause answers, as one sentence for the reader, or None when the evidence stands.

    First the rules (see `refusal_by_rule`), then, for what they leave open, the support that the signs give
    (see `assistant.support`). A comparison is answered with blanks instead; what was taken from an address or
    from a column stands.
    """
    if (reason := refusal_by_rule(understood, evidence, vocabulary)) is not None:
        return reason
    if not is_weighed(understood, evidence):
        return None
    numbers = calibration()
    support = numbers.answerable.probability(signs)
    goes_on = ChipKind.TOPIC in understood.inherited
    if not goes_on and signs.covered < _STRANGE and signs.likeness < _UNLIKE:
        support = 0.0
    if support >= numbers.nearest:
        return None
    absent = _absent(understood, vocabulary)
    reason = f"：所问文件里没有提到{'、'.join(absent)}" if absent else ""
    return f"{NOTHING if support < numbers.nothing else NEAREST_ONLY}{reason}。"


def is_weighed(understood: Understood, evidence: Evidence) -> bool:
    """True where the clauses were chosen by likeness, and not by address, from columns or by region."""
    compared = understood.kind is QuestionKind.COMPARE
    return bool(evidence.chosen) and not compared and not evidence.complete and understood.address is None


def refusal_by_rule(understood: Understood, evidence: Evidence, vocabulary: Vocabulary) -> str | None:
    """The first reason that holds: a place that the corpus does not hold; an address that does not exist;
    nothing found; an acronym of which the notices asked have not a letter; a year that they do not reach; a
    wanted thing (money, a name, a contact, how often) that the clauses chosen do not state."""
    if understood.kind is QuestionKind.COMPARE and evidence.chosen:
        return None
    if understood.unknown_places:
        return f"语料中没有{'、'.join(understood.unknown_places)}的文件，没有条款回答这个问题。"
    if evidence.no_such_place and understood.address is not None:
        return f"所问文件里没有“{understood.address.text}”这一处，没有条款回答这个问题。"
    if not evidence.chosen:
        return f"{nothing_due(understood, evidence.listing) if evidence.listing else NOTHING}。"
    if understood.address is not None or evidence.listing is not None:
        return None
    reason = (
        _missing_acronym(understood, vocabulary)
        or _missing_year(understood, evidence, vocabulary)
        or _missing_proof(understood, evidence)
        or _missing_names(understood, evidence)
    )
    return f"{NOTHING}：{reason}。" if reason else None


def _missing_acronym(understood: Understood, vocabulary: Vocabulary) -> str | None:
    acronyms = [w.upper() for w in _absent(understood, vocabulary) if _ACRONYM.fullmatch(w)]
    return f"所问文件里没有提到{'、'.join(acronyms)}" if acronyms else None


def _absent(understood: Understood, vocabulary: Vocabulary) -> list[str]:
    """The question's words of which the notices asked have nothing, not even by half."""
    text = vocabulary.text_of(understood.filters.notices)
    return [t.word for t in understood.terms if not t.asking and not t.carried and _is_absent(t, text)]


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


def _missing_names(understood: Understood, evidence: Evidence) -> str | None:
    """For a question of which ones a stated number of things are: that the clauses only count them."""
    match = _WHICH_OF.search(understood.question)
    number = number_of(match.group(1)) if match else None
    if number is None or number < _FEW or len(evidence.chosen) >= number:
        return None
    texts = (s.text for r in evidence.chosen for s in sentences(body_text(r.hit.clause)))
    named = max((len(_BETWEEN.findall(text)) for text in texts), default=0)
    return "有关条款没有写明名单" if named < number - 1 else None
