"""The document card: what a notice says of itself, by rules over its head, signature and page metadata."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.document import Document, Line
from ingest.grammar import han_number
from ingest.layout import DATE, DOCUMENT_KINDS, Layout
from ingest.notice import ATTACHED, Attachment, Card, Clause, ClauseKind
from ingest.runs import Run
from ingest.validity import cited_documents, effective_date, expiry_date, repealed

_DAY = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})"
#: Where a page says when it was published, the surest first.
_PUBLISHED = (
    re.compile(r"(?:发布|公开|发文|刊发|上网)(?:时间|日期)\s*[:：]\s*" + _DAY),
    re.compile(r"(?:更新时间|更新日期|(?<!成文)(?<!生成)(?<!实施)(?<!施行)(?:时间|日期))\s*[:：]\s*" + _DAY),
    re.compile(r"(?:委员会|政府|局|厅|部|办公室|网|中心)\s+" + _DAY + r"\s*$"),
    re.compile(r"^\s*" + _DAY + r"日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s.*)?)?\s*$"),
)
_NUMBERED = re.compile(
    r"([\u4e00-\u9fff]{1,14}\s*[〔\[(（【]\s*(?:19|20)\d{2}\s*[〕\])）】]\s*第?\s*\d{1,5}\s*号)"
)
_DISCLOSED = re.compile(r"(?:发文字号|文\s*号|文件编号)\s*[:：]\s*(\S.{2,40})")
_QUOTED = re.compile(r"《(.{4,80})》")
#: Characters of a place name before its class; a name does not run over another class.
_NAME = "(?:(?![省市区县旗])[\u4e00-\u9fff])"
_REGION = re.compile(
    rf"^(?:中共)?((?:{_NAME}{{2,7}}?(?:省|自治区))?(?:{_NAME}{{2,8}}?(?:市|自治州|地区|盟))?"
    rf"(?:{_NAME}{{1,6}}?(?:新区|区|县|旗))?)"
)
_NOT_REGION = re.compile(
    r"关于|进一步|做好|印发|加强|城市|全市|全省|全区|全县|本市|示范|开发|保护区|工业园|地区生产"
)
_YEARS = re.compile(r"((?:19|20)\d{2})\s*年?\s*[-—－–~～至到]+\s*((?:19|20)\d{2})")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")


def make_card(document: Document, layout: Layout, clauses: Sequence[Clause]) -> Card:
    """The card of a laid-out document and its clauses."""
    notice_title, title = _titles(document, layout)
    order = _order(clauses) if layout.date is None else None
    issuer = _issuer(layout) or (order.issuer if order else None)
    issued = _date(layout.date) or _date_in_title(layout) or (order.issued if order else None)
    following = {part.path[0] for part in layout.following}  # they speak of their own force
    own = [clause for clause in clauses if clause.path[0] not in following]
    effective = effective_date(own, issued)
    return Card(
        title=title,
        notice_title=notice_title,
        issuer=issuer,
        region=_in_province(_region(document, issuer, title, notice_title), issuer, clauses),
        doc_number=_doc_number(layout) or (order.number if order else None),
        issued=issued,
        published=_published(document.metadata, layout),
        period=_period(document, title, notice_title) or _schedule_years(clauses),
        addressees=layout.addressees.text.strip().rstrip(":：") if layout.addressees else None,
        attachments=tuple(Attachment("".join(part.path), part.title) for part in layout.attachments),
        kind=_kind(title),
        index_number=_index_number(document.metadata, layout),
        effective=effective,
        expires=expiry_date(own, effective),
        repeals=repealed(own),
        cites=cited_documents((clause.text for clause in clauses), (title, notice_title)),
    )


@dataclass(frozen=True, slots=True)
class _Order:
    """The order by which a government published its rules."""

    issued: str
    issuer: str
    number: str


#: （2019年3月5日青汀市人民政府令第12号公布）, below the title of rules.
_ORDER = re.compile(
    r"(\d{4})年(\d{1,2})月(\d{1,2})日\s*([\u4e00-\u9fff]{2,14}(?:政府|委员会|厅|部|局))令\s*第?\s*(\d{1,4})\s*号"
    r"(?:公布|发布)"
)


def _order(clauses: Sequence[Clause]) -> _Order | None:
    """The order that the line in brackets below the title names; a line that names several tells of changes
    too, the first is the one that published the rules."""
    preamble = next((clause.text for clause in clauses[:1] if clause.path == ("前言",)), "")
    found = _ORDER.search(preamble) if preamble.lstrip().startswith(("（", "(")) else None
    if found is None:
        return None
    year, month, day, issuer, number = found.groups()
    return _Order(f"{year}-{int(month):02d}-{int(day):02d}", issuer, f"{issuer}令第{number}号")


def _kind(title: str) -> str | None:
    """The kind of document that a title names; （试行） and years behind it do not count."""
    bare = re.sub(r"(?:\s*[（(〔\[][^）)〕\]]*[)）〕\]])+$", "", title)
    found = re.search(f"(?:{DOCUMENT_KINDS})$", bare)
    return found.group() if found else None


_INDEX_NUMBER = re.compile(r"(?:索\s*引\s*号|信息索引号)\s*[:：]\s*([A-Za-z0-9][\w/\-.]{3,40})")


def _index_number(metadata: Mapping[str, str], layout: Layout) -> str | None:
    """The 索引号 of the page's information-disclosure table."""
    found = next((f for taken in layout.furniture if (f := _INDEX_NUMBER.search(taken.run.text))), None)
    return found.group(1) if found else metadata.get("indexnumber") or None


