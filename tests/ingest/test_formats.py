"""Sample notices in every format: the clauses, the card and the audit are those of the original."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import fields
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest import document_names, read_notice
from ingest.characters import squash
from ingest.notice import Card, Notice
from ingest.readers import ocr
from scripts.formats import every
from scripts.formats.pages import first_page, pdf, png
from scripts.formats.sample import read_sample

SAMPLES = {Path(name).stem: name for name in every.SAMPLES}
WITH_TABLES = ("wangjin_water_saving_2023", "yunming_charging_2023")

#: A table that was flattened to one cell a line cannot be told from running text without its 序号.
FLATTENED = {"wangjin_water_saving_2023": ("附件1",), "yunming_charging_2023": ("附件",)}
#: (sample, suffix, field) → what a card states otherwise. A blank between two names is lost where a title is
#: cut into lines there: nothing on the page tells it from a cut inside a name.
OTHERWISE = {
    (
        "chengpu_rent_2022",
        ".pdf",
        "notice_title",
    ): "澄浦市住房和城乡建设局澄浦市财政局关于印发《澄浦市住房租赁补贴管理办法》的通知"
}

Row = tuple[Any, ...]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All samples in all formats that are read without character recognition."""
    path = tmp_path_factory.mktemp("formats")
    every.write_all(path, scans=False)
    return path


@cache
def _original(sample: str) -> Notice:
    return read_notice(every.CORPUS / SAMPLES[sample])


def _tree(notice: Notice) -> list[Row]:
    return [
        (c.path, c.cite, c.kind.value, c.heading, squash(c.text), dict(c.fields or {}), c.headings)
        for c in notice.clauses
    ]


def _stated(card: Card) -> dict[str, Any]:
    return {field.name: getattr(card, field.name) for field in fields(card)}


def _in_annex(tree: list[Row], labels: tuple[str, ...]) -> Iterator[Row]:
    return (row for row in tree if row[0][0] in labels and row[0] not in [(label,) for label in labels])


@pytest.mark.parametrize("suffix", [suffix for suffix in every.WHOLE if suffix != ".txt"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_format_gives_the_tree_of_the_original(folder: Path, sample: str, suffix: str) -> None:
    original = _original(sample)
    notice = read_notice(folder / f"{sample}{suffix}")
    assert _tree(notice) == _tree(original)
    expected = _stated(original.card)
    expected |= {
        field: text for (name, form, field), text in OTHERWISE.items() if (name, form) == (sample, suffix)
    }
    assert _stated(notice.card) == expected
    assert notice.audit.share == 1.0


@pytest.mark.parametrize("sample", SAMPLES)
def test_plain_text_gives_the_tree_but_for_flattened_tables_without_numbers(
    folder: Path, sample: str
) -> None:
    original = _original(sample)
    notice = read_notice(folder / f"{sample}.txt")
    left_out = FLATTENED.get(sample, ())
    expected, found = _tree(original), _tree(notice)
    unread, flat = list(_in_annex(expected, left_out)), list(_in_annex(found, left_out))
    assert [row for row in found if row not in flat] == [row for row in expected if row not in unread]
    # the words are there all the same, under the attachment
    for _, _, _, _, text, cells, _ in unread:
        words = "".join(row[4] for row in flat)
        assert all(squash(cell) in words for cell in cells.values()), text
    assert _stated(notice.card) == _stated(original.card)
    assert notice.audit.share == 1.0


@pytest.mark.parametrize("suffix", every.TABLES)
@pytest.mark.parametrize("sample", WITH_TABLES)
def test_a_workbook_gives_the_rows_of_the_attachments(folder: Path, sample: str, suffix: str) -> None:
    notice = read_notice(folder / f"{sample}{suffix}")
    assert _tree(notice) == [row for row in _tree(_original(sample)) if _is_attached(row[0])]
    assert notice.audit.share == 1.0


def _is_attached(path: tuple[str, ...]) -> bool:
    return path[0].startswith("附件") and path[0] != "附件目录"


@pytest.mark.parametrize("sample", SAMPLES)
def test_an_archive_gives_each_document(folder: Path, sample: str) -> None:
    path = folder / f"{sample}.zip"
    names = document_names(path)
    assert len(names) == len(every.WHOLE) + (len(every.TABLES) if sample in WITH_TABLES else 0)
    for name in names:
        alone = read_notice(folder / name.rpartition("/")[2])
        assert _tree(read_notice(path, name)) == _tree(alone)


def test_the_same_sample_gives_the_same_bytes() -> None:
    sample = read_sample(every.CORPUS / SAMPLES["wangjin_water_saving_2023"])
    first = every.make(sample, scans=False)
    assert every.make(sample, scans=False) == first
    assert every.archive(first) == every.archive(first)


def test_generated_labels_stand_nowhere_in_the_file(folder: Path) -> None:
    """The test of numbered lists would show nothing if the labels were typed after all."""
    with zipfile.ZipFile(folder / "wangjin_water_saving_2023.numbered.docx") as package:
        xml = package.read("word/document.xml").decode()
    assert "工作目标" in xml
    assert "一、" not in xml
    assert "（一）" not in xml


# -- scans ---------------------------------------------------------------------------------------------------


def _has_chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


@pytest.mark.skipif(
    not (ocr.is_available() and _has_chinese_font()),
    reason="needs the extra `ocr` and a Chinese font to draw the page with",
)
def test_a_scanned_page_gives_the_tree_of_its_text_layer(tmp_path: Path) -> None:
    """The first page of the plan with the deepest list; characters are compared with a tolerance."""
    sample = read_sample(every.CORPUS / SAMPLES["wangjin_water_saving_2023"])
    page = tmp_path / "page.pdf"
    page.write_bytes(first_page(pdf(sample)))
    scanned = tmp_path / "page.png"
    scanned.write_bytes(png(sample))
    printed, recognised = read_notice(page), read_notice(scanned)
    assert [c.path for c in recognised.clauses] == [c.path for c in printed.clauses]
    alike = [
        SequenceMatcher(None, squash(a.text), squash(b.text), autojunk=False).ratio()
        for a, b in zip(recognised.clauses, printed.clauses, strict=True)
    ]
    assert min(alike) >= 0.95
    assert recognised.card.doc_number == printed.card.doc_number == "望政发〔2023〕9号"
    assert recognised.audit.share == 1.0
