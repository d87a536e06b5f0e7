"""Places are told from words that only look like them."""

import pytest

from assistant.places import (
    counties_of,
    find_place,
    gazetteer,
    lowest_place,
    places_named,
    region_forms,
    short_form,
    unlisted_names,
)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("苏州市", "苏州"),
        ("内蒙古自治区", "内蒙古"),
        ("广西壮族自治区", "广西"),
        ("恩施土家族苗族自治州", "恩施"),
        ("黔江区", "黔江"),
        ("沛县", "沛县"),
        ("市", "市"),
        ("", ""),
    ],
)
def test_short_form(name: str, short: str) -> None:
    assert short_form(name) == short


@pytest.mark.parametrize(
    ("region", "forms"),
    [
        ("江苏省苏州市", ("江苏省苏州市", "苏州市", "苏州")),
        ("苏州市", ("苏州市", "苏州")),
        ("江苏省", ("江苏省", "江苏")),
        ("云溪省青岚市", ("云溪省青岚市", "青岚市", "青岚")),
        ("沛县", ("沛县",)),
    ],
)
def test_region_forms(region: str, forms: tuple[str, ...]) -> None:
    assert region_forms(region) == forms


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("南京和苏州的目标", ["南京市", "苏州市"]),
        ("黔江区怎么做", ["黔江区"]),
        ("沿中山路的店铺", []),
        ("和平地解决", []),
        ("", []),
    ],
)
def test_places_named(question: str, names: list[str]) -> None:
    assert [place.name for place in places_named(question)] == names


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("青岚市今年怎么做", ("青岚市",)),
        ("那云屏县呢", ("云屏县",)),
        ("全市怎么做", ()),
        ("工业园区怎么做", ()),
        ("其他县区呢", ()),
        ("下头的县怎么办", ()),
        ("农贸市场谁来管", ()),
    ],
)
def test_unlisted_names(question: str, names: tuple[str, ...]) -> None:
    assert unlisted_names(question) == names


def test_levels_and_containment() -> None:
    province, city, county = find_place("江苏省"), find_place("苏州"), find_place("昆山市")
    assert province is not None and city is not None and county is not None  # noqa: PT018
    assert (province.level, city.level, county.level) == (1, 2, 3)
    assert county.within(city)
    assert county.within(province)
    assert not city.within(county)
    assert lowest_place("江苏省苏州市") == city
    assert lowest_place("青岚市") is None
    assert counties_of("昆山和太仓", [city]) == tuple(
        sorted(counties_of("太仓昆山", [city]), key=lambda p: p.short)
    )


def test_gazetteer_is_whole() -> None:
    places = gazetteer()
    assert len(places) == 3208
    assert (places[0].code, places[0].name) == ("110000", "北京市")
    assert len({place.code for place in places}) == len(places)