_SCHEDULE = re.compile(r"时间安排|实施步骤|工作步骤|进度安排|阶段安排|实施阶段|推进步骤")


def _schedule_years(clauses: Sequence[Clause]) -> tuple[int, int] | None:
    """The years that a timetable section (时间安排, 实施步骤) spans."""
    years = [
        int(year)
        for clause in clauses
        if not clause.path[0].startswith(ATTACHED)
        and any(_SCHEDULE.search(heading) for heading in (*clause.headings, clause.heading or ""))
        for year in _YEAR.findall(
            f"{clause.heading or ''} {clause.text if clause.kind is ClauseKind.HEADING else ''}"
        )
    ]
    return (min(years), max(years)) if years else None


def _clean(run: Run | None) -> str | None:
    if run is None:
        return None
    # a blank inside a title is where the page broke the line, unless it stands between two issuing bodies
    text = re.sub(r"(?<![局厅委部院会办府])[ \t\n]+(?=[\u4e00-\u9fff])", "", run.text)
    return text.strip(" ■◆●\u3000")


def _titles(document: Document, layout: Layout) -> tuple[str | None, str]:
    """(title of the printing notice, title of the plan itself)."""
    first, second = _clean(layout.notice_title), _clean(layout.title)
    if first and second:
        return first, second
    if first and layout.forward:
        quoted = _QUOTED.search(first) or _QUOTED.search("".join(run.text for run in layout.forward))
        return first, quoted.group(1) if quoted else first
    if first:
        return None, first
    named = document.metadata.get("title", "")
    return None, named or re.sub(r"^\d+[_\-\s]*|\.\w{2,5}$", "", document.name.rsplit("/", 1)[-1])


#: 省长　某某 signs a decree; the issuer is the government that the title names.
#: The red line on top of a printed notice names who issues it.
_LETTERHEAD = re.compile(
    r"([\u4e00-\u9fff]{2,24}(?:政府|办公室|办公厅|委员会|局|厅|部|院|会|委))文件(?:〔.*)?"
)
_OFFICE_HOLDER = re.compile(
    r"(?:省\s*长|市\s*长|县\s*长|区\s*长|主\s*席|总\s*理|主\s*任|局\s*长)[\s\u3000]*[\u4e00-\u9fff\s]{2,8}$"
)


def _issuer(layout: Layout) -> str | None:
    """The signing body; without a signature the body that the notice's title names before 关于 or 印发, else
    the one of the letterhead (…人民政府文件) above a number."""
    signers = [_closed_up(run.text) for run in layout.signer if not _OFFICE_HOLDER.search(run.text)]
    if signers:
        return _listed_bodies(" ".join(signers))
    title = _clean(layout.notice_title) or ""
    found = re.match(
        r"([\u4e00-\u9fff、\s]{4,40}?(?:政府|办公室|办公厅|委员会|局|厅|部|院|会|委))\s*(?:关于|[印转]发)",
        title,
    )
    if found:
        return re.sub(r"\s+", "、", found.group(1).strip())
    heads = (_LETTERHEAD.fullmatch(_closed_up(taken.run.text)) for taken in layout.furniture)
    return next((head.group(1) for head in heads if head), None) if layout.doc_number else None


def _closed_up(name: str) -> str:
    """A name whose characters are spread over the line (市 教 育 局) without the blanks."""
    parts = name.split()
    return "".join(parts) if len(parts) > 2 and all(len(part) == 1 for part in parts) else name


def _listed_bodies(text: str) -> str:
    """Several signing bodies stand apart by blanks; blanks inside a name are layout."""
    text = re.sub(r"(?<=[局厅委部院会办府心司室组])[\s\u3000]+(?=[\u4e00-\u9fff]{4})", "、", text.strip())
    return re.sub(r"\s+", "", text)


#: Work reports name their province only where they say before which congress they were given.
_CONGRESS = re.compile(
    r"(?:((?:19|20)\d{2})年\d{1,2}月\d{1,2}日)?在([\u4e00-\u9fff]{2,8}?(?:省|市|自治区|州|县|区))第[^。]{1,6}届人民代表大会"
)
#: What stands before a place name in titles and file names.
_BEFORE_REGION = re.compile(
    r"^(?:\d{3,}[_\-\s]+)?(?:(?:19|20)\d{2}年(?:度)?)?(?:关于(?:印发|做好|开展|加强|进一步做好)?《?)?"
)


