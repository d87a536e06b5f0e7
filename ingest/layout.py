"""The parts of a notice: its head (titles, addressees, signature), body, list of attachments, attachments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.characters import squash
from ingest.columns import is_number_column
from ingest.contents import contents_lines
from ingest.document import Document, Line, Table
from ingest.furniture import furniture_rule, is_sliced, opens_foot, split_labels, unslice
from ingest.grammar import STATUTE_STYLES, Style, match_label
from ingest.inner_documents import inner_documents
from ingest.readers.md_inline import plain_with_places
from ingest.runs import Run, glue, run_of

#: The kinds of document that a title names, GB/T 9704 and common usage.
DOCUMENT_KINDS = (
    "通知|方案|计划|要点|办法|意见|规定|细则|条例|规划|决定|公告|通告|批复|函|报告|纲要|措施|指南|标准|规程|预案|"
    "制度|章程|须知|简章|决议|命令|令|公报|通报|议案|请示|纪要|规则|准则|安排|政策|清单|目录|名单|一览表|表"
)
_TITLE = re.compile(
    rf"^[^。；;：:！？]{{2,90}}(?:{DOCUMENT_KINDS})(?:\s*[（(〔\[][^）)〕\]]{{1,24}}[)）〕\]])*(?:\s*[（(〔].{{1,12}}[)）〕])?$"
)
_DOC_NUMBER = re.compile(
    r"^[\u4e00-\u9fff]{1,14}\s*[〔\[(（【]\s*(?:19|20)\d{2}\s*[〕\])）】]\s*第?\s*\d{1,5}\s*号$"
)
_ORDER = re.compile(r"^第?\s*[\d一二三四五六七八九十百]{1,6}\s*号$")
DATE = re.compile(
    r"^(?:[（(])?\s*([12]\d{3}|[一二][〇○０零Ｏ0一二三四五六七八九]{3})\s*年\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日\s*(?:[)）])?$"
)
_ADDRESSEES = re.compile(r"^[^。；;]{2,260}[:：]$")
_ADDRESSEE_WORD = re.compile(r"政府|部门|单位|各|局|委|处|院|厅|办|公司|学校|代表")
_SIGNER = re.compile(r"^[\u4e00-\u9fff\s、，（）()·]{3,60}$")
_SIGNER_END = re.compile(
    r"(?:政府|办公室|办公厅|局|委员会|委|厅|部|院|会|中心|组|办|行|省长|市长|县长|区长|总理|主席)"
    r"\s*[\u4e00-\u9fff\s　]{0,8}$"
)
_FORWARD = re.compile(
    r"(?:印发|转发|颁发|下发|发布|公布|予以公布|现予)[^。]{0,30}(?:你们|给你|施行|执行|公布|发布|落实|实施|遵照)|现将.{2,80}(?:印发|转发|下发|公布)|现予(?:印发|公布|发布)|请.{0,20}(?:贯彻|遵照|认真)(?:执行|落实|组织实施)"
)
_LIST = re.compile(r"^附\s*[件表]?\s*[:：]\s*\S")
_LIST_HEAD = re.compile(r"附\s*件\s*[:：]")
#: 附件1：渡口名单, each entry with the word.
_LIST_FIRST = re.compile(r"^附件\s*[1１一]\s*[:：.．、]\s*\S")
_ATTACHMENT = re.compile(r"^附\s*(件|表|录|则表)?\s*([一二三四五六七八九十]{1,3}|\d{1,2}|[A-Z])?\s*[:：]?$")
_ATTACHMENT_TITLED = re.compile(
    r"^附\s*(件|表|录)\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*[:：.\s]\s*(\S.{1,60})$"
)
_PRINTED_BY = re.compile(
    r"^(?:抄送|主送|抄报|分送)\s*[:：]|.{2,30}(?:办公室|办公厅|局)[\u4e00-\u9fff]{0,8}\s*\d{4}年\d{1,2}月\d{1,2}日印发$|^[（(](?:此件|信息公开|公开).{0,20}[)）]$|^[（(]?共印\s*\d+\s*份[)）]?$"
)
#: Who printed the notice and when, without 印发: known by the number of copies in the line above.
_PRINTER = re.compile(r"[\u4e00-\u9fff]{2,30}(?:办公室|办公厅|局|处|科)\d{4}年\d{1,2}月\d{1,2}日")
_COPIES = re.compile(r"[（(]?共印\d+份[)）]?")
_END = re.compile(r"^(?:全文如下|正文如下)\s*[:：]?$")

Block = Run | Table


@dataclass(slots=True)
class Part:
    """An attachment, or a document that follows another: its path (附件1, 附件3 › 附件, or its own title),
    its title, the blocks below the title, and the documents that follow inside it."""

    path: tuple[str, ...]
    printed: str
    title: str = ""
    head: list[Run] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    listed: list[Run] = field(default_factory=list)
    following: list[Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Furniture:
    """A run that belongs to no clause, and the rule that took it."""

    run: Run
    rule: str


@dataclass(slots=True)
class Layout:
    """What every block of the document is, before clauses are made."""

    furniture: list[Furniture] = field(default_factory=list)
    notice_title: Run | None = None
    title: Run | None = None
    doc_number: Run | None = None
    addressees: Run | None = None
    forward: list[Run] = field(default_factory=list)
    news: list[Run] = field(default_factory=list)
    signer: list[Run] = field(default_factory=list)
    date: Run | None = None
    body: list[Block] = field(default_factory=list)
    following: list[Part] = field(default_factory=list)
    listed: list[Run] = field(default_factory=list)
    attachments: list[Part] = field(default_factory=list)

    def take(self, run: Run, rule: str) -> None:
        """Set a run apart as page furniture, by the rule of that name."""
        self.furniture.append(Furniture(run, rule))


def is_title(text: str) -> bool:
    """Whether a line can be the title of a document."""
    return bool(_TITLE.match(re.sub(r"\s+", "", text)))


def lay_out(document: Document) -> Layout:
    """The layout of a document."""
    layout = Layout()
    blocks = _printed_blocks(document, layout)
    first = 0 if _begins_attached(document, blocks) else _first_attachment(blocks)
    main, rest = blocks[:first], blocks[first:]
    body_start = _read_head(main, layout)
    layout.body = _read_tail(main[body_start:], layout)
    layout.body, layout.following = _divided(layout.body, ())
    if layout.following and layout.date is None:
        _take_signature(layout.body, layout)
    layout.attachments = _attachments(rest, layout)
    for part in layout.attachments:
        part.blocks, part.following = _divided(part.blocks, part.path)
    return layout


def _divided(blocks: Sequence[Block], path: tuple[str, ...]) -> tuple[list[Block], list[Part]]:
    """(blocks of the first document, the documents that follow it as parts below `path`)."""
    own, inner = inner_documents(blocks)
    parts = []
    for head, below in inner:
        title = re.sub(r"\s+", "", "".join(run.text for run in head))
        parts.append(Part((*path, title), "", title, list(head), list(below)))
    return list(own), parts


def _printed_blocks(document: Document, layout: Layout) -> list[Block]:
    """Blocks in order, page furniture set apart, sliced text put together, embedded labels cut."""
    runs = _sliced_runs(document)
    if runs:
        text, numbers = unslice(runs)
        for number in numbers:
            layout.take(number, "分享网站的切片号和页码")
        return list(text)
    blocks: list[Block] = []
    feet: list[int] = []
    for block in document.blocks:
        if isinstance(block, Table):
            blocks.append(block)
            continue
        run = _without_heading_mark(_printed_run(block, document.format), layout)
        rule = furniture_rule(run.text)
        if rule is not None:
            layout.take(run, rule)
            feet.extend([len(blocks)] if opens_foot(rule, run.text) else ())
        elif len(run.text) > 300:
            blocks.extend(split_labels(run))
        else:
            blocks.append(run)
    _take_foot(blocks, feet, layout)
    return _without_contents(blocks, layout)


#: A site prints no more lines below a notice that no rule takes by their own words.
_LONGEST_FOOT = 6


def _take_foot(blocks: list[Block], feet: Sequence[int], layout: Layout) -> None:
    """Take the few lines without sentence or label below 联系我们, 上一篇 … at the end of a page."""
    least = max(len(blocks) // 2, len(blocks) - _LONGEST_FOOT)
    foot = next(
        (at for at in feet if at >= least and all(_is_foot(block) for block in blocks[at:])), len(blocks)
    )
    for block in blocks[foot:]:
        if isinstance(block, Run):
            layout.take(block, "网站落款之后的文字")
    del blocks[foot:]


def _is_foot(block: Block) -> bool:
    text = _text(block).strip()
    is_notice = (
        DATE.match(text) or text.startswith("附") or text.endswith("。") or match_label(text) is not None
    )
    return isinstance(block, Run) and len(text) <= 120 and not is_notice


def _sliced_runs(document: Document) -> list[Run]:
    """The runs of a document that a sharing site cut into slices; none for any other."""
    lines = [block for block in document.blocks if isinstance(block, Line)]
    if not is_sliced([run_of(line) for line in lines[:5]], least_length=0):
        return []
    runs = [run_of(line) for line in lines]
    return runs if is_sliced(runs) else []


def _without_contents(blocks: list[Block], layout: Layout) -> list[Block]:
    """The blocks without tables of contents."""
    contents = contents_lines(blocks)
    for i in sorted(contents):
        block = blocks[i]
        if isinstance(block, Run):
            layout.take(block, "目录")
    return [block for i, block in enumerate(blocks) if i not in contents] if contents else blocks


#: ##　办法 and **办法**: what is left of Markdown in a text that was saved as plain text.
_HEADING_MARK = re.compile(r"#{1,6}[\s\u3000]+(?=\S)")
_STRONG_LINE = re.compile(r"\*\*(?=\S)[^*]+(?<=\S)\*\*(?=\s*$)")


def _without_heading_mark(run: Run, layout: Layout) -> Run:
    """The run without the marks of a heading, which are set apart."""
    found = _HEADING_MARK.match(run.text)
    if found:
        layout.take(run.slice(0, found.end()), "标题标记")
        return run.slice(found.end())
    strong = _STRONG_LINE.match(run.text) if run.text.startswith("**") else None
    if strong:
        layout.take(run.slice(0, 2), "标题标记")
        layout.take(run.slice(strong.end() - 2), "标题标记")
        return run.slice(2, strong.end() - 2)
    return run


def _printed_run(line: Line, format: str) -> Run:
    """The run of a line as printed: Markdown emphasis and links taken out, offsets kept."""
    run = run_of(line)
    if format != "md" or run.start is None:
        return run
    printed = plain_with_places(run.text)
    if printed.text == run.text:
        return run
    offsets = [run.start + place for place in printed.places]
    return Run(printed.text, run.block, run.start, run.end, offsets)


def _text(block: Block) -> str:
    return block.text if isinstance(block, Run) else ""


def _first_attachment(blocks: Sequence[Block]) -> int:
    """The position of the first attachment's own label line, or the end."""
    for i, block in enumerate(blocks):
        if _attachment_label(blocks, i) is not None and isinstance(block, Run):
            return i
    return len(blocks)


