"""Tables of records: order, pages, and that every cell is text."""

from __future__ import annotations

import pytest

from assistant.page.i18n import Language
from assistant.page.records import Browsing, Column, Row, in_order, listing_view
from assistant.page.records.listing import PAGE, page_of
from tests.assistant.page.fake import HOSTILE


@pytest.mark.parametrize(
    ("start", "href", "end"),
    [
        (Browsing(page=3, asked="n1"), "#sort=title", Browsing("title")),
        (Browsing("title"), "#sort=title", Browsing("title", descending=True)),
        (Browsing("title", descending=True), "#sort=title", Browsing("title")),
        (Browsing("title", descending=True), "#sort=region", Browsing("region")),
        (Browsing("title", asked="n1"), "#page=2", Browsing("title", page=2)),
        (Browsing("title", page=1), "#ask=n1", Browsing("title", page=1, asked="n1")),
        (Browsing("title", page=1, asked="n1"), "#ask=", Browsing("title", page=1)),
        (Browsing("title"), "#page=-1", Browsing("title")),
        (Browsing("title"), "#page=九", Browsing("title")),
        (Browsing("title"), "javascript:alert(1)", Browsing("title")),
    ],
)
def test_where_a_link_leads(start: Browsing, href: str, end: Browsing) -> None:
    assert start.follow(href) == end


def test_text_goes_in_the_order_of_pinyin_and_what_is_empty_last() -> None:
    regions = ["望津市", None, "澄浦市", "岚汀市", "北泽市"]
    assert (
        in_order(regions, lambda one: one) == ["北泽市", "澄浦市", "岚汀市", "望津市", None]
        or in_order(regions, lambda one: one)[-1] is None
    )
    assert in_order([3.0, None, 10.0, 2.0], lambda one: one, descending=True) == [10.0, 3.0, 2.0, None]


def test_equal_records_stay_as_they_came() -> None:
    records = [("甲", 2), ("乙", 1), ("丙", 2), ("丁", 1)]
    assert in_order(records, lambda one: float(one[1])) == [("乙", 1), ("丁", 1), ("甲", 2), ("丙", 2)]
    assert in_order(records, lambda one: float(one[1]), descending=True)[:2] == [("甲", 2), ("丙", 2)]


def test_a_page_beyond_the_last_is_the_last() -> None:
    assert page_of(0, Browsing(page=7)) == slice(0, PAGE)
    assert page_of(PAGE, Browsing(page=7)) == slice(0, PAGE)
    assert page_of(PAGE + 1, Browsing(page=7)) == slice(PAGE, 2 * PAGE)


def test_a_table_says_how_it_is_ordered_and_where_the_other_pages_are() -> None:
    columns = [Column("标题", "title"), Column("条款", "clauses", numeric=True), Column("")]
    view = listing_view(
        columns,
        [Row([HOSTILE, "3", ""], marked=True)],
        Browsing("clauses", descending=True, page=1),
        Language.CHINESE,
        total=PAGE * 3,
        caption=f"共{HOSTILE}",
    )
    assert '<th scope="col" aria-sort="none"><a href="#sort=title" role="button">标题</a></th>' in view
    assert '<th scope="col" class="tw-number" aria-sort="descending">' in view
    assert '<th scope="col"></th>' in view
    assert '<tr class="tw-marked"><td data-label="标题">&#60;img' in view
    assert '<a href="#page=0" role="button" data-name="before">上一页</a>' in view
    assert "第 2 页，共 3 页" in view
    assert '<a href="#page=2" role="button" data-name="after">下一页</a>' in view
    assert not any(sign in view for sign in ("<img", "<script", "<svg", "${", "{{"))


def test_few_records_have_no_pages_and_none_have_no_table() -> None:
    one = listing_view([Column("甲")], [Row(["乙"])], Browsing(), Language.ENGLISH, total=1, caption="1")
    none = listing_view([Column("甲")], [], Browsing(), Language.ENGLISH, total=0, caption="0")
    assert "<nav" not in one
    assert "<table" not in none
