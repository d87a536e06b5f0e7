"""Questions to go on with: made from the answer and the catalogue, and tried before they are offered."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.answering import UNSURE
from assistant.page.ask.acts import Act, Verb
from assistant.page.ask.phrases import PHRASES
from assistant.page.backend import SPOKEN_ERRORS, Backend
from assistant.page.history import Asked
from assistant.page.html import Html, element
from assistant.page.i18n import Language
from assistant.types import Answer, QuestionKind, Want
from assistant.wording import comparable, years
from index.types import NoticeRecord

#: Offered at most, tried at most, and of one sort (years, regions) at most.
OFFERED: Final = 3
_TRIED, _OF_ONE_SORT = 6, 2
#: A question that fits on a line of its own on a phone.
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question, and what shows that its answer answers it."""

    question: str
    holds: Callable[[Answer], bool]


class FollowUps:
    """Tries follow-up questions, one visitor's at a time: while the machine is busy with others' there are
    none, because they are a courtesy and answers are not."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._busy = threading.Lock()

    def after(self, asked: Sequence[Asked], answer: Answer, *, notices: frozenset[str]) -> list[str]:
        """At most `OFFERED` questions that are answered when asked next; none after an abstention."""
        if answer.abstained or not answer.citations or not self._busy.acquire(blocking=False):
            return []
        try:
            return list(self._good(asked, answer, notices))
        except SPOKEN_ERRORS:
            return []
        finally:
            self._busy.release()

    def _good(self, asked: Sequence[Asked], answer: Answer, notices: frozenset[str]) -> Iterator[str]:
        said = {comparable(turn.question) for turn in asked}
        found = 0
        for tried, candidate in enumerate(candidates(answer, self._backend)):
            if found == OFFERED or tried == _TRIED:
                return
            if comparable(candidate.question) not in said and self._holds(asked, candidate, notices):
                found += 1
                yield candidate.question

    def _holds(self, asked: Sequence[Asked], candidate: _Candidate, notices: frozenset[str]) -> bool:
        answer = self._backend.extract(
            [*(turn.question for turn in asked), candidate.question],
            notices=notices,
            struck_before=[turn.struck for turn in asked],
        )
        if answer.abstained or not answer.citations:
            return False
        unsure = answer.form is not None and UNSURE in answer.form.notes
        return not unsure and candidate.holds(answer)


def candidates(answer: Answer, backend: Backend) -> Iterator[_Candidate]:
    """Questions that may follow, most likely wanted first: who leads, other years, until when, elsewhere."""
    cited = {citation.clause.id for citation in answer.citations}

    def stays(next_answer: Answer) -> bool:
        return any(citation.clause.id in cited for citation in next_answer.citations)

    understood = answer.understood
    if Want.BODY not in understood.wants and understood.kind not in (
        QuestionKind.WHO,
        QuestionKind.UNIT_TASKS,
        QuestionKind.COMPARE,
    ):
        yield _Candidate("由哪个单位牵头？", stays)
    yield from _years(answer)
    if Want.DATE not in understood.wants and understood.kind is QuestionKind.WHO:
        yield _Candidate("什么时候完成？", stays)
    yield from _elsewhere(answer, backend)


def follow_ups_view(questions: Sequence[str], turns: int, language: Language) -> Html:
    """The questions as links, for a chat of so many turns; empty without any."""
    if not questions:
        return Html("")
    head = element("span", PHRASES.say(language, "follow_ups"), class_="tw-chips-head")
    links = [element("a", text, href=Act(Verb.ASK, turns, text).href) for text in questions]
    return element("div", head, *links, class_="tw-follow-ups", data_turns=str(turns))


def _years(answer: Answer) -> Iterator[_Candidate]:
    """Other years that the cited clauses name and the answer does not."""
    shown = set(years(answer.plain)) | set(answer.understood.years)
    if not answer.understood.years or answer.understood.kind is QuestionKind.COMPARE:
        return
    texts = [text for c in answer.citations for text in (c.clause.text, *(c.clause.fields or {}))]
    others = dict.fromkeys(year for text in texts for year in years(text) if year not in shown)
    for year in sorted(others)[:_OF_ONE_SORT]:
        yield _Candidate(f"到{year}年呢？", lambda found, year=year: str(year) in found.plain)  # type: ignore[misc]


def _elsewhere(answer: Answer, backend: Backend) -> Iterator[_Candidate]:
    """Other regions: those that state a target for the same indicator first, then those of like notices."""
    understood = answer.understood
    if understood.kind is QuestionKind.COMPARE or understood.address is not None or understood.hinted:
        return
    records = {record.id: record for record in backend.notices()}
    here = {records[c.notice_id].card.region for c in answer.citations if c.notice_id in records}
    titles = [c.title for c in answer.citations]
    stating: Iterable[NoticeRecord] = ()
    if understood.indicator:
        stating = [entry.notice for entry in backend.targets(indicator=understood.indicator)]
    alike = sorted(records.values(), key=lambda record: (-_alike(record.card.title, titles), record.id))
    regions = dict.fromkeys(r.card.region for r in (*stating, *alike) if r.card.region)
    others = [region for region in regions if region not in here and len(region) <= _LONGEST - 3]
    for region in others[:_OF_ONE_SORT]:
        yield _Candidate(f"那{region}呢？", lambda found, region=region: _is_in(found, region, records))  # type: ignore[misc]


def _is_in(answer: Answer, region: str, records: dict[str, NoticeRecord]) -> bool:
    """Whether the answer cites only that region's notices."""
    return all(
        c.notice_id in records and records[c.notice_id].card.region == region for c in answer.citations
    )


def _alike(title: str, titles: Sequence[str]) -> int:
    """How many pairs of characters a title shares with the most similar one of the cited."""
    pairs = {title[i : i + 2] for i in range(len(title) - 1)}
    return max((len(pairs & {t[i : i + 2] for i in range(len(t) - 1)}) for t in titles), default=0)
