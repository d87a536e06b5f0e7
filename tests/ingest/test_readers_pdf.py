"""PDF with a text layer: paragraphs, running heads, columns, drawn tables over pages, hostile files."""

from __future__ import annotations

import random
import tracemalloc
import zlib
from math import inf
from pathlib import Path

import pytest

from ingest.document import Document, Line, Table
from ingest.errors import IngestError, UnreadableFile
from ingest.readers import parse_document, pdf
from ingest.readers.page_items import Glyph, TextLine
from ingest.readers.radicals import unified
from ingest.readers.text_columns import PrintedLine, column_edges, in_reading_order, text_line
from ingest.readers.text_lines import joined
from tests.ingest.pdf_files import Page, paragraph
from tests.ingest.pdf_files import pdf as make_pdf

SENTENCE = "各单位要按照分工清理河道淤泥，疏通沟渠，修补堤岸，并在每月底前报送进展。"
XS = (85.0, 135.0, 330.0, 510.0)


def _read(*pages: Page) -> Document:
    return parse_document(Path("通知.pdf"), make_pdf(*pages))


def _shape(document: Document) -> list[object]:
    """Lines as their text; tables as rows of texts, a cell of several rows or columns with its spans."""
    return [
        block.text
        if isinstance(block, Line)
        else [
            [
                cell.text if cell.rowspan == cell.colspan == 1 else (cell.text, cell.rowspan, cell.colspan)
                for cell in row.cells
            ]
            for row in block.rows
        ]
        for block in document.blocks
    ]


# -- paragraphs ---------------------------------------------------------------------------------------------


def test_wrapped_lines_are_paragraphs_with_page_and_box() -> None:
    page = Page()
    page.text(201, 80, "关于清理河道的通知", 22)
    page.text(85, 130, "各乡镇人民政府：")
    after = paragraph(page, 158, SENTENCE * 2)
    after = paragraph(page, after, "一、工作目标")
    after = paragraph(page, after, SENTENCE)
    page.text(398, after + 28, "青川县水利局")
    document = _read(page)
    assert _shape(document) == [
        "关于清理河道的通知",
        "各乡镇人民政府：",
        SENTENCE * 2,
        "一、工作目标",
        SENTENCE,
        "青川县水利局",
    ]
    assert document.rendered
    assert document.format == "pdf"
    third = document.blocks[2]
    assert isinstance(third, Line)
    assert third.place is not None
    assert third.place.page == 1
    # three lines of 26 ideographs, the first indented by two
    assert third.place.box == pytest.approx((85.0, 143.9, 501.0, 215.9), abs=0.2)
    assert third.place.confidence is None


def test_a_paragraph_goes_on_over_the_page_and_with_other_margins() -> None:
    first, second = Page(), Page()
    text = SENTENCE * 4
    cut = 26 * 3 - 2
    paragraph(first, 700, text[:cut])
    second.text(105, 80, text[cut : cut + 26])
    second.text(105, 108, text[cut + 26 : cut + 52])
    second.text(105, 136, text[cut + 52 :])
    assert _shape(_read(first, second)) == [text]


def test_a_page_of_few_lines_has_the_edges_of_the_other_pages() -> None:
    """On the last page more lines begin indented than at the edge: the edge is known from the page before."""
    first, last = Page(), Page()
    paragraph(first, 80, SENTENCE * 4)
    item = "（三）清淤之后当年复查河道，" + "逐段测量水深，" * 4 + "并报县政府。"
    after = paragraph(last, 80, item)
    assert after == 80 + 2 * 28
    for text in ("附件：清淤任务表", "附件", "清淤任务表"):
        after = paragraph(last, after, text)
    assert _shape(_read(first, last)) == [SENTENCE * 4, item, "附件：清淤任务表", "附件", "清淤任务表"]


def test_lines_without_width_have_no_edges() -> None:
    """Of a damaged file, whose boxes are turned inside out."""
    lines = [TextLine("清淤", 1, (90.0, 10.0, 80.0, 20.0), 16.0)]
    assert column_edges(lines) == (-inf, inf)


