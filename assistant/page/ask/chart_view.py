"""A comparison's numbers as a drawing: bars, or a line where the labels are years.

Plain SVG in percent of its width, because the chat's sanitizer drops `viewBox`; colours come from the style
sheet, which knows light and dark. The script gives the drawing its role and name for screen readers; the
numbers themselves stand in the table beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from assistant.page.ask.phrases import PHRASES
from assistant.page.html import Html, element
from assistant.page.i18n import Language
from assistant.types import Chart

#: Where bars begin and end, in percent of the width; names stand before them, numbers behind.
_LEFT, _RIGHT = 24.0, 84.0
_ROW, _BAR = 26, 14
#: The line's margin in percent at either side, and its heights in pixels.
_SIDE, _TOP, _HEIGHT, _FOOT = 8.0, 28, 120, 30
_LONGEST_NAME: Final = 7


def chart_view(chart: Chart, language: Language) -> Html:
    """The drawing with its title; nothing for less than two numbers."""
    if len(chart.numbers) < 2:
        return Html("")
    title = (
        PHRASES.say(language, "chart_of", title=chart.title, unit=chart.unit) if chart.unit else chart.title
    )
    height = _TOP + _HEIGHT + _FOOT if chart.line else _ROW * len(chart.numbers) + 6
    parts = _line(chart) if chart.line else _bars(chart)
    drawing = element("svg", element("title", title), *parts, width="100%", height=str(height))
    return element("figure", element("figcaption", title), drawing, class_="tw-chart")


def number_text(number: float) -> str:
    """A number as people write it: 1,200,000 and 5.5."""
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def _bars(chart: Chart) -> Iterator[Html]:
    low, high = min(0.0, *chart.numbers), max(0.0, *chart.numbers)
    span = (high - low) or 1.0
    zero = _LEFT + (0 - low) / span * (_RIGHT - _LEFT)
    for row, (label, number) in enumerate(zip(chart.labels, chart.numbers, strict=True)):
        middle = row * _ROW + _ROW // 2 + 3
        end = _LEFT + (number - low) / span * (_RIGHT - _LEFT)
        start, width = min(zero, end), abs(end - zero)
        name = label if len(label) <= _LONGEST_NAME else f"{label[: _LONGEST_NAME - 1]}…"
        tip = element("title", f"{label} {number_text(number)}{chart.unit}")
        yield _text(_LEFT - 1.5, middle + 5, name, "end", "tw-chart-name")
        yield element(
            "rect",
            tip,
            x=f"{start:.2f}%",
            y=str(middle - _BAR // 2),
            width=f"{max(width, 0.4):.2f}%",
            height=str(_BAR),
            class_="tw-chart-bar",
        )
        yield _text(max(start + width, zero) + 1, middle + 5, number_text(number), "start", "tw-chart-number")


def _line(chart: Chart) -> Iterator[Html]:
    low, high = min(chart.numbers), max(chart.numbers)
    span = (high - low) or 1.0
    step = (100 - 2 * _SIDE) / (len(chart.numbers) - 1)
    points = [
        (_SIDE + step * place, _TOP + (high - number) / span * _HEIGHT)
        for place, number in enumerate(chart.numbers)
    ]
    for (x1, y1), (x2, y2) in pairwise(points):
        ends = {"x1": f"{x1:.2f}%", "y1": f"{y1:.1f}", "x2": f"{x2:.2f}%", "y2": f"{y2:.1f}"}
        yield element("line", class_="tw-chart-line", **ends)
    foot = _TOP + _HEIGHT + _FOOT - 6
    for (x, y), label, number in zip(points, chart.labels, chart.numbers, strict=True):
        tip = element("title", f"{label} {number_text(number)}{chart.unit}")
        yield element("circle", tip, cx=f"{x:.2f}%", cy=f"{y:.1f}", r="4", class_="tw-chart-point")
        yield _text(x, y - 10, number_text(number), "middle", "tw-chart-number")
        yield _text(x, foot, label, "middle", "tw-chart-name")


def _text(x: float, y: float, words: str, anchor: str, style: str) -> Html:
    return element("text", words, x=f"{x:.2f}%", y=f"{y:.0f}", text_anchor=anchor, class_=style)
