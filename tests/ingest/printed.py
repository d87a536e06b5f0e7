"""Notices printed to PDF as an office does: A4, 16 points, indented paragraphs, tables, page numbers."""

from __future__ import annotations

import html
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from ingest.document import Block, Line, Row
from ingest.layout import is_title
from ingest.readers.md_inline import plain

BROWSER = shutil.which("chromium")

_STYLE = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm;
        @bottom-center { content: '— ' counter(page) ' —'; font-size: 12pt } }
body { font: 16pt/28pt 'Noto Serif CJK SC'; text-align: justify }
p { margin: 0; text-indent: 2em }
.title { text-align: center; text-indent: 0; font-size: 22pt; line-height: 33pt; margin: 16pt 0 }
.flush { text-indent: 0 } .right { text-align: right; text-indent: 0 }
table { border-collapse: collapse; width: 100%; font-size: 12pt; line-height: 18pt; text-align: left }
td { border: 1px solid black; padding: 2pt 4pt }
"""


def print_pdf(blocks: Iterable[Block], path: Path) -> None:
    """Print blocks to a PDF at `path`; the header row of a table is repeated on each page."""
    page = path.with_suffix(".html")
    body = "\n".join(_markup(block) for block in blocks)
    page.write_text(f"<!doctype html><meta charset=utf-8><style>{_STYLE}</style>{body}", encoding="utf-8")
    command = [BROWSER or "chromium", "--headless", "--no-sandbox", "--disable-gpu"]
    command += ["--no-pdf-header-footer", f"--print-to-pdf={path}", page.as_uri()]
    subprocess.run(command, capture_output=True, check=True, timeout=120)


def _markup(block: Block) -> str:
    if isinstance(block, Line):
        return f"<p class={_class(plain(block.text))}>{html.escape(plain(block.text))}</p>"
    head, *rows = block.rows
    return f"<table><thead>{_rows([head])}</thead><tbody>{_rows(rows)}</tbody></table>"


def _rows(rows: Sequence[Row]) -> str:
    return "".join(
        "<tr>"
        + "".join(
            f"<td rowspan={cell.rowspan} colspan={cell.colspan}>{html.escape(cell.text)}</td>"
            for cell in row.cells
        )
        + "</tr>"
        for row in rows
    )


def _class(text: str) -> str:
    """How a line is set: title, addressees and label flush, signature and date to the right."""
    if is_title(text) and "。" not in text and not text.startswith(("附件", "—")):
        return "title"
    if text.endswith("：") or (text.startswith("附件") and len(text) < 5):
        return "flush"
    return "right" if len(text) < 20 and text.endswith(("政府", "局", "日")) else "text"