def _begins_attached(document: Document, blocks: Sequence[Block]) -> bool:
    """Whether a workbook's first line labels an attachment: no notice stands above its sheets."""
    if document.format not in ("xlsx", "xls") or not blocks:
        return False
    return _ATTACHMENT.match(_text(blocks[0]).strip()) is not None


def _attachment_label(blocks: Sequence[Block], i: int) -> tuple[str, str] | None:
    """(label, title in the same line) when block i begins an attachment."""
    text = _text(blocks[i]).strip()
    if not text.startswith("附"):
        return None
    found = _ATTACHMENT.match(text)
    if found and found.group(0) not in ("附：", "附:") and i > 2 and not _is_list_below(blocks, i):
        kind, number = found.group(1) or "件", found.group(2) or ""
        return f"附{kind}{number}", ""
    found = _ATTACHMENT_TITLED.match(text)
    if found and i > 2 and not _is_listed(blocks, i):
        return f"附{found.group(1)}{found.group(2)}", found.group(3)
    return None


def _is_list_below(blocks: Sequence[Block], i: int) -> bool:
    """Whether a line 附件： alone stands above a list: titles, who signed and the date follow it."""
    if not _LIST_HEAD.fullmatch(_text(blocks[i]).strip()):
        return False
    for block in blocks[i + 1 : i + 26]:
        text = _text(block).strip()
        if DATE.match(text):
            return True
        if not text or len(text) > 60 or text.endswith(("。", "；", "：")):
            return False
    return False


