"""Targets found by what people call their indicator and region, by year and by a condition."""

from __future__ import annotations

import pytest

from assistant.ledger import Condition, Fit, Ledger, matching_regions
from ingest.targets import Comparator, Target

from .ledger_home import index


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return Ledger(index(tmp_path_factory.mktemp("ledger")).catalogue)


def _regions(ledger: Ledger, **wanted: object) -> list[str | None]:
    return [entry.notice.card.region for entry in ledger.find(**wanted)]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["GDP", "地区生产总值", "生产总值", "经济增速", "地区生产总值增长"])
def test_an_indicator_is_found_by_each_of_its_names_and_no_other_one_with_it(
    ledger: Ledger, name: str
) -> None:
    found = ledger.find(indicator=name, year=2031)
    assert {entry.notice.card.region: entry.target.value for entry in found} == {
        "云湖省": 5,
        "澄江省": 5.5,
        "望津省": (4.5, 5.5),
    }


def test_a_name_that_no_target_has_finds_those_that_hold_it(ledger: Ledger) -> None:
    assert [e.target.indicator for e in ledger.find(indicator="公园")] == ["=公园改造率"]
    assert ledger.find(indicator="地震台站") == ()


def test_by_region_year_and_notice(ledger: Ledger) -> None:
    assert _regions(ledger, indicator="城镇新增就业", regions=["澄江"]) == ["澄江省"]
    assert _regions(ledger, regions=["火星"]) == []
    assert [e.target.year for e in ledger.find(due_by=2033, notices=["n3", "n4"])] == [2033, 2033, 2031, 2031]
    assert [e.target.indicator for e in ledger.find(year=2035)] == ["森林覆盖率"]


def test_entries_are_ordered_by_region_notice_and_place(ledger: Ledger) -> None:
    found = ledger.find()
    places = [(e.notice.card.region, e.notice.name) for e in found]
    assert places == sorted(places, key=str)
    assert [e.target.indicator for e in found if e.notice.id == "n1"] == [
        "地区生产总值",
        "城镇新增就业",
        "居民收入",
    ]


def test_what_is_stored_comes_back(ledger: Ledger) -> None:
    (entry,) = ledger.find(indicator="PM2.5")
    assert entry.target == Target(
        indicator="PM2.5浓度",
        comparator=Comparator.EQUAL,
        value=6,
        unit="%",
        text="下降6%",
        quote="PM2.5浓度比2029年下降6%。",
        change="下降",
        year=2033,
        base_year=2029,
        responsible=("市住建局", "市生态环境局"),
    )
    assert entry.clause.cite == "三引言"


def test_which_lie_above_a_value_wholly_and_in_part(ledger: Ledger) -> None:
    above = Condition(Comparator.MORE, 5, "%")
    assert _regions(ledger, indicator="GDP", condition=above) == ["澄江省"]
    assert _regions(ledger, indicator="GDP", condition=above, fit=Fit.PARTLY) == ["望津省"]
    assert _regions(ledger, indicator="GDP", condition=above, fit=Fit.NOT) == ["云湖省"]


def test_units_with_multiples_are_compared(ledger: Ledger) -> None:
    enough = Condition(Comparator.AT_LEAST, 6, "万人")
    assert _regions(ledger, indicator="新增就业", condition=enough) == ["云湖省", "澄江省"]


@pytest.mark.parametrize(
    ("comparator", "value", "asked", "fit"),
    [
        ("=", 5, ">", Fit.NOT),
        ("=", 5, ">=", Fit.WHOLLY),
        ("≈", 5.5, ">", Fit.WHOLLY),
        (">=", 5, ">", Fit.PARTLY),
        (">=", 5, ">=", Fit.WHOLLY),
        (">", 5, ">", Fit.WHOLLY),
        (">=", 5, "<", Fit.NOT),
        (">=", 5, "<=", Fit.PARTLY),
        ("<=", 5, "<", Fit.PARTLY),
        ("<=", 5, "<=", Fit.WHOLLY),
        ("<", 5, "<", Fit.WHOLLY),
        ("<=", 5, ">", Fit.NOT),
        ("range", (4.5, 5), "<=", Fit.WHOLLY),
        ("range", (4.5, 5), ">=", Fit.PARTLY),
        ("range", (4.5, 5), "=", Fit.PARTLY),
        ("=", 5, "=", Fit.WHOLLY),
        (">", 5, "=", Fit.NOT),
        ("sync", None, "=", Fit.NOT),
    ],
)
def test_the_fit_of_a_target(
    comparator: str, value: float | tuple[float, float] | None, asked: str, fit: Fit
) -> None:
    target = Target("率", Comparator(comparator), value, "%", "", "")
    assert Condition(Comparator(asked), 5, "%").fit(target) is fit
    if value is not None:
        assert Condition(Comparator(asked), 5, "亩").fit(target) is Fit.NOT


def test_a_condition_needs_a_comparator_that_can_be_asked() -> None:
    with pytest.raises(ValueError, match="sync"):
        Condition(Comparator.SYNC, 5)


def test_regions_by_name_and_by_where_they_lie() -> None:
    known = ["浙江省", "浙江省湖州市", "江苏省无锡市"]
    assert matching_regions(["浙江"], known) == ("浙江省",)
    assert matching_regions(["湖州"], known) == ("浙江省湖州市",)
    assert matching_regions(["江苏"], known) == ("江苏省无锡市",)
    assert matching_regions(["北京"], known) == ()
