"""The document card above a notice: what it says of itself, how whole it was read, and where it leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.page.answer_view import date_text
from assistant.page.html import Html, element
from assistant.page.i18n import Language, say
from assistant.page.links import SourceLink
from assistant.page.reading.opened import Opened
from ingest.notice import Attachment, Audit, Clause

#: Longer lists are folded, so that the notice itself stays in sight.
_SHOWN = 6
_LONGEST = 160


def card_view(opened: Opened, language: Language) -> Html:
    """Title, facts, lists of attachments and of cited documents, remarks."""
    record, card = opened.record, opened.record.card
    rows = [
        element("div", element("dt", say(language, key)), element("dd", value))
        for key, value in _facts(opened, language)
        if value
    ]
    remarks = [element("p", remark, class_="tw-remark") for remark in record.remarks]
    lists = [
        _folded(say(language, "attachments"), list(_attachments(opened)), language),
        _folded(say(language, "cited_documents"), list(_cited(opened)), language),
    ]
    audit = audit_view(opened.audit, language) if opened.audit is not None else Html("")
    title = element("h2", card.notice_title or card.title)
    return element("header", title, element("dl", *rows), *lists, audit, *remarks, class_="tw-card")


def _facts(opened: Opened, language: Language) -> tuple[tuple[str, str | None], ...]:
    record, card = opened.record, opened.record.card
    years = say(language, "years", first=card.period[0], last=card.period[1]) if card.period else None
    share = (
        None
        if opened.audit is not None
        else say(language, "accounted_share", share=share_text(record.accounted))
    )
    return (
        ("document_number", card.doc_number),
        ("issuer", card.issuer),
        ("issued", date_text(card.issued, language)),
        ("published", date_text(card.published, language)),
        ("effective", date_text(card.effective, language)),
        ("expires", date_text(card.expires, language)),
        ("repeals", "；".join(card.repeals) or None),
        ("period", years),
        ("kind", card.kind),
        ("index_number", card.index_number),
        ("accounted", share),
        ("file", record.name),
    )


def _attachments(opened: Opened) -> Iterator[Html]:
    """Each attachment's title, a link where its text is in this file."""
    for attachment in opened.record.card.attachments:
        text = f"{attachment.label} {attachment.title}".strip()
        clause = _opening(attachment, opened.clauses)
        if clause is None:
            yield element("li", text)
        else:
            link = SourceLink(opened.record.id, clause.id)
            yield element("li", element("a", text, href=link.href))


def _opening(attachment: Attachment, clauses: Sequence[Clause]) -> Clause | None:
    return next((clause for clause in clauses if clause.path[0] == attachment.label), None)


def _cited(opened: Opened) -> Iterator[Html]:
    """Each document that the notice names, a link where it is in the corpus."""
    for name in opened.record.card.cites:
        record = opened.held.get(name)
        if record is None:
            yield element("li", name)
        else:
            yield element("li", element("a", name, href=SourceLink(record.id).href))


def audit_view(audit: Audit, language: Language) -> Html:
    """How many characters are in a clause, on the card or set apart; what was set apart, with the rule."""
    summary = say(
        language,
        "audit",
        share=share_text(audit.share),
        total=audit.total,
        clauses=audit.in_clauses,
        card=audit.in_card,
        furniture=audit.in_furniture,
        lost=sum(len("".join(stretch.text.split())) for stretch in audit.lost),
    )
    stretches = [
        element(
            "li", element("span", stretch.rule, class_="tw-rule") if stretch.rule else "", _cut(stretch.text)
        )
        for stretch in (*audit.lost, *audit.twice, *audit.furniture)
    ]
    if not stretches:
        return element("p", summary, class_="tw-audit")
    return element("details", element("summary", summary), element("ul", *stretches), class_="tw-audit")


def _folded(heading: str, items: Sequence[Html], language: Language) -> Html:
    if not items:
        return Html("")
    parts = [element("h3", heading), element("ul", *items[:_SHOWN])]
    if len(items) > _SHOWN:
        summary = element("summary", say(language, "and_more", count=len(items) - _SHOWN))
        parts.append(element("details", summary, element("ul", *items[_SHOWN:])))
    return element("section", *parts, class_="tw-card-list")


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def share_text(accounted: float) -> str:
    """A share of characters in per cent, never rounded up to all of them."""
    return "100%" if accounted == 1.0 else f"{min(accounted, 0.9999):.2%}"
