"""What holds for the split of any lines: the audit adds up, no character is in two clauses, and furniture
between paragraphs changes nothing. Spans, blank lines and brackets: see test_splitter."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.furniture import furniture_rule
from ingest.notice import ink
from tests.ingest.invented import addresses, notice_of
from tests.ingest.test_splitter import LINES

#: Lines that a page prints around and inside a notice.
FURNITURE = (
    "当前位置：首页 > 政务公开 > 通知公告",
    "发布时间：2024-03-05 10:20",
    "来源：市政府办公室",
    "【打印】【关闭】",
    "扫一扫在手机打开当前页",
    "分享到：",
    "上一篇：关于渡口检修的公告",
    "版权所有：青汀市人民政府",
    "— 3 —",
    "第 2 页 共 9 页",
    "────────────",
)
ANY = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])

HEAD = "青汀市渡口管理办法"
#: Paragraphs of running text, each complete in itself.
PARAGRAPHS = st.lists(
    st.sampled_from(
        [
            "一、总体要求",
            "二、主要任务",
            "（一）换船。",
            "（二）修船。年底完成。",
            "1.拆解旧船。",
            "2.建造新船。",
            "第一条 渡工应当持证。",
            "第二条 渡船应当登记：",
            "（三）验收合格的；",
            "重点是：一是清淤；二是护岸。",
            "渡船应当登记。",
            "——水质方面，达标。",
        ]
    ),
    min_size=1,
    max_size=16,
)


@ANY
@given(LINES)
def test_the_audit_adds_up(lines: list[str]) -> None:
    """Every printed character has one owner: a clause, the card, furniture, or it is listed as lost."""
    notice = notice_of("\n".join(lines))
    audit = notice.audit
    lost = sum(ink(stretch.text) for stretch in audit.lost)
    assert audit.total == ink(notice.source)
    assert audit.in_clauses + audit.in_card + audit.in_furniture + lost == audit.total
    assert all(
        notice.source[s.start : s.end] == s.text for s in (*audit.furniture, *audit.lost, *audit.twice)
    )


@ANY
@given(PARAGRAPHS)
def test_nothing_of_running_text_is_lost_or_counted_twice(paragraphs: list[str]) -> None:
    audit = notice_of("\n".join([HEAD, *paragraphs])).audit
    assert (audit.lost, audit.twice, audit.share) == ((), (), 1.0)


@ANY
@given(PARAGRAPHS, st.lists(st.lists(st.sampled_from(FURNITURE), max_size=2), min_size=16, max_size=16))
def test_page_furniture_between_paragraphs_changes_nothing(
    paragraphs: list[str], between: list[list[str]]
) -> None:
    lines = [HEAD]
    for paragraph, furniture in zip(paragraphs, between, strict=False):
        lines += [*furniture, paragraph]
    assert addresses("\n".join(lines)) == addresses("\n".join([HEAD, *paragraphs]))


def test_each_of_the_lines_is_furniture() -> None:
    assert [line for line in FURNITURE if furniture_rule(line) is None] == []
