"""Which indicators of the notices a name means: by synonyms of the lexicon and by normal forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from index.lexicon import load_lexicon

#: Words before and after an indicator that do not change what is measured.
_SCOPE = re.compile(
    r"^(?:全市|全省|全区|全县|全州|全社会|我[市省区县]|本[市省区县]|地方|年度?|各[地市县区]|总体|主要|预期)+(?=..)"
)
_CHANGE = re.compile(
    r"(?<=..)(?:(?:年均|同比|预期)?(?:增长|增速|增幅|涨幅|上涨|增加|提高|提升|下降|降幅|降低)(?:速度|幅度|率)?|"
    r"目标|指标|指数|总水平|水平|人数|总数|总额|总值|总量|数量|浓度|年均|平均|的)+$"
)
_MEAN = re.compile(r"年均|平均|年度")
_MARKS = re.compile(r"[\s“”\"'‘’（）()《》、·]")


@lru_cache(maxsize=4096)
def normal_form(name: str) -> str:
    """An indicator's name in the form that is compared: no scope, no growth, no mean, no marks."""
    bare = _MARKS.sub("", name).upper()
    bare = _SCOPE.sub("", bare)
    bare = _CHANGE.sub("", bare)
    return _MEAN.sub("", bare) or bare


@lru_cache(maxsize=512)
def forms_of(name: str) -> frozenset[str]:
    """The normal forms of a name: its own, those of its official terms, and of what is said for the same."""
    own = normal_form(name)
    return frozenset({own, *(_synonyms().get(own, frozenset()))})


def matching_indicators(name: str, known: Sequence[str]) -> tuple[str, ...]:
    """The `known` indicators that `name` means, in their order.

    Those of the same normal form, or of a synonym's; where there are none, those whose name holds one.
    """
    forms = forms_of(name)
    same = tuple(indicator for indicator in known if normal_form(indicator) in forms)
    if same:
        return same
    return tuple(
        indicator for indicator in known if any(form in normal_form(indicator) for form in forms if form)
    )


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, frozenset[str]]:
    """Normal form → the normal forms of its whole group of synonyms."""
    groups: dict[str, set[str]] = {}
    for entry in load_lexicon().entries():
        if entry.kind in {"synonym", "abbreviation"}:
            group = {normal_form(term) for term in (entry.lay, *entry.official)}
            for term in tuple(group):
                groups.setdefault(term, set()).update(group)
    return {term: frozenset(group) for term, group in groups.items()}
