"""The one way from text to HTML."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.page.html import Html, element, escape, join


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("", ""),
        ("森林覆盖率62.5%", "森林覆盖率62.5%"),
        ("<img src=x onerror=alert(1)>", "&#60;img src=x onerror=alert(1)&#62;"),
        ("&amp;", "&#38;amp;"),
        ("\"'", "&#34;&#39;"),
        ("${1+1}", "&#36;&#123;1+1&#125;"),
        ("{{x}}", "&#123;&#123;x&#125;&#125;"),
        ("`a`", "&#96;a&#96;"),
        ("一\n\n二", "一&#10;&#10;二"),
        ("a\0b", "a\ufffdb"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_escape_shows_exactly_the_text(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@given(st.text())
def test_a_browser_reads_back_what_was_escaped(text: str) -> None:
    """NUL is the one character that HTML cannot carry (and surrogates, which `st.text` leaves out)."""
    assert html.unescape(escape(text)) == text.replace("\0", "\ufffd")


@given(st.text())
def test_nothing_that_any_template_or_markdown_could_act_on_is_left(text: str) -> None:
    left = re.sub(r"&#\d+;", "", escape(text))
    assert not set(left) & set("<>&\"'`${}\n\r\t\0")


def test_element_escapes_text_and_keeps_html() -> None:
    inner = element("b", "<i>")
    assert element("p", "a<b", inner, class_="x", aria_label='"q"', id=None) == (
        '<p class="x" aria-label="&#34;q&#34;">a&#60;b<b>&#60;i&#62;</b></p>'
    )


def test_void_elements_have_no_end() -> None:
    assert element("col", span="2") == '<col span="2">'


def test_join_escapes_what_is_not_html() -> None:
    assert join(["<", Html("<br>"), ">"]) == "&#60;<br>&#62;"
