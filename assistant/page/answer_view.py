"""An answer as the chat shows it: how the question was read, the answer in its form, sources, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from assistant.answering import source_line
from assistant.explanation import Explanation, explain
from assistant.page.ask.chips_view import chips_view
from assistant.page.ask.copy_text import copy_text
from assistant.page.ask.form_view import form_notes_view, form_view
from assistant.page.ask.phrases import PHRASES
from assistant.page.ask.prose import prose
from assistant.page.ask.tools_view import answer_tools, fault_tools
from assistant.page.history import FAULT
from assistant.page.html import Html, element, join
from assistant.page.i18n import Language, say
from assistant.page.links import SourceLink
from assistant.page.why_view import notes_view, why_view
from assistant.types import Answer, Citation, FormKind
from index.types import Hit
from ingest.notice import Clause, ClauseKind

NOTHING: Final = Html("")
#: How many of the nearest clauses an abstention shows.
NEAREST_SHOWN: Final = 3
#: A long list of sources is folded after this many, so that the next question stays in sight.
SOURCES_SHOWN: Final = 5
#: The class of an answer that is still being written.
WRITING: Final = "tw-writing"
_EXCERPT_LENGTH: Final = 64
_LONG_TITLE: Final = 120
#: Forms that say with each item where it stands: their sources are there for who wants them.
_CITED_WITHIN: Final = frozenset({FormKind.ITEMS, FormKind.COMPARISON})


def partial_view(answer: Answer) -> Html:
    """An answer that is still being written: its markers lead nowhere yet."""
    return element("div", prose(_body(answer), {}), class_=f"tw-answer {WRITING}", aria_busy="true")


def answer_view(
    answer: Answer, language: Language, *, turn: int = 0, struck: frozenset[str] = frozenset()
) -> Html:
    """The whole answer to question number `turn` of the chat, from whose reading `struck` were left out; or
    the calm form of “no clause answers this”."""
    body = _abstention(answer, language) if answer.abstained else _answered(answer, language)
    return element(
        "div",
        chips_view(answer.understood.chips, struck, turn, language),
        body,
        answer_tools(answer, turn, language),
        element("pre", copy_text(answer), class_="tw-copy-text", hidden="hidden"),
        class_="tw-answer tw-abstained" if answer.abstained else "tw-answer",
    )


def fault_view(sentence: str, language: Language = Language.CHINESE, *, turn: int | None = None) -> Html:
    """One sentence about what went wrong; with a `turn`, and the way to ask it again."""
    tools = fault_tools(turn, language) if turn is not None else NOTHING
    return element("div", sentence, tools, class_=f"tw-answer {FAULT}", role="alert")


def _answered(answer: Answer, language: Language) -> Html:
    links = {citation.marker: citation_link(citation).href for citation in answer.citations}
    form = answer.form
    body = prose(_body(answer), links) if form is None else form_view(form, links, language)
    notes = form_notes_view(form, links) if form is not None else NOTHING
    return join([body, notes, _reading_notes(answer, language), _sources(answer, language)])


def _reading_notes(answer: Answer, language: Language) -> Html:
    """Names that a body had before, then how the question was read and where was searched."""
    understood = answer.understood
    said = answer.form.notes if answer.form is not None else ()
    aliases = [
        PHRASES.say(language, "body_today", asked=asked, name=name)
        for asked, name in understood.aliases
        if not any(asked in note and name in note for note in said)
    ]
    return notes_view([*aliases, *understood.notes])


def _sources(answer: Answer, language: Language) -> Html:
    explained = {one.hit.clause.id: one for one in explain(answer, cited_only=True)}
    lines = [citation_line(c, language, explained.get(c.clause.id)) for c in answer.citations]
    if answer.form is None or answer.form.kind not in _CITED_WITHIN or not lines:
        return _source_list(say(language, "sources"), lines, language)
    summary = element("summary", PHRASES.say(language, "all_sources", count=len(lines)))
    listed = element("ul", *lines, class_="tw-source-list")
    return element("details", summary, listed, class_="tw-sources tw-all-sources")


def citation_link(citation: Citation) -> SourceLink:
    """Where a citation's marker leads."""
    clause = citation.clause
    return SourceLink.to_quote(citation.notice_id, clause.id, clause.text, citation.quote)


