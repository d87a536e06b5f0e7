"""Place names: which region a question means, and which it names that the corpus does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: Endings of administrative names, longest first, so that 自治区 is not cut to 自治.
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔"
    "|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
_ENDINGS = re.compile(
    rf"(?:特别行政区|(?:(?:{_PEOPLES}|各)族|维吾尔|哈萨克|柯尔克孜|锡伯|塔吉克|蒙古(?=自治[州县]))*自治[区州县旗]|地区|盟|[省市区县旗])$"
)
_GAZETTEER = Path(__file__).parent / "places.txt"

#: A name-like run that ends in 市/县/区 at the start of a question or after 那, and what only looks like one.
_NAMED = re.compile(
    r"(?:[，,。；、？?]|那么?|请问|问下|和|与|跟|^)([\u4e00-\u9fff]{2,3}[市县区州])(?![长委府场民级直辖域区])"
)
_NO_NAME = re.compile(
    r"[城园地社小市郊辖山景片库牧林矿校厂港湖海辖特新老灾战]区$|(?:保护|开发|示范|高新|功能|管控|排|自贸|禁燃|居住|集聚|作业|控制|缓冲|核心)区$"
    r"|[的其他]|^[全各该本我哪几某每那这两三四五六七八九十多些个所属在对让要把给是有][\u4e00-\u9fff]|[城都超夜早菜上股楼门]市$|[各个些哪两几][市县区州]$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative division: its GB/T 2260 code (two digits a level, 00 for none below) and name."""

    code: str
    name: str

    @property
    def short(self) -> str:
        """The name without its ending (湖州 for 湖州市); the whole where less than two characters stay."""
        return short_form(self.name)

    @property
    def level(self) -> int:
        """1 province, 2 prefecture, 3 county."""
        return 1 if self.code.endswith("0000") else 2 if self.code.endswith("00") else 3

    def within(self, other: Place) -> bool:
        """True when this place is `other` or lies in it."""
        return self.code.startswith(other.code[: other.level * 2])


def short_form(name: str) -> str:
    """`name` without its administrative ending; unchanged where less than two characters would stay."""
    short = _ENDINGS.sub("", name)
    return short if len(short) >= 2 else name


@cache
def gazetteer() -> tuple[Place, ...]:
    """Every division to county level, ordered by code."""
    lines = _GAZETTEER.read_text(encoding="utf-8").splitlines()
    return tuple(Place(*line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def _by_name() -> dict[str, Place]:
    """Full names of all levels and short names of provinces and prefectures; the higher level wins.

    Short names of counties are left out: too many are ordinary words (和平, 新城, 平安).
    """
    found: dict[str, Place] = {}
    for place in sorted(gazetteer(), key=lambda p: (p.level, p.code)):
        found.setdefault(place.name, place)
        if place.level < 3:
            found.setdefault(place.short, place)
    return found


@cache
def _county_short_forms() -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for place in gazetteer():
        if place.level == 3 and place.short != place.name:
            found.setdefault(place.short, []).append(place)
    return {name: tuple(places) for name, places in sorted(found.items())}


def find_place(name: str) -> Place | None:
    """The division called `name` (full name, or short name of a province or prefecture)."""
    return _by_name().get(name)


def lowest_place(region: str) -> Place | None:
    """The division that a card's region ends with (无锡市 of 江苏省无锡市), or None for an unknown name."""
    for start in range(len(region)):
        place = find_place(region[start:])
        if place is not None:
            return place
    return None


def region_forms(region: str) -> tuple[str, ...]:
    """The forms in which people name a card's region, longest first: 江苏省无锡市, 无锡市, 无锡."""
    forms = [region]
    place = lowest_place(region)
    last = place.name if place is not None and region.endswith(place.name) else _last_division(region)
    forms += [last, short_form(last)]
    return tuple(sorted({f for f in forms if len(f) >= 2}, key=lambda f: (-len(f), f)))


def _last_division(region: str) -> str:
    """What follows the last 省 or 市 inside an unknown region's name."""
    cut = max((m.end() for m in re.finditer(r"[省市](?=.)", region)), default=0)
    return region[cut:]


def places_named(question: str) -> tuple[Place, ...]:
    """The divisions that a question names, in order; the longest name at a position wins."""
    names = _by_name()
    found: list[Place] = []
    at = 0
    while at < len(question):
        name = next((question[at : at + n] for n in range(11, 1, -1) if question[at : at + n] in names), None)
        if name is None or _inside_a_word(question, at, name):
            at += 1
            continue
        found.append(names[name])
        at += len(name)
    return tuple(dict.fromkeys(found))


def _inside_a_word(question: str, at: int, name: str) -> bool:
    """True for 中山 in 中山路 or 海南 in 上海南站: a short name followed by what makes it another name."""
    after = question[at + len(name) : at + len(name) + 1]
    return (
        find_place(name) is not None and name[-1] not in "省市区县" and after in set("路街湾港湖山江河站桥寺")
    )


def counties_of(question: str, held: Sequence[Place]) -> tuple[Place, ...]:
    """Counties of the `held` places that the question names, by full or short name."""
    return tuple(
        place
        for short, places in _county_short_forms().items()
        if short in question
        for place in places
        if any(place.within(h) for h in held)
    )


def unlisted_names(question: str) -> tuple[str, ...]:
    """Names that look like a city, county or district at the head of a phrase but stand in no list."""
    return tuple(
        dict.fromkeys(m.group(1) for m in _NAMED.finditer(question) if not _NO_NAME.search(m.group(1)))
    )


def without(text: str, names: Iterable[str]) -> str:
    """`text` with a comma in place of every one of `names`, longest first."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "，")
    return text
