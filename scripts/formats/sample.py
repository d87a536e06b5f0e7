"""A sample notice as the writers of all formats take it: paragraphs and tables, no marks of its file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"(#{1,6})\s+(.+)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_RULE = re.compile(r"(?:-{3,}|[|\s:-]+)")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_SIGNER = re.compile(r"[\u4e00-\u9fff\u3000]{4,40}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A printed paragraph: `level` is 0 for text and 1 or more for a heading; the first `bold` characters
    are bold; `closing` is true for a signature and its date, which stand at the right."""

    text: str
    level: int = 0
    bold: int = 0
    closing: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cell texts, the column titles first."""

    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample notice: the name of its file without the suffix, and its blocks in order."""

    name: str
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """The text of its first heading."""
        return next(block.text for block in self.blocks if isinstance(block, Paragraph) and block.level == 1)

    def annexes(self) -> list[tuple[str, str, Grid, str]]:
        """(label, title, table, note below it) of each attachment that has a table."""
        found = []
        for at, block in enumerate(self.blocks):
            if not isinstance(block, Grid):
                continue
            label, title = self.blocks[at - 2], self.blocks[at - 1]
            below = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
            note = below.text if isinstance(below, Paragraph) and below.text.startswith("备注") else ""
            assert isinstance(label, Paragraph)
            assert isinstance(title, Paragraph)
            found.append((label.text, title.text, block, note))
        return found


def read_sample(path: Path) -> Sample:
    """The sample in a .md or .txt file of `corpus/`; front matter, HTML and nested lists are not known."""
    text = _decoded(path.read_bytes())
    lines = [line.strip() for line in _COMMENT.sub("", text).splitlines()]
    blocks: list[Block] = []
    table: list[tuple[str, ...]] = []
    for line in [*lines, ""]:
        if line.startswith("|"):
            if not _RULE.fullmatch(line):
                table.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if table:
            blocks.append(Grid(tuple(table)))
            table = []
        if line and not _RULE.fullmatch(line):
            blocks.append(_paragraph(line.removeprefix("> ")))
    if path.suffix == ".txt":
        _mark_titles(blocks)
    return Sample(path.stem, tuple(_with_closing(blocks)))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _paragraph(line: str) -> Paragraph:
    heading = _HEADING.fullmatch(line)
    if heading:
        line = heading.group(2)
    bold = _BOLD.match(line)
    return Paragraph(
        _BOLD.sub(r"\1", line), len(heading.group(1)) if heading else 0, len(bold.group(1)) if bold else 0
    )


def _mark_titles(blocks: list[Block]) -> None:
    """Make headings of the titles in a plain text: the printing notice's and the document's."""
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and re.fullmatch(r".{4,50}(?:的通知|办法)", block.text):
            blocks[at] = Paragraph(block.text, 1)


def _with_closing(blocks: list[Block]) -> list[Block]:
    """The blocks, dates that stand alone and the names of bodies above them marked."""
    closing: set[int] = set()
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or not _DATE.fullmatch(block.text):
            continue
        first = at
        while first and _is_signer(blocks[first - 1]):
            first -= 1
        closing.update(range(first, at + 1))
    return [
        Paragraph(block.text, closing=True) if at in closing and isinstance(block, Paragraph) else block
        for at, block in enumerate(blocks)
    ]


def _is_signer(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.level and _SIGNER.fullmatch(block.text) is not None
