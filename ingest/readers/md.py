"""Markdown: lines as in plain text, block markup outside their spans; pipe tables; front matter as metadata.

What stays in the text of a line, because `line.text == source[line.start:line.end]` must hold: inline markup
(emphasis, links, backslash escapes such as `1\\.`). `ingest.readers.md_inline.plain` removes it. Numbers of
ordered lists stay as they are written; a wrapped paragraph gives one line for each physical line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from ingest.decoding import decode
from ingest.document import Block, Document, Line, Row, Table
from ingest.readers.lines import physical_lines, trimmed
from ingest.readers.md_inline import TAG, plain
from ingest.readers.md_tables import html_rows, html_tables, is_table_head, pipe_rows

Span = tuple[int, int]

_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
# Quote marks, bullets (only before a blank) and heading signs (before a blank or, as people type, before a
# character that is not ASCII), in any nesting.
_OPENING = re.compile(r"(?:[ \t]*(?:>|[-*+](?:[ \t]+(?=\S)|$)|#{1,6}(?:[ \t]+|(?=[^\x00-\x7f])|$))){1,40}")
_CLOSING_HASHES = re.compile(r"[ \t]+#+[ \t]*$")
_WRAPPED = re.compile(r"(\*{1,3}|_{1,3})(?=[^\s*_])([^\n]*?[^\s*_])\1")
_LEADING_STRONG = re.compile(r"\*\*(?=\S)(?=[^\n]*?\S\*\*)")
_SOLE_LINK = re.compile(r"\[([^\[\]\n]*)\]\([^()\n]*\)")

_FRONT_MATTER_LINES = 100
_FRONT_MATTER_ENTRY = re.compile(r"([A-Za-z_\u4e00-\u9fff][\w.-]*)[ \t]*[:：][ \t]*(.*)")


def read_md(path: Path, data: bytes, name: str) -> Document:
    """Return the document of a Markdown file; lines and rows carry offsets into the decoded source.

    Not in the blocks: heading signs, quote marks, bullets, rules, fences, comments, front matter (its keys go
    into `metadata`, lower case), lines that hold only images or tags.

    :raises UnreadableFile: If the bytes are no text in a known encoding.
    """
    decoded = decode(path, data)
    source = decoded.text
    lines = list(physical_lines(source))
    metadata, body = _front_matter(source, lines)
    blocks = tuple(_number(_blocks(path, source, lines[body:])))
    return Document(name, source, blocks, decoded.encoding, "md", metadata)


def _number(blocks: Iterator[Line | list[Row]]) -> Iterator[Block]:
    for ordinal, block in enumerate(blocks):
        if isinstance(block, Line):
            yield Line(block.text, ordinal, block.start, block.end)
        else:
            rows = tuple(Row(row.cells, ordinal, row.start, row.end, row.header) for row in block)
            yield Table(rows, ordinal)


def _front_matter(source: str, lines: Sequence[Span]) -> tuple[Mapping[str, str], int]:
    """The entries of a leading `---` block, and the index of the first line after it (0: there is none)."""
    if not lines or source[slice(*lines[0])].rstrip() != "---":
        return MappingProxyType({}), 0
    entries: dict[str, str] = {}
    for index, (start, end) in enumerate(lines[1:_FRONT_MATTER_LINES], start=1):
        text = source[start:end].rstrip()
        if text in ("---", "..."):
            return MappingProxyType(entries), index + 1
        match = _FRONT_MATTER_ENTRY.fullmatch(text)
        if match:
            entries[match.group(1).lower()] = match.group(2).strip().strip("\"'")
        elif text and not text.startswith((" ", "\t", "-", "#")):
            break  # running text: the `---` was a rule
    return MappingProxyType({}), 0


def _blocks(path: Path, source: str, lines: Sequence[Span]) -> Iterator[Line | list[Row]]:
    """Blocks in order, lines and tables not numbered yet."""
    fence = ""
    done = 0  # where the last table ends
    visible = _without_comments(source, lines)
    tables = html_tables(source)
    for index, span in enumerate(visible):
        if span[1] <= done:
            continue
        start, end = trimmed(source, max(span[0], done), span[1])
        match = _FENCE.match(source, *span)
        if match and (not fence or _closes(fence, match.group(1), source[start:end])):
            fence = "" if fence else match.group(1)
        elif fence:
            yield from _as_line(source, (start, end))
        elif is_table_head(source, visible, index):
            rows = pipe_rows(source, visible, index)
            yield rows
            done = visible[index + len(rows)][1]  # the delimiter row gives no row
        elif start in tables and (rows := html_rows(path, source, start, tables[start])):
            yield rows
            done = tables[start]
        else:
            yield from _as_line(source, _content(source, start, end))


def _closes(fence: str, mark: str, text: str) -> bool:
    return mark[0] == fence[0] and len(mark) >= len(fence) and not text.strip().strip(fence[0])


def _as_line(source: str, span: Span) -> Iterator[Line]:
    start, end = span
    if start < end:
        yield Line(source[start:end], 0, start, end)


def _without_comments(source: str, lines: Sequence[Span]) -> list[Span]:
    """The lines, cut where HTML comments stand. A comment that never ends is text."""
    if "<!--" not in source:
        return list(lines)
    comments = _comments(source, lines)
    visible: list[Span] = []
    place = 0
    for start, end in lines:
        cursor = start
        while place < len(comments) and comments[place][0] < end:
            opened, closed = comments[place]
            if cursor < opened:
                visible.append((cursor, opened))
            cursor = max(cursor, min(closed, end))
            if closed > end:
                break  # it goes on in the next line
            place += 1
        if cursor < end or start == end:
            visible.append((cursor, end))
    return visible


def _comments(source: str, lines: Sequence[Span]) -> list[Span]:
    """Spans of the comments outside code fences."""
    comments: list[Span] = []
    fence = ""
    cursor = 0
    for start, end in lines:
        match = _FENCE.match(source, start, end)
        if match and start >= cursor and (not fence or _closes(fence, match.group(1), source[start:end])):
            fence = "" if fence else match.group(1)
        while not fence and (opened := source.find("<!--", max(cursor, start), end)) >= 0:
            closed = source.find("-->", opened)
            if closed < 0:
                return comments
            cursor = closed + 3
            comments.append((opened, cursor))
    return comments


def _content(source: str, start: int, end: int) -> Span:
    """The span of what a line says, without the markup of its block and around it; may be empty."""
    if _is_rule(source[start:end]):
        return start, start
    opening = _OPENING.match(source, start, end)
    is_heading = opening is not None and "#" in opening.group()
    start, end = trimmed(source, opening.end() if opening else start, end)
    if is_heading:
        closing = _CLOSING_HASHES.search(source, start, end)
        end = closing.start() if closing else end
    return _unwrapped(source, start, end)


def _is_rule(text: str) -> bool:
    """A thematic break, or the line that underlines a heading (CommonMark 4.1 and 4.3)."""
    signs = "".join(text.split())
    return len(signs) >= 3 and signs[0] in "-*_=" and signs == signs[0] * len(signs)


def _unwrapped(source: str, start: int, end: int) -> Span:
    """Take off markup that encloses the line, or opens it (so that a bold label stands at its start)."""
    if not plain(source[start:end]).strip():
        return start, start
    start, end = _without_outer_tags(source, start, end)
    wrapped = _WRAPPED.fullmatch(source, start, end)
    if wrapped and wrapped.group(1) not in wrapped.group(2):
        start, end = wrapped.span(2)
    elif leading := _LEADING_STRONG.match(source, start, end):
        start = leading.end()
    link = _SOLE_LINK.fullmatch(source, start, end)
    return trimmed(source, *link.span(1)) if link else (start, end)


def _without_outer_tags(source: str, start: int, end: int) -> Span:
    while tag := TAG.match(source, start, end):
        start, end = trimmed(source, tag.end(), end)
    while source.endswith(">", start, end):
        opened = source.rfind("<", start, end)
        if opened < 0 or not TAG.fullmatch(source, opened, end):
            break
        start, end = trimmed(source, start, opened)
    return start, end
