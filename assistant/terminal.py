"""What the command line prints for people. Corpus text is data: it is never read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text
from rich.tree import Tree

from assistant.explanation_lines import explanation_words
from assistant.wording import readable
from ingest.notice import Attachment, Audit, Card, Clause, ink

if TYPE_CHECKING:  # what prints a file's clauses need not load what searches an index
    from assistant.addressing import Place
    from assistant.explanation import Explanation
    from index.types import FileFault, NoticeRecord, SyncReport

_TREE_TEXT = 60

#: Beside the cited clauses, so many of the first ones found are explained.
EXPLAINED = 5

#: A pipe has no width; lines are as long as they are.
_PIPED_WIDTH = 10_000

#: ESC in a file or its name could move the cursor, set the window's title or colour what follows. Tabs and
#: line ends stay; carriage returns end lines of progress, and `Text` takes no others.
_CONTROLS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if code not in b"\t\n\r"}


class PlainConsole(Console):
    """Prints text as text: never read as markup, never coloured by guess, without control characters."""

    def __init__(self, file: IO[str]) -> None:
        super().__init__(file=file, markup=False, highlight=False, emoji=False)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The segments of `renderable`, with U+FFFD for each control character in them."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=segment.text.translate(_CONTROLS))


def data_console(file: IO[str]) -> PlainConsole:
    """A console for results: in a pipe no line is cut or broken."""
    console = PlainConsole(file)
    if not console.is_terminal:
        console.width = _PIPED_WIDTH
    return console


def print_explanations(console: Console, explanations: Sequence[Explanation]) -> None:
    """Why each of these clauses was found, a few lines each."""
    console.print(Text("为什么找到这些条款：", style="bold"), soft_wrap=True)
    for one in explanations:
        marker = f"[{one.marker}] " if one.marker is not None else ""
        place = f"{one.rank}. {marker}《{one.hit.notice.card.title}》{one.hit.clause.cite}"
        console.print(Text(place), soft_wrap=True)
        for name, words in explanation_words(one):
            console.print(Text(f"    {name}：{readable(words)}", style="dim"), soft_wrap=True)


def print_clauses(console: Console, title: str, clauses: Sequence[Clause]) -> None:
    """The clause tree of one notice."""
    root = Tree(Text(title, style="bold"))
    branches: dict[tuple[str, ...], Tree] = {}
    for clause in clauses:
        parent = next(
            (
                branches[clause.path[:n]]
                for n in range(len(clause.path) - 1, 0, -1)
                if clause.path[:n] in branches
            ),
            root,
        )
        branches[clause.path] = parent.add(_clause_line(clause))
    console.print(root, soft_wrap=True)


def _clause_line(clause: Clause) -> Text:
    text = readable(clause.text)
    short = text if len(text) <= _TREE_TEXT else text[:_TREE_TEXT] + "…"
    return Text.assemble((clause.cite, "bold"), "  ", short)


_CARD_NAMES = {
    "title": "标题",
    "notice_title": "通知标题",
    "kind": "文种",
    "doc_number": "文号",
    "issuer": "发文机关",
    "region": "地区",
    "addressees": "主送",
    "issued": "成文日期",
    "published": "发布日期",
    "effective": "施行日期",
    "expires": "有效期至",
    "period": "规划期",
    "index_number": "索引号",
    "attachments": "附件",
    "repeals": "废止或修改",
    "cites": "引用文件",
}


def print_card(console: Console, card: Card) -> None:
    """What a notice says of itself, one line each; what it does not say is left out."""
    for name, title in _CARD_NAMES.items():
        value = getattr(card, name)
        if value:
            console.print(Text.assemble((f"{title}：", "bold"), _card_value(value)), soft_wrap=True)


def _card_value(value: object) -> str:
    if not isinstance(value, tuple):
        return str(value)
    if all(isinstance(part, int) for part in value):
        return "—".join(f"{year}年" for year in dict.fromkeys(value))
    return "；".join(f"{p.label} {p.title}" if isinstance(p, Attachment) else str(p) for p in value)


def print_audit(console: Console, name: str, audit: Audit) -> None:
    """Where every character of a file went, with each stretch of furniture and the rule that took it."""
    lost, twice = (sum(ink(s.text) for s in stretches) for stretches in (audit.lost, audit.twice))
    console.print(
        Text(
            f"{name}：{audit.total} 字，条款 {audit.in_clauses}，卡片 {audit.in_card}，"
            f"页面附属 {audit.in_furniture}，丢失 {lost}，重复 {twice}；有着落 {audit.share:.2%}。"
        ),
        soft_wrap=True,
    )
    for title, stretches in (("页面附属", audit.furniture), ("丢失", audit.lost), ("重复", audit.twice)):
        for stretch in stretches:
            rule = f"（{stretch.rule}）" if stretch.rule else ""
            console.print(Text(f"  {title}{rule}：{readable(stretch.text)}", style="dim"), soft_wrap=True)


def print_places(console: Console, places: Iterable[Place]) -> None:
    """Clauses found by address, each with its notice and its parents' headings."""
    for number, place in enumerate(places):
        if number:
            console.print()
        card = place.notice.card
        head = "，".join(p for p in (card.issuer, card.issued or card.published) if p)
        console.print(Text(f"《{card.title}》{head}", style="bold"), soft_wrap=True)
        for parent in place.parents:
            console.print(
                Text(f"{parent.cite}  {parent.heading or readable(parent.text)}", style="dim"), soft_wrap=True
            )
        console.print(Text(place.clause.cite, style="bold"), soft_wrap=True)
        if place.clause.fields:
            for name, value in place.clause.fields.items():
                if value:
                    console.print(Text(f"{name}：{readable(value)}"), soft_wrap=True)
        else:
            console.print(Text(place.clause.text), soft_wrap=True)


def print_report(console: Console, report: SyncReport) -> None:
    """What a sync did, every failed and unsupported file with its reason."""
    console.print(
        Text(
            f"新增 {len(report.added)}，变更 {len(report.changed)}，删除 {len(report.removed)}，"
            f"未变 {report.unchanged}；"
            f"读取文件 {report.read} 个，现有条款 {report.clauses} 条，用时 {report.seconds:.1f} 秒。"
        ),
        soft_wrap=True,
    )
    for title, names in (("新增", report.added), ("变更", report.changed), ("删除", report.removed)):
        for name in names:
            console.print(Text(f"  {title}：{name}"), soft_wrap=True)
    _print_faults(console, "读不了的文件", report.failed)
    _print_faults(console, "暂不支持的格式", report.unsupported)
    _print_faults(console, "切分可能不完整的文件", report.doubtful)


def _print_faults(console: Console, title: str, faults: Sequence[FileFault]) -> None:
    if faults:
        console.print(Text(f"{title} {len(faults)} 个："), soft_wrap=True)
    for fault in faults:
        console.print(Text(f"  {fault.name}：{fault.reason}"), soft_wrap=True)


def print_notices(console: Console, records: Sequence[NoticeRecord]) -> None:
    """The notices that the index holds, one line each."""
    for record in records:
        card = record.card
        about = "，".join(p for p in (card.region, card.issuer, card.issued or card.published) if p)
        console.print(
            Text(f"《{card.title}》{about}，{record.clause_count} 条（{record.name}）"), soft_wrap=True
        )
        for remark in record.remarks:
            console.print(Text(f"    注意：{remark}", style="dim"), soft_wrap=True)
