"""Which language a visitor reads: Chinese, unless the switch (`/?lang=en`) was used; a cookie keeps that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assistant.page.i18n import Language

COOKIE: Final = "tiaowen_lang"
PARAMETER: Final = "lang"


def language_named(name: str | None) -> Language | None:
    """The language of that name, None when the page has no such language."""
    return Language(name) if name in set(Language) else None


def language_of(cookies: Mapping[str, str]) -> Language:
    """The language that the visitor's cookies name; Chinese when they name none that the page has."""
    return language_named(cookies.get(COOKIE)) or Language.CHINESE
