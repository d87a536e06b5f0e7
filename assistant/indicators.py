"""Which indicators of the notices a name means: by normal forms, the names of statistics, and the lexicon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from index.lexicon import load_lexicon

#: Columns: indicator, names (`|`-separated): what work reports and people call the common statistics.
_NAMES = Path(__file__).parent / "indicator_names.tsv"

#: Whose figure it is, before the name: it is the notice's region's in any case.
_SCOPE = re.compile(
    r"^(?:全市|全省|全区|全县|全州|全社会|市区|城区|市域|县域|我[市省区县州]|本[市省区县州]|地方|各[地市县区]|[当全]?年度?|总体|主要)+(?=..)"
)
#: Growth, and words for the quantity itself, behind the name.
_QUANTITY = re.compile(
    r"(?<=..)(?:(?:年均|同比|预期)?(?:增长|增速|增幅|涨幅|上涨|增加|提高|提升|下降|降幅|降低)(?:速度|幅度|率)?|"
    r"目标|指标|指数|总水平|水平|人数|总数|总额|(?<=进出口)总值|总量|数量|浓度|年均|平均|的)+$"
)
_MEAN = re.compile(r"年均|平均|年度")
_MARKS = re.compile(r"[\s“”\"'‘’（）()《》、·]")
#: Short forms that also stand inside longer names: 单位GDP能耗, 规上工业利润.
_SHORT_FORMS = (
    (re.compile(r"GDP|(?<![区内民])生产总值"), "地区生产总值"),
    (re.compile(r"规上|规模(?=工业)"), "规模以上"),
    (re.compile(r"R&D"), "研发"),
)


@lru_cache(maxsize=8192)
def normal_form(name: str) -> str:
    """An indicator's name in the form that is compared: no scope, growth, mean or marks, nothing short."""
    bare = _SCOPE.sub("", _MARKS.sub("", name).upper())
    for short, full in _SHORT_FORMS:
        bare = short.sub(full, bare)
    bare = _QUANTITY.sub("", bare)
    return _MEAN.sub("", bare) or bare


def matching_indicators(name: str, known: Sequence[str]) -> tuple[str, ...]:
    """The `known` indicators that `name` means, in their order.

    Those whose name is the same, or is one for the same in the lexicon; where there are none, those for its
    other terms there, and where there are none of these either, those whose name holds it.
    """
    meant = _official(normal_form(name))
    same = tuple(indicator for indicator in known if _official(normal_form(indicator)) == meant)
    if same:
        return same
    others = {_official(form) for form in _terms().get(normal_form(name), ())}
    near = tuple(indicator for indicator in known if _official(normal_form(indicator)) in others)
    return near or tuple(indicator for indicator in known if _holds(indicator, normal_form(name)))


def _holds(indicator: str, form: str) -> bool:
    return bool(form) and form in normal_form(indicator)


@lru_cache(maxsize=8192)
def _official(form: str) -> str:
    """The normal form of the commonest official term for `form`; itself where there is none."""
    seen = {form}
    while terms := _terms().get(form):
        if terms[0] in seen:
            break
        form = terms[0]
        seen.add(form)
    return form


@lru_cache(maxsize=1)
def _terms() -> dict[str, tuple[str, ...]]:
    """Normal form of what is said → the normal forms of its official terms, commonest first."""
    found: dict[str, tuple[str, ...]] = {}
    statistics = set()
    for line in _NAMES.read_text(encoding="utf-8").splitlines()[1:]:
        indicator, names = line.split("\t")
        official = normal_form(indicator)
        statistics.add(official)
        found |= {form: (official,) for form in map(normal_form, names.split("|")) if form != official}
    for entry in load_lexicon().entries():
        lay = normal_form(entry.lay)
        if entry.kind in {"synonym", "abbreviation"} and lay not in statistics:
            terms = tuple(form for form in map(normal_form, entry.official) if form != lay)
            if terms:
                found.setdefault(lay, terms)
    return found
