"""Small PDFs written by hand: text at places of a page, in a Chinese font that every reader knows."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field


def has_chinese_font() -> bool:
    """Whether this machine can draw Chinese text: for pages that are printed or recognised."""
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


WIDTH, HEIGHT = 595.0, 842.0  # A4


@dataclass
class Page:
    """A page; coordinates are points from the top left corner, text stands on its baseline."""

    content: list[str] = field(default_factory=list)
    width: float = WIDTH
    height: float = HEIGHT
    rotate: int = 0
    image: bytes = b""  # a JPEG
    frame: tuple[float, float, float, float] | None = None  # where it is; None: over the whole page
    packed: bytes = b""  # a compressed content stream that takes the place of `content`
    layers: int = 1  # how many times over it is compressed

    def text(self, left: float, baseline: float, text: str, size: float = 16) -> Page:
        """Print text; an ideograph is `size` wide, an ASCII character half of it."""
        code = text.encode("utf-16-be").hex()
        self.content.append(f"BT /F1 {size} Tf 1 0 0 1 {left} {self.height - baseline} Tm <{code}> Tj ET")
        return self

    def turned_text(self, left: float, baseline: float, text: str, size: float = 16) -> Page:
        """Print text that runs upwards, as on a sheet that lies on its side."""
        code = text.encode("utf-16-be").hex()
        self.content.append(f"BT /F1 {size} Tf 0 1 -1 0 {left} {self.height - baseline} Tm <{code}> Tj ET")
        return self

    def line(self, x1: float, y1: float, x2: float, y2: float) -> Page:
        """Draw a line."""
        self.content.append(f"0.7 w {x1} {self.height - y1} m {x2} {self.height - y2} l S")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Page:
        """Draw all lines of a table."""
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        return self

    def row(self, xs: Sequence[float], baseline: float, texts: Sequence[str], size: float = 12) -> Page:
        """Print one text into each column."""
        for x, text in zip(xs, texts, strict=False):
            self.text(x + 3, baseline, text, size)
        return self


def paragraph(page: Page, top: float, text: str, *, left: float = 85, right: float = 510) -> float:
    """Print a paragraph as a Chinese word processor does: first line indented by two ems, 16 points, 28
    apart, cut at the right edge. Returns the baseline of the line after it."""
    size, at = 16, 2
    per_line = int((right - left) / size)
    baseline = top
    while text:
        taken = text[: per_line - at]
        page.text(left + at * size, baseline, taken, size)
        text, at = text[len(taken) :], 0
        baseline += 28
    return baseline


def pdf(*pages: Page, encrypted: bool = False) -> bytes:
    """The bytes of a PDF of these pages; `encrypted` gives it a password that nobody knows."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        b" /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500]"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -120 1000 880]"
        b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    kids = []
    for page in pages:
        images = b""
        content = "\n".join(page.content)
        if page.image:
            objects.append(_image(page.image))
            images = f"/XObject << /I1 {len(objects)} 0 R >>".encode()
            left, top, right, bottom = page.frame or (0, 0, page.width, page.height)
            place = f"{right - left} 0 0 {bottom - top} {left} {page.height - bottom}"
            content = f"q {place} cm /I1 Do Q\n{content}"
        stream, filters = page.packed or content.encode(), b""
        if page.packed:
            filters = b" /Filter [%s]" % b" ".join([b"/FlateDecode"] * page.layers)
        objects.append(b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(stream), filters, stream))
        objects.append(
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}]"
                f" /Rotate {page.rotate} /Contents {len(objects)} 0 R"
                f" /Resources << /Font << /F1 3 0 R >> "
            ).encode()
            + images
            + b" >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(objects, encrypted)


def _image(jpeg: bytes) -> bytes:
    at = jpeg.index(b"\xff\xc0") if b"\xff\xc0" in jpeg else jpeg.index(b"\xff\xc2")
    height, width = int.from_bytes(jpeg[at + 5 : at + 7]), int.from_bytes(jpeg[at + 7 : at + 9])
    head = (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB"
        f" /BitsPerComponent 8 /Filter /DCTDecode /Length {len(jpeg)} >>\nstream\n"
    )
    return head.encode() + jpeg + b"\nendstream"


def _file(objects: Sequence[bytes], encrypted: bool) -> bytes:
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    lock = b"41" * 32
    secret = (
        b" /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (lock, lock)
        if encrypted
        else b""
    )
    out += b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        secret,
        start,
    )
    return bytes(out)
