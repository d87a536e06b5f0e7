"""What a turn inherits from the dialogue: the region, and the subject where it has none of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.deadlines import date_in
from assistant.target_questions import without_condition
from assistant.terms import terms_of
from assistant.types import ChipKind, Deadline, QuestionKind, Term, Understood
from assistant.understanding.question import in_regions, query_of
from assistant.vocabulary import Vocabulary

#: Terms of an earlier turn count this much beside terms of the turn's own, and this much when it has none.
_CARRIED, _CARRIED_ALONE = 0.35, 1.0
#: A turn whose own words weigh less than this says too little to stand alone.
_NO_SUBJECT, _WHOLE_SUBJECT = 1.0, 12.0
#: One that names its region besides is whole with one telling word (澄浦市2027年PM2.5要降到多少).
_NAMED_SUBJECT = 4.0

#: 那么…, 给他们…, 企业那边…, …呢: it goes on from what was said.
_FOLLOWS = re.compile(
    r"^(?:那么?|这|它|其|该|还有|另外|然后|.{0,2}[他她它]们|.{1,5}(?:那边|这边|方面))|呢[？?]?$"
)
_SUBJECT_OF_ASKING = re.compile(r"(.{2,}?)(?:要|得|应)?(?:降到|降至|控制在|达到|提高到|是)(?:多少|几)")
#: 那河道呢, 公办的呢: another one of the kind spoken of.
_CONTRASTS = re.compile(r"^.{1,12}呢(?:[？?，,]|$)")
#: 各省, 哪些市, 所有文件: everything is asked for, not the region spoken of before.
_EVERYWHERE = re.compile(r"(?:各|所有|全部|哪些|哪几个|哪个|每个)(?:省|市|县|区|地|文件|方案|通知)(?!级|直)")


def continued(turn: Understood, previous: Understood, vocabulary: Vocabulary) -> Understood:
    """`turn` with what it leaves out and `previous` said; what was carried is in `inherited`."""
    turn = replace(turn, said=(*previous.said, *turn.said))
    turn = _with_region(turn, previous, vocabulary)
    turn = _with_indicator(turn, previous, vocabulary)
    if ChipKind.INDICATOR in turn.inherited:
        return turn
    weight = _own_weight(turn) + _asked_weight(turn)
    elliptical = weight < _NO_SUBJECT and turn.address is None
    follows = elliptical or turn.address is not None or bool(_FOLLOWS.search(turn.question))
    if not follows and (weight >= _WHOLE_SUBJECT or _stands_alone(turn, weight)):
        return turn
    contrasted = not elliptical and bool(_CONTRASTS.search(turn.question))
    return _with_topic(replace(turn, elliptical=elliptical, contrasted=contrasted), previous)


def _stands_alone(turn: Understood, weight: float) -> bool:
    """True when the turn says itself which region or document it is about, and of whom or what."""
    names_place = bool(turn.scopes or turn.unknown_places) and ChipKind.PLACE not in turn.inherited
    return names_place and (weight >= _NAMED_SUBJECT or bool(turn.units))


def _asked_weight(turn: Understood) -> float:
    """What the words of asking say of a subject: PM2.5 of PM2.5要降到多少, nothing of 什么时候生效."""
    return _NAMED_SUBJECT * any(t.asking and _SUBJECT_OF_ASKING.match(t.word) for t in turn.terms)


def _own_weight(turn: Understood) -> float:
    return sum(t.weight for t in turn.terms if not t.asking)


def _with_region(turn: Understood, previous: Understood, vocabulary: Vocabulary) -> Understood:
    """The last region spoken of, unless the turn names its own, asks everywhere, or has a subject that only
    other notices know."""
    if turn.scopes or turn.unknown_places or not previous.scopes or _EVERYWHERE.search(turn.question):
        return turn
    scopes = previous.scopes[-1:]
    notices = frozenset(n for s in scopes for n in s.notices)
    if _foreign(turn, notices, vocabulary):
        return turn
    return replace(in_regions(turn, scopes, vocabulary, named=0), inherited=turn.inherited | {ChipKind.PLACE})


def _foreign(turn: Understood, notices: frozenset[str], vocabulary: Vocabulary) -> bool:
    """True for a whole question of which these notices have not a word and others do."""
    own = [t for t in turn.terms if not t.asking and len(t.word) > 1]
    if _own_weight(turn) < _WHOLE_SUBJECT or _FOLLOWS.search(turn.question):
        return False
    text = vocabulary.text_of(notices)
    held = any(t.word in text or any(form in text for form in t.forms) for t in own)
    return not held and all(t.known for t in own)


def _with_indicator(turn: Understood, previous: Understood, vocabulary: Vocabulary) -> Understood:
    """The indicator and year spoken of, where the turn only asks who meets a condition (哪些省高于5%)."""
    if turn.indicator or not previous.indicator or turn.kind is not QuestionKind.COMPARE:
        return turn
    if terms_of(without_condition(turn.question), vocabulary):
        return turn
    inherited = {ChipKind.INDICATOR} | ({ChipKind.YEAR} if previous.years and not turn.years else set())
    return replace(
        turn,
        indicator=previous.indicator,
        years=turn.years or previous.years,
        inherited=turn.inherited | inherited,
    )


def with_default_indicator(understood: Understood, vocabulary: Vocabulary) -> Understood:
    """The indicator that most notices have a target for, where only a value is asked for (哪些省高于5%)."""
    if understood.indicator or understood.condition is None or understood.kind is not QuestionKind.COMPARE:
        return understood
    if understood.scopes or terms_of(without_condition(understood.question), vocabulary):
        return understood
    name = vocabulary.most_stated(understood.condition.unit)
    return replace(understood, indicator=name) if name else understood


def _with_topic(turn: Understood, previous: Understood) -> Understood:
    """`turn` with the subject of the turn before, weighted by how much of a subject the turn has itself."""
    share = _CARRIED_ALONE if turn.elliptical else _CARRIED
    own_words = {t.word for t in turn.terms}
    topic = tuple(
        replace(t, weight=t.weight * share, carried=True)
        for t in _subject(previous)
        if t.word not in own_words
    )
    inherited = set(turn.inherited)
    if topic:
        inherited.add(ChipKind.TOPIC)
    years = turn.years
    if turn.elliptical and not years and previous.years:
        years = previous.years
        inherited.add(ChipKind.YEAR)
    deadline = _deadline(turn, previous)
    if deadline is not None and turn.deadline is None and deadline == previous.deadline:
        inherited.add(ChipKind.DEADLINE)
    terms = turn.terms + topic
    turn = replace(turn, deadline=deadline, years=years, terms=terms, query=query_of(turn.question, terms))
    turn = _with_form(_with_part(turn, previous), previous)
    return replace(turn, inherited=frozenset(inherited))


def _deadline(turn: Understood, previous: Understood) -> Deadline | None:
    """The deadline listed by before, or the turn's own date in its place (那2022年底前呢)."""
    if turn.deadline is not None or previous.deadline is None or not turn.elliptical or turn.wants:
        return turn.deadline
    return date_in(turn.question) or previous.deadline


def _with_part(turn: Understood, previous: Understood) -> Understood:
    """The attachment spoken of, as long as the region stays and the turn points at no other part."""
    same_scope = {s.name for s in turn.scopes} == {s.name for s in previous.scopes[-1:]}
    if turn.hinted or turn.part is not None or not same_scope or turn.filters.attachments:
        return turn
    return replace(turn, hinted=previous.hinted)


def _with_form(turn: Understood, previous: Understood) -> Understood:
    """The kind of answer asked for before, where the turn only names another region or year (那嘉兴呢)."""
    if not turn.elliptical or turn.wants or turn.kind is not QuestionKind.TASK:
        return turn
    kind = previous.kind
    if kind is QuestionKind.COMPARE and len(turn.scopes) == 1:
        kind = QuestionKind.FACT
    return replace(turn, kind=kind, wants=previous.wants)


def _subject(understood: Understood) -> tuple[Term, ...]:
    """What a turn is about: its terms without the words of asking, which are all of 臭氧要控制在多少."""
    return tuple(t for t in understood.terms if not t.asking) or understood.terms