def _is_listed(blocks: Sequence[Block], i: int) -> bool:
    """Whether a line 附件1 标题 stands in a list of attachments: another follows, or a signature."""
    following = [_text(block).strip() for block in blocks[i + 1 : i + 4]]
    if not following or any(DATE.match(text) for text in following):
        return True
    return bool(
        _ATTACHMENT_TITLED.match(following[0]) or (_LIST.match(_text(blocks[i])) and len(following) < 2)
    )


# -- the head -----------------------------------------------------------------------------------------------


def _read_head(blocks: Sequence[Block], layout: Layout) -> int:
    """Fill the layout's head from the blocks before the body; return where the body begins."""
    limit = _first_label(blocks)
    head = [block for block in blocks[:limit] if isinstance(block, Run)]
    if len(head) < limit:  # a table this early belongs to the body
        limit = next(i for i, block in enumerate(blocks) if isinstance(block, Table))
        head = [block for block in blocks[:limit] if isinstance(block, Run)]
    i = _read_titles(head, 0, layout, first=True)
    i = _read_wrapper(head, i, layout)
    return _read_titles(head, i, layout, first=False)


def _first_label(blocks: Sequence[Block]) -> int:
    """The position of the first numbered line: the body begins there at the latest."""
    for i, block in enumerate(blocks):
        if not isinstance(block, Run):
            continue
        label = match_label(block.text)
        if (
            label is None
            or label.style in (Style.BULLET, Style.INLINE)
            or _DOC_NUMBER.match(block.text.strip())
        ):
            continue
        if _ORDER.match(block.text.strip()) or (
            is_title(block.text) and label.style is not Style.ARTICLE and i == 0
        ):
            continue
        if label.number == 1 or label.style in STATUTE_STYLES or i > 5:
            return i
    return len(blocks)


