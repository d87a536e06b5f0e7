"""Page furniture: what the web page or the sharing site printed around the notice; it is in no clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.grammar import Style, match_label
from ingest.runs import Run, glue

#: What the links at the head and foot of a site are called.
_LINKS = (
    "联系我们|网站地图|关于我们|版权保护|版权声明|隐私声明|网站声明|免责声明|使用帮助|网站帮助|网站导航|设为首页|"
    "加入收藏|帮助中心|首页|无障碍浏览"
)
#: Rules by name: the first that matches a whole line takes it; the audit shows the name.
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "页面位置",
            r"(?:您?现?在?的?当前位置|当前位置|您所在的位置)\s*[:：]?.*|位置\s*[:：].*[>＞»].*"
            r"|>?\s*[^。]{0,20}\s*>\s+[^。]{1,20}\s*>.*",
        ),
        (
            "页面时间",
            r"(?:发布|发文|公开|更新|生成|刊发|印发)(?:时间|日期)\s*[:：]\s*\d{4}.*"
            # 时间：2024年5月1日前 is what a notice says, not when the page was made
            r"|(?:时间|日期)\s*[:：]\s*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
            r"(?:\s*(?:信息|文章)?(?:来源|作者|浏览|阅读|点击|访问|字体|字号|【|\[).*)?"
            r"|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)(?:\s.*)?"
            r"|[\u4e00-\u9fff]{2,20}(?:委员会|政府|局|厅|部|办公室|网|中心)\s+\d{4}-\d{2}-\d{2}",
        ),
        (
            "来源和编辑",
            r"(?:信息|文章|稿件|文件)?来源\s*[:：][^。]{0,40}"
            r"|(?:责任编辑|编辑|作者|供稿|审核|录入|校对|责编|初审|终审)\s*[:：][^。；;，,]{0,30}"
            r"|(?:(?:作者|来源|文章来源|点击数?|更新时间|录入|责任编辑|编辑|浏览)\s*[:：]\s*[^\s:：【]*\s*){2,}(?:【.*)?",
        ),
        ("阅读次数", r"(?:浏览|阅读|点击)(?:次数|量|数)?\s*[:：]?\s*\d*\s*次?"),
        (
            "页面按钮",
            r"【?\s*(?:字体|字号)\s*[:：]?.{0,20}"
            r"|(?:朗读|打印|打印本页|关闭|关闭窗口|关闭本页|返回顶部|返回|收藏|下载|全屏|分享|分享到.*|加大|减小|还原|"
            r"大|中|小|】|语音播报|无障碍|扫一扫.*|微信扫一扫.*|我要(?:纠错|留言|打印).*|纠错|字体大小.*|T\+|T-|"
            r"\[?\s*大\s*中\s*小\s*\]?|【.{0,3}(?:打印|关闭|收藏).{0,6}】.*)[:：]?|扫码.{0,12}"
            r"|[\[【]?内容纠错[\]】]?|(?:收藏本页|打印本页|打印页面|我要分享|双击自动滚屏)+",
        ),
        (
            "相关链接",
            r"(?:[上下]一[篇条](?:\s*[:：].*|\s.*)?|"
            r"相关(?:文章|链接|阅读|附件|文档|解读)(?:\s*[:：].*|[\s>＞»].*)?|首页|网站地图|全文如下|正文如下)[:：]?"
            # names of other sites between hyphens: -市政府各部门- -区卫生健康委-
            r"|-[^-。，；：\s]{2,20}(?:-\s*-?[^-。，；：\s]{2,20}){2,}-?",
        ),
        (
            "网站落款",
            r"(?:联系我们|版权所有.*|(?:主办|承办|技术支持)单位(?:\s*[:：].*|\s.*)?|.*ICP备.*|.*公网安备.*|"
            r"技术支持(?:\s*[:：].*|\s.*)?)[:：]?"
            r"|[^。]{0,30}版权所有.*|您是第?\s*\d+\s*位访(?:问者|客)|转[摘载](?:声明\s*[:：]|请注明).*"
            rf"|[\s|｜·-]*(?:{_LINKS})(?:[\s|｜·-]+(?:{_LINKS})){{1,12}}[\s|｜·-]*|(?:{_LINKS})[\s|｜]+"
            r"|(?:主办|承办|免责声明|网站标识码)\s*[:：].*|地址\s*[:：].*电话.*",
        ),
        ("示例标记", r"[【\[(（〔]?\s*示例文件.{0,40}"),
        ("分隔线", r"[-—－–_=*─━═\s]{6,}"),
        (
            "刊期和页码",
            r"\d{4}年第?\d{1,2}期|—?\s*第?\s*\d{1,3}\s*页(?:\s*共\s*\d+\s*页)?"
            r"|[-—－–]\s*\d{1,3}\s*[-—－–]",
        ),
        (
            "信息公开表",
            r"(?:索\s*引\s*号|信息索引号|主题分类|体裁分类|公开方式|公开范围|公开时限|公开程序|信息类别|组配分类|"
            r"服务对象|统一编号|有\s*效\s*性|文件状态|发布机构|发文机关|成文日期|发文字号|文\s*号|主\s*题\s*词|"
            r"生成日期|标\s*题|名\s*称|登记号|时效性|发文日期|制发机关|公开属性|信息索取号|公开类型|信息提供日期)"
            r"\s*[:：].{0,60}"
            r"|(?:分类名称|公布机关|效力状[况态]|公布日期|施行日期|失效日期)\s*\t.{0,120}"
            r"|名\s*称\s*[:：]\s*\t.{0,120}|发布机构\s*[:：].{0,80}发布时间\s*[:：].*",
        ),
    )
)
_ANY_RULE = re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in _RULES))
#: No line of furniture is longer; a longer line is not even looked at.
_LONGEST = 400
_SLICE = re.compile(r"(\d{1,3})、")
_PAGE = re.compile(r"(?<=[\s\u4e00-\u9fff，,。；;、%）)]) (\d{1,3}) (?=[\s\u4e00-\u9fff“”（(《，,。；;])")


def furniture_rule(text: str) -> str | None:
    """The name of the rule by which a line is page furniture; None for a line of the notice."""
    text = text.strip()
    if len(text) > _LONGEST or not _ANY_RULE.fullmatch(text):
        return None
    return next((name for name, pattern in _RULES if pattern.fullmatch(text)), None)


_FOOT = re.compile(r"\s*(?:[上下]一[篇条]|相关链接)")


def opens_foot(rule: str, text: str) -> bool:
    """Whether a line of furniture, by its rule, may open what a site prints below a notice."""
    return rule == "网站落款" or bool(_FOOT.match(text))


def is_sliced(runs: Sequence[Run], least_length: int = 150) -> bool:
    """Whether a sharing site cut the text: lines begin with 1、 2、 3、 … whatever the sentence, and are
    longer than `least_length` on average."""
    if len(runs) < 5:
        return False
    numbers = [int(found.group(1)) if (found := _SLICE.match(run.text)) else 0 for run in runs]
    return (
        numbers == list(range(1, len(runs) + 1))
        and sum(len(run.text) for run in runs) / len(runs) > least_length
    )


def unslice(runs: Sequence[Run]) -> tuple[list[Run], list[Run]]:
    """(text, numbers) of a sliced page: one run for each clause-opening line, the whole cut again before each
    label; and the slice numbers and page numbers that were taken out."""
    slices = [(run, found) for run in runs if (found := _SLICE.match(run.text))]
    whole = glue(run.slice(found.end()) for run, found in slices)
    text, pages = _without_pages(whole)
    return split_labels(text), [*(run.slice(0, found.end()) for run, found in slices), *pages]


def _without_pages(run: Run) -> tuple[Run, list[Run]]:
    """The run without page numbers, which count up from one and stand between blanks inside sentences; and
    the page numbers."""
    pieces: list[Run] = []
    pages: list[Run] = []
    begin, expected = 0, 1
    opening = re.match(r"(\d{1,3}) ", run.text)
    if opening and int(opening.group(1)) == 1:
        begin, expected = opening.end(), 2
        pages.append(run.slice(0, begin))
    for found in _PAGE.finditer(run.text):
        if int(found.group(1)) == expected:
            pieces.append(run.slice(begin, found.start()))
            pages.append(run.slice(found.start(), found.end()))
            begin, expected = found.end(), expected + 1
    pieces.append(run.slice(begin))
    return glue([piece for piece in pieces if piece.text]), pages


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
        closed = run.text[max(0, at - 8) : at].rstrip()[-1:] in "。；;：:"
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
