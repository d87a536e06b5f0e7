"""Rich Text Format, as WPS and WordPad write it: Chinese in the code page, the rest as Unicode."""

from __future__ import annotations

from scripts.formats.sample import Grid, Paragraph, Sample

_WIDTH = 9000  # of a table in twentieths of a point


def rtf(sample: Sample) -> bytes:
    """A document with a running head and tables."""
    body = "".join(_table(block) if isinstance(block, Grid) else _paragraph(block) for block in sample.blocks)
    fonts = r"{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\froman\fcharset0 Times New Roman;}}"
    head = r"{\header\pard\qc " + _coded("示例文件") + r"\par}{\footer\pard\qc \chpgn\par}"
    return (r"{\rtf1\ansi\ansicpg936\deff0" + fonts + "\n" + head + r"\f0\fs32 " + body + "}").encode("ascii")


def _paragraph(block: Paragraph) -> str:
    bold = len(block.text) if block.level else block.bold
    first = rf"{{\b {_coded(block.text[:bold])}}}" if bold else ""
    place = r"\qc" if block.level == 1 else r"\qr" if block.closing else r"\fi640"
    return rf"\pard{place} {first}{_coded(block.text[bold:])}\par" + "\n"


def _table(grid: Grid) -> str:
    columns = len(grid.rows[0])
    edges = "".join(rf"\cellx{_WIDTH * (at + 1) // columns}" for at in range(columns))
    rows = (
        rf"\trowd{head}{edges}\pard\intbl " + "".join(_coded(cell) + r"\cell " for cell in row) + r"\row"
        for head, row in zip([r"\trhdr"] + [""] * len(grid.rows), grid.rows, strict=False)
    )
    return "\n".join(rows) + "\n"


def _coded(text: str) -> str:
    pieces = []
    for character in text:
        try:
            encoded = character.encode("gbk")
        except UnicodeEncodeError:
            pieces.append("".join(rf"\u{unit}?" for unit in _utf16(character)))
            continue
        if len(encoded) > 1:
            pieces.append("".join(rf"\'{byte:02x}" for byte in encoded))
        else:
            pieces.append("\\" + character if character in "\\{}" else character)
    return "".join(pieces)


def _utf16(character: str) -> list[int]:
    data = character.encode("utf-16-be")
    return [int.from_bytes(data[at : at + 2], signed=True) for at in range(0, len(data), 2)]
