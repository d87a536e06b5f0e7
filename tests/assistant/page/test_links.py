"""The address of a clause inside the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.page.links import SourceLink


def test_href_names_notice_clause_and_span() -> None:
    assert SourceLink("n1", "c2", (3, 9)).href == "#c=n1/c2&m=3-9"
    assert SourceLink("n1").href == "#c=n1"
    assert SourceLink.parse("#c=n1") == SourceLink("n1")
    assert SourceLink("n/1", "附件1#3").href == "#c=n%2F1/%E9%99%84%E4%BB%B61%233"


@given(
    st.text(min_size=1),
    st.text(min_size=1),
    st.none() | st.tuples(st.integers(0, 10**8), st.integers(0, 10**8)),
)
def test_parse_reads_what_href_wrote(notice: str, clause: str, mark: tuple[int, int] | None) -> None:
    link = SourceLink(notice, clause, mark)
    assert SourceLink.parse(link.href) == link


@pytest.mark.parametrize(
    "other", ["", "#", "#c=", "#c=n1/", "#c=n1/c1&m=x-y", "javascript:alert(1)", "#c=a/b/c"]
)
def test_anything_else_is_no_link(other: str) -> None:
    assert SourceLink.parse(other) is None


def test_a_quote_is_marked_where_it_stands() -> None:
    assert SourceLink.to_quote("n", "c", "到2025年达到92%", "达到92%").mark == (6, 11)
    assert SourceLink.to_quote("n", "c", "到2025年", "不在其中").mark is None
    assert SourceLink.to_quote("n", "c", "到2025年", "").mark is None
