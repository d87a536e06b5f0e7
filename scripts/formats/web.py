"""Web pages (.html) and pages saved whole by a browser (.mht)."""

from __future__ import annotations

import base64
import quopri
from html import escape

from scripts.formats.sample import Grid, Paragraph, Sample

_PAGE = """<!DOCTYPE html>
<html lang="zh"><head><meta charset="{charset}"><title>{title}</title>
<style>td, th {{ border: 1px solid }} .right {{ text-align: right }}</style></head>
<body>
<div class="nav"><a href="/">首页</a> <a href="/zwgk">政务公开</a> <a href="/hd">互动交流</a></div>
<div class="article">
{body}
</div>
<div class="footer"><p>版权所有：示例网站</p></div>
</body></html>
"""
# The smallest GIF: one transparent pixel.
_PICTURE = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_BOUNDARY = "----=_NextPart_000_0000_01DA0000.00000000"


def html(sample: Sample, charset: str = "utf-8") -> bytes:
    """A page with a menu above and a copyright line below the notice."""
    body = "\n".join(
        _table(block) if isinstance(block, Grid) else _paragraph(block) for block in sample.blocks
    )
    page = _PAGE.format(charset=charset, title=escape(sample.title), body=body)
    return page.encode(charset, "xmlcharrefreplace")


def mht(sample: Sample, charset: str = "gb18030", *, quoted: bool = True) -> bytes:
    """A page with its picture, as Internet Explorer saved it (RFC 2557)."""
    page = html(sample, charset).replace(b"\n", b"\r\n")
    coding = "quoted-printable" if quoted else "8bit"
    parts = [
        f'Content-Type: text/html;\r\n\tcharset="{charset}"\r\nContent-Transfer-Encoding: {coding}\r\n'
        "Content-Location: http://www.example.com/notice.html\r\n\r\n".encode()
        + (quopri.encodestring(page) if quoted else page),
        b"Content-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Location: http://www.example.com/dot.gif\r\n\r\n" + base64.encodebytes(_PICTURE),
    ]
    head = (
        "From: <Saved by Windows Internet Explorer 8>\r\nSubject: notice\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{_BOUNDARY}"\r\n\r\n'
    )
    mark = f"\r\n--{_BOUNDARY}"
    return (
        head.encode() + b"".join(mark.encode() + b"\r\n" + part for part in parts) + f"{mark}--\r\n".encode()
    )


def _paragraph(paragraph: Paragraph) -> str:
    first, rest = escape(paragraph.text[: paragraph.bold]), escape(paragraph.text[paragraph.bold :])
    text = f"<b>{first}</b>{rest}" if first else rest
    if paragraph.level:
        return f"<h{paragraph.level}>{text}</h{paragraph.level}>"
    return f'<p class="right">{text}</p>' if paragraph.closing else f"<p>　　{text}</p>"


def _table(grid: Grid) -> str:
    rows = (
        "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row) + "</tr>"
        for tag, row in zip(["th"] + ["td"] * len(grid.rows), grid.rows, strict=False)
    )
    return "<table>\n" + "\n".join(rows) + "\n</table>"