def _read_titles(head: Sequence[Run], i: int, layout: Layout, *, first: bool) -> int:
    """Title lines at i; before them a news wrapper, beside them the document number."""
    quoted = 0 if first else _quoted_title(head, i, layout.notice_title)
    if quoted:
        layout.title = _joined(head[i : i + quoted])
        return i + quoted
    at = _title_position(head, i, first=first)
    if at is None:
        return i
    if first:
        _read_above_title(head[i:at], layout)
    letterhead, layout.doc_number = layout.doc_number, None
    stop = at + 1
    while stop < len(head) and stop - at < 3 and _goes_on(head[at:stop], head[stop]):
        stop += 1
    title = _joined(head[at:stop])
    if first:
        layout.notice_title = title
    else:
        layout.title = title
    while stop < len(head) and (
        _DOC_NUMBER.match(head[stop].text.strip()) or _ORDER.match(head[stop].text.strip())
    ):
        if layout.doc_number is None:
            layout.doc_number = head[stop]
        else:
            layout.take(head[stop], "重复的文号")
        stop += 1
    if layout.doc_number is None:
        layout.doc_number = letterhead
    elif letterhead is not None:
        layout.take(letterhead, "重复的文号")
    return stop


def _read_above_title(runs: Sequence[Run], layout: Layout) -> None:
    """Lines above the title: the number in the letterhead; a news page repeats the notice in sentences; the
    name of the section, the headline and other lines are furniture."""
    for run in runs:
        if layout.doc_number is None and _DOC_NUMBER.match(run.text.strip()):
            layout.doc_number = run
        elif _is_sentence(run.text.strip()):
            layout.news.append(run)
        else:
            layout.take(run, "标题之前的页面文字")


_QUOTED_TITLE = re.compile(r"《(.{4,80})》")
_ONE_TITLE = re.compile("《([^《》]{4,80})》")


