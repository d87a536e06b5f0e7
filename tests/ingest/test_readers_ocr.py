"""Scanned pages and photographs: recognised like a text layer, marked as such, refused without the extra."""

from __future__ import annotations

import io
import subprocess
import sys
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from ingest.document import Document, Line, Table
from ingest.errors import MissingExtra, UnreadableFile
from ingest.readers import image, ocr, parse_document
from ingest.readers import pdf as pdf_reader
from ingest.splitter import split
from tests.ingest.pdf_files import Page, has_chinese_font, paragraph
from tests.ingest.pdf_files import pdf as make_pdf

SENTENCE = "各单位要按照分工清理河道淤泥，疏通沟渠，修补堤岸，并在每月底前报送进展。"
XS = (85.0, 135.0, 330.0, 510.0)


recognises = pytest.mark.skipif(
    not (ocr.is_available() and has_chinese_font()),
    reason="needs the extra `ocr` and a Chinese font to draw the page with",
)


def _page() -> Page:
    page = Page().text(201, 80, "关于清理河道的通知", 22)
    after = paragraph(page, 130, SENTENCE)
    paragraph(page, after, "一、工作目标")
    page.grid(XS, (300, 330, 360, 390))
    for baseline, row in ((318, ("序号", "任务", "单位")), (348, ("1", "清理主河道", "县水利局"))):
        page.row(XS, baseline, row)
    page.row(XS, 378, ("2", "修补堤岸", "县林业局"))
    return page.text(285, 815, "- 1 -", 12)


EXPECTED = [
    "关于清理河道的通知",
    SENTENCE,
    "一、工作目标",
    [["序号", "任务", "单位"], ["1", "清理主河道", "县水利局"], ["2", "修补堤岸", "县林业局"]],
]


@cache
def _scan() -> Image.Image:
    """The page as a scanner at 150 dots an inch sees it."""
    document = pdfium.PdfDocument(make_pdf(_page()))
    return document[0].render(scale=150 / 72).to_pil().convert("RGB")


def _bytes(picture: Image.Image, format: str) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format, quality=85)
    return buffer.getvalue()


def _shape(document: Document) -> list[object]:
    return [
        block.text if isinstance(block, Line) else [[cell.text for cell in row.cells] for row in block.rows]
        for block in document.blocks
    ]


def _places(document: Document) -> list[float | None]:
    pieces = [
        piece for block in document.blocks for piece in (block.rows if isinstance(block, Table) else [block])
    ]
    return [piece.place.confidence if piece.place else None for piece in pieces]


@recognises
def test_a_scanned_page_after_a_page_of_text() -> None:
    text = Page()
    paragraph(text, 100, "现将分工表印发给你们，请对照执行。")
    data = make_pdf(text, Page(image=_bytes(_scan(), "JPEG")))
    document = parse_document(Path("通知.pdf"), data)
    assert _shape(document) == ["现将分工表印发给你们，请对照执行。", *EXPECTED]
    assert document.metadata["running_heads"] == "- 1 -"
    first, *others = _places(document)
    assert first is None
    assert all(confidence is not None and 0.9 < confidence <= 1 for confidence in others)
    (remark,) = [remark for remark in split(document, "n", "0" * 64).remarks if "OCR" in remark]
    assert remark.startswith("第 2 页有文字由图片识别（OCR），平均置信度 ")
    assert 0.9 < float(remark.split()[-1].split("，")[0]) <= 1


@recognises
def test_a_photograph_that_lies_on_its_side() -> None:
    document = parse_document(Path("通知.png"), _bytes(_scan().rotate(90, expand=True), "PNG"))
    assert document.format == "png"
    assert _shape(document) == EXPECTED
    assert split(document, "n", "0" * 64).remarks[-1].startswith("本文件由图片识别（OCR），平均置信度 ")


@recognises
def test_a_skewed_scan_is_straightened() -> None:
    skewed = _scan().rotate(1.5, fillcolor="white")
    assert _shape(parse_document(Path("通知.jpg"), _bytes(skewed, "JPEG"))) == EXPECTED


