"""Which list and level a paragraph of a .docx is numbered by: numbering.xml and the styles that refer to it.

(ECMA-376 part 1, 17.9 and 17.7.4)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from ingest.readers.docx_names import is_on, number, value, w
from ingest.readers.numbering import Counters, Level, NumberedList

_MAX_CHAIN = 20  # styles based on styles; a chain longer than this goes in a circle


class DocxNumbering:
    """Gives paragraphs, asked for in document order, the labels that Word prints before them."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._styles = (
            {} if styles is None else {_id(style, "styleId"): style for style in styles.iter(w("style"))}
        )
        self._default = next((key for key, style in self._styles.items() if _is_default(style)), "")
        self._lists = {} if numbering is None else self._read(numbering)
        self._counters = Counters()

    def label(self, paragraph: etree._Element) -> str:
        """Return the label before `paragraph`, with the blank that follows it; "" if it has none."""
        if not self._lists:
            return ""
        properties = paragraph.find(w("pPr"))
        style = self._default
        direct = None
        if properties is not None:
            style = value(properties.find(w("pStyle"))) or style
            direct = properties.find(w("numPr"))
        found = self._reference(direct, style)
        return self._counters.label(*found) if found else ""

    def _reference(self, direct: etree._Element | None, style: str) -> tuple[NumberedList, int] | None:
        """(list, level): what the paragraph says itself goes before what its styles say."""
        level = None if direct is None else number(direct.find(w("ilvl")))
        key = None if direct is None else value(direct.find(w("numId")))
        if key is not None:
            numbered = self._lists.get(key)
            return (numbered, level or 0) if numbered else None
        for name in self._chain(style):
            inherited = self._styles[name].find(f"{w('pPr')}/{w('numPr')}")
            key = None if inherited is None else value(inherited.find(w("numId")))
            if inherited is None or key is None:
                continue
            numbered = self._lists.get(key)
            if numbered is None:
                return None
            if level is None:
                level = number(inherited.find(w("ilvl")))
            return numbered, _linked(numbered, name) if level is None else level
        return None

    def _chain(self, style: str) -> list[str]:
        """The style and those it is based on, nearest first."""
        chain: list[str] = []
        while style in self._styles and style not in chain and len(chain) < _MAX_CHAIN:
            chain.append(style)
            style = value(self._styles[style].find(w("basedOn"))) or ""
        return chain

    def _read(self, numbering: etree._Element) -> Mapping[str, NumberedList]:
        abstract = {_id(entry, "abstractNumId"): entry for entry in numbering.iterchildren(w("abstractNum"))}
        numbers = {_id(entry, "numId"): entry for entry in numbering.iterchildren(w("num"))}
        lists = {}
        for key, entry in numbers.items():
            sequence = value(entry.find(w("abstractNumId"))) or ""
            definition = self._defined(abstract.get(sequence), abstract, numbers)
            if definition is not None and key != "0":  # 0 switches numbering off
                lists[key] = _numbered(entry, definition)
        return lists

    def _defined(
        self,
        definition: etree._Element | None,
        abstract: Mapping[str, etree._Element],
        numbers: Mapping[str, etree._Element],
    ) -> etree._Element | None:
        """The definition itself, or the one that its list style leads to. (17.9.21 numStyleLink)"""
        link = None if definition is None else value(definition.find(w("numStyleLink")))
        if link is None:
            return definition
        style = self._styles.get(link)
        key = None if style is None else value(style.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}"))
        entry = numbers.get(key or "")
        target = None if entry is None else value(entry.find(w("abstractNumId")))
        return abstract.get(target or "")


def _numbered(entry: etree._Element, definition: etree._Element) -> NumberedList:
    levels = {_level_number(level): _level(level) for level in definition.iterchildren(w("lvl"))}
    begins = {}
    for override in entry.iterchildren(w("lvlOverride")):
        at = _level_number(override)
        own = override.find(w("lvl"))
        if own is not None:
            levels[at] = _level(own)
        begin = number(override.find(w("startOverride")))
        if begin is not None:
            begins[at] = begin
            if at in levels:
                levels[at] = replace(levels[at], start=begin)
    return NumberedList(_id(definition, "abstractNumId"), levels, begins)


def _level(level: etree._Element) -> Level:
    form = level.find(w("numFmt"))
    if form is None:  # Word 2010 and later put formats that older programs lack into a choice
        form = next(level.iter(w("numFmt")), None)
    return Level(
        form=value(form) or "decimal",
        template=value(level.find(w("lvlText"))) or "",
        start=number(level.find(w("start"))) or 0,
        spaced=value(level.find(w("suff"))) != "nothing",
        restart=number(level.find(w("lvlRestart"))),
        legal=is_on(level.find(w("isLgl"))),
        style=value(level.find(w("pStyle"))) or "",
    )


def _linked(numbered: NumberedList, style: str) -> int:
    """The level that names `style` as its own."""
    return next((at for at, level in numbered.levels.items() if level.style == style), 0)


def _level_number(element: etree._Element) -> int:
    text = element.get(w("ilvl")) or "0"
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0


def _id(element: etree._Element, name: str) -> str:
    return element.get(w(name)) or ""


def _is_default(style: etree._Element) -> bool:
    return style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on")