def _quoted_title(head: Sequence[Run], i: int, printing: Run | None) -> int:
    """How many lines from i on are a title that the printing notice quotes; 0 if they are not."""
    text = printing.text if printing is not None else ""
    titles = {squash(title) for quoted in (_QUOTED_TITLE, _ONE_TITLE) for title in quoted.findall(text)}
    joined = ""
    for count, run in enumerate(head[i : i + 3] if titles else (), 1):
        joined += squash(run.text)
        if joined in titles:
            return count
    return 0


def _is_sentence(text: str) -> bool:
    """Whether a line is a sentence of a news page; 分类： ; is none."""
    return len(text) >= 10 and text.endswith(("。", "；", ";"))


def _title_position(head: Sequence[Run], i: int, *, first: bool) -> int | None:
    """Where the next title line stands: at i for a second title, anywhere before the text for the first."""
    if not first:
        return i if i < len(head) and _looks_titled(head, i) else None
    found = [at for at in range(i, len(head)) if _looks_titled(head, at)]
    return max(found, key=lambda at: (_title_weight(head, at), -at)) if found else None


def _title_weight(head: Sequence[Run], at: int) -> int:
    """How surely the line is the notice's title: by what it says, and by what follows it."""
    text, after = head[at].text, at + 1
    if not is_title(text):  # the first line of a title in two lines
        text, after = text + head[after].text, after + 1
    following = head[after : after + 3]
    weight = int(any(_is_addressees(run) or _is_number(run) for run in following[:1]))
    weight += 2 * any(_is_addressees(run) for run in following)
    weight += 2 * any(map(_is_number, following))
    return weight + ("关于" in text) + (len(text) >= 8) + (len(text) >= 5)


def _is_number(run: Run) -> bool:
    return _DOC_NUMBER.match(run.text.strip()) is not None


def _looks_titled(head: Sequence[Run], at: int) -> bool:
    if is_title(head[at].text):
        return not DATE.match(head[at].text.strip())
    following = head[at + 1] if at + 1 < len(head) else None
    if following is None or len(head[at].text) > 60 or re.search("[。；;：:，,]$", head[at].text.strip()):
        return False
    pair = head[at].text + following.text
    # an issuer's name or the first half of 关于… opens a title; a menu line does not
    opens = "关于" in head[at].text or _is_signer(head[at]) or _is_rest_of_title(head, at)
    if is_title(following.text) and not opens:
        return False
    return (
        len(following.text) <= 60
        and is_title(pair)
        and bool(re.search("关于|办法|方案|意见|规定", pair))
        and not DATE.match(following.text.strip())
    )


#: The names of sites and bodies, which stand above titles.
_NAME_OF_SITE = re.compile("(?:网|网站|政府|局|委|会|厅|办|部|院|中心|公报|首页|频道|文件)$")


def _is_rest_of_title(head: Sequence[Run], at: int) -> bool:
    """Whether the next line holds nothing but 管理办法, 实施方案 … below the place and the matter; a document
    that begins with the place may have a few words more in its second line."""
    line, following = head[at].text.strip(), head[at + 1].text.strip()
    longest = 12 if at == 0 and not _NAME_OF_SITE.search(line) else 6
    return len(following) <= longest and bool(re.search("[省市县区]", line))


def _goes_on(lines: Sequence[Run], following: Run) -> bool:
    """Whether a title goes on in the next line: it is not complete yet, or （试行） follows."""
    text = following.text.strip()
    if re.fullmatch(r"[（(][^）)]{2,24}[)）]", text) and not re.search(r"\d{4}年\d{1,2}月\d{1,2}日", text):
        return True
    joined = "".join(run.text for run in lines)
    return not is_title(joined) and is_title(joined + text)


def _joined(runs: Sequence[Run]) -> Run:
    return runs[0] if len(runs) == 1 else glue(runs)


