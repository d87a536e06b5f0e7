"""Plots as inline SVG: drawn here, so that a page needs nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from eval.bootstrap import Estimate

#: As many colours as the style sheet has classes `s0`…; beyond them they repeat.
COLOURS = 8

_LEFT, _RIGHT, _ROW, _TOP = 190, 70, 24, 26
_WIDTH = 560


@dataclass(frozen=True, slots=True)
class Series:
    """A named line: points (x, y), both 0 to 1."""

    name: str
    points: tuple[tuple[float, float], ...]


def interval_plot(title: str, rows: Sequence[tuple[str, Estimate]]) -> str:
    """A dot with its interval for each named estimate, over an axis from 0 to 1."""
    height = _TOP + _ROW * len(rows) + 24
    parts = [_opened(title, height), *_grid(_TOP, height - 20)]
    for place, (name, found) in enumerate(rows):
        y = _TOP + _ROW * place + _ROW / 2
        low, mid, high = (_x(value) for value in (found.low, found.mean, found.high))
        colour = f"s{place % COLOURS}"
        parts.append(
            f'<text class="name" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">'
            f"{escape(_short(name))}</text>"
            f'<line class="{colour}" x1="{low:.1f}" x2="{high:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<circle class="{colour}" cx="{mid:.1f}" cy="{y:.1f}" r="4"/>'
            f'<text class="value" x="{_WIDTH - _RIGHT + 8}" y="{y + 4:.1f}">{found.mean:.3f}</text>'
        )
    return "".join([*parts, "</svg>"])


def curve_plot(title: str, across: str, series: Sequence[Series]) -> str:
    """Lines over axes from 0 to 1, each with its name; `across` names the horizontal axis."""
    bottom = _TOP + 200
    height = bottom + 40 + 18 * len(series)
    parts = [_opened(title, height), *_grid(_TOP, bottom)]
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = bottom - share * 200
        parts.append(
            f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text class="tick" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{share:g}</text>'
        )
    parts.append(
        f'<text class="tick" x="{_WIDTH - _RIGHT}" y="{bottom + 32}" text-anchor="end">'
        f"{escape(across)}</text>"
    )
    for place, line in enumerate(series):
        colour = f"s{place % COLOURS}"
        points = " ".join(f"{_x(x):.1f},{bottom - y * 200:.1f}" for x, y in line.points)
        y = bottom + 48 + 18 * place
        parts.append(
            f'<polyline class="{colour}" points="{points}"/>'
            f'<line class="{colour}" x1="{_LEFT}" x2="{_LEFT + 24}" y1="{y - 4}" y2="{y - 4}"/>'
            f'<text class="name" x="{_LEFT + 32}" y="{y}">{escape(line.name)}</text>'
        )
    return "".join([*parts, "</svg>"])


def _opened(title: str, height: float) -> str:
    return (
        f'<svg class="plot" role="img" aria-label="{escape(title)}" viewBox="0 0 {_WIDTH} {height:.0f}" '
        f'xmlns="http://www.w3.org/2000/svg"><text class="title" x="0" y="14">{escape(title)}</text>'
    )


def _grid(top: float, bottom: float) -> list[str]:
    return [
        f'<line class="grid" x1="{_x(share):.1f}" x2="{_x(share):.1f}" y1="{top}" y2="{bottom:.1f}"/>'
        f'<text class="tick" x="{_x(share):.1f}" y="{bottom + 14:.1f}" text-anchor="middle">{share:g}</text>'
        for share in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]


def _x(share: float) -> float:
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:23]}…"
