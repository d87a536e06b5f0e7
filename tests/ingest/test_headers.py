"""Headers of flattened tables: which printed lines are column titles, and where one is broken over lines."""

from __future__ import annotations

import pytest

from ingest.headers import find_header
from ingest.runs import Run


def _runs(printed: str) -> list[Run]:
    """One run for each printed line; lines stand between bars."""
    return [Run(text, block) for block, text in enumerate(printed.split("|"))]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("序号|任务名称|牵头单位|1|换船|市交通局", ("序号", "任务名称", "牵头单位")),
        ("编号|对象|标准|1|行人|一元", ("编号", "对象", "标准")),
        ("序|号|对象|标准|1|行人|一元", ("序号", "对象", "标准")),
        (
            "序号|任务名称|牵头|单位|启动|时间|1|换船|市交通局|2024年|2|加固|市水利局|2025年",
            ("序号", "任务名称", "牵头单位", "启动时间"),
        ),
        (
            "序号|指标名称|计量|单位|2023年|现状|2026年|目标|指标|属性|1|达标率|%|80|100|约束性|2|投诉|件|5|0|预期性",
            ("序号", "指标名称", "计量单位", "2023年现状", "2026年目标", "指标属性"),
        ),
        (
            "序号|渡口|2023年|2024年|2025年|1|东渡|30|40|50|2|西渡|20|30|40",
            ("序号", "渡口", "2023年", "2024年", "2025年"),
        ),
        ("序 号|任 务 名 称|牵头单位|1|换船|市交通局", ("序号", "任务名称", "牵头单位")),
        (
            "序号|任务名称|牵头单位|投资（万元）|1|换船|市交通局|80",
            ("序号", "任务名称", "牵头单位", "投资（万元）"),
        ),
        ("领域|序号|任务名称|牵头单位|一、渡船|1|换船|市交通局", ("领域", "序号", "任务名称", "牵头单位")),
        ("序号|任务名称|牵头单位|（一）渡船|1|换船|市交通局", ("序号", "任务名称", "牵头单位")),
        ("序号|任务名称|牵头单位", None),  # no rows
        ("序号|对象|1|行人", None),  # two columns: more likely running text
        ("项目|名称|金额|1|换船|80", None),  # nothing counts the rows
        ("渡口|码头|航道", None),
        ("序号|序号|序号|1|行人", None),  # nothing stands behind 序号
    ],
)
def test_column_titles(printed: str, names: tuple[str, ...] | None) -> None:
    header = find_header(_runs(printed))
    assert (header.names if header else None) == names


def test_place_of_a_header_and_of_its_number_column() -> None:
    header = find_header(_runs("渡船更新任务表|领域|序号|任务名称|牵头单位|一、渡船|1|换船|市交通局"))
    assert header is not None
    assert (header.begin, header.end, header.number, header.group) == (1, 5, 1, ())


def test_group_title_without_number_ends_the_header() -> None:
    header = find_header(_runs("序号|任务名称|牵头单位|渡船更新工程|1|换船|市交通局|2|修船|市交通局"))
    assert header is not None
    assert header.names == ("序号", "任务名称", "牵头单位")
    assert (header.end, [run.text for run in header.group]) == (4, ["渡船更新工程"])
