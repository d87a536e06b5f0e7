"""The audit: every printed character of a source is in a clause, in the card, or furniture, exactly once.

It is counted from the spans that the clauses carry, not from what the splitter meant to do, so that a fault
in the splitter shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.document import Document, Line, Table
from ingest.grids import header_end, repeated_heads
from ingest.layout import Layout
from ingest.notice import Audit, Stretch
from ingest.outline import Node
from ingest.runs import Run

_NOBODY, _CLAUSE, _CARD, _FURNITURE, _BLANK = range(5)
_OWNERS = [bytes([owner]) for owner in (_NOBODY, _CLAUSE, _CARD, _FURNITURE, _BLANK)]
_MARKUP = "Markdown 标记"
_TABLE_HEAD = "表头（列名记入各行）"
#: What Markdown writes around text: heading signs, bullets, quote marks, rules, pipes, emphasis, links.
_TARGET = r"\]\((?:[^()\n]|\([^()\n]*\))*+\)"
_MARKS = re.compile(rf"(?:!?\[[^\]\n]*{_TARGET}|{_TARGET}|[\s#>*_=|:`~+\-\\\[\]()!])*+")
#: White space, and a byte order mark in the middle of a text, print nothing.
_UNPRINTED = re.compile("[\\s\ufeff\u200b\u00ad]+")
_PRINTED = re.compile("[^\\s\ufeff\u200b\u00ad]+")
_FREE = re.compile(b"\\x00+")
#: What prints nothing in Markdown: comments, front matter, tags of HTML.
_UNSHOWN = re.compile(
    r"<!--.*?-->|\A---\n.*?\n(?:---|\.\.\.)\n|</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>", re.DOTALL
)


def audit(document: Document, layout: Layout, nodes: Iterable[Node], heads: Sequence[Run]) -> Audit:
    """The account of a document's source; `heads` are the column titles of its flattened tables."""
    account = _Account(document.source)
    for node in nodes:
        account.node(node)
    for run in _card_runs(layout):
        account.run(run, _CARD)
    for taken in layout.furniture:
        account.furniture(taken.run, taken.rule)
    for run in heads:
        account.leftover(run.start, run.end, _TABLE_HEAD)
    for block in document.blocks:
        if isinstance(block, Table) and block.rows:
            account.leftover(block.rows[0].start, header_end(block), _TABLE_HEAD)
            for start, end in repeated_heads(block):
                account.leftover(start, end, _TABLE_HEAD)
    if document.format == "md":
        _account_for_markup(account, document)
    return account.result()


def _card_runs(layout: Layout) -> list[Run]:
    single = (layout.notice_title, layout.title, layout.doc_number, layout.addressees, layout.date)
    return [run for run in (*single, *layout.signer) if run is not None]


def _account_for_markup(account: _Account, document: Document) -> None:
    """Marks inside and around the lines and rows of a Markdown file."""
    for found in _UNSHOWN.finditer(document.source):
        account.leftover(found.start(), found.end(), _MARKUP)
    at = 0
    for block in document.blocks:
        for piece in (block,) if isinstance(block, Line) else block.rows:
            account.marks(at, piece.start or 0)
            account.marks(piece.start or 0, piece.end or 0)
            at = max(at, piece.end or 0)
    account.marks(at, len(document.source))


class _Account:
    """Who owns each character, one byte for one character."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._owner = bytearray(len(source))
        self._twice: set[tuple[int, int]] = set()
        self._taken: list[tuple[int, int, str]] = []

    def node(self, node: Node) -> None:
        """A clause: its label, and its own runs."""
        first = node.own[0].start if node.own else None
        if node.begin is not None:
            self._mark(node.begin, node.begin + len(node.printed) if first is None else first, _CLAUSE)
        if node.end is not None:  # an attachment's heading with the column titles below it
            self._mark(node.begin if first is None else first, node.end, _CLAUSE)
            return
        # cells without offsets of their own share the span of their row
        for run in {(run.start, run.end): run for run in node.own}.values():
            self.run(run, _CLAUSE)

    def run(self, run: Run, owner: int) -> None:
        """A run in one piece or, where lines were glued, character by character."""
        if run.offsets is None:
            self._mark(run.start, run.end, owner)
            return
        for start, end in _pieces(run.offsets):
            self._mark(start, end, owner)

    def furniture(self, run: Run, rule: str) -> None:
        if run.start is not None and run.end is not None:
            self.run(run, _FURNITURE)
            self._taken.append((run.start, run.end, rule))

    def leftover(self, start: int | None, end: int | None, rule: str) -> None:
        """Furniture where nobody owns the characters yet."""
        for begin, stop in self._unowned(start or 0, end or 0):
            self._mark(begin, stop, _FURNITURE)
            self._taken.append((begin, stop, rule))

    def marks(self, start: int, end: int) -> None:
        """Markdown marks among the characters that nobody owns."""
        for begin, stop in self._unowned(start, end):
            if _MARKS.fullmatch(self._source, begin, stop):
                self._mark(begin, stop, _FURNITURE)
                self._taken.append((begin, stop, _MARKUP))

    def result(self) -> Audit:
        self._blank_out()
        owner = self._owner
        return Audit(
            total=len(owner) - owner.count(_BLANK),
            in_clauses=owner.count(_CLAUSE),
            in_card=owner.count(_CARD),
            furniture=tuple(self._stretch(*taken) for taken in sorted(self._taken)),
            lost=tuple(self._stretch(*found.span()) for found in _FREE.finditer(owner)),
            twice=tuple(self._stretch(*span) for span in sorted(self._twice)),
        )

    def _blank_out(self) -> None:
        for found in _UNPRINTED.finditer(self._source):
            start, end = found.span()
            self._owner[start:end] = _OWNERS[_BLANK] * (end - start)

    def _mark(self, start: int | None, end: int | None, owner: int) -> None:
        if start is None or end is None or end <= start:
            return
        held = self._owner[start:end]
        if held.count(_NOBODY) != len(held):
            self._note_twice(held, start)
        self._owner[start:end] = _OWNERS[owner] * (end - start)

    def _note_twice(self, held: bytearray, start: int) -> None:
        owned = [i for i, other in enumerate(held, start) if _CLAUSE <= other <= _FURNITURE]
        printed = [i for i in owned if not _UNPRINTED.match(self._source, i)]
        self._twice.update(_pieces(printed))

    def _unowned(self, start: int, end: int) -> list[tuple[int, int]]:
        """Stretches of printed characters that nobody owns."""
        free = (found.span() for found in _FREE.finditer(self._owner, start, end))
        return [span for stretch in free for span in self._printed(*stretch)]

    def _printed(self, start: int, end: int) -> list[tuple[int, int]]:
        """The stretches between blanks."""
        return [found.span() for found in _PRINTED.finditer(self._source, start, end)]

    def _stretch(self, start: int, end: int, rule: str = "") -> Stretch:
        return Stretch(self._source[start:end], start, end, rule)


def _pieces(offsets: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ascending offsets as (start, end) of unbroken stretches."""
    start = 0
    for i in range(1, len(offsets) + 1):
        if i == len(offsets) or offsets[i] != offsets[i - 1] + 1:
            yield offsets[start], offsets[i - 1] + 1
            start = i
