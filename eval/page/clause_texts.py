"""The clauses that a question names, as the tab shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.page.html import Html, element
from eval.results import ClauseText


def clause_list(keys: Iterable[str], clauses: Mapping[str, ClauseText]) -> Html:
    """Address by address, each unfolding to the clause's words; an address alone where no text was kept."""
    items = [element("li", _clause(key, clauses.get(key))) for key in keys]
    return element("ol", *items, class_="tw-clauses") if items else Html("")


def _clause(key: str, clause: ClauseText | None) -> Html:
    if clause is None:
        return element("span", key)
    address = f"{clause.title} {clause.cite}".strip()
    return element("details", element("summary", address), element("p", clause.text))
