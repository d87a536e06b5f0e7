"""Table row → targets: by columns for the value of an indicator, by sentence for a cell of running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.notice import Clause

from .amounts import parse_amount
from .names import is_measured
from .plain import plain
from .prose import Setting, may_state_targets, sentence_targets
from .responsible import bodies_of
from .sections import Section
from .times import dues, is_done
from .types import Comparator, Target

_INDICATOR = re.compile(
    r"^(?:主要|具体|考核|评价|评估|监测)?(?:指标|目标)(?:名称|项目|内容)?$|^(?:二级|三级)指标|指标名称|^项目$|^名称$|^内容$"
)
_VALUE = re.compile(
    r"(?:目标|指标|预期|规划|计划)值|^目标$|^(?:到|至)?20\d\d年(?:底|末)?(?:目标|指标|预期|计划|规划)?值?$|年度?目标|^20\d\d$"
)
_PAST_VALUE = re.compile(
    r"现状|基期|基准|基数|实际|完成(?:值|情况)|上年|年均|考核|属性|性质|权重|分值|得分|历史"
)
_UNIT = re.compile(r"^(?:计量)?单位$")
_BODY = re.compile(r"单位|部门|机构|主体|科室|责任人|联系|电话|地址")
_COUNTING = re.compile(r"^(?:序号|编号|group|备注|类别|领域|属性|指标属性|指标类型|性质)$")
_DUE = re.compile(r"完成(?:时间|时限|年限|期限)|时限|期限|时间节点|完成日期|年度|进度")
_YEAR = re.compile(r"(20\d\d)")
_IN_NAME = re.compile(r"（(?P<unit>[^（）]{1,12})）$")
#: ≥85，或逐年提高: the figure is what is to be reached.
_OR = re.compile(r"[，,]\s*或")
_TEXT_MIN = 8
#: 年均浓度 in the second line belongs to what the first one names.
_WHOLE_NAME = 6
_SENTENCE = re.compile(r"[^。！？]+[。！？]?")


def row_targets(clause: Clause, section: Section) -> tuple[Target, ...]:
    """The targets that a table row states; the year is that of the column, the due date, or the section."""
    fields = clause.fields or {}
    if not any(may_state_targets(value) for value in fields.values()):
        return ()
    year = _due_year(fields) or section.year
    columns = _value_columns(fields)
    indicator = _indicator_column(fields, columns)
    if columns and indicator:
        targets = tuple(_valued(clause.text, fields, (indicator, columns), year, section))
    else:
        targets = tuple(_worded(clause, fields, year, section))
    bodies = bodies_of(fields)
    return tuple(replace(target, responsible=bodies) for target in targets)


def _value_columns(fields: Mapping[str, str]) -> list[str]:
    """The columns that hold values to be reached; 现状 and 基期 hold those that were."""
    return [name for name in fields if _VALUE.search(_bare(name)) and not _PAST_VALUE.search(name)]


def _indicator_column(fields: Mapping[str, str], columns: Sequence[str]) -> str | None:
    """The column that names the indicator."""
    found = [name for name in fields if _INDICATOR.search(_bare(name)) and name not in columns]
    return next((name for name in found if "名称" in name), found[-1] if found else None)


def _valued(
    text: str,
    fields: Mapping[str, str],
    columns: tuple[str, Sequence[str]],
    year: int | None,
    section: Section,
) -> Iterator[Target]:
    """Targets of a row of indicators: one for each column of values."""
    indicator, values = columns
    name, unit = _name_and_unit(fields[indicator])
    unit = _stated_unit(fields) or unit
    for column in values:
        cell = _OR.split(fields[column].strip(), maxsplit=1)[0]
        amount = parse_amount(plain(cell).text)
        quote = _quote(text, fields[indicator], cell)
        years = [int(found) for found in _YEAR.findall(column)]
        due = max(years) if years else year
        if amount is None or not name or not quote or _is_behind(due, section):
            continue
        yield Target(
            indicator=name,
            comparator=amount.limit or Comparator.EQUAL,
            value=amount.value,
            unit=amount.unit or unit,
            text=cell.strip(),
            quote=quote,
            year=due,
        )


def _name_and_unit(cell: str) -> tuple[str, str]:
    """The indicator that a cell names, of several lines the last if it is whole; a unit in brackets."""
    lines = cell.split()
    last = plain(lines[-1]).text if lines else ""
    name = last if len(last) >= _WHOLE_NAME and is_measured(last) else plain(cell).text
    bracketed = _IN_NAME.search(name)
    amount = parse_amount("1" + bracketed["unit"]) if bracketed else None
    if bracketed is None or amount is None or amount.unit != bracketed["unit"]:
        return name, ""
    return name[: bracketed.start()], amount.unit


def _stated_unit(fields: Mapping[str, str]) -> str:
    """The cell of the column 单位; empty for a dash."""
    return next((plain(fields[name]).text for name in fields if _UNIT.search(_bare(name))), "").strip("—/")


def _worded(
    clause: Clause, fields: Mapping[str, str], year: int | None, section: Section
) -> Iterator[Target]:
    """Targets in the cells of running text, sentence by sentence."""
    for name, cell in fields.items():
        if _COUNTING.search(_bare(name)) or _BODY.search(name) or _DUE.search(name):
            continue
        if len(cell) < _TEXT_MIN or not may_state_targets(cell) or cell.strip() not in clause.text:
            continue
        years = [int(found) for found in _YEAR.findall(name)]
        yield from _cell_targets(cell, max(years) if years else year, section)


def _cell_targets(cell: str, year: int | None, section: Section) -> Iterator[Target]:
    for match in _SENTENCE.finditer(cell):
        if not may_state_targets(match.group()):
            continue
        sentence = plain(match.group())
        times = tuple(dues(sentence.text, section.reference))
        last = max((due.year for due in times), default=None)
        if not is_done(sentence.text) and not _is_behind(last, section):
            yield from sentence_targets(sentence, Setting(year, section.reference), times)
        if times:
            year = times[-1].year


def _quote(text: str, name: str, cell: str) -> str:
    """The words of the row from the indicator to the value, as they stand in the clause; else the value."""
    start = text.find(name.strip())
    end = text.find(cell.strip(), start + len(name.strip())) if start >= 0 else -1
    if end >= 0:
        return text[start : end + len(cell.strip())]
    return cell.strip() if cell.strip() in text else ""


def _due_year(fields: Mapping[str, str]) -> int | None:
    """The last year in the column that says when a row is due."""
    years = [int(y) for name, cell in fields.items() if _DUE.search(name) for y in _YEAR.findall(cell)]
    return max(years, default=None)


def _is_behind(year: int | None, section: Section) -> bool:
    return year is not None and section.reference is not None and year < section.reference


def _bare(name: str) -> str:
    return "".join(name.split())
