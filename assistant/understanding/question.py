"""One question by itself → what it asks, in which regions, years and form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.addresses import attachment_named, parse_address
from assistant.bodies import bodies_abbreviated, bodies_named, body_like_names
from assistant.deadlines import deadline_in
from assistant.kinds import asks_alone, kind_of, part_of, role_of, wants_of
from assistant.places import without
from assistant.target_questions import condition_in, indicator_in
from assistant.terms import official_words, terms_of
from assistant.types import Address, QuestionKind, Scope, Term, Understood
from assistant.understanding.plans import within_plans
from assistant.understanding.regions import regions_of
from assistant.vocabulary import Vocabulary
from assistant.wording import years
from index.types import Filters

#: Bodies are looked up in at most this many notices; a larger corpus needs a region in the question.
_BODY_NOTICES = 400


def read(question: str, vocabulary: Vocabulary) -> Understood:
    """What `question` asks when nothing was said before it."""
    regions = regions_of(question, vocabulary)
    address = parse_address(question)
    terms = _terms_of(question, regions.names, address, vocabulary)
    attachment = attachment_named(question)
    understood = Understood(
        question=question,
        query=query_of(question, terms),
        kind=kind_of(question, regions=len(regions.scopes) + len(regions.unknown), units=0),
        filters=Filters(attachments=frozenset({attachment}) if attachment else frozenset()),
        unknown_places=regions.unknown,
        terms=terms,
        years=years(question),
        role=role_of(question),
        alone=asks_alone(question),
        wants=wants_of(question),
        part=part_of(question),
        address=address,
        indicator=indicator_in(question, vocabulary.indicators),
        condition=condition_in(question),
        deadline=deadline_in(question),
        said=(question,),
    )
    scopes = within_plans(question, regions.scopes, vocabulary)
    return in_regions(understood, scopes, vocabulary, named=len(regions.scopes))


def in_regions(
    understood: Understood, scopes: tuple[Scope, ...], vocabulary: Vocabulary, *, named: int
) -> Understood:
    """`understood` within these regions, of which the question itself names so many: its bodies and
    attachments are those of their notices."""
    question = understood.question
    notices = frozenset(n for s in scopes for n in s.notices)
    units, aliases = _units_of(question, notices, vocabulary)
    terms = tuple(t for t in understood.terms if not any(t.word in asked for asked, _ in aliases))
    return replace(
        understood,
        terms=terms,
        query=query_of(question, terms),
        kind=_listing_kind(
            kind_of(question, regions=named + len(understood.unknown_places), units=len(units)), understood
        ),
        filters=replace(understood.filters, notices=notices),
        scopes=scopes,
        units=units,
        aliases=aliases,
        hinted=vocabulary.titles_named(question, sorted(notices)) if notices else frozenset(),
    )


def _listing_kind(kind: QuestionKind, understood: Understood) -> QuestionKind:
    """A list where the question lists by a deadline, whatever its other words ask for."""
    kept = (QuestionKind.COMPARE, QuestionKind.UNIT_TASKS, QuestionKind.WHO)
    return QuestionKind.LIST if understood.deadline is not None and kind not in kept else kind


def query_of(question: str, terms: Sequence[Term]) -> str:
    """The text to search: the question, official words for its lay ones, and what was carried over."""
    own, carried = [t for t in terms if not t.carried], [t for t in terms if t.carried]
    return " ".join([question, *official_words(own), *(t.word for t in carried), *official_words(carried)])


def _terms_of(
    question: str, names: Sequence[str], address: Address | None, vocabulary: Vocabulary
) -> tuple[Term, ...]:
    text = without(question, names)
    if address is not None:
        text = text.replace(address.text, "，")
    return terms_of(text, vocabulary)


def _units_of(
    question: str, notices: frozenset[str], vocabulary: Vocabulary
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The bodies a question names as notices write them, and (as asked, as written) where these differ."""
    ids = sorted(notices) or [r.id for r in vocabulary.records[:_BODY_NOTICES]]
    counts: dict[str, int] = {}
    for notice_id in ids[:_BODY_NOTICES]:
        for name, count in vocabulary.view(notice_id).body_counts.items():
            counts[name] = counts.get(name, 0) + count
    if listed := bodies_named(question, counts):
        return listed, ()
    if aliases := bodies_abbreviated(question, counts):
        return tuple(dict.fromkeys(name for _, name in aliases)), aliases
    if not notices:
        return (), ()
    text = vocabulary.text_of(notices)
    named = (n for n in body_like_names(question) if len(n) > 1 and n in text and not _asked_for(n, question))
    return next(((name,) for name in named), ()), ()


def _asked_for(name: str, question: str) -> bool:
    """True where the question asks which body of a kind it is (哪些街道) instead of naming one."""
    return bool(re.search(rf"(?:哪|几)[些个几家条]?{re.escape(name)}", question))
