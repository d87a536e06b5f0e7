"""An answer as the chat shows it: the text with its markers, and under it one line for each source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from assistant.answering import source_line
from assistant.explanation import Explanation, explain
from assistant.page.history import FAULT
from assistant.page.html import Html, element, join
from assistant.page.i18n import Language, say
from assistant.page.links import SourceLink
from assistant.page.why_view import notes_view, why_view
from assistant.types import Answer, Citation
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
_INLINE: Final = re.compile(r"\*\*(?P<bold>[^*\n]+)\*\*|\[(?P<marker>\d{1,3})\]")
_LIST_ITEM: Final = re.compile(r"[-*] +(?P<text>.*)")


def partial_view(answer: Answer) -> Html:
    """An answer that is still being written: its markers lead nowhere yet."""
    return element("div", _prose(_body(answer), {}), class_=f"tw-answer {WRITING}", aria_busy="true")


def answer_view(answer: Answer, language: Language) -> Html:
    """The whole answer with its sources, or the calm form of “no clause answers this”."""
    if answer.abstained:
        return _abstention(answer, language)
    links = {citation.marker: citation_link(citation).href for citation in answer.citations}
    explained = {one.hit.clause.id: one for one in explain(answer, cited_only=True)}
    sources = [citation_line(c, language, explained.get(c.clause.id)) for c in answer.citations]
    listed = _source_list(say(language, "sources"), sources, language)
    notes = notes_view(answer.understood.notes)
    return element("div", _prose(_body(answer), links), notes, listed, class_="tw-answer")


def fault_view(sentence: str) -> Html:
    """One sentence about what went wrong."""
    return element("div", sentence, class_=f"tw-answer {FAULT}", role="alert")


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
        element("div", _prose(_body(answer), {}), class_="tw-abstained-head"),
        notes_view(answer.understood.notes),
        _source_list(say(language, "nearest"), nearest, language),
        class_="tw-answer tw-abstained",
    )


def _hit_line(hit: Hit, language: Language) -> Html:
    card, clause = hit.notice.card, hit.clause
    return _source_line(
        SourceLink(hit.notice.id, clause.id),
        marker="·",
        title=card.title,
        facts=(card.issuer, date_text(card.issued, language), clause.cite),
        excerpt=_excerpt(clause),
    )


def _excerpt(clause: Clause) -> str:
    """The beginning of the clause; of a table row its cells, because its text breaks inside words."""
    cells = dict.fromkeys((clause.fields or {}).values()) if clause.kind is ClauseKind.ROW else ()
    line = " ".join(("；".join(cells) or clause.text).split())
    return line if len(line) <= _EXCERPT_LENGTH else f"{line[:_EXCERPT_LENGTH]}…"


def _source_line(  # noqa: PLR0913 - what a line shows
    link: SourceLink,
    *,
    marker: str,
    title: str,
    facts: Iterable[str | None],
    excerpt: str | None = None,
    below: Html = NOTHING,
) -> Html:
    known = [fact for fact in facts if fact]
    address = element("span", known.pop(), class_="tw-source-address") if known else Html("")
    shown = [element("span", fact, class_="tw-source-fact") for fact in known]
    line = [
        element("span", marker, class_="tw-source-marker"),
        element("span", f"《{title.strip('《》')}》", class_="tw-source-title"),
        *shown,
        address,
    ]
    if excerpt:
        line.append(element("span", excerpt, class_="tw-source-excerpt"))
    return element("li", element("a", *line, href=link.href, class_="tw-source"), below)


def _source_list(heading: str, lines: list[Html], language: Language) -> Html:
    if not lines:
        return Html("")
    shown, folded = lines[:SOURCES_SHOWN], lines[SOURCES_SHOWN:]
    parts = [element("p", heading, class_="tw-sources-head"), element("ul", *shown, class_="tw-source-list")]
    if folded:
        summary = element("summary", say(language, "more_sources", count=len(folded)))
        parts.append(element("details", summary, element("ul", *folded, class_="tw-source-list")))
    return element("div", *parts, class_="tw-sources")


def _prose(text: str, links: Mapping[int, str]) -> Html:
    """The answer's small Markdown (paragraphs, lists, **bold**, [n]) as HTML; anything else is plain text."""
    return join(_blocks(text.split("\n"), links))


def _blocks(lines: list[str], links: Mapping[int, str]) -> Iterator[Html]:
    items: list[Html] = []
    for line in [*lines, ""]:
        item = _LIST_ITEM.fullmatch(line.strip())
        if item:
            items.append(element("li", *_inline(item["text"], links)))
            continue
        if items:
            yield element("ul", *items, class_="tw-list")
            items = []
        if line.strip():
            yield element("p", *_inline(line.strip(), links))


def _inline(line: str, links: Mapping[int, str]) -> Iterator[str]:
    end = 0
    for match in _INLINE.finditer(line):
        yield line[end : match.start()]
        yield _strong(match["bold"]) if match["bold"] else _marker(match["marker"], links)
        end = match.end()
    yield line[end:]


def _strong(text: str) -> Html:
    return element("strong", text)


def _marker(number: str, links: Mapping[int, str]) -> Html:
    href = links.get(int(number))
    if href is None:
        return element("span", f"[{number}]", class_="tw-marker")
    return element("a", f"[{number}]", href=href, class_="tw-marker")
