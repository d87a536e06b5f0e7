"""Plain tables for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as lines, the first column aligned to the left, the others to the right.

    Widths are those of a terminal, where a Chinese character takes two columns.
    """
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        padding = [" " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
        cells = [row[0] + padding[0], *(pad + cell for pad, cell in zip(padding[1:], row[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
