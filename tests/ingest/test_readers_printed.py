"""Sample notices printed to PDF give the clauses of the original: wrapped lines, pages and drawn tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.notice import Notice
from ingest.readers import read_document
from ingest.reading import read_notice
from tests.ingest.pdf_files import has_chinese_font
from tests.ingest.printed import BROWSER, print_pdf

CORPUS = Path(__file__).parents[2] / "corpus"

pytestmark = pytest.mark.skipif(
    BROWSER is None or not has_chinese_font(), reason="needs chromium and a Chinese font to print with"
)


def _clauses(notice: Notice) -> list[tuple[tuple[str, ...], str, dict[str, str]]]:
    """Paths, texts and fields without white space, which printing changes."""
    return [
        (
            clause.path,
            "".join(clause.text.split()),
            {name: "".join(value.split()) for name, value in (clause.fields or {}).items()},
        )
        for clause in notice.clauses
    ]


@pytest.mark.parametrize(
    "name", ["wangjin_water_saving_2023.md", "lanting_air_2024.html", "wangjin_enrol_2024.html"]
)
def test_a_printed_notice_has_the_clauses_of_its_original(name: str, tmp_path: Path) -> None:
    printed = tmp_path / "printed.pdf"
    print_pdf(read_document(CORPUS / name).blocks, printed)
    original, notice = read_notice(CORPUS / name), read_notice(printed)
    assert _clauses(notice) == _clauses(original)
    assert notice.card.notice_title == original.card.notice_title
    assert notice.card.issued == original.card.issued
    pages = [clause.place.page for clause in notice.clauses if clause.place and clause.place.page]
    assert pages == sorted(pages)
    assert pages[-1] > 2
