"""The line on top: the name, what the corpus holds, and the language switch."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.page.html import Html, element
from assistant.page.i18n import Language, say
from index.types import NoticeRecord


def masthead_view(records: Sequence[NoticeRecord], language: Language) -> Html:
    """Name, tagline, counts and switch."""
    counts = say(
        language, "counts", notices=len(records), clauses=sum(record.clause_count for record in records)
    )
    switch = element(
        "a",
        say(language, "switch"),
        href=f"?lang={language.other}",
        class_="tw-switch",
        hreflang=language.other,
    )
    return element(
        "div",
        element("h1", say(language, "title"), class_="tw-name"),
        element("span", say(language, "tagline"), class_="tw-tagline"),
        element("span", counts, class_="tw-counts"),
        switch,
        class_="tw-masthead",
    )