def citation_line(citation: Citation, language: Language, explanation: Explanation | None = None) -> Html:
    """《title》 issuer, date, address, as one link; below it, folded, why it was found."""
    return _source_line(
        citation_link(citation),
        marker=f"[{citation.marker}]",
        title=citation.title,
        facts=(citation.issuer, date_text(citation.issued, language), citation.clause.cite),
        remark=_recognised(citation.clause, language),
        below=why_view(explanation, language),
    )


def date_text(iso: str | None, language: Language) -> str | None:
    """2020-07-15 as 2020年7月15日 in Chinese; as it is in English, or when it is no full date."""
    parts = (iso or "").split("-")
    if language is not Language.CHINESE or len(parts) != 3 or not all(part.isdigit() for part in parts):
        return iso
    year, month, day = (int(part) for part in parts)
    return f"{year}年{month}月{day}日"


def _body(answer: Answer) -> str:
    """The answer's text without the lines that name its sources, which the page sets as links of its own.

    An abstention keeps its first line, which says why; the nearest clauses that follow it are links too.
    """
    lines = answer.text.split("\n")
    if answer.abstained:
        return lines[0]
    named = [source_line(citation) for citation in answer.citations]
    return "\n".join(line for line in lines if not _begins_one_of(named, line.replace("**", "")))


def _begins_one_of(whole: Sequence[str], line: str) -> bool:
    """Whether the line is one of `whole`, or its beginning while it is still being written."""
    return line.startswith("[") and any(one.startswith(line) for one in whole)


def _abstention(answer: Answer, language: Language) -> Html:
    nearest = [_hit_line(hit, language) for hit in answer.retrieved[:NEAREST_SHOWN]]
    return element(
        "div",
        element("div", prose(_body(answer), {}), class_="tw-abstained-head"),
        notes_view(answer.understood.notes),
        _source_list(PHRASES.say(language, "nearest_clauses"), nearest, language),
        class_="tw-nothing",
    )


def _hit_line(hit: Hit, language: Language) -> Html:
    card, clause = hit.notice.card, hit.clause
    return _source_line(
        SourceLink(hit.notice.id, clause.id),
        marker="·",
        title=card.title,
        facts=(card.issuer, date_text(card.issued, language), clause.cite),
        remark=_recognised(clause, language),
        excerpt=_excerpt(clause),
    )


def _recognised(clause: Clause, language: Language) -> str | None:
    """That the words were read from an image, and how surely; None for text that was text."""
    if clause.place is None or clause.place.confidence is None:
        return None
    return PHRASES.say(language, "recognised", share=round(clause.place.confidence * 100))


def _excerpt(clause: Clause) -> str:
    """The beginning of the clause; of a table row its cells, because its text breaks inside words."""
    cells = dict.fromkeys((clause.fields or {}).values()) if clause.kind is ClauseKind.ROW else ()
    line = " ".join(("；".join(filter(None, cells)) or clause.text).split())
    return line if len(line) <= _EXCERPT_LENGTH else f"{line[:_EXCERPT_LENGTH]}…"


def _source_line(  # noqa: PLR0913 - what a line shows
    link: SourceLink,
    *,
    marker: str,
    title: str,
    facts: Iterable[str | None],
    remark: str | None = None,
    excerpt: str | None = None,
    below: Html = NOTHING,
) -> Html:
    known = [fact for fact in facts if fact]
    address = element("span", known.pop(), class_="tw-source-address") if known else Html("")
    shown = [element("span", fact, class_="tw-source-fact") for fact in known]
    line = [
        element("span", marker, class_="tw-source-marker"),
        element("span", f"《{title.strip('《》')}》", class_=_title_class(title)),
        *shown,
        address,
    ]
    if remark:
        line.append(element("span", remark, class_="tw-recognised"))
    if excerpt:
        line.append(element("span", excerpt, class_="tw-source-excerpt"))
    return element("li", element("a", *line, href=link.href, class_="tw-source"), below)


def _title_class(title: str) -> str:
    """Of a title that would fill the page only the first lines are shown."""
    return "tw-source-title tw-long" if len(title) > _LONG_TITLE else "tw-source-title"


def _source_list(heading: str, lines: list[Html], language: Language) -> Html:
    if not lines:
        return Html("")
    shown, folded = lines[:SOURCES_SHOWN], lines[SOURCES_SHOWN:]
    parts = [element("p", heading, class_="tw-sources-head"), element("ul", *shown, class_="tw-source-list")]
    if folded:
        summary = element("summary", say(language, "more_sources", count=len(folded)))
        parts.append(element("details", summary, element("ul", *folded, class_="tw-source-list")))
    return element("div", *parts, class_="tw-sources")