def _region(document: Document, *names: str | None) -> str | None:
    """The place that the first of the names begins with (issuer, title, notice title); else the congress that
    a report was given to; else the place that the file's own name begins with."""
    congress = _congress(document)
    file_name = document.name.rsplit("/", 1)[-1]
    for name in (*names, congress[1] if congress else None, file_name):
        found = _REGION.match(_BEFORE_REGION.sub("", name or ""))
        if found and len(found.group(1)) >= 3 and not _NOT_REGION.search(found.group(1)):
            return found.group(1)
    return None


_PROVINCE = re.compile(
    "(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|"
    "青海|台湾)省|内蒙古自治区|广西壮族自治区|西藏自治区|宁夏回族自治区|新疆维吾尔自治区"
)


def _in_province(region: str | None, issuer: str | None, clauses: Sequence[Clause]) -> str | None:
    """The place with its province before it, where nobody signed and the preamble names one province.

    A signed notice is known by its issuer; an unsigned one is told apart by the province it speaks of. Titles
    of other documents in 《》 do not count.
    """
    if region is None or issuer is not None or _PROVINCE.search(region):
        return region
    preamble = next((clause.text for clause in clauses if clause.path == ("前言",)), "")
    named = dict.fromkeys(_PROVINCE.findall(re.sub("《[^》]*》", "", preamble)))
    return next(iter(named)) + region if len(named) == 1 else region


def _congress(document: Document) -> tuple[str | None, str] | None:
    """(year, place) of the people's congress that the first lines name."""
    lines = [block.text for block in document.blocks[:25] if isinstance(block, Line)]
    found = next((found for line in lines if (found := _CONGRESS.search(line))), None)
    return (found.group(1), found.group(2)) if found else None


def _own_furniture(layout: Layout) -> list[Run]:
    """What the page says of the first document: all of it, or, where others follow, what stands above the
    text, for each of them has its table above its title."""
    runs = [taken.run for taken in layout.furniture]
    if not layout.following:
        return runs
    begin = min((block.block for block in layout.body if isinstance(block, Run)), default=0)
    return [run for run in runs if run.block < begin]


def _doc_number(layout: Layout) -> str | None:
    """The notice's own number: the line below its title or the page's table; never a number it mentions."""
    if layout.doc_number:
        return re.sub(r"\s+", "", layout.doc_number.text)
    for run in _own_furniture(layout):
        found = _DISCLOSED.match(run.text.strip())
        if found and (number := _NUMBERED.match(found.group(1))):
            return re.sub(r"\s+", "", number.group(1))
    return None


_DATED_TITLE = re.compile(r"[（(](\d{4})年(\d{1,2})月(\d{1,2})日[)）]\s*$")


def _number(text: str) -> int:
    text = re.sub("[○０Ｏ]", "〇", text)
    return int(text) if text.isdecimal() else han_number(text)


def _date(run: Run | None) -> str | None:
    found = DATE.match(run.text.strip()) if run else None
    if not found:
        return None
    year, month, day = (_number(part) for part in found.groups())
    return f"{year:04d}-{month:02d}-{day:02d}"


def _date_in_title(layout: Layout) -> str | None:
    """The date in brackets behind the notice's title: …的通知（2031年3月5日）."""
    titles = (run.text for run in (layout.notice_title, layout.title) if run is not None)
    found = next((found for title in titles if (found := _DATED_TITLE.search(title))), None)
    return "{:04d}-{:02d}-{:02d}".format(*map(int, found.groups())) if found else None


def _published(metadata: Mapping[str, str], layout: Layout) -> str | None:
    for pattern in _PUBLISHED:
        for run in _own_furniture(layout):
            found = pattern.search(run.text)
            if found:
                return "{:04d}-{:02d}-{:02d}".format(*(int(part) for part in found.groups()))
    for name in ("pubdate", "publishdate", "article:published_time"):
        found = re.search(r"(\d{4})-(\d{1,2})-(\d{1,2})", metadata.get(name, ""))
        if found:
            return "{:04d}-{:02d}-{:02d}".format(*(int(part) for part in found.groups()))
    return None


def _period(document: Document, title: str, notice_title: str | None) -> tuple[int, int] | None:
    """(first, last) year that the title states; a work report is for the year in which it was given."""
    for text in (title, notice_title or ""):
        found = _YEARS.search(text)
        if found:
            return int(found.group(1)), int(found.group(2))
    found = _YEAR.search(title)
    if found and not re.search(r"[（(].{0,4}" + found.group(0) + r".{0,6}修", title):
        return int(found.group(1)), int(found.group(1))
    congress = _congress(document)
    return (int(congress[0]), int(congress[0])) if congress and congress[0] else None
