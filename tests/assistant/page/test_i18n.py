"""Phrases in two languages."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from assistant.page import build
from assistant.page.frame import Speaking
from assistant.page.i18n import Language, Phrases, say, translations
from assistant.page.rights import Rights
from assistant.types import ChipKind
from tests.assistant.page.fake import FakeBackend

#: The shared phrases and those of the page's own tabs.
ALL = translations(
    tab.phrases for tab in build.tabs_over(FakeBackend(), rights=Rights()) if isinstance(tab, Speaking)
)
_PHRASES = ("i18n.py", "phrases.py")


@pytest.mark.parametrize("key", sorted(ALL["en"]))
def test_both_languages_say_it_with_the_same_values(key: str) -> None:
    chinese, english = (ALL[language][key] for language in ("zh-CN", "en"))
    fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (chinese, english)]
    assert chinese.strip()
    assert english.strip()
    assert fields[0] == fields[1]


def test_every_phrase_is_used_and_every_use_has_a_phrase() -> None:
    modules = [path for path in sorted(build.HERE.rglob("*.py")) if path.name not in _PHRASES]
    source = "".join(path.read_text(encoding="utf-8") for path in modules)
    named = set(re.findall(r'"(\w+)"', source))
    spoken = set(re.findall(r'(?:say\(\w+(?:\(\w+\))?, |I18N\()"(\w+)"', source))
    tabs = {f"tab_{path.stem}" for path in (build.HERE / "tabs").glob("[a-z]*.py")}
    chips = {f"chip_{kind}" for kind in ChipKind}
    assert spoken <= set(ALL["en"]) <= named | tabs | chips


def test_a_phrase_has_one_owner() -> None:
    with pytest.raises(ValueError, match="sync"):
        translations([Phrases({"sync": ("更新", "Update")})])


def test_say() -> None:
    assert say(Language.CHINESE, "counts", notices=2, clauses=30) == "2 份文件 · 30 条条款"
    assert say(Language.ENGLISH, "counts", notices=2, clauses=30) == "2 notices · 30 clauses"
