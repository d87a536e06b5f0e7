"""Lay terms are found longest first, and the shipped table is whole."""

from pathlib import Path

import pytest

from index.lexicon import Entry, Lexicon, load_lexicon

LEXICON = Lexicon(
    {
        "街道": Entry("街道", ("街道办事处",), "department"),
        "街道办": Entry("街道办", ("街道办事处",), "department"),
        "PM2.5": Entry("PM2.5", ("细颗粒物",), "abbreviation"),
    }
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("街道办怎么管", [("街道办", 0, 3)]),
        ("街道和街道办", [("街道", 0, 2), ("街道办", 3, 6)]),
        ("降低pm2.5浓度", [("PM2.5", 2, 7)]),
        ("别的", []),
        ("", []),
    ],
)
def test_matches(text: str, found: list[tuple[str, int, int]]) -> None:
    assert [(m.entry.lay, m.start, m.end) for m in LEXICON.matches(text)] == found


def test_nothing_is_found_by_an_empty_lexicon() -> None:
    assert Lexicon({}).matches("街道") == ()


def test_lines_for_one_term_are_joined(tmp_path: Path) -> None:
    table = tmp_path / "terms.tsv"
    table.write_text(
        "lay\tofficial\tfield\tkind\n炮仗\t烟花爆竹\tair\tsynonym\n炮仗\t爆竹|烟花爆竹\tair\tsynonym\n",
        "utf-8",
    )
    (match,) = load_lexicon(table).matches("放炮仗")
    assert match.entry == Entry("炮仗", ("烟花爆竹", "爆竹"), "synonym")


def test_the_shipped_table() -> None:
    (match,) = load_lexicon().matches("鞭炮")
    assert match.entry == Entry("鞭炮", ("烟花爆竹",), "synonym")
