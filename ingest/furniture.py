"""Page furniture: what the web page or the sharing site printed around the notice; it is in no clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.grammar import Style, match_label
from ingest.runs import Run, glue

_LINE = re.compile(
    r"(?:"
    r"(?:您?现?在?的?当前位置|当前位置|您所在的位置)\s*[:：]?.*|位置\s*[:：].*[>＞»].*"
    r"|>?\s*[^。]{0,20}\s*>\s+[^。]{1,20}\s*>.*"
    r"|(?:发布|发文|公开|更新|生成|刊发|印发)(?:时间|日期)\s*[:：]\s*\d{4}.*"
    # 时间：2024年5月1日前 is what a notice says, not when the page was made
    r"|(?:时间|日期)\s*[:：]\s*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
    r"(?:\s*(?:信息|文章)?(?:来源|作者|浏览|阅读|点击|访问|字体|字号|【|\[).*)?"
    r"|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)(?:\s.*)?"
    r"|(?:信息|文章|稿件|文件)?来源\s*[:：][^。]{0,40}"
    r"|(?:浏览|阅读|点击)(?:次数|量|数)?\s*[:：]?\s*\d*\s*次?"
    r"|(?:责任编辑|编辑|作者|供稿|审核|录入|校对|责编|初审|终审)\s*[:：][^。；;，,]{0,30}"
    r"|【?\s*(?:字体|字号)\s*[:：]?.{0,20}"
    r"|(?:朗读|打印|打印本页|关闭|关闭窗口|关闭本页|返回顶部|返回|收藏|下载|全屏|分享|分享到.*|加大|减小|还原|大|中|小|】|"
    r"语音播报|无障碍|扫一扫.*|微信扫一扫.*|[上下]一[篇条](?:\s*[:：].*|\s.*)?|"
    r"相关(?:文章|链接|阅读|附件|文档|解读)(?:\s*[:：].*|[\s>＞»].*)?|首页|网站地图|"
    r"联系我们|版权所有.*|(?:主办|承办|技术支持)单位(?:\s*[:：].*|\s.*)?|.*ICP备.*|.*公网安备.*|技术支持(?:\s*[:：].*|\s.*)?|全文如下|正文如下|"
    r"我要(?:纠错|留言|打印).*|纠错|字体大小.*|T\+|T-|\[?\s*大\s*中\s*小\s*\]?|【.{0,3}(?:打印|关闭|收藏).{0,6}】.*)[:：]?"
    r"|(?:(?:作者|来源|文章来源|点击数?|更新时间|录入|责任编辑|编辑|浏览)\s*[:：]\s*[^\s:：【]*\s*){2,}(?:【.*)?"
    r"|扫码.{0,12}|(?:主办|承办|免责声明|网站标识码)\s*[:：].*|地址\s*[:：].*电话.*"
    r"|[【\[(（〔]?\s*示例文件.{0,40}"
    r"|[-—－–_=*\s]{6,}"  # a rule across the page
    r"|\d{4}年第?\d{1,2}期|—?\s*第?\s*\d{1,3}\s*页(?:\s*共\s*\d+\s*页)?|[-—－–]\s*\d{1,3}\s*[-—－–]"
    r")"
)
#: 索引号, 主题分类 … of the information-disclosure table on government pages.
_DISCLOSURE = re.compile(
    r"(?:索\s*引\s*号|信息索引号|主题分类|体裁分类|公开方式|公开范围|公开时限|公开程序|信息类别|组配分类|服务对象|"
    r"统一编号|有\s*效\s*性|文件状态|发布机构|发文机关|成文日期|发文字号|文\s*号|主\s*题\s*词|生成日期|标\s*题|名\s*称|"
    r"登记号|时效性|发文日期|制发机关|公开属性)\s*[:：].{0,60}"
)
_SLICE = re.compile(r"(\d{1,3})、")
_PAGE = re.compile(r"(?<=[\s\u4e00-\u9fff，,。；;、%）)]) (\d{1,3}) (?=[\s\u4e00-\u9fff“”（(《，,。；;])")


def is_furniture(text: str) -> bool:
    """Whether a line is page furniture by its own words."""
    text = text.strip()
    return bool(_LINE.fullmatch(text) or _DISCLOSURE.fullmatch(text))


def is_sliced(runs: Sequence[Run]) -> bool:
    """Whether a sharing site cut the text: every line begins with 1、 2、 3、 … whatever the sentence."""
    if len(runs) < 5:
        return False
    numbers = [int(found.group(1)) if (found := _SLICE.match(run.text)) else 0 for run in runs]
    return numbers == list(range(1, len(runs) + 1)) and sum(len(run.text) for run in runs) / len(runs) > 150


def unslice(runs: Sequence[Run]) -> list[Run]:
    """The text of a sliced page in one run for each printed line: slice numbers and page numbers taken out,
    and the whole cut again before each label."""
    slices = [(run, found) for run in runs if (found := _SLICE.match(run.text))]
    whole = glue(run.slice(found.end()) for run, found in slices)
    return split_labels(_without_pages(whole))


def _without_pages(run: Run) -> Run:
    """The run without page numbers, which count up from one and stand between blanks inside sentences."""
    pieces: list[Run] = []
    begin, expected = 0, 1
    opening = re.match(r"(\d{1,3}) ", run.text)
    if opening and int(opening.group(1)) == 1:
        begin, expected = opening.end(), 2
    for found in _PAGE.finditer(run.text):
        if int(found.group(1)) == expected:
            pieces.append(run.slice(begin, found.start()))
            begin, expected = found.end(), expected + 1
    pieces.append(run.slice(begin))
    return glue([piece for piece in pieces if piece.text])


_EMBEDDED = re.compile(
    r"(?:(?<=[。；;：:])|(?<=[\u4e00-\u9fff”）)]))\s*"
    r"(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.．](?!\d))"
)
_PREAMBLE = re.compile(r"(?<=方案|计划|要点|办法|意见|规定|细则|规划)(?=为|根据|按照|依据)")


def split_labels(run: Run) -> list[Run]:
    """Cut a run of text before each label that follows on in its list.

    A label counts where the number is the next of its style and a sentence or a title ended before it, so
    that references and numbers inside sentences stay where they are.
    """
    cuts: list[int] = []
    opening = match_label(run.text)
    last = {opening.style: opening.number} if opening else {}
    previous = 0
    for found in _EMBEDDED.finditer(run.text):
        at = found.end()
        label = match_label(run.text[at : at + 12])
        if label is None or label.style not in (Style.HAN, Style.HAN_PAREN, Style.ARABIC):
            continue
        closed = run.text[:at].rstrip()[-1:] in "。；;：:"
        titled = at - previous <= 40 and bool(cuts) and label.number == 1
        if label.number not in (1, last.get(label.style, 0) + 1) or not (closed or titled):
            continue
        for style in list(last):
            if style > label.style:
                del last[style]
        last[label.style] = label.number
        cuts.append(at)
        previous = at
    if not cuts:
        return [run]
    head = run.text[: cuts[0]]
    title = _PREAMBLE.search(head[:80])
    bounds = [0, *([title.start()] if title else []), *cuts, len(run.text)]
    pieces = [run.slice(a, b) for a, b in pairwise(bounds)]
    return [piece for piece in pieces if piece.text]
