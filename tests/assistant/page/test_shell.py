"""The HTML around the page."""

from __future__ import annotations

import pytest

from assistant.page.i18n import Language
from assistant.page.language import language_of
from assistant.page.shell import dressed


def test_language_and_style_are_in_the_page_from_the_first_byte() -> None:
    page = dressed('<html lang="en"><head><title>x</title></head></html>', Language.CHINESE, "b{}")
    assert page.startswith(
        '<html lang="zh-CN"><head>'
        '<script>Object.defineProperty(navigator,"language",{get:()=>"zh-CN"})</script>'
        '<title>x</title><link rel="icon" href="data:'
    )
    assert page.endswith('"><style>b{}</style></head></html>')


@pytest.mark.parametrize(
    ("cookies", "language"),
    [
        ({}, Language.CHINESE),
        ({"tiaowen_lang": "en"}, Language.ENGLISH),
        ({"tiaowen_lang": "zh-CN"}, Language.CHINESE),
        ({"tiaowen_lang": "<script>"}, Language.CHINESE),
    ],
)
def test_chinese_unless_english_was_chosen(cookies: dict[str, str], language: Language) -> None:
    assert language_of(cookies) is language
