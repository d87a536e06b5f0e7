"""What the targets tab says."""

from __future__ import annotations

from typing import Final

from assistant.page.i18n import Phrases

PHRASES: Final = Phrases(
    {
        "tab_targets": ("目标", "Targets"),
        "indicator_words": ("指标（可用平常叫法，如 GDP）", "Indicator (also by its everyday name: GDP)"),
        "target_region": ("地区", "Region"),
        "target_year": ("目标年份", "Due in"),
        "due_by": ("最晚到", "Due by"),
        "target_notice": ("文件", "Notice"),
        "any": ("全部", "All"),
        "year_number": ("{year}年", "{year}"),
        "indicator": ("指标", "Indicator"),
        "target": ("目标", "Target"),
        "responsible": ("责任单位", "Responsible"),
        "clause_address": ("出处", "Source"),
        "target_count": ("共 {count} 个量化目标", "{count} quantified targets"),
        "no_targets": (
            "没有符合条件的量化目标，请放宽条件。",
            "No quantified target meets this; please loosen the filters.",
        ),
        "to_workbook": ("导出 Excel（.xlsx）", "Export to Excel (.xlsx)"),
        "chart_counts": ("各地区各年份的目标个数", "Number of targets by region and year"),
        "chart_values": (
            "{what}：{all} 个目标中的 {shown} 个，点一下看原文",
            "{what}: {shown} of {all} targets; click one to read it",
        ),
        "no_region": ("未写地区", "No region"),
        "no_year": ("未写年份", "No year"),
    }
)