def test_glyphs_far_outside_any_page_take_no_memory() -> None:
    """Of a damaged file: the place of one glyph has some digits more."""
    lines = []
    for number in range(8):
        places = [85.0 + 16 * at for at in range(20)] + ([20_000_000.0] if number == 3 else [])
        glyphs = tuple(Glyph("淤", left, left + 16, 80.0 + 28 * number, 16.0) for left in places)
        lines.append(PrintedLine(glyphs, text_line(1, glyphs)))
    tracemalloc.start()
    ordered = in_reading_order(lines)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [line.box[3] for line in ordered] == sorted(line.box[3] for line in ordered)
    assert len(ordered) == 8
    assert peak < 10_000_000


def test_a_label_at_the_start_of_a_line_inside_a_sentence_is_no_paragraph() -> None:
    """第十条 may come to stand at a line start; the sentence before it is not closed."""
    page = Page()
    page.text(85, 100, "水利设施的管护责任由使用单位承担具体范围依照本办法二")
    page.text(85, 128, "第十条规定的清单执行并报县水利局备案后方可以组织实施")
    page.text(85, 156, "逾期不报的由县水利局通报。")
    (line,) = _read(page).blocks
    assert isinstance(line, Line)
    assert line.text.endswith(
        "本办法二第十条规定的清单执行并报县水利局备案后方可以组织实施逾期不报的由县水利局通报。"
    )


def test_a_label_after_a_closed_full_line_opens_a_paragraph() -> None:
    page = Page()
    page.text(85, 100, "（一）清理主河道淤泥并在汛期之前完成全部堤岸修补工作。")
    page.text(85, 128, "（二）疏通支渠。")
    assert _shape(_read(page)) == [
        "（一）清理主河道淤泥并在汛期之前完成全部堤岸修补工作。",
        "（二）疏通支渠。",
    ]


def test_a_title_over_centred_lines_is_one_line() -> None:
    page = Page().text(165, 80, "青川县水利局关于印发", 26).text(139, 118, "《全县清理河道工作方案》", 26)
    page.text(230, 150, "（征求意见稿）", 19)
    paragraph(page, 200, SENTENCE)
    assert _shape(_read(page)) == ["青川县水利局关于印发《全县清理河道工作方案》", "（征求意见稿）", SENTENCE]


def test_a_signature_and_a_date_at_the_right_edge_are_lines_of_their_own() -> None:
    page = Page()
    after = paragraph(page, 100, SENTENCE * 2)
    page.text(405, after, "青川县水利局").text(421, after + 28, "2031年3月5日").text(85, after + 56, "附件")
    assert _shape(_read(page)) == [SENTENCE * 2, "青川县水利局", "2031年3月5日", "附件"]


def test_a_line_ends_early_where_a_number_was_not_cut() -> None:
    """Ragged lines: 1,250.75 did not fit into the first line, although four ems of it are free."""
    page = Page()
    page.text(117, 100, "全县清理河道工程总投资由县财政局核定为约").text(
        85, 128, "1,250.75万元，其中自筹部分不少于总投资的三成半，余由县补"
    )
    page.text(85, 156, "助，按进度拨付。")
    for number in range(3):
        paragraph(page, 200 + 90 * number, SENTENCE)
    first = _read(page).blocks[0]
    assert isinstance(first, Line)
    assert first.text.startswith("全县清理河道工程总投资由县财政局核定为约1,250.75万元")
    assert first.text.endswith("按进度拨付。")


def test_an_enumeration_inside_a_paragraph_may_begin_a_line() -> None:
    page = Page()
    after = 100.0
    for label in ("（一）", "（二）", "（三）"):
        after = paragraph(page, after, f"{label}管护河道。")
    text = "（四）疏通沟渠。一是摸清各乡镇沟渠的长度和淤积；二是按清单疏通，年底前完成。"
    assert text[24:26] == "二是"
    paragraph(page, after, text)
    assert _shape(_read(page))[-1] == text


def test_words_are_kept_apart_and_cut_words_made_whole() -> None:
    assert joined("water manage-", "ment plan") == "water management plan"
    assert joined("PM2.5 and", "PM10") == "PM2.5 and PM10"
    assert joined("水利", "工程") == "水利工程"
    assert joined("第3", "条") == "第3条"
    assert joined("2031-", "2035年") == "2031-2035年"


def test_raised_signs_and_doubled_glyphs() -> None:
    page = Page().text(85, 100, "绿地120km").text(157, 94, "2", 8).text(162, 100, "以上")
    for shift in (0, 0.4):  # bold by printing twice
        page.text(85 + shift, 140, "一、总则")
    assert _shape(_read(page)) == ["绿地120km2以上", "一、总则"]


