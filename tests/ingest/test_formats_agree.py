"""One notice in every format of a word processor: the same clauses at the same addresses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import read_notice
from tests.ingest.doc_files import IN_TABLE, doc, level, numbered, one_list, row_end
from tests.ingest.test_readers_mht import archive
from tests.ingest.word_files import cell, docx, paragraph, row, table

TITLE = "青河市水务局关于开展河道清淤的通知"
BODY = (
    (0, "总体目标"),
    (1, "清淤范围。全市三条内河。"),
    (2, "东河清淤二公里。"),
    (2, "西河清淤一公里。"),
    (1, "清淤标准。淤泥不厚于十厘米。"),
    (0, "保障措施"),
    (1, "落实经费。由市财政列支。"),
)
LABELS = ("一、", "（一）", "1.", "2.", "（二）", "二、", "（一）")
ROWS = (("序号", "河道", "完成时限"), ("1", "东河", "3月底前"), ("2", "西河", "4月底前"))
HEAD = (TITLE, "各镇（街道）：", "为改善水质，现就河道清淤通知如下：")


def _md() -> bytes:
    lines = [f"# {HEAD[0]}", *HEAD[1:]]
    lines += [label + text for label, (_, text) in zip(LABELS, BODY, strict=True)]
    cells = ["| " + " | ".join(texts) + " |" for texts in ROWS]
    lines += ["附件1", "河道清淤任务表", "\n".join([cells[0], "|---|---|---|", *cells[1:]])]
    return "\n\n".join(lines).encode()


def _docx() -> bytes:
    forms = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        "</w:lvl>"
        for at, (form, text) in enumerate(forms)
    )
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    body = "".join(map(paragraph, HEAD)) + "".join(paragraph(text, list_=1, level=at) for at, text in BODY)
    body += paragraph("附件1") + paragraph("河道清淤任务表")
    return docx(body + table(*(row(*map(cell, texts)) for texts in ROWS)), numbering=numbering)


def _doc() -> bytes:
    lists = one_list([level(37, "\0、"), level(37, "（\1）"), level(0, "\2.")])
    body = [(f"{text}\r", b"") for text in HEAD]
    body += [(f"{text}\r", numbered(1, at)) for at, text in BODY]
    body += [("附件1\r", b""), ("河道清淤任务表\r", b"")]
    for texts in ROWS:
        body += [*((f"{text}\x07", IN_TABLE) for text in texts), ("\x07", row_end([0, 700, 3000, 5000]))]
    return doc(body, lists=lists)


def _coded(text: str) -> bytes:
    return b"".join(b"\\'%02x" % byte for byte in text.encode("gb18030"))


def _rtf() -> bytes:
    out = [rb"{\rtf1\ansi\ansicpg936 "]
    out += [_coded(text) + rb"\par " for text in HEAD]
    for label, (_, text) in zip(LABELS, BODY, strict=True):
        out.append(rb"{\listtext " + _coded(label) + rb"\tab}" + _coded(text) + rb"\par ")
    out.append(_coded("附件1") + rb"\par " + _coded("河道清淤任务表") + rb"\par ")
    for texts in ROWS:
        cells = b"".join(_coded(text) + rb"\cell " for text in texts)
        out.append(rb"\trowd\cellx700\cellx3000\cellx5000\pard\intbl " + cells + rb"\row ")
    return b"".join(out) + rb"\pard}"


def _mht() -> bytes:
    lines = [*HEAD, *(label + text for label, (_, text) in zip(LABELS, BODY, strict=True))]
    lines += ["附件1", "河道清淤任务表"]
    cells = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>" for texts in ROWS)
    page = "".join(f"<p>{line}</p>" for line in lines) + f"<table>{cells}</table>"
    return archive("utf-8", page=f"<html><body>{page}</body></html>")


def _tree(folder: Path, name: str, data: bytes) -> list[tuple[object, ...]]:
    path = folder / name
    path.write_bytes(data)
    notice = read_notice(path)
    assert notice.card.title == TITLE
    return [
        (c.path, c.cite, c.kind, c.heading, "".join(c.text.split()), dict(c.fields or {}), c.headings)
        for c in notice.clauses
    ]


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.docx", _docx), ("a.wps", _docx), ("a.doc", _doc), ("b.wps", _doc), ("a.rtf", _rtf), ("a.mht", _mht)],
)
def test_the_tree_is_that_of_the_plain_original(tmp_path: Path, name: str, make: Callable[[], bytes]) -> None:
    expected = _tree(tmp_path, "a.md", _md())
    assert [path[0] for path in expected][-2:] == [("附件1", "1"), ("附件1", "2")]
    assert _tree(tmp_path, name, make()) == expected