def _read_wrapper(head: Sequence[Run], i: int, layout: Layout) -> int:
    """The printing notice: addressees, the sentence that prints the plan, signature and date."""
    start = i
    if i < len(head) and _is_addressees(head[i]):
        layout.addressees = head[i]
        i += 1
    date = next((j for j in range(i, min(i + 12, len(head))) if DATE.match(head[j].text.strip())), None)
    forward = [
        j
        for j in range(i, min(i + 4, len(head)))
        if _FORWARD.search(head[j].text) and len(head[j].text) < 400
    ]
    if date is not None and forward and forward[-1] < date:
        signer = date
        while signer > i and _is_signer(head[signer - 1]):
            signer -= 1
        printed = head[i : max(signer, i)]
        layout.forward = [run for run in printed if not _LIST.match(run.text)]
        layout.listed = [run for run in printed if _LIST.match(run.text)]
        layout.signer = list(head[signer:date])
        layout.date = head[date]
        i = date + 1
        while i < len(head) and (_PRINTED_BY.search(head[i].text.strip())):
            layout.take(head[i], "抄送和印发说明")
            i += 1
        return i
    if date is None and forward and _quoted_title(head, forward[-1] + 1, head[forward[-1]]):
        layout.forward = list(head[i : forward[-1] + 1])  # nobody signs before the plan itself begins
        return forward[-1] + 1
    if date is not None and date <= start + 1:  # a bare date below the title: when it was published
        layout.take(head[date], "页面时间")
        return date + 1
    return i


def _is_addressees(run: Run) -> bool:
    text = run.text.strip()
    return bool(_ADDRESSEES.match(text) and _ADDRESSEE_WORD.search(text))


def _is_signer(run: Run) -> bool:
    text = re.sub(r"\s+", "", run.text)
    return bool(_SIGNER.match(text) and _SIGNER_END.search(text) and len(text) <= 40)


# -- the tail and the attachments ---------------------------------------------------------------------------


def _read_tail(blocks: list[Block], layout: Layout) -> list[Block]:
    """The body without the list of attachments, signature and printing notes at its end."""
    blocks = list(blocks)
    _take_printing_notes(blocks, layout)
    _take_signature(blocks, layout)
    lists = (i for i in range(len(blocks) - 1, -1, -1) if _opens_list(_text(blocks[i]).strip()))
    start = next(lists, None)
    if start is None:
        start = next((i for i, block in enumerate(blocks) if _LIST_FIRST.match(_text(block).strip())), None)
    if start is not None and _all_listed(blocks[start:]):
        layout.listed = [block for block in blocks[start:] if isinstance(block, Run)]
        blocks = blocks[:start]
        _take_signature(blocks, layout)
    return blocks


#: 时间： and 2024-05-20 in lines of their own, where a page ends.
_PAGE_DATE = re.compile(r"(?:时间|日期|作者)\s*[:：]|\d{4}-\d{1,2}-\d{1,2}")


def _take_printing_notes(blocks: list[Block], layout: Layout) -> None:
    """Take who got copies, who printed the notice and when the page was made from the end."""
    while blocks and isinstance(blocks[-1], Run):
        text = re.sub(r"\s+", "", blocks[-1].text)
        above = re.sub(r"\s+", "", _text(blocks[-2])) if len(blocks) > 1 else ""
        if _PRINTED_BY.search(text) or (_PRINTER.fullmatch(text) and _COPIES.fullmatch(above)):
            layout.take(blocks[-1], "抄送和印发说明")
        elif _PAGE_DATE.fullmatch(text):
            layout.take(blocks[-1], "页面时间")
        else:
            return
        blocks.pop()


def _opens_list(text: str) -> bool:
    """Whether a line opens a list of attachments: 附件：…, or 附件： alone."""
    return bool(_LIST.match(text) or _LIST_HEAD.fullmatch(text))


def _all_listed(blocks: Sequence[Block]) -> bool:
    """Whether all lines from 附件: on are entries of the list (the last may be broken over two lines)."""
    if len(blocks) > 25 or any(isinstance(block, Table) for block in blocks):
        return False
    return all(len(_text(block)) <= 80 and not _text(block).strip().endswith("。") for block in blocks)


def _take_signature(blocks: list[Block], layout: Layout) -> None:
    """Move a signature and date at the end from the body into the layout."""
    for back in range(1, min(4, len(blocks)) + 1):
        block = blocks[-back]
        if isinstance(block, Run) and DATE.match(block.text.strip()):
            if layout.date is None:
                layout.date = block
            else:
                layout.take(block, "文末重复的日期")
            del blocks[-back]
            while len(blocks) >= back and isinstance(blocks[-back], Run) and _is_signer(blocks[-back]):  # type: ignore[arg-type]
                layout.signer.insert(0, blocks[-back])  # type: ignore[arg-type]
                del blocks[-back]
            return


