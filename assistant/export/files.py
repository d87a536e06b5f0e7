"""Answers into a file, whose format its name tells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.export.errors import ExportFault
from assistant.export.turns import Turn

FORMATS = (".docx", ".xlsx", ".md")


def check_format(path: Path) -> None:
    """Raises ExportFault for a file that could not be written, before anything is asked."""
    if path.suffix.lower() not in FORMATS:
        names = "、".join(FORMATS)
        raise ExportFault(f"不能写成“{path.suffix or path.name}”这种文件，文件名请以 {names} 结尾。")
    if not path.absolute().parent.is_dir():
        raise ExportFault(f"找不到要写入的文件夹 {path.parent}，请先建立它。")


def write_answers(path: Path, turns: Sequence[Turn]) -> None:
    """Writes the turns as .docx, .xlsx or .md, over a file that is there. Raises ExportFault."""
    check_format(path)
    suffix = path.suffix.lower()
    if suffix == ".docx":
        from assistant.export.word import write_docx  # noqa: PLC0415 - slow to import

        write_docx(path, turns)
    elif suffix == ".xlsx":
        from assistant.export.workbook import write_xlsx  # noqa: PLC0415 - slow to import

        write_xlsx(path, turns)
    else:
        from assistant.export.markdown import markdown  # noqa: PLC0415 - as the others

        try:
            path.write_text(markdown(turns), encoding="utf-8")
        except OSError as error:
            raise ExportFault.unwritable(path, error) from error
