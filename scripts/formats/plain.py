"""Plain text, as a page is saved from the web: tables come one cell a line."""

from __future__ import annotations

from scripts.formats.sample import Grid, Sample


def txt(sample: Sample) -> bytes:
    """UTF-8 text, paragraphs indented by two ideographic spaces, a blank line between cells."""
    lines: list[str] = []
    for block in sample.blocks:
        if isinstance(block, Grid):
            lines += [line for row in block.rows for cell in row for line in (cell, "")]
        else:
            lines.append(block.text if block.level or block.text.endswith("：") else f"　　{block.text}")
    return ("\n".join(lines) + "\n").encode()
