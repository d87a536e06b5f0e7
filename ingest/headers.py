"""The header of a flattened table: which printed lines are its column titles, and which are halves of one.

Column titles are broken over lines as cells are (启动 | 时间). The lines are cut into titles so that each
title reads as one, and so that their number agrees with the number of lines that the rows print.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median_low

from ingest.columns import is_number_column, is_whole_title
from ingest.grammar import Style, match_label
from ingest.runs import Run

#: A table header has at least this many column titles, and at most this many printed lines.
_LEAST_COLUMNS = 3
_MOST_LINES = 24
#: One column more or less than the rows suggest weighs more than one doubtful title.
_COUNT_WEIGHT = 0.7
#: 序号 with blanks between.
_LONGEST_NUMBER_TITLE = 12
#: A row prints no more lines: what follows is no row of this table.
_LONGEST_ROW = 500
ROW_NUMBER = re.compile(r"(\d{1,3})[.、．]?$")


@dataclass(frozen=True, slots=True)
class Header:
    """The column titles of a flattened table, which stand in runs[begin:end]; `group` is the title of the
    first group of rows when it has no number of its own (the last of those runs)."""

    names: tuple[str, ...]
    begin: int
    end: int
    group: tuple[Run, ...] = ()

    @property
    def number(self) -> int:
        """The index of the 序号 column."""
        return next(i for i, name in enumerate(self.names) if is_number_column(name))


def bare(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def find_header(runs: Sequence[Run], first: int = 0) -> Header | None:
    """The first table header from run `first` on: 序号 among three column titles or more, one cell a line."""
    for i in range(first, len(runs)):
        text = runs[i].text
        if len(text) > _LONGEST_NUMBER_TITLE or not is_number_column(bare(text)):
            continue
        begin = i
        while begin > first and i - begin < 4 and _is_column_title(runs[begin - 1].text):
            begin -= 1
        header = _read_header(runs, begin)
        if header is not None:
            return header
    return None


def begins_another(runs: Sequence[Run], at: int, header: Header) -> bool:
    """Whether the line is the 序号 of a further table's header: its rows count from one. What a page prints
    once more at its top has rows that go on."""
    if len(runs[at].text) > _LONGEST_NUMBER_TITLE or not is_number_column(bare(runs[at].text)):
        return False
    found = _read_header(runs, at)
    if found is None or found.end == len(runs):
        return False
    number = ROW_NUMBER.match(bare(runs[found.end].text))
    return found.names != header.names or (number is not None and int(number.group(1)) == 1)


def _is_column_title(text: str) -> bool:
    return is_whole_title(bare(text)) and not _is_data(text)


def _read_header(runs: Sequence[Run], begin: int) -> Header | None:
    end = begin
    while end < len(runs) and end - begin <= _MOST_LINES and not _is_data(runs[end].text):
        end += 1
    if end == len(runs) or end - begin > _MOST_LINES:
        return None
    pieces = tuple(bare(run.text) for run in runs[begin:end])
    first = next((i for i, piece in enumerate(pieces) if is_number_column(piece)), None)
    if first is None:
        return None
    expected = first + _cells_expected(runs, end)
    whole = _best_cut(pieces, expected)
    titled = is_whole_title(pieces[-1]) or pieces[-1].endswith(("）", ")")) or _is_second_half(pieces)
    without_last = None if titled else _best_cut(pieces[:-1], expected)
    grouped = without_last is not None and without_last[0] + 0.3 > whole[0]
    names = without_last[1] if grouped and without_last is not None else whole[1]
    group = (runs[end - 1],) if grouped else ()
    numbers = [i for i, name in enumerate(names) if is_number_column(name)]
    if len(names) < _LEAST_COLUMNS or not numbers or numbers[0] + len(numbers) == len(names):
        return None  # nothing stands behind 序号
    return Header(names, begin, end, group)


def _is_second_half(pieces: Sequence[str]) -> bool:
    """Whether the last line is the rest of a column title (指标 | 属性), not the title of a group."""
    return len(pieces[-1]) <= 2 and is_whole_title("".join(pieces[-2:]))


def _is_data(text: str) -> bool:
    """Whether a line is no column title any more: the first row's number, or a numbered group."""
    label = match_label(text)
    return bool(ROW_NUMBER.match(bare(text))) or (
        label is not None and label.style in (Style.HAN, Style.HAN_PAREN)
    )


def _cells_expected(runs: Sequence[Run], begin: int) -> int:
    """One for 序号 and as many as a typical row prints."""
    counts: list[int] = []
    expected = 1
    since = 0
    for i in range(begin, len(runs)):
        text = runs[i].text
        found = ROW_NUMBER.match(text.strip()) if len(text) < _LONGEST_NUMBER_TITLE else None
        since += 1
        if found and int(found.group(1)) == expected:
            counts.append(0)
            expected += 1
            since = 0
        elif since > _LONGEST_ROW:
            break
        elif counts:
            counts[-1] += 1
    return 1 + median_low(counts[:-1] or counts) if counts else 1


def _best_cut(pieces: Sequence[str], expected: int) -> tuple[float, tuple[str, ...]]:
    """(score, titles) of the best way to cut the printed lines into column titles."""

    @cache
    def cut(begin: int) -> dict[int, tuple[float, tuple[str, ...]]]:
        """Best cut of pieces[begin:] for each number of titles."""
        if begin == len(pieces):
            return {0: (0.0, ())}
        best: dict[int, tuple[float, tuple[str, ...]]] = {}
        for size in range(1, min(3, len(pieces) - begin) + 1):
            title = "".join(pieces[begin : begin + size])
            gain = _title_score(title, size)
            for count, (score, names) in cut(begin + size).items():
                candidate = (score + gain, (title, *names))
                if count + 1 not in best or candidate > best[count + 1]:
                    best[count + 1] = candidate
        return best

    scored = [
        (score - _COUNT_WEIGHT * abs(count - expected), names) for count, (score, names) in cut(0).items()
    ]
    return max(scored) if scored else (float("-inf"), ())


_YEAR_TITLE = re.compile(r"\d{4}年(?:底|末)?(?:现状|目标|计划|基数|实际|值|度)?")
_OPENS_BADLY = re.compile(r"[及和与或（(、]")


def _title_score(title: str, size: int) -> float:
    """How well the words read as one column title."""
    if _OPENS_BADLY.match(title):
        return -1.0
    if re.search(r"[）)].", title):
        return -0.5
    base = re.sub(r"[（(][^）)]*[)）]$", "", title)
    if is_whole_title(base) or is_number_column(base):
        return 1.0
    if _YEAR_TITLE.fullmatch(base):
        return 0.6 if base.endswith("年") else 1.0
    if size == 1:
        return -0.8 if len(title) <= 2 else (0.3 if len(title) <= 10 else 0.0)
    return 0.3 if size == 2 and len(title) <= 14 else -0.2
