"""The outline of a notice: its numbered headings, which fold, each a way to its clause."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.page.html import Html, element
from assistant.page.i18n import Language, say
from assistant.page.reading.place import Place
from ingest.notice import Clause, ClauseKind

#: Deeper numbers (条 below 款, rows of a table) are read in the text.
_DEEPEST = 3
_LONGEST = 28


def outline_view(clauses: Sequence[Clause], place: Place, language: Language) -> Html:
    """A list of links `#go-N`, N the clause's ordinal; branches fold, those above the target are open.

    Not `<details>`: a link inside a `<summary>` is two controls in one for a screen reader.
    """
    entries = [
        (number, clause)
        for number, clause in enumerate(clauses)
        if clause.kind is not ClauseKind.ROW and len(clause.path) <= _DEEPEST and clause.heading
    ]
    if len(entries) < 2:
        return Html("")
    name = say(language, "outline")
    fold = say(language, "fold")
    return element("nav", _branch(entries, place, fold), class_="tw-outline", aria_label=name)


def _branch(entries: Sequence[tuple[int, Clause]], place: Place, fold: str) -> Html:
    items: list[Html] = []
    position = 0
    while position < len(entries):
        number, clause = entries[position]
        end = position + 1
        while end < len(entries) and _is_below(entries[end][1], clause):
            end += 1
        items.append(_entry(number, clause, entries[position + 1 : end], place, fold))
        position = end
    return element("ul", *items)


def _entry(number: int, clause: Clause, below: Sequence[tuple[int, Clause]], place: Place, fold: str) -> Html:
    target = place.target
    is_target = target is not None and target.id == clause.id
    link = element(
        "a",
        f"{place.label(clause)}{_short(clause.heading or '')}",
        href=f"#go-{number}",
        class_="tw-here" if is_target else None,
    )
    if not below:
        return element("li", link)
    opened = clause.id in place.parents or is_target or target is None
    button = element(
        "a",
        "›",
        href="#fold",
        role="button",
        class_="tw-fold",
        aria_expanded="true" if opened else "false",
        aria_label=f"{fold}：{_short(clause.heading or '')}",
    )
    return element("li", button, link, _branch(below, place, fold))


def _is_below(clause: Clause, above: Clause) -> bool:
    return len(clause.path) > len(above.path) and clause.path[: len(above.path)] == above.path


def _short(heading: str) -> str:
    line = " ".join(heading.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
