"""Runs of running text → a tree of nodes, by the numbering grammar and the address rules.

Addresses: unnumbered text below a title line is 引言 before its children and 结语 after them; a title line
alone is a heading; 一是/二是 inside a paragraph are children; 款 are counted in statutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.articles import (
    HORIZON,
    caption_of,
    is_broken_off,
    is_in_open_list,
    leading_caption,
    next_in_lists,
)
from ingest.document import Table
from ingest.grammar import (
    STATUTE_STYLES,
    Label,
    Style,
    closing_after_list,
    closing_of_enumeration,
    inline_items,
    match_chapter_number,
    match_label,
)
from ingest.notes import NOTE
from ingest.notice import ClauseKind
from ingest.readers.numerals import written
from ingest.runs import Run, glue
from ingest.table_addresses import TableAddresses

#: Longest title line; longer lines are text.
TITLE_LENGTH = 60
#: How far a label may jump ahead of the last one of its style before it is taken for a number in the text.
_JUMP = 6


@dataclass(slots=True)
class Node:
    """One node of the tree while it grows: its own runs, its children, and text that may still be its own."""

    path: tuple[str, ...]
    printed: str = ""
    style: Style | None = None
    number: int = 0
    kind: ClauseKind = ClauseKind.ITEM
    own: list[Run] = field(default_factory=list)
    begin: int | None = None
    end: int | None = None
    children: list[Node] = field(default_factory=list)
    tail: list[Run] = field(default_factory=list)
    heading: str | None = None
    fields: dict[str, str] | None = None
    inline_body: bool = False
    caption: str | None = None
    finished: bool = False

    @property
    def text(self) -> str:
        """The node's own text, one line for each run."""
        return "\n".join(run.text for run in self.own if run.text)

    def walk(self) -> Iterable[Node]:
        """This node and all below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


def title_of(text: str) -> str:
    """A title line without its closing punctuation."""
    return text.strip().rstrip("。：:；;，,、.").strip()


def is_title_line(text: str) -> bool:
    """Whether the text is a title line alone: short, one sentence."""
    body = text.strip()
    if not body or "\n" in body or body[-1] in "；;，," or re.search("[。；;！？]", body[:-1]):
        return False
    # A closed sentence is a title only when it is short: 工作目标。 健全制度，完善机制。
    return (
        len(body) <= TITLE_LENGTH
        if body[-1] != "。"
        else len(body) <= 36 and len(re.findall("[，,]", body)) <= 1
    )


def lead_of(text: str) -> str | None:
    """The words before the body that name an item: its short first sentence, or the words before a colon."""
    found = re.match(r"([^。；;\n]{2,40})。(?=\S)", text) or re.match(
        r"([^。；;：:，,\n]{2,40})[：:](?=\S)", text
    )
    return found.group(1).strip() if found else None


class Outline:
    """Builds the tree of one part (the body, or one attachment) below a root path.

    `decimal` says that sections are numbered 1.1, 1.2 … from here on, so that a bare 1 opens a chapter.
    """

    def __init__(self, path: tuple[str, ...] = ()) -> None:
        self.decimal = False
        self._tables = TableAddresses()
        self.root = Node(path, kind=ClauseKind.HEADING)
        self._stack: list[Node] = [self.root]
        self._last: dict[Style, int] = {}
        self._below: dict[Style, Style | None] = {}  # the style of the node that a style last hung on
        self._chapters = 0
        self._below_table: tuple[tuple[str, ...], Node] | None = None
        self._ahead: list[Label | None] = []
        self._at = 0

    def read(self, blocks: Sequence[Run | Table]) -> None:
        """Take in further lines and tables of the part."""
        self._ahead = [match_label(block.text) if isinstance(block, Run) else None for block in blocks]
        for self._at, block in enumerate(blocks, 1):
            if isinstance(block, Table):
                self._add_table(block)
            else:
                self._add(block, self._ahead[self._at - 1])

    def close(self) -> Node:
        """The root of the tree of all that was read."""
        self._settle_tail(None)
        self._finish(self.root)
        return self.root

    def _add(self, run: Run, label: Label | None) -> None:
        """Take in the next line of the part."""
        if label is None and self.decimal:
            label = match_chapter_number(run.text)
        if label is not None and self._fits(label, run.text):
            self._open(label, run)
        else:
            self._unnumbered(run)

    # -- labels ---------------------------------------------------------------------------------------------

    def _fits(self, label: Label, text: str) -> bool:
        """Whether a label can stand here: it starts a list, follows on, or belongs to an unnumbered style."""
        style = label.style
        if style is Style.INLINE:
            return self._fits_inline(label)
        if style is Style.DECIMAL:
            return self._fits_decimal(label)
        if style is Style.BULLET or style in STATUTE_STYLES:
            return style is not Style.BULLET or len(text) > label.length + 1
        return self._follows_on(label, text)

    def _follows_on(self, label: Label, text: str) -> bool:
        """Whether a numbered label starts its list or stands not far after the last one of its style."""
        style = label.style
        if len(text) == label.length and style is not Style.HAN_PAREN:
            return False
        last = self._last.get(style)
        if last is None:
            return label.number <= 1 or (not self._last and label.number < 30)
        return label.number <= last + _JUMP

    def _fits_inline(self, label: Label) -> bool:
        """一是 at a line start: the first of its kind, or the one after the last."""
        top = self._stack[-1]
        if label.number == 1:
            return True
        return top.style is Style.INLINE and label.number == top.number + 1

    def _fits_decimal(self, label: Label) -> bool:
        """1.1 fits below an open 1, or beside a decimal label of the same depth."""
        parts = label.name.split(".")
        if len(parts) == 1:
            return label.number <= self._last.get(Style.DECIMAL, 0) + 1 or label.number <= self._chapters + 1
        for node in reversed(self._stack):
            name = node.path[-1] if node.path else ""
            if name == ".".join(parts[:-1]):
                return True
            if node.style is Style.DECIMAL and name.split(".")[:-1] == parts[:-1]:
                return True
        return False

    def _open(self, label: Label, run: Run) -> None:
        parent_depth = self._parent_depth(label)
        self._settle_tail(parent_depth, label)
        self._below_table = None
        del self._stack[parent_depth + 1 :]
        parent = self._stack[-1]
        if label.style in STATUTE_STYLES and label.style < Style.ARTICLE:
            self._last.pop(Style.HAN_PAREN, None)
        node = Node((*parent.path, label.name), label.printed, label.style, label.number, begin=run.start)
        body = run.slice(label.length)
        if label.style is Style.BULLET:
            node.kind = ClauseKind.BULLET
        elif label.style is Style.INLINE:
            node.kind = ClauseKind.INLINE
        if body.text:
            node.own.append(body)
        parent.children.append(node)
        self._stack.append(node)
        if label.depth == 1:
            self._chapters = label.number
        self._last[label.style] = label.number
        self._below[label.style] = parent.style

    def _parent_depth(self, label: Label) -> int:
        """The stack index of the node that the label's node hangs on."""
        if label.style is Style.DECIMAL:
            return self._decimal_parent(label)
        styles = [node.style for node in self._stack]
        if label.style in styles:
            return styles.index(label.style) - 1
        depth = len(self._stack) - 1
        if label.style in (Style.BULLET, Style.INLINE):
            while self._stack[depth].style is Style.INLINE:
                depth -= 1
            return depth
        while depth and self._is_unnumbered(self._stack[depth]):
            depth -= 1
        # A style never seen before that starts at one opens a list inside the current item, whatever its
        # canonical rank: some notices put （一） below 1.
        if label.style not in self._last and label.number == 1 and label.style not in STATUTE_STYLES:
            return depth
        above = self._below.get(label.style)
        if above is not None and above > label.style and above in styles:  # （一） below 1. once more
            return styles.index(above)
        while depth and (self._stack[depth].style or 0) > label.style:
            depth -= 1
        return depth

    @staticmethod
    def _is_unnumbered(node: Node) -> bool:
        return node.style in (Style.BULLET, Style.INLINE) or node.kind is ClauseKind.PARAGRAPH

    def _decimal_parent(self, label: Label) -> int:
        if label.depth == 1:
            return 0
        parent = label.name.rsplit(".", 1)[0]
        for depth in range(len(self._stack) - 1, 0, -1):
            if self._stack[depth].path[-1] == parent:
                return depth
            if (
                self._stack[depth].style is Style.DECIMAL
                and self._stack[depth].path[-1].rsplit(".", 1)[0] == parent
            ):
                return depth - 1
        return 0

    # -- unnumbered text ------------------------------------------------------------------------------------

    def _unnumbered(self, run: Run) -> None:
        top = self._stack[-1]
        note = NOTE.match(run.text)
        if note and self._below_table is not None:
            self._add_note(run, note, *self._below_table)
        elif top is self.root and not top.children:
            self._add_below(top, run, "前言")
        elif top is self.root:  # below a table
            top.tail.append(run)
        elif self._is_in_article(top):
            self._add_to_article(top, run)
        elif top.kind is ClauseKind.ITEM and self._is_open_title(top):
            self._add_below(top, run, "引言")
        elif top.style is None or not (top.own or top.children):
            top.own.append(run)
        else:
            top.tail.append(run)

    def _is_in_article(self, top: Node) -> bool:
        """Whether unnumbered text is a further 款 of the open article."""
        if top.style is None:
            return top.path[-1].endswith("款")
        return top.style is Style.ARTICLE or (top.style > Style.ARTICLE and self._article() is not None)

    @staticmethod
    def _add_note(run: Run, note: re.Match[str], path: tuple[str, ...], parent: Node) -> None:
        """备注 below a table: its own clause beside the rows."""
        node = Node((*path, note.group(1)), kind=ClauseKind.PARAGRAPH, begin=run.start)
        node.own.append(run.slice(note.end()))
        parent.children.append(node)

    def _is_open_title(self, top: Node) -> bool:
        """Whether the text after this item is its 引言: a title line, and not the last of a plain list."""
        if top.children or not is_title_line(top.text):
            return False
        siblings = self._stack[-2].children[:-1] if len(self._stack) > 1 else []
        same = [node for node in siblings if node.style is top.style]
        return not same or any(node.children for node in same)

    def _add_below(self, parent: Node, run: Run, name: str) -> None:
        """Unnumbered text before the children: one paragraph clause that grows line by line."""
        node = Node((*parent.path, name), kind=ClauseKind.PARAGRAPH, begin=run.start)
        node.own.append(run)
        parent.children.append(node)
        self._stack.append(node)

    def _article(self) -> Node | None:
        """The open article of a statute, if any."""
        for node in reversed(self._stack):
            if node.style is Style.ARTICLE:
                return node
        return None

    def _add_to_article(self, top: Node, run: Run) -> None:
        """Unnumbered text in an article: below a title, the rest of a line or a list, or a further 款."""
        in_list = top.style is not None and top.style > Style.ARTICLE
        if in_list and self._is_title_in_article(top):
            self._add_below(top, run, "引言")
        elif top.own and not top.children and self._goes_on(top, run):
            return
        elif in_list and self._open_list() is not None:
            top.tail.append(run)
        else:
            self._add_paragraph(run)

    @staticmethod
    def _goes_on(top: Node, run: Run) -> bool:
        """Take in the rest of a broken line, an entry of a list without labels, or what has a caption."""
        lines = [own.text for own in top.own]
        if is_broken_off(lines[-1]):
            top.own[-1] = glue([top.own[-1], run])
            return True
        if top.style is Style.ARTICLE and top.caption is None and (caption := caption_of(lines[0])):
            top.caption = caption
        elif not is_in_open_list(lines[1:] if top.caption else lines):
            return False
        top.own.append(run)
        return True

    def _open_list(self) -> Style | None:
        """The style of the list, among those open in the article, that goes on after this line."""
        lists = {
            node.style: node.number
            for node in self._stack
            if node.style is not None and Style.ARTICLE < node.style < Style.INLINE
        }
        return next_in_lists(self._ahead[self._at : self._at + HORIZON], lists)

    def _is_title_in_article(self, top: Node) -> bool:
        """Whether an item is a title line (执业资格) above its text: entries of a list end in ； or 。"""
        if top.children or len(top.own) != 1 or caption_of(top.text) is None:
            return False
        siblings = self._stack[-2].children[:-1]
        same = [node for node in siblings if node.style is top.style and node.own]
        return all(node.own[0].text[-1] not in "。；;" for node in same) or self._open_list() is not None

    def _add_paragraph(self, run: Run) -> None:
        """A further 款 of the open article: the first text of the article becomes 第一款."""
        article = self._article()
        if article is None:
            self._stack[-1].tail.append(run)
            return
        if article.own or article.children:
            self._divide(article)
        depth = self._stack.index(article)
        del self._stack[depth + 1 :]
        if not article.children and not article.own:
            article.own.append(run)
            return
        before = next((child for child in reversed(article.children) if child.path[-1].endswith("款")), None)
        number = before.number + 1 if before else 1
        name = f"第{written(number, 'chineseCounting')}款"
        node = Node((*article.path, name), number=number, begin=run.start)
        node.own.append(run)
        article.children.append(node)
        self._stack.append(node)

    def _divide(self, article: Node) -> None:
        """Turn an article with one paragraph into an article whose paragraphs are its children."""
        if any(child.path[-1].endswith("款") and child.style is None for child in article.children):
            return
        kept = 1 if article.caption else 0
        first = Node((*article.path, "第一款"), number=1, begin=article.begin)
        first.own, article.own = article.own[kept:], article.own[:kept]
        if kept:
            first.begin = first.own[0].start if first.own else None
        first.children, article.children = article.children, [first]
        for child in first.children:
            _rebase(child, article.path, first.path)

    def _settle_tail(self, parent_depth: int | None, label: Label | None = None) -> None:
        """Decide whose the unnumbered text after an item is, now that the next label (or the end) is known.

        Between two siblings it goes on the item before; before an outer label it closes what that label
        closes (结语), unless the items of this list have had such further paragraphs before. Where the list
        begins anew, text that ends in ： leads in the new list.
        """
        top = self._stack[-1]
        if not top.tail:
            return
        runs, top.tail = top.tail, []
        depth = len(self._stack) - 1
        goes_on = parent_depth is not None and parent_depth >= depth - 1
        siblings = self._stack[depth - 1].children[:-1] if depth else []
        habit = any(len(node.own) > 1 for node in siblings if node.style is not None)
        name = "结语"
        if top.children:  # table rows: text below them closes what holds the table
            closed = top
        elif self._begins_anew(top, label) and runs[-1].text.rstrip().endswith(("：", ":")):
            closed, name = self._stack[depth - 1], "引言"
        elif goes_on or habit:
            top.own.extend(runs)
            return
        else:
            closed = self._stack[min(depth, (parent_depth or 0) + 1)]
            closed = self.root if closed is top else closed
        node = Node((*closed.path, name), kind=ClauseKind.PARAGRAPH, begin=runs[0].start)
        node.own.extend(runs)
        closed.children.append(node)

    @staticmethod
    def _begins_anew(top: Node, label: Label | None) -> bool:
        return label is not None and label.number == 1 and label.style is top.style and top.number > 1

    # -- tables and finishing -------------------------------------------------------------------------------

    def _add_table(self, table: Table) -> None:
        from ingest.grids import first_number, grid_nodes  # noqa: PLC0415  (tables need Node)

        path = self.table_path(first_number(table))
        self.add_rows(grid_nodes(table, path))
        self._below_table = path, self._stack[-1]

    def table_path(self, first: int | None, section: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """The path of a table that stands here, below the open section or the one given; `first` is the 序号
        of its first row."""
        self._settle_tail(len(self._stack) - 1)
        while self._stack[-1].style is None and self._stack[-1] is not self.root:
            self._stack.pop()
        return self._tables.next(self._stack[-1].path if section is None else section, first)

    def add_rows(self, nodes: Iterable[Node]) -> None:
        """Put the rows, groups and notes of a table into the open section."""
        for node in nodes:
            node.finished = True
            self._stack[-1].children.append(node)

    def open_nodes(self) -> list[Node]:
        """The numbered nodes that are open, from the outermost inwards."""
        return [node for node in self._stack if node.style is not None]

    def _finish(self, node: Node) -> None:
        for child in list(node.children):
            self._finish(child)
        if node is self.root or node.finished:
            return
        self._split_inline(node)
        self._name(node)

    def _split_inline(self, node: Node) -> None:
        """Make children of 一是…二是… inside the node's last line, if it has no numbered children."""
        if not node.own or node.kind is ClauseKind.INLINE or any(c.style is not None for c in node.children):
            return
        run = node.own[-1]
        marks = inline_items(run.text)
        if not marks:
            return
        if len(node.own) > 1 or marks[0][0] > 0:
            node.inline_body = True
        node.own[-1] = run.slice(0, marks[0][0])
        ends = [position for position, _ in marks[1:]] + [len(run.text)]
        members = [run.text[a:b] for (a, _), b in zip(marks, ends, strict=True)]
        closing = closing_of_enumeration(members[-1]) or closing_after_list(members)
        if closing is not None:
            ends[-1] = marks[-1][0] + closing
        for (position, label), end in zip(marks, ends, strict=True):
            piece = run.slice(position, end)
            child = Node(
                (*node.path, label.name), label.printed, label.style, label.number, ClauseKind.INLINE
            )
            child.begin = piece.start
            child.own.append(piece.slice(label.length))
            child.heading = lead_of(child.text)
            node.children.append(child)
        if closing is not None:
            rest = run.slice(ends[-1])
            node.children.append(
                Node((*node.path, "结语"), kind=ClauseKind.PARAGRAPH, own=[rest], begin=rest.start)
            )
        if not node.own[-1].text:
            node.own.pop()

    def _name(self, node: Node) -> None:
        """Set heading and kind from what the node holds."""
        text = node.text
        if node.kind is ClauseKind.PARAGRAPH:
            return
        if node.kind is ClauseKind.BULLET:
            node.heading = node.path[-1].removeprefix("——")
            return
        if node.style in STATUTE_STYLES and node.style is not Style.ARTICLE:
            node.kind, node.heading = ClauseKind.HEADING, re.sub(r"\s+", "", text) or None
            return
        if self._name_article(node):
            return
        below = [child for child in node.children if child.kind is not ClauseKind.INLINE]
        alone = is_title_line(text) and not node.inline_body
        if node.kind is ClauseKind.ITEM and alone and (below or self._title_alone(node, text)):
            node.kind, node.heading = ClauseKind.HEADING, title_of(text)
        elif node.inline_body and is_title_line(text):
            node.heading = title_of(text)
        else:
            node.heading = lead_of(text)

    @staticmethod
    def _name_article(node: Node) -> bool:
        """An article is named by its caption alone, and a 款 by nothing: their first sentence is no title."""
        if node.style is None and node.path[-1].endswith("款"):
            node.kind = ClauseKind.PARAGRAPH
            return True
        if node.style is not Style.ARTICLE:
            return False
        caption = node.caption or (caption_of(node.text) if node.children else None)
        if caption is not None and len(node.own) == 1:
            node.kind = ClauseKind.HEADING
        node.heading = caption or leading_caption(node.text)
        return True

    def _title_alone(self, node: Node, text: str) -> bool:
        return (
            node.style in (Style.HAN, Style.HAN_PAREN)
            and text[-1] not in "。；;，,：:"
            and not self._article()
        )


def _rebase(node: Node, old: tuple[str, ...], new: tuple[str, ...]) -> None:
    for item in node.walk():
        item.path = (*new, *item.path[len(old) :])
