"""Words of an answer as HTML: bold figures, markers as links, lines as paragraphs and lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from assistant.forms.wording import bold_figures
from assistant.page.html import Html, element, join

_INLINE: Final = re.compile(r"\*\*(?P<bold>[^*\n]+)\*\*|\[(?P<marker>\d{1,3})\]")
_LIST_ITEM: Final = re.compile(r"[-*] +(?P<text>.*)")


def prose(text: str, links: Mapping[int, str]) -> Html:
    """The small Markdown of `Answer.text` (paragraphs, lists, **bold**, [n]); anything else is plain text."""
    return join(_blocks(text.split("\n"), links))


def words(text: str, links: Mapping[int, str], *, bold: bool = True) -> Html:
    """Plain words of an answer with their figures bold; a [n] in them is a marker."""
    shown = bold_figures(text) if bold and "**" not in text else text
    return join(_inline(shown, links))


def markers(numbers: Iterable[int | None], links: Mapping[int, str]) -> Html:
    """The markers behind some words."""
    return join(marker(number, links) for number in numbers if number is not None)


def marker(number: int, links: Mapping[int, str]) -> Html:
    """[n] as a link to its clause; as text where it leads nowhere."""
    href = links.get(number)
    if href is None:
        return element("span", f"[{number}]", class_="tw-marker")
    return element("a", f"[{number}]", href=href, class_="tw-marker")


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
        yield element("strong", match["bold"]) if match["bold"] else marker(int(match["marker"]), links)
        end = match.end()
    yield line[end:]
