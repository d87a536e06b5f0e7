"""`tiaowen targets`: the ledger of targets, as a table, as JSON lines, or as a workbook."""

# ruff: noqa: PLC0415 - each command imports what it needs, so that --help need not wait for the rest

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.command import AsJson, complain, data, print_json, sentences
from index.settings import Settings


def targets_command(  # noqa: PLR0913 - one parameter an option
    *,
    regions: Annotated[list[str] | None, typer.Option("--region", help="地区；可写多次。")] = None,
    indicator: Annotated[
        str | None, typer.Option("--indicator", help="指标，可用平常叫法，例如 GDP、CPI、新增就业。")
    ] = None,
    year: Annotated[int | None, typer.Option("--year", help="目标年份。")] = None,
    due_by: Annotated[int | None, typer.Option("--due-by", help="最晚年份：这一年及以前到期的目标。")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="存为 Excel 文件，不打印。")] = None,
    as_json: AsJson = False,
) -> None:
    """列出文件里的量化目标：指标、数值、年份、责任单位、出处。例：tiaowen targets --indicator GDP"""
    from assistant.contract import target_line
    from assistant.ledger import Ledger
    from assistant.ledger_table import print_ledger, write_ledger
    from index.store import open_index

    with sentences():
        ledger = Ledger(open_index(Settings.from_environment()).catalogue)
        entries = ledger.find(indicator=indicator, regions=regions or (), year=year, due_by=due_by)
        if xlsx is not None:
            write_ledger(xlsx, entries)
            complain(f"已把 {len(entries)} 个目标写入 {xlsx}。")
            return
    if as_json:
        for entry in entries:
            print_json(target_line(entry))
        return
    if not entries:
        complain("已收录的文件里没有符合条件的量化目标。")
        return
    print_ledger(data(), entries)
