"""The files that were sent in, each with its card to confirm or the sentence of why it is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.page.answer_view import date_text
from assistant.page.corpus.phrases import PHRASES
from assistant.page.corpus.uploads import Waiting
from assistant.page.html import Html, element
from assistant.page.i18n import Language, say
from assistant.page.reading.card_view import share_text
from index.types import NoticeRecord


def uploads_view(waiting: Sequence[Waiting], language: Language, *, running: str = "") -> Html:
    """The files in the order in which they came; `running` says which one is being looked at."""
    parts = []
    if any(file.upload for file in waiting):
        parts.append(element("p", PHRASES.say(language, "uploads_waiting"), class_="tw-uploads-head"))
    parts += [_file(file, place, language) for place, file in enumerate(waiting)]
    if running:
        parts.append(element("p", running, class_="tw-running", role="status"))
    return element("div", *parts, class_="tw-uploads") if parts else Html("")


def _file(file: Waiting, place: int, language: Language) -> Html:
    upload = file.upload
    head = element("p", file.name, class_="tw-upload-name")
    if upload is None:
        sentence = element("p", file.refusal, class_="tw-refusal", role="alert")
        return element("article", head, sentence, _tools(["drop"], file, place, language), class_="tw-upload")
    documents = [_card(notice, language, named=len(upload.notices) > 1) for notice in upload.notices]
    faults = [element("li", f"{fault.name}：{fault.reason}") for fault in upload.faults]
    notes = []
    if upload.more:
        notes.append(element("p", PHRASES.say(language, "more_documents", count=upload.more)))
    if faults:
        notes.append(element("ul", *faults, class_="tw-refusal"))
    if file.taken:
        notes.append(element("p", PHRASES.say(language, "name_taken"), class_="tw-refusal"))
    verbs = ["replace" if file.taken else "keep", "drop"]
    tools = _tools(verbs, file, place, language)
    return element("article", head, *documents, *notes, tools, class_="tw-upload")


def _card(notice: NoticeRecord, language: Language, *, named: bool) -> Html:
    """What the notice says of itself; in an archive under its own name."""
    rows = [
        element("div", element("dt", label), element("dd", value))
        for label, value in _facts(notice, language)
    ]
    name = [element("p", notice.name, class_="tw-upload-document")] if named else []
    remarks = [element("p", remark, class_="tw-remark") for remark in notice.remarks]
    title = element("h3", notice.card.notice_title or notice.card.title)
    return element("section", *name, title, element("dl", *rows), *remarks)


def _facts(notice: NoticeRecord, language: Language) -> Iterator[tuple[str, str]]:
    card = notice.card
    period = say(language, "years", first=card.period[0], last=card.period[1]) if card.period else None
    for key, value in (
        ("document_number", card.doc_number),
        ("issuer", card.issuer),
        ("issued", date_text(card.issued, language)),
        ("period", period),
        ("kind", card.kind),
    ):
        if value:
            yield say(language, key), value
    yield PHRASES.say(language, "clause_count"), str(notice.clause_count)
    yield say(language, "accounted"), share_text(notice.accounted)


def _tools(verbs: Sequence[str], file: Waiting, place: int, language: Language) -> Html:
    links = [
        element(
            "a",
            PHRASES.say(language, verb),
            href=f"#{verb}={place}",
            role="button",
            class_="tw-first" if verb != "drop" else None,
            aria_label=f"{PHRASES.say(language, verb)} {file.name}",
        )
        for verb in verbs
    ]
    return element("div", *links, class_="tw-upload-tools")
