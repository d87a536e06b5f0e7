"""Document → Notice: layout, outlines, tables and card put together; labels, citations and ids given."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ingest.addresses import Addresses
from ingest.audit import audit
from ingest.card import make_card
from ingest.document import Document, Table
from ingest.flat_tables import FlatTable
from ingest.grammar import Style, han_number, match_label
from ingest.grids import header_end
from ingest.headers import ROW_NUMBER, Header, begins_another, find_header
from ingest.layout import Layout, Part, is_title, lay_out
from ingest.notice import Clause, ClauseKind, Notice
from ingest.outline import Node, Outline
from ingest.places import Places
from ingest.recognition import recognition_remarks
from ingest.runs import Run, span

_CLOSING = "。！？；;：:）)”》…"


def split(document: Document, notice_id: str, sha256: str) -> Notice:
    """The notice that a document holds, clauses in document order."""
    layout = lay_out(document)
    heads: list[Run] = []
    nodes = list(_nodes(layout, heads))
    clauses = _clauses(nodes, notice_id, Places(document))
    card = make_card(document, layout, clauses)
    return Notice(
        id=notice_id,
        name=document.name,
        sha256=sha256,
        format=document.format,
        card=card,
        clauses=clauses,
        source=document.source,
        remarks=(*_remarks(clauses), *recognition_remarks(document)),
        audit=audit(document, layout, (node for node, _ in nodes), heads),
    )


def _nodes(layout: Layout, heads: list[Run]) -> Iterable[tuple[Node, tuple[str, ...]]]:
    """(node, headings of its ancestors) for every clause, in document order; the column titles of flattened
    tables are put into `heads`."""
    for name, runs in (("新闻摘要", layout.news), ("通知", layout.forward)):
        if name == "新闻摘要":
            for run in runs:
                yield _paragraph((name,), [run]), ()
        elif runs:
            yield _paragraph((name,), runs), ()
    yield from _part_nodes(layout.body, (), heads, find_header(_runs(layout.body)))
    titles: dict[tuple[str, ...], str] = {}
    for part in layout.following:
        yield from _attachment_nodes(part, titles, heads)
    if layout.listed:
        yield _paragraph(("附件目录",), layout.listed), ()
    for part in layout.attachments:
        yield from _attachment_nodes(part, titles, heads)


def _paragraph(path: tuple[str, ...], runs: Sequence[Run]) -> Node:
    node = Node(path, kind=ClauseKind.PARAGRAPH, begin=runs[0].start)
    node.own = list(runs)
    return node


def _runs(blocks: Sequence[Run | Table]) -> list[Run]:
    return [block for block in blocks if isinstance(block, Run)]


def _part_nodes(
    blocks: Sequence[Run | Table], path: tuple[str, ...], heads: list[Run], header: Header | None
) -> Iterable[tuple[Node, tuple[str, ...]]]:
    """Running text and flattened tables of one part, one after the other, below `path`; `header` is that of
    the first table."""
    places = [i for i, block in enumerate(blocks) if isinstance(block, Run)]
    runs = _runs(blocks)
    last_decimal = _last_decimal(runs)
    outline = Outline(path)
    first = 0
    while True:
        at = places[first - 1] + 1 if first else 0
        outline.decimal = last_decimal >= first
        if header is None:
            outline.read(blocks[at:])
            break
        heads += runs[header.begin : header.end - len(header.group)]
        outline.read(blocks[at : places[header.begin]])
        end = _table_end(runs, header, outline.open_nodes())
        attached = bool(path) and path[-1].startswith("附")
        number = ROW_NUMBER.match(runs[header.end].text.strip())
        table = outline.table_path(int(number.group(1)) if number else None, path if attached else None)
        outline.add_rows(FlatTable(header, table).read(runs[header.end : end]))
        first, header = end, find_header(runs, end)
    yield from _below(outline.close(), ())


def _last_decimal(runs: Sequence[Run]) -> int:
    """Up to where sections are numbered 1.1, 1.2 …, so that a bare 1 can open a chapter: the position of the
    last label but one; -1 if there is none."""
    found = -1, -1
    for i, run in enumerate(runs):
        if not run.text[:1].isdigit():
            continue
        label = match_label(run.text)
        if label is not None and label.style is Style.DECIMAL:
            found = found[1], i
    return found[0]


#: The list of attachments below a table.
_LIST_BELOW = re.compile(r"附\s*件?\s*[:：]")
#: What introduces the next table: its title, 见下表, 单位：万元.
_INTRODUCTION = re.compile(r"(?:如下|下表|附表).{0,4}[:：。]?$|[:：]$|^[（(]?(?:计量)?单位\s*[:：].{1,6}$")


def _table_end(runs: Sequence[Run], header: Header, sections: Sequence[Node]) -> int:
    """Where a flattened table ends: before a 附: list, before what introduces another table, or where the
    numbering of the text above goes on.

    Groups of the table itself count from one, so that their numbers are not those of the text.
    """
    nodes = [node for node in sections if node.style is not Style.ARABIC]
    following: dict[Style | None, int] = {node.style: node.number + 1 for node in nodes}
    for i in range(header.end, len(runs)):
        label = match_label(runs[i].text)
        if label is not None and label.number == 1:
            following.pop(label.style, None)
        if label is not None and following.get(label.style) == label.number:
            return i
        if _LIST_BELOW.match(runs[i].text):
            return i
        if begins_another(runs, i, header):
            return _introduction(runs, i, header.end)
    return len(runs)


def _introduction(runs: Sequence[Run], at: int, least: int) -> int:
    """The first of the lines, two at most, that introduce the table whose header is at `at`."""
    begin = at
    while begin - 1 > least and at - begin < 2:
        text = runs[begin - 1].text.strip()
        if not (_INTRODUCTION.search(text) or (is_title(text) and text.endswith(("表", "清单", "名单")))):
            break
        begin -= 1
    return begin


def _attachment_nodes(
    part: Part, titles: dict[tuple[str, ...], str], heads: list[Run]
) -> Iterable[tuple[Node, tuple[str, ...]]]:
    """The clauses of an annexed part; `titles` are those of the parts before, by path: its own is added."""
    node = Node(part.path, part.printed, kind=ClauseKind.HEADING, heading=part.title or None)
    node.own = (part.head[1:] or part.head[:1]) if part.printed else list(part.head)
    node.begin = part.head[0].start
    above = tuple(title for k in range(1, len(part.path)) if (title := titles.get(part.path[:k])))
    titles[part.path] = part.title
    yield node, above
    headings = (*above, part.title) if part.title else above
    header = find_header(_runs(part.blocks))
    if header is not None and header.begin == 0:  # column titles belong to the attachment's heading
        node.end = part.blocks[header.end - len(header.group) - 1].end  # type: ignore[union-attr]
    elif part.blocks and isinstance(part.blocks[0], Table):
        node.end = header_end(part.blocks[0])
    for child, inner in _part_nodes(part.blocks, part.path, heads, header):
        yield child, (*headings, *inner)
    for following in part.following:
        yield from _attachment_nodes(following, titles, heads)
    if part.listed:
        yield _paragraph((*part.path, "结语"), part.listed), headings


def _below(root: Node, headings: tuple[str, ...]) -> Iterable[tuple[Node, tuple[str, ...]]]:
    for child in root.children:
        if child.own or child.fields is not None or child.kind is ClauseKind.HEADING:
            yield child, headings
        yield from _below(child, (*headings, child.heading) if child.heading else headings)


# -- clauses ------------------------------------------------------------------------------------------------


def _clauses(
    nodes: Sequence[tuple[Node, tuple[str, ...]]], notice_id: str, places: Places
) -> tuple[Clause, ...]:
    """Clauses with ids, labels and citations; a table group's heading joins its rows' headings."""
    addresses = Addresses(node for node, _ in nodes)
    titles = {
        node.path: node.heading for node, _ in nodes if node.heading and node.kind is ClauseKind.HEADING
    }
    seen: dict[tuple[str, ...], int] = {}
    clauses = []
    for node, above in nodes:
        occurrence = seen[node.path] = seen.get(node.path, 0) + 1
        label, cite = addresses.label_and_cite(node.path)
        start, end = span(node.own)
        begin = start if node.begin is None else node.begin
        text = node.text
        clauses.append(
            Clause(
                id=_clause_id(notice_id, node.path, occurrence),
                path=node.path,
                label=label,
                cite=cite,
                kind=node.kind,
                heading=node.heading,
                text=_heading_text(node, text),
                headings=_with_groups(above, node.path, titles) if node.kind is ClauseKind.ROW else above,
                fields=node.fields or _responsible(text),
                start=begin,
                end=end if node.end is None else node.end,
                place=places.at(begin),
            )
        )
    return tuple(clauses)


def _with_groups(
    above: tuple[str, ...], path: tuple[str, ...], titles: Mapping[tuple[str, ...], str]
) -> tuple[str, ...]:
    """The headings above a row, and those of the groups that it stands in."""
    groups = [titles.get(path[:k]) for k in range(1, len(path))]
    return above + tuple([group for group in groups if group and group not in above])


def _heading_text(node: Node, text: str) -> str:
    if node.kind is ClauseKind.HEADING and node.path[-1].startswith("附"):
        return node.heading or text
    return text.replace("\n", "") if node.kind is ClauseKind.HEADING else text


def _clause_id(notice_id: str, path: tuple[str, ...], occurrence: int) -> str:
    key = "\0".join([notice_id, *path, str(occurrence)])
    return hashlib.sha256(key.encode()).hexdigest()[:16]


_RESPONSIBLE = re.compile(
    r"[（(]\s*((?:责任|牵头|配合|主办|协办|承办|实施)(?:单位|部门|科室|处室|领导|人))\s*[:：]\s*([^（()）]+(?:[（(][^（()）]*[)）][^（()）]*)*)[)）]。?$"
)


def _responsible(text: str) -> dict[str, str] | None:
    """The bodies that an item names at its end: （责任单位：…）, also 牵头单位：…；配合单位：…."""
    found = _RESPONSIBLE.search(text) if text.endswith(("）", ")", "。")) else None
    if not found:
        return None
    fields: dict[str, str] = {}
    for part in re.split("[；;。]", f"{found.group(1)}：{found.group(2)}"):
        name, _, bodies = part.partition("：") if "：" in part else part.partition(":")
        if bodies.strip():
            fields[name.strip()] = bodies.strip()
    return fields


# -- what else a reader should know -------------------------------------------------------------------------


def _remarks(clauses: Sequence[Clause]) -> tuple[str, ...]:
    """Plain sentences: a text that breaks off; numbers that skip or repeat are kept and reported."""
    remarks = []
    last = clauses[-1] if clauses else None
    if last and last.kind is ClauseKind.ITEM and len(last.text) > 60 and last.text[-1] not in _CLOSING:
        remarks.append(f"{last.label} 的文字在文末中断，原文可能不完整。")
    seen = Counter(clause.path for clause in clauses if clause.path != ("新闻摘要",))
    repeated = ["".join(path) for path, count in seen.items() if count > 1]
    if repeated:
        remarks.append(f"编号重复，均已照录：{'、'.join(repeated[:5])}{'等' if len(repeated) > 5 else ''}。")
    skipped = [*_skipped_numbers(clauses), *_skipped_articles(clauses)]
    if skipped:
        remarks.append(f"编号跳过：{'、'.join(skipped[:5])}{'等' if len(skipped) > 5 else ''}。")
    return tuple(remarks)


def _skipped_numbers(clauses: Sequence[Clause]) -> list[str]:
    """For each gap in the numbers of table rows: 附件2 第5项之后为第7项."""
    gaps = []
    before: dict[str, int] = {}
    for clause in clauses:
        place, _, number = clause.cite.partition("#")
        if clause.kind is not ClauseKind.ROW and not (number and clause.kind is ClauseKind.HEADING):
            continue
        first = number.split(".")[0]
        if not first.isdigit():
            continue
        last = before.get(place)
        if last is not None and int(first) > last + 1:
            gaps.append(f"{place} 第{last}项之后为第{first}项")
        before[place] = int(first)
    return gaps


_ARTICLE_NAME = re.compile(r"第([一二三四五六七八九十百〇零]+)条")


def _skipped_articles(clauses: Sequence[Clause]) -> list[str]:
    """For each gap in the numbers of articles: 第二十四条之后为第二十六条."""
    gaps = []
    before: dict[str, tuple[int, str]] = {}
    for clause in clauses:
        name = next((name for name in clause.path if _ARTICLE_NAME.fullmatch(name)), "")
        if not name:
            continue
        document = clause.path[0] if not clause.path[0].startswith("第") else ""
        number = han_number(name[1:-1])
        last, last_name = before.get(document, (number, name))
        if number > last + 1:
            gaps.append(f"{document}{last_name}之后为{name}")
        before[document] = (number, name)
    return gaps
