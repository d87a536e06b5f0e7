"""Who is responsible: from the columns of a row, or from （责任单位：…） in a clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from .plain import plain

_LEADING = re.compile(r"牵头|主办|主管|责任|负责|承办|实施单位|落实单位")
_COLUMN = re.compile(r"单位|部门|机构|科室|处室|主体")
_SUPPORTING = re.compile(r"配合|协办|参与|协助")
_STATED = re.compile(
    r"（?(?:责任|牵头|主办|负责|配合|协办|参与)(?:单位|部门)：(?P<named>[^。；（）]+?)(?=[。；）（]|(?:牵头|配合|责任|协办|参与)(?:单位|部门)|$)"
)
_BETWEEN = re.compile(r"[、，,；;\n]|(?<=[局委办厅部会府院])(?:和|及)")


def bodies_of(fields: Mapping[str, str]) -> tuple[str, ...]:
    """The bodies in a row's columns, leading ones first, each once; none without such a column."""
    columns = [
        name
        for name in fields
        if _COLUMN.search(name) and (_LEADING.search(name) or _SUPPORTING.search(name))
    ]
    columns.sort(key=lambda name: bool(_SUPPORTING.search(name)))
    return _split(fields[name] for name in columns)


def bodies_stated(text: str) -> tuple[str, ...]:
    """The bodies that a clause names as responsible in its text."""
    if "单位" not in text and "部门" not in text:
        return ()
    return _split(match["named"] for match in _STATED.finditer(plain(text).text))


def _split(cells: Iterable[str]) -> tuple[str, ...]:
    names = [name for cell in cells for name in _BETWEEN.split("".join(cell.split()))]
    return tuple(dict.fromkeys(name for name in names if len(name) > 1 and name not in ("——", "--")))
