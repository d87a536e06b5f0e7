"""Which parts of a page are furniture: menus, link lists, footers, buttons.

Nothing is chosen by what it is; everything is kept but what is recognised as furniture. General extractors
choose the main text instead, and on government pages lose what matters here: titles and signatures that stand
outside the text column, spans of merged cells, numbers of list items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree

from ingest.readers.html_tables import RawTable, is_data_table

# Elements between the body and the text column; below a paragraph or a data table nothing is judged.
_CONTAINERS = frozenset(
    {"html", "body", "div", "table", "tbody", "tr", "td", "section", "article", "main", "form", "center"}
    | {"span", "font", "fieldset", "aside", "header"}
)

_LINK_SHARE = 0.5
_ATTACHMENT = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|ofd|rar|zip|txt|et)$", re.IGNORECASE)
_FOOTER = re.compile(r"ICP备|公网安备|版权所有|网站标识码|[Cc]opyright|COPYRIGHT|©")
_FOOTER_CHARACTERS = 600

# Running text: menus have few sentences as long, link lists none outside their links.
_SENTENCE_END = re.compile("[。；]")
_SENTENCE_CHARACTERS = 24
_SENTENCE_SHARE = 0.2

_BUTTON = (
    r"(?:字\s*[体号]|大|中|小|打\s*印(?:本[页文]|文[章档])?|关\s*闭(?:窗口|本页)?|分享(?:到)?|收藏(?:本[文页])?|添加收藏|"
    r"返回(?:顶部|首页|列表)?|增大字号|减小字号|纠错|内容纠错|我要纠错|发表评论|发给朋友|繁体|简体|无障碍(?:浏览)?|"
    r"相关(?:文档|附件|文章|链接|新闻|阅读)|更多(?:相关文章)?|TOP|选择字体|设为首页|加入收藏|收藏本站|保存|"
    r"扫一扫在手机打开当前页|微信(?:二维码)?|微博|新浪微博|腾讯微博)"
)
_BETWEEN_BUTTONS = r"[\[\]【】（）()\s|｜·>＞：:]*"
_BUTTONS = re.compile(rf"{_BETWEEN_BUTTONS}(?:{_BUTTON}{_BETWEEN_BUTTONS})+")
_PAGE_LINE_CHARACTERS = 200
_PAGE_LINE = re.compile(
    r"(?:您|你)?(?:当前|现在|目前|所在)?(?:浏览|所在)?的?位置\s*[:：].*|[上下]一[篇条]\s*[:：].*|"
    r"您是第\s*\d+\s*位.*|文章评论数\s*[:：]\s*\d*|(?:今天|今日)是?\s*[:：].{0,30}|热词\s*[:：].*"
)
# Lines of a page's head table, which tell issuer, number and dates.
_CARD_LINE = re.compile(
    r"(?:索引号|文号|发文字号|发布文号|发布机构|发文机[关构]|发布单位|制发机关|名称|标题|主题词|主题分类|分类|体裁|"
    r"内容概述|概述|信息分类|公开类别|公开方式|有效性|时效|(?:发文|发布|成文|生成|公开|生效|实施|印发|废止|失效)日期|来源)[:：]"
)
_MIN_TITLE_CHARACTERS = 8


@dataclass(slots=True)
class _Weight:
    """Characters in an element, blanks not counted: all, inside links, and in sentences outside links."""

    size: int = 0
    linked: int = 0
    sentences: int = 0

    @property
    def prose(self) -> int:
        return self.size - self.linked

    def add(self, other: _Weight) -> None:
        self.size += other.size
        self.linked += other.linked
        self.sentences += other.sentences


def remove_furniture(root: etree._Element) -> None:
    """Take out, in place, what stands beside the way down to the text and is made of links or is a footer."""
    for element in list(root.iter("div")):
        # LibreOffice writes the running heads of a text document as such divisions.
        if element.get("title") in ("header", "footer") and element.getparent() is not None:
            element.clear(keep_tail=True)
    weights = _weights(root)
    node = root
    while (text_child := _text_child(node, weights)) is not None:
        after = False
        for child in list(node):
            if child is text_child:
                after = True
            elif _is_furniture(child, weights[child], after=after):
                child.clear(keep_tail=True)
        node = text_child


def _weights(root: etree._Element) -> Mapping[etree._Element, _Weight]:
    """The weight of every element, in one walk from the leaves up."""
    weights: dict[etree._Element, _Weight] = {}
    for _, node in etree.iterwalk(root, events=("end",)):
        weight = _text_weight(node.text)
        for child in node:
            weight.add(weights[child])
            weight.add(_text_weight(child.tail))
        if node.tag == "a":
            weight = _Weight(size=weight.size, linked=weight.size)
        weights[node] = weight
    return weights


def _text_weight(text: str | None) -> _Weight:
    if not text:
        return _Weight()
    return _Weight(size=len("".join(text.split())), sentences=sum(_sentence_lengths(text)))


def _sentence_lengths(text: str) -> Iterator[int]:
    for part in _SENTENCE_END.split(text)[:-1]:
        if len(part) >= _SENTENCE_CHARACTERS:
            yield len(part)


def _text_child(node: etree._Element, weights: Mapping[etree._Element, _Weight]) -> etree._Element | None:
    """The child that holds more than half of the running text of `node`, if one may be entered."""
    children = [child for child in node if child.tag in _CONTAINERS]
    child = max(children, key=lambda each: weights[each].prose, default=None)
    if child is None or 2 * weights[child].prose <= weights[node].prose:
        return None
    return None if child.tag == "table" and is_data_table(child) else child


def _is_furniture(element: etree._Element, weight: _Weight, *, after: bool) -> bool:
    if not weight.size or weight.sentences > _SENTENCE_SHARE * weight.size:
        return False
    if any(_is_attachment(link) for link in element.iter("a")):
        return False
    if weight.linked > _LINK_SHARE * weight.size:
        return True
    return (
        after
        and weight.size <= _FOOTER_CHARACTERS
        and _FOOTER.search("".join(element.itertext())) is not None
    )


def _is_attachment(link: etree._Element) -> bool:
    try:
        return _ATTACHMENT.search(urlsplit(link.get("href") or "").path) is not None
    except ValueError:  # an address with unbalanced brackets
        return False


def without_page_lines(blocks: Sequence[str | RawTable], titles: Sequence[str]) -> Iterator[str | RawTable]:
    """Yield `blocks` without buttons, and without what stands above the title but lines of its head table.

    `titles` are what the page calls itself (`title` element, `ArticleTitle`); where no block repeats one of
    them, nothing counts as above the title.
    """
    top = _title_place(blocks, titles)
    for place, block in enumerate(blocks):
        if isinstance(block, str):
            if _is_page_line(block):
                continue
            if place < top and not _CARD_LINE.match("".join(block.split())):
                continue
        yield block


def _is_page_line(line: str) -> bool:
    return len(line) <= _PAGE_LINE_CHARACTERS and bool(_BUTTONS.fullmatch(line) or _PAGE_LINE.fullmatch(line))


def _title_place(blocks: Sequence[str | RawTable], titles: Sequence[str]) -> int:
    """The place of the first line of the title among the blocks before the first sentence; 0 if unknown."""
    wanted = [_letters(title) for title in titles]
    lengths: list[int] = []
    for block in blocks:
        text = block if isinstance(block, str) else ""
        if any(_sentence_lengths(text)):
            break
        letters = _letters(text)
        matches = len(letters) >= _MIN_TITLE_CHARACTERS and any(letters in title for title in wanted)
        lengths.append(len(letters) if matches else 0)
    if not any(lengths):
        return 0
    place = lengths.index(max(lengths))
    while place > 0 and lengths[place - 1]:
        place -= 1
    return place


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