def _attachments(blocks: Sequence[Block], layout: Layout) -> list[Part]:
    """The attachments; a lone 附件 below a numbered one is its own annex."""
    parts: list[Part] = []
    holder: str | None = None  # the last numbered label at the top
    tops: set[str] = set()
    announced = _announced(layout.listed)
    i = 0
    while i < len(blocks):
        found = _attachment_label(blocks, i) if i or not parts else None
        if i == 0 and found is None:
            found = _attachment_label([*([Run("", 0)] * 4), *blocks], 4)
        elif i <= 2 and found is None:
            found = _attachment_label([*([Run("", 0)] * 4), *blocks], i + 4)
        if found is None:
            parts[-1].blocks.append(blocks[i])
            i += 1
            continue
        label, title = found
        part = Part(_part_path(label, holder, tops), _text(blocks[i]).strip())
        if re.search(r"\d|[一二三四五六七八九十]", part.path[0]):
            holder = part.path[0]
        if len(part.path) == 1:
            tops.add(label)
        part.head.append(blocks[i])  # type: ignore[arg-type]
        i += 1
        if title:
            part.title = title
        else:
            i = _read_part_title(blocks, i, part, announced.get(label))
        parts.append(part)
    if parts:
        _take_printing_notes(parts[-1].blocks, layout)
    _set_lists_apart(parts)
    return parts


def _set_lists_apart(parts: Sequence[Part]) -> None:
    """Take the list of its own attachments from the end of each attachment."""
    for part in parts:
        texts = ((k, _text(block).lstrip()) for k, block in enumerate(part.blocks))
        listed = ((k, text) for k, text in texts if text.startswith("附"))
        start = next((k for k, text in listed if _LIST.match(text) or _LIST_FIRST.match(text)), None)
        if start is not None and _all_listed(part.blocks[start:]):
            part.listed = [block for block in part.blocks[start:] if isinstance(block, Run)]
            part.blocks = part.blocks[:start]


def _part_path(label: str, holder: str | None, tops: set[str]) -> tuple[str, ...]:
    """附件 below 附件3 is ("附件3", "附件"), and so is a label that stood at the top before; every other
    label stands at the top."""
    bare = not re.search(r"[\d一二三四五六七八九十A-Z]$", label)
    return (holder, label) if holder is not None and (bare or label in tops) else (label,)


def _announced(listed: Sequence[Run]) -> dict[str, str]:
    """Attachment label → title, from the list of attachments."""
    text = "\n".join(run.text for run in listed)
    text = re.sub(r"^附\s*[件表]?\s*[:：]\s*", "", text)
    entries = re.split(r"(?:^|\n)\s*(?:附件\s*)?(\d{1,2})\s*[.、．:：\s]\s*", text)
    if len(entries) < 3:
        return {"附件": squash(text)}
    return {f"附件{int(n)}": squash(title) for n, title in zip(entries[1::2], entries[2::2], strict=True)}


def _read_part_title(blocks: Sequence[Block], i: int, part: Part, announced: str | None) -> int:
    """Take the title lines of an attachment: up to the announced title, or lines that look like one."""
    lines: list[Run] = []
    while i < len(blocks) and len(lines) < 4:
        block = blocks[i]
        if not isinstance(block, Run) or len(block.text) > 70 or is_number_column(squash(block.text)):
            break
        joined = squash("".join(run.text for run in [*lines, block]))
        if announced and announced.startswith(joined):
            lines.append(block)
            i += 1
            if joined == announced:
                break
            continue
        if lines and not _goes_on(lines, block):
            break
        label = match_label(block.text)
        if re.search("[。；;：:]$", block.text.strip()) or (label is not None and not is_title(block.text)):
            break
        lines.append(block)
        i += 1
        if announced is None and is_title("".join(run.text for run in lines)):
            if i < len(blocks) and isinstance(blocks[i], Run) and _goes_on(lines, blocks[i]):  # type: ignore[arg-type]
                continue
            break
    part.head.extend(lines)
    part.title = "".join(run.text for run in lines)
    return i