@pytest.mark.parametrize(
    ("character", "expected"),
    [("⼈", "人"), ("⺠", "民"), ("⻓", "长"), ("人", "人"), ("A", "A"), ("⺀", "⺀")],
)
def test_radicals_are_read_as_the_ideograph(character: str, expected: str) -> None:
    assert unified(character) == expected


# -- page furniture -----------------------------------------------------------------------------------------


def _numbered(number: int, text: str) -> Page:
    page = Page().text(230, 40, "青川县水利局文件", 12).text(285, 815, f"- {number} -", 12)
    paragraph(page, 100, text)
    return page


def test_running_heads_and_page_numbers_are_left_out_and_listed() -> None:
    texts = [f"第{n}段。" + SENTENCE for n in "一二三"]
    document = _read(*(_numbered(n, text) for n, text in enumerate(texts, start=1)))
    assert _shape(document) == texts
    heads = document.metadata["running_heads"].splitlines()
    assert heads == [line for n in (1, 2, 3) for line in ("青川县水利局文件", f"- {n} -")]


def test_a_number_at_the_foot_that_does_not_count_pages_stays() -> None:
    pages = [Page().text(285, 815, number, 12) for number in ("30", "12")]
    for page, text in zip(pages, "甲乙", strict=True):
        paragraph(page, 100, text + SENTENCE)
    assert _shape(_read(*pages)) == ["甲" + SENTENCE, "30", "乙" + SENTENCE, "12"]


def test_lines_that_a_page_repeats_from_the_one_before_are_read_once() -> None:
    first, second = Page(), Page()
    paragraph(first, 100, SENTENCE)
    for page, top in ((first, 760), (second, 20)):
        page.text(85, top, "河道保洁由各乡镇负责。").text(85, top + 28, "堤岸管护由县水利局负责。")
    second.text(85, 100, "附则另行规定。")
    assert _shape(_read(first, second)) == [
        SENTENCE,
        "河道保洁由各乡镇负责。",
        "堤岸管护由县水利局负责。",
        "附则另行规定。",
    ]


# -- columns and turned pages -------------------------------------------------------------------------------


def test_two_columns_are_read_one_after_the_other() -> None:
    page = Page()
    page.text(201, 60, "关于清理河道的通知", 22)
    left, right = "甲" * 11 + "。" + SENTENCE * 3, "乙" * 11 + "。" + SENTENCE * 3
    paragraph(page, 120, left, left=60, right=284)
    paragraph(page, 120, right, left=312, right=536)
    assert _shape(_read(page)) == ["关于清理河道的通知", left, right]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_rotated_page_is_read_upright(rotate: int) -> None:
    """The page is turned by its /Rotate entry; what its reader sees then lies on its side."""
    page = Page(rotate=rotate)
    paragraph(page, 100, SENTENCE)
    assert _shape(_read(page)) == [SENTENCE]


def test_text_that_runs_up_the_page_is_read_upright() -> None:
    page = Page()
    page.turned_text(100, 700, "一、总则").turned_text(130, 700, "二、分工")
    assert _shape(_read(page)) == ["一、总则", "二、分工"]


# -- tables -------------------------------------------------------------------------------------------------


def _table_page(ys: tuple[float, ...], *rows: tuple[str, ...]) -> Page:
    page = Page().grid(XS, ys)
    for top, row in zip(ys, rows, strict=False):
        page.row(XS, top + 18, row)
    return page


def test_a_drawn_table_between_lines() -> None:
    page = _table_page(
        (200, 230, 260, 290), ("序号", "任务", "单位"), ("1", "清淤", "水利局"), ("2", "", "林业局")
    )
    page.text(85, 180, "任务分解表：").text(85, 320, "备注：排在首位的为牵头单位。")
    document = _read(page)
    assert _shape(document) == [
        "任务分解表：",
        [["序号", "任务", "单位"], ["1", "清淤", "水利局"], ["2", "", "林业局"]],
        "备注：排在首位的为牵头单位。",
    ]
    table = document.blocks[1]
    assert isinstance(table, Table)
    assert [row.place.box for row in table.rows if row.place] == [
        pytest.approx((85, top, 510, top + 30), abs=0.5) for top in (200, 230, 260)
    ]


