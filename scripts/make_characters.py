"""Writes index/characters.tsv: characters with their syllables, traditional ones with the simplified.

    pip install pypinyin==0.55.0 opencc-python-reimplemented==0.1.7
    python scripts/make_characters.py

Syllables (without tones, commonest reading first, two at most) are pypinyin's (MIT), simplified forms the
first ones of OpenCC's TSCharacters (Apache-2.0). The table is kept and not the packages: it has 90 KB and is
read in milliseconds, they bring megabytes of phrases that a search does not need.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import opencc
from pypinyin.pinyin_dict import pinyin_dict

TABLE = Path(__file__).parents[1] / "index" / "characters.tsv"
READINGS = 2

#: In GB 2312, but in running text only ever traditional; the others there (乾, 藉, 覆, …) are simplified too.
TRADITIONAL_IN_GB2312 = frozenset("後於徵麽")


def main() -> None:
    standard = gb2312()
    rows = [(character, ",".join(syllables(character)), "") for character in standard]
    rows += [(old, "", new) for old, new in simplified_forms(set(standard)).items()]
    merged: dict[str, tuple[str, str, str]] = {}
    for character, readings, form in rows:
        known = merged.get(character, ("", "", ""))
        merged[character] = (character, readings or known[1], form or known[2])
    lines = ["character\tsyllables\tsimplified", *("\t".join(merged[c]) for c in sorted(merged))]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def gb2312() -> list[str]:
    """The 6,763 Chinese characters of GB 2312, in its order."""
    found = []
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.append(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def syllables(character: str) -> list[str]:
    """The commonest readings without tones: ü as v, as it is typed."""
    readings = pinyin_dict.get(ord(character), "").split(",")
    plain = (toneless(reading) for reading in readings if reading)
    return list(dict.fromkeys(plain))[:READINGS]


def toneless(reading: str) -> str:
    decomposed = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def simplified_forms(standard: set[str]) -> dict[str, str]:
    """Traditional → simplified, for traditional characters that no simplified text has."""
    path = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        old, new = line.split("\t")
        form = new.split(" ")[0]
        if (old not in standard or old in TRADITIONAL_IN_GB2312) and form in standard:
            found[old] = form
    return found


if __name__ == "__main__":
    main()
