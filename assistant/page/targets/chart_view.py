"""The targets by region and year: how many there are, and for one indicator how high they are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from assistant.ledger_table import target_words
from assistant.page.html import Html, element
from assistant.page.i18n import Language
from assistant.page.links import SourceLink
from assistant.page.records import in_order
from assistant.page.records.order import Key
from assistant.page.targets.phrases import PHRASES
from assistant.wording import readable
from index.types import LedgerEntry

K = TypeVar("K", bound=Key)
#: Regions and years beyond these would not be told apart any more.
MOST_REGIONS: Final = 12
MOST_YEARS: Final = 16
#: As many colours as the style sheet has.
_COLOURS: Final = 6
_WIDTH, _HEIGHT = 640.0, 250.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 64.0, 24.0, 16.0, 30.0


def chart_view(entries: Sequence[LedgerEntry], language: Language) -> Html:
    """Values where the targets are of one indicator, and two or more of them can stand on one axis, else
    counts; nothing where there is no target."""
    points = _points(entries)
    if points:
        return _values(points, len(entries), language)
    return _counts(entries, language) if entries else Html("")


# ---- how many: a table whose cells are the darker the more there are ----


def _counts(entries: Sequence[LedgerEntry], language: Language) -> Html:
    counts = Counter((entry.notice.card.region, entry.target.year) for entry in entries)
    regions = _most(Counter(entry.notice.card.region for entry in entries), MOST_REGIONS)
    years = _most(Counter(entry.target.year for entry in entries), MOST_YEARS)
    most = max(counts.values())
    heads = [element("th", _year(year, language), scope="col") for year in years]
    lines = []
    for region in regions:
        name = region or PHRASES.say(language, "no_region")
        cells = [_count(counts[region, year], most) for year in years]
        lines.append(element("tr", element("th", name, scope="row"), *cells))
    title = PHRASES.say(language, "chart_counts")
    head = element("thead", element("tr", element("td"), *heads))
    table = element("table", element("caption", title), head, element("tbody", *lines))
    return element("div", table, class_="tw-heat")


def _count(number: int, most: int) -> Html:
    if not number:
        return element("td")
    return element("td", str(number), class_=f"tw-heat-{math.ceil(4 * number / most)}")


def _most(counts: Mapping[K, int], limit: int) -> list[K]:
    """The `limit` most frequent keys in order, None last."""
    kept = sorted(counts, key=lambda key: (-counts[key], str(key)))[:limit]
    return in_order(kept, lambda key: key)


def _year(year: int | None, language: Language) -> str:
    return PHRASES.say(language, "year_number", year=year) if year else PHRASES.say(language, "no_year")


# ---- how high: a dot for each target, a colour for each region ----


@dataclass(frozen=True, slots=True)
class _Point:
    entry: LedgerEntry
    region: str
    year: int
    low: float
    high: float


def _points(entries: Sequence[LedgerEntry]) -> list[_Point]:
    """The targets as points, of several ways to measure the most frequent one; none where that is too few."""
    if len({entry.target.indicator for entry in entries}) != 1:
        return []
    ways = Counter((entry.target.unit, entry.target.change) for entry in entries)
    way = max(ways, key=lambda way: (ways[way], way))
    points = []
    for entry in entries:
        if (entry.target.unit, entry.target.change) != way:
            continue
        value, year = entry.target.value, entry.target.year
        if value is None or year is None:
            continue
        low, high = value if isinstance(value, tuple) else (value, value)
        points.append(_Point(entry, entry.notice.card.region or "", year, low, high))
    regions = {point.region for point in points}
    return points if len(points) > 1 and len(regions) <= MOST_REGIONS else []


def _values(points: Sequence[_Point], total: int, language: Language) -> Html:
    regions = in_order(sorted({point.region for point in points}), lambda region: region)
    target = points[0].entry.target
    unit = f"（{target.unit}）" if target.unit else ""
    words = f"{readable(target.indicator)}{target.change}{unit}"
    title = PHRASES.say(language, "chart_values", what=words, shown=len(points), all=total)
    axes = _Axes.around(points)
    parts = [*axes.drawn(language), *(_dot(point, axes, regions.index(point.region)) for point in points)]
    box = f"0 0 {_WIDTH:g} {_HEIGHT:g}"
    plot = element("svg", *parts, viewBox=box, role="group", aria_label=title)
    names = [
        element("li", region or PHRASES.say(language, "no_region"), class_=f"tw-series-{place % _COLOURS}")
        for place, region in enumerate(regions)
    ]
    legend = element("ul", *names, class_="tw-legend")
    return element("figure", element("figcaption", title), plot, legend, class_="tw-plot")


@dataclass(frozen=True, slots=True)
class _Axes:
    first: int
    last: int
    bottom: float
    top: float
    step: float

    @classmethod
    def around(cls, points: Sequence[_Point]) -> _Axes:
        """Axes that hold all points, from a round number to a round number."""
        low, high = min(point.low for point in points), max(point.high for point in points)
        step = _round_step((high - low) or abs(high) or 1.0)
        bottom, top = math.floor(low / step) * step, math.ceil(high / step) * step
        if top == bottom:
            bottom, top = bottom - step, top + step
        years = [point.year for point in points]
        return cls(min(years), max(years), bottom, top, step)

    def x(self, year: int) -> float:
        if self.first == self.last:
            return (_LEFT + _WIDTH - _RIGHT) / 2
        room = _WIDTH - _LEFT - _RIGHT - 40
        return _LEFT + 20 + room * (year - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        room = _HEIGHT - _TOP - _BOTTOM
        return _HEIGHT - _BOTTOM - room * (value - self.bottom) / (self.top - self.bottom)

    def drawn(self, language: Language) -> Iterator[Html]:
        for number in range(round((self.top - self.bottom) / self.step) + 1):
            value = self.bottom + number * self.step
            y = f"{self.y(value):.1f}"
            yield element("line", x1=f"{_LEFT:g}", x2=f"{_WIDTH - _RIGHT:g}", y1=y, y2=y, class_="tw-grid")
            label = f"{round(value, 6):g}"
            yield element("text", label, x=f"{_LEFT - 8:g}", y=y, dy="0.35em", text_anchor="end")
        every = max(1, math.ceil((self.last - self.first + 1) / 8))
        for year in range(self.first, self.last + 1, every):
            words = PHRASES.say(language, "year_number", year=year)
            x = f"{self.x(year):.1f}"
            yield element("text", words, x=x, y=f"{_HEIGHT - 8:g}", text_anchor="middle")


def _dot(point: _Point, axes: _Axes, series: int) -> Html:
    """A dot that opens the clause; a line for a range."""
    x, low, high = f"{axes.x(point.year):.1f}", f"{axes.y(point.low):.1f}", f"{axes.y(point.high):.1f}"
    entry = point.entry
    words = f"{point.region} {point.year} {target_words(entry)} 《{readable(entry.notice.card.title)}》"
    line = [element("line", x1=x, x2=x, y1=low, y2=high)] if low != high else []
    ends = [element("circle", cx=x, cy=y, r="5") for y in dict.fromkeys((low, high))]
    link = SourceLink.to_quote(entry.notice.id, entry.clause.id, entry.clause.text, entry.target.quote)
    return element(
        "a",
        element("title", words),
        *line,
        *ends,
        href=link.href,
        class_=f"tw-series-{series % _COLOURS}",
        aria_label=words,
    )


def _round_step(span: float) -> float:
    """The step of 1, 2 or 5 times a power of ten that divides `span` into about five."""
    rough = span / 5
    power = 10.0 ** math.floor(math.log10(rough))
    return next((factor * power for factor in (1, 2, 5) if factor * power >= rough), 10 * power)