def test_a_missing_line_merges_cells() -> None:
    """序号 covers two rows; the header 目标 stands over two columns and has a second line of titles."""
    page = Page()
    xs, ys = (85.0, 165.0, 330.0, 510.0), (100.0, 130.0, 160.0, 190.0, 220.0)
    for y in (100, 190, 220):
        page.line(xs[0], y, xs[-1], y)
    page.line(xs[1], 130, xs[-1], 130).line(xs[0], 160, xs[-1], 160)
    for x in (xs[0], xs[1], xs[-1]):
        page.line(x, ys[0], x, ys[-1])
    page.line(xs[2], 130, xs[2], ys[-1])
    page.text(90, 138, "序号", 12).text(300, 118, "目标", 12)
    page.row(xs[1:], 148, ("上半年", "全年"))
    page.row(xs, 178, ("1", "30亩", "70亩")).row(xs, 208, ("2", "40亩", "80亩"))
    document = _read(page)
    assert _shape(document) == [
        [
            [("序号", 2, 1), ("目标", 1, 2)],
            ["上半年", "全年"],
            ["1", "30亩", "70亩"],
            ["2", "40亩", "80亩"],
        ]
    ]
    table = document.blocks[0]
    assert isinstance(table, Table)
    assert [row.header for row in table.rows] == [True, True, False, False]


def test_a_table_open_at_its_sides() -> None:
    page = Page()
    for y in (100, 130, 160):
        page.line(85, y, 510, y)
    page.line(135, 100, 135, 160)
    page.row(XS, 118, ("序号", "任务")).row(XS, 148, ("1", "清淤"))
    assert _shape(_read(page)) == [[["序号", "任务"], ["1", "清淤"]]]


def test_lines_inside_a_cell_are_joined() -> None:
    page = _table_page((100, 130, 220), ("序号", "任务", "单位"), ("1", "", ""))
    for place, text in enumerate(("清理主河道的全部淤泥并修补两岸", "堤防。", "1.疏通支渠。")):
        page.text(138, 148 + 18 * place, text, 12)
    page.text(333, 148, "县水利局、县林业", 12).text(333, 166, "局", 12)
    (table,) = _read(page).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[1].cells] == [
        "1",
        "清理主河道的全部淤泥并修补两岸堤防。\n1.疏通支渠。",
        "县水利局、县林业局",
    ]


def test_paragraphs_inside_a_cell_keep_their_breaks() -> None:
    lines = (
        "清理主河道的全部淤泥、修补堤防。",  # full, but a sentence; a label follows
        "第二条渡口每年检修一次，费用由县",
        "财政负担→年底前公布",  # short of the edge, though no sentence
        "一般程序：立案→调查→审查→决定",
        "送达",
    )
    page = _table_page((100, 130, 240), ("序号", "任务", "单位"), ("1", "", ""))
    for place, text in enumerate(lines):
        page.text(137, 148 + 18 * place, text, 12)
    page.text(333, 148, "县水利局、县林业", 12).text(333, 166, "网址：见", 12).text(333, 184, "www.x.cn", 12)
    (table,) = _read(page).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[1].cells] == [
        "1",
        "清理主河道的全部淤泥、修补堤防。\n第二条渡口每年检修一次，费用由县财政负担→年底前公布\n"
        "一般程序：立案→调查→审查→决定送达",
        "县水利局、县林业网址：见www.x.cn",
    ]


def test_a_table_over_pages_is_one_and_its_repeated_header_is_printed_once() -> None:
    header = ("序号", "任务", "单位")
    first = _table_page((700, 730, 760), header, ("1", "清淤", "水利局"))
    second = _table_page((60, 90, 120), header, ("2", "护岸", "林业局"))
    second.text(85, 150, "附则另行规定。")
    document = _read(first, second)
    assert _shape(document) == [
        [list(header), ["1", "清淤", "水利局"], ["2", "护岸", "林业局"]],
        "附则另行规定。",
    ]
    table = document.blocks[0]
    assert isinstance(table, Table)
    assert [row.place.page for row in table.rows if row.place] == [1, 1, 2]


def test_a_row_cut_by_the_page_is_made_whole() -> None:
    first = _table_page(
        (700, 730, 760), ("序号", "任务", "单位"), ("1", "清理主河道的全部淤泥并修补两岸", "水利局")
    )
    second = _table_page((60, 90, 120), ("", "堤防。", ""), ("2", "护岸", "林业局"))
    assert _shape(_read(first, second)) == [
        [
            ["序号", "任务", "单位"],
            ["1", "清理主河道的全部淤泥并修补两岸堤防。", "水利局"],
            ["2", "护岸", "林业局"],
        ]
    ]