@recognises
def test_part_of_a_title_that_is_a_picture() -> None:
    """An editor kept the issuer's name as graphics; the text layer begins behind it."""
    drawn = pdfium.PdfDocument(make_pdf(Page(width=132, height=26).text(0, 20, "青川县水利局", 22)))
    picture = drawn[0].render(scale=4).to_pil().convert("RGB")
    page = Page(image=_bytes(picture, "JPEG"), frame=(110, 60, 242, 86)).text(
        242, 80, "关于清理河道的通知", 22
    )
    paragraph(page, 130, SENTENCE)
    document = parse_document(Path("通知.pdf"), make_pdf(page))
    assert _shape(document) == ["青川县水利局关于清理河道的通知", SENTENCE]
    title, text = _places(document)
    assert title is not None
    assert text is None


@recognises
def test_an_empty_page_gives_no_document() -> None:
    with pytest.raises(UnreadableFile, match="没有可读的文字"):
        parse_document(Path("空.png"), _bytes(Image.new("RGB", (600, 800), "white"), "PNG"))


@pytest.fixture
def _without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (pdf_reader, image):
        monkeypatch.setattr(module, "is_available", lambda: False)


SCANNED = Page(image=_bytes(Image.new("RGB", (300, 400), "grey"), "JPEG"))


@pytest.mark.usefixtures("_without_extra")
def test_a_scan_without_the_extra_names_it() -> None:
    with pytest.raises(MissingExtra) as caught:
        parse_document(Path("通知.pdf"), make_pdf(SCANNED))
    assert str(caught.value) == (
        "通知.pdf：PDF 是扫描件，没有文字层，需要图片识别（OCR）才能读取。"
        "请先安装：pip install 'tiaowen[ocr]'。"
    )
    assert caught.value.extra == "ocr"


@pytest.mark.usefixtures("_without_extra")
def test_an_image_without_the_extra_names_it() -> None:
    with pytest.raises(MissingExtra, match=r"^照片\.png：这是图片，需要图片识别（OCR）才能读取。"):
        parse_document(Path("照片.png"), _bytes(Image.new("RGB", (9, 9)), "PNG"))


@pytest.mark.usefixtures("_without_extra")
def test_pages_that_could_not_be_read_are_remarked_on() -> None:
    text = Page()
    paragraph(text, 100, SENTENCE)
    document = parse_document(Path("通知.pdf"), make_pdf(text, SCANNED, SCANNED))
    assert _shape(document) == [SENTENCE]
    assert split(document, "n", "0" * 64).remarks == (
        "第 2、3 页是图片，没有读入。安装图片识别（pip install 'tiaowen[ocr]'）后把文件改名再同步即可。",
    )


def test_too_many_scanned_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "MAX_SCANS", 1)
    monkeypatch.setattr(pdf_reader, "is_available", lambda: False)
    with pytest.raises(UnreadableFile, match="扫描页超过上限 1 页"):
        parse_document(Path("通知.pdf"), make_pdf(SCANNED, SCANNED))


def test_an_image_of_too_many_pixels_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(image, "is_available", lambda: True)
    monkeypatch.setattr(image, "MAX_PIXELS", 99)
    with pytest.raises(UnreadableFile, match="图片有 10×10 像素，超过上限"):
        parse_document(Path("大.png"), _bytes(Image.new("RGB", (10, 10)), "PNG"))


@pytest.mark.parametrize("cut", [20, 200])
def test_a_damaged_image_is_refused(cut: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "is_available", lambda: True)
    whole = _bytes(Image.effect_noise((64, 64), 80).convert("RGB"), "PNG")
    with pytest.raises(UnreadableFile, match="图片已损坏"):
        parse_document(Path("坏.png"), whole[:cut])


def test_nothing_of_the_extra_is_imported_for_a_text_layer() -> None:
    """Recognition takes seconds to load; a file that does not need it must not pay."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from ingest.readers import parse_document\n"
        "from tests.ingest.pdf_files import Page, pdf\n"
        "parse_document(Path('a.pdf'), pdf(Page().text(85, 100, '一、总则内容如下并自公布之日起施行。')))\n"
        "print([name for name in ('rapidocr', 'onnxruntime', 'cv2') if name in sys.modules])\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == "[]"
