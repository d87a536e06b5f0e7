"""One sentence of an answer against the clauses it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from assistant.bodies import core_name
from assistant.checking.dates import dates, governing_date, is_base
from assistant.checking.directions import reversed_directions
from assistant.checking.ground import Cited, Ground, Known, ground_of
from assistant.checking.mention import Mention, Subject, misplaced
from assistant.checking.names import ALLOWED, bodies, names_body, names_place, places, role_of, same_body
from assistant.checking.negations import unsupported_negations
from assistant.checking.plain import plain
from assistant.checking.quantities import Quantity, quantities
from assistant.checking.verdict import Fault, FaultKind, Verdict
from assistant.wording import pairs

_MARKER = re.compile(r"\[\d{1,3}\]|\*\*")
_PIECE = re.compile(r"\.{3,}|[。;!?|]+")
#: A run of a clause that begins after these, or stops before those, says something else than the clause.
_CUT_BEFORE = re.compile(r"(?:[\d.]|[不未无没勿]|严禁|禁止|[低高少多大小]于|超过|不足)$")
_CUT_AFTER = re.compile(r"[以之][上下内外前后]|左右|的?除外")
_CUT_NUMBER = re.compile(r"[\d.%‰万亿千百个]|[\u4e00-\u9fff]")
_QUOTED = re.compile(r"“([^”]{2,})”|「([^」]{2,})」")
_TITLE = re.compile(r"《([^》]+)》")
_NUMBERED = re.compile(r"[\u4e00-\u9fff]{0,8}[〔\[(]\d{4}[〕\])]\d+号")
#: What addresses are made of (see `Clause.cite`): 二（三）7, 附件1#3.1, 第十条第二款（三）, 3.2.1.
_NUMERAL = "[一二三四五六七八九十百]"
_ADDRESS = re.compile(
    rf"\(((?:附件目录|附件|附表|附录|前言|引言|结语|通知|备注|新闻摘要|[第章节条款项是要#.|]|{_NUMERAL}|\d"
    rf"|\((?:{_NUMERAL}+|\d+)\)|——[^()]{{1,30}})+)\)(?=[:;。,]|$)"
)
#: What an issuer does; in any other sentence a body must be named by the clause itself.
_ISSUES = re.compile("[、和与及]?[^,。;]{0,12}?(?:印发|发布|要求|规定|明确|提出)")
#: The share of a sentence's pairs of characters that its clauses must have, and of any longer part of it.
_CONTENT, _PART, _PART_LENGTH = 0.5, 0.3, 6


def check_sentence(sentence: str, cited: Sequence[Cited], known: Known | None = None) -> Verdict:
    """Whether the `cited` clauses say what `sentence` says; the verdict names everything that they do not.

    The sentence may have ** and [1] marks, a label before a colon, 列：值 pairs of a row and its address in
    brackets. Words that stand in a clause as they are pass at once; all other words are read for their
    numbers, dates, negations, bodies and places, each of which must stand in a clause in the same relation.
    """
    return check_against(sentence, ground_of(cited, known))


def check_against(sentence: str, ground: Ground) -> Verdict:
    """`check_sentence` over a ground that several sentences share."""
    text = plain(_MARKER.sub("", sentence))
    if not ground.cited:
        return Verdict((Fault(FaultKind.ADDRESS, sentence),))
    text = _without_addresses(text, ground)
    faults = [*_addresses(text, ground), *_documents(text, ground)]
    for piece in _PIECE.split(text):
        if piece.strip(",、:") and not stands(piece.strip(","), ground):
            # Titles and numbers of documents were read above: their years are no statement.
            faults += _faults_of(_NUMBERED.sub("", _TITLE.sub("", piece)), ground)
    return Verdict(tuple(dict.fromkeys(faults)))


def _faults_of(piece: str, ground: Ground) -> Iterator[Fault]:
    """The faults of words that stand in no clause as they are; the name of a place may be set before some."""
    label, colon, rest = piece.partition(":")
    named = tuple(places(label, ground.known.places))
    if colon and named and sum(m.end - m.start for m in named) == len(label):
        yield from (Fault(FaultKind.PLACE, m.value) for m in named if not _is_here(m.value, ground))
        if rest and not stands(rest, ground):
            yield from _faults(rest, ground)
        return
    yield from _faults(piece, ground)


def stands(piece: str, ground: Ground) -> bool:
    """True for a run of a clause that is not cut inside a number or beside a negation or a comparator."""
    for text in ground.statements:
        at = text.find(piece)
        while at >= 0:
            ahead, behind = text[:at][-4:], text[at + len(piece) :][:4]
            number = piece[-1:].isdigit() and _CUT_NUMBER.match(behind)
            if not (_CUT_BEFORE.search(ahead) or _CUT_AFTER.match(behind) or number):
                return True
            at = text.find(piece, at + 1)
    return False


def _faults(piece: str, ground: Ground) -> Iterator[Fault]:
    yield from _dates(piece, ground)
    yield from _quantities(piece, ground)
    for negated in unsupported_negations(_without_places(piece, ground), ground.statements):
        yield Fault(FaultKind.NEGATION, negated)
    for turned in reversed_directions(piece, ground.statements):
        yield Fault(FaultKind.DIRECTION, turned)
    yield from _bodies(piece, ground)
    yield from _places(piece, ground)
    yield from _content(piece, ground)


def _without_addresses(text: str, ground: Ground) -> str:
    """`text` without the addresses of the cited clauses, in brackets or as a label before a colon."""
    for cite in {plain(c.clause.cite) for c in ground.cited}:
        text = text.replace(f"({cite})", "").removeprefix(f"{cite}:")
    return text


def _addresses(text: str, ground: Ground) -> Iterator[Fault]:
    """Addresses that remain: those of clauses that are not cited, unless a cited clause refers to them."""
    for match in _ADDRESS.finditer(text):
        if not any(match.group() in there for there in ground.statements):
            yield Fault(FaultKind.ADDRESS, match.group(1))


def _documents(text: str, ground: Ground) -> Iterator[Fault]:
    for match in _QUOTED.finditer(text):
        words = (match.group(1) or match.group(2)).strip(",。;")
        if not any(words in there for there in ground.texts):
            yield Fault(FaultKind.QUOTE, words)
    for match in (*_TITLE.finditer(text), *_NUMBERED.finditer(text)):
        name = match.group(1) if match.re is _TITLE else match.group()
        if not any(name in there for there in ground.texts):
            yield Fault(FaultKind.DOCUMENT, match.group())


def _dates(piece: str, ground: Ground) -> Iterator[Fault]:
    mentioned = tuple(dates(piece))
    for mention in mentioned:
        there = [date for date in ground.said(ground.dates) if is_base(date) == is_base(mention)]
        known = any(mention.value.said_by(date.value) for date in ground.dates)
        if not known or misplaced(mention, mentioned, there, mention.value.said_by, Subject.BEHIND):
            yield Fault(FaultKind.DATE, mention.printed)


def _quantities(piece: str, ground: Ground) -> Iterator[Fault]:
    mentioned = tuple(quantities(_without_places(piece, ground)))
    for mention in mentioned:
        fault = _fault_of(mention, ground)
        if fault is None and not mention.value.ordinal:
            fault = _relation_fault(mention, mentioned, piece, ground)
        if fault is not None:
            yield Fault(fault, mention.printed)


def _relation_fault(
    mention: Mention[Quantity], mentioned: Sequence[Mention[Quantity]], piece: str, ground: Ground
) -> FaultKind | None:
    """NUMBER for a figure that the clause has of something else, DATE for one of another year."""
    agrees = partial(_agrees, mention.value)
    counted = [m for m in mentioned if not m.value.ordinal]
    there = [m for m in ground.said(ground.quantities) if not m.value.ordinal]
    if misplaced(mention, counted, there, agrees, Subject.BEFORE):
        return FaultKind.NUMBER
    same = [m for m in ground.quantities if agrees(m.value)]
    return None if _in_its_year(mention, piece, same) else FaultKind.DATE


def _in_its_year(mention: Mention[Quantity], piece: str, same: Sequence[Mention[Quantity]]) -> bool:
    """False when the sentence says a figure of another year than every clause that has the figure."""
    said = governing_date(piece, mention.start)
    if said is None:
        return True
    years = [governing_date(there.text, there.start) for there in same]
    return any(year is None or said.said_by(year) for year in years)


_ORDER = (FaultKind.NUMBER, FaultKind.UNIT, FaultKind.COMPARATOR, FaultKind.DIRECTION)


def _fault_of(mention: Mention[Quantity], ground: Ground) -> FaultKind | None:
    """What is wrong with a figure when the nearest one of the clauses is taken; None when one agrees."""
    worst = FaultKind.NUMBER
    for there in ground.quantities:
        if _agrees(mention.value, there.value):
            return None
        fault = mention.value.fault_against(there.value)
        if fault is not None and _ORDER.index(fault) > _ORDER.index(worst):
            worst = fault
    return worst


def _agrees(said: Quantity, there: Quantity) -> bool:
    return said.fault_against(there) is None


def _bodies(piece: str, ground: Ground) -> Iterator[Fault]:
    mentioned = tuple(bodies(piece, ground.known.bodies))
    for mention in mentioned:
        name = mention.value
        issued = _ISSUES.match(piece, mention.end) is not None
        if not names_body(ground.texts if issued else ground.spoken, name):
            yield Fault(FaultKind.BODY, name)
            continue
        if misplaced(mention, mentioned, ground.bodies, partial(same_body, name), None):
            yield Fault(FaultKind.BODY, name)
            continue
        role, roles = role_of(mention), ground.roles.get(core_name(name), set())
        if role is not None and roles and not roles & ALLOWED[role]:
            yield Fault(FaultKind.ROLE, name)


def _places(piece: str, ground: Ground) -> Iterator[Fault]:
    mentioned = tuple(places(piece, ground.known.places))
    for mention in mentioned:
        agrees = partial(_same_place, mention.value)
        if not _is_here(mention.value, ground) or misplaced(mention, mentioned, ground.places, agrees, None):
            yield Fault(FaultKind.PLACE, mention.value)


def _is_here(name: str, ground: Ground) -> bool:
    return any(names_place(ground.texts, region, name) for region in ground.region_of() or (None,))


def _without_places(piece: str, ground: Ground) -> str:
    """`piece` with its places overwritten: the 无 of 无锡 negates nothing."""
    for mention in places(piece, ground.known.places):
        piece = piece[: mention.start] + "□" * (mention.end - mention.start) + piece[mention.end :]
    return piece


def _same_place(one: str, other: str) -> bool:
    return one in other or other in one


def _content(piece: str, ground: Ground) -> Iterator[Fault]:
    if _share(piece, ground) < _CONTENT:
        yield Fault(FaultKind.CONTENT, piece)
        return
    for part in re.split("[,:]", piece):
        if len(part) >= _PART_LENGTH and _share(part, ground) < _PART:
            yield Fault(FaultKind.CONTENT, part)


def _share(text: str, ground: Ground) -> float:
    said = pairs(re.sub(r"[,:、“”()《》]", "", text))
    return len(said & ground.pairs) / len(said) if len(said) >= 4 else 1.0