def test_sub_rows_of_a_number_go_on_over_the_page() -> None:
    first = _table_page((700, 730, 760), ("序号", "任务", "单位"), ("1", "清淤。", "水利局"))
    second = _table_page((60, 90, 120), ("", "护岸。", "林业局"), ("2", "疏渠。", "住建局"))
    assert _shape(_read(first, second)) == [
        [
            ["序号", "任务", "单位"],
            [("1", 2, 1), "清淤。", "水利局"],
            ["护岸。", "林业局"],
            ["2", "疏渠。", "住建局"],
        ]
    ]


def test_another_table_on_the_next_page_is_another_table() -> None:
    first = _table_page((700, 730, 760), ("序号", "任务", "单位"), ("1", "清淤", "水利局"))
    second = Page().grid((85, 250, 400), (60, 90, 120))
    second.row((85, 250), 78, ("河段", "长度")).row((85, 250), 108, ("北段", "3公里"))
    assert [len(block.rows) for block in _read(first, second).blocks if isinstance(block, Table)] == [2, 2]


def test_a_frame_around_text_is_no_table() -> None:
    page = Page().grid((70, 525), (60, 200))
    paragraph(page, 100, SENTENCE)
    assert _shape(_read(page)) == [SENTENCE]


# -- files that cannot be read ------------------------------------------------------------------------------


def test_a_password_is_named() -> None:
    with pytest.raises(UnreadableFile, match=r"^通知\.pdf：PDF 设有打开密码。请去掉密码后再放入。$"):
        parse_document(Path("通知.pdf"), make_pdf(Page().text(85, 100, "通知"), encrypted=True))


def test_a_damaged_file_is_named() -> None:
    with pytest.raises(UnreadableFile, match="PDF 已损坏，无法打开"):
        parse_document(Path("通知.pdf"), b"%PDF-1.7\n" + b"\0" * 2000)


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(UnreadableFile, match="PDF 有 3 页，超过上限 2 页"):
        _read(*(Page().text(85, 100, "通知") for _ in range(3)))


@pytest.mark.parametrize("layers", [1, 2])
def test_a_stream_that_unpacks_to_much_more_is_refused(layers: int) -> None:
    """A bomb: 160 MB of drawing commands in a few hundred kilobytes, or in four when packed twice."""
    content = b"q Q " * 40_000_000
    for _ in range(layers):
        content = zlib.compress(content, 9)
    data = make_pdf(Page(packed=content, layers=layers))
    assert len(data) < 500_000
    with pytest.raises(UnreadableFile, match="PDF 的内容解压后超过上限 64 MB"):
        parse_document(Path("a.pdf"), data)


def test_a_drawing_of_many_lines_holds_no_table() -> None:
    page = Page()
    for place in range(2100):
        page.line(0, place / 3, 595, place / 3).line(place / 4, 0, place / 4, 842)
    paragraph(page, 100, SENTENCE)
    assert _shape(_read(page)) == [SENTENCE]


def test_damaged_files_give_a_document_or_one_sentence() -> None:
    whole = make_pdf(
        _numbered(1, SENTENCE), _table_page((60, 90, 120), ("序号", "任务"), ("2", "护岸")), encrypted=False
    )
    chance = random.Random(21)
    outcomes = {"read": 0, "refused": 0}
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(9, len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(100, len(data)) :]
        try:
            parse_document(Path("a.pdf"), bytes(data))
            outcomes["read"] += 1
        except IngestError as error:
            outcomes["refused"] += str(error).startswith("a.pdf：") and str(error).endswith("。")
    assert sum(outcomes.values()) == 300
    assert min(outcomes.values()) > 10


def test_a_file_that_repeats_its_objects_is_refused_at_once() -> None:
    """pdfium would look for the table of objects in it for many seconds."""
    data = make_pdf(Page().text(85, 100, SENTENCE))
    start = data.index(b"3 0 obj")
    end = data.index(b"endobj", start) + len(b"endobj\n")
    broken = data[:end] + data[start:end] * 300 + data[end:]
    with pytest.raises(UnreadableFile, match="PDF 已损坏：同一个对象重复了 301 次"):
        parse_document(Path("通知.pdf"), broken)
