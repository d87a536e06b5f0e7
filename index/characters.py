"""What is known of single Chinese characters: the simplified form of a traditional one, what sounds alike."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: Columns: character, syllables without tones (commonest first), simplified form; written by
#: `scripts/make-characters` from pypinyin (MIT) and OpenCC (Apache-2.0).
_TABLE = Path(__file__).parent / "characters.tsv"

#: Syllables that southern speakers type for each other: zh and z, ch and c, sh and s, ing and in, eng and en.
_INITIAL = re.compile(r"^([zcs])h")
_FINAL = re.compile(r"(?<=[ei])ng$")


@dataclass(frozen=True)
class _Characters:
    """`alike` is sound → the characters that have it, in order of code; `sounds` the other way round."""

    simplified: Mapping[int, str]
    traditional: re.Pattern[str]
    sounds: Mapping[str, tuple[str, ...]]
    alike: Mapping[str, str]


def simplified(text: str) -> str:
    """`text` with simplified characters for traditional ones, of the same length.

    Characters that simplified texts use too (乾隆, 显著) stay as they are.
    """
    table = _characters()
    return text.translate(table.simplified) if table.traditional.search(text) else text


def homophones(character: str) -> str:
    """The other characters that can be typed for `character` by their sound, tones apart (臭, 抽), each
    once; none for an unknown one."""
    table = _characters()
    found = (c for sound in table.sounds.get(character, ()) for c in table.alike[sound])
    return "".join(dict.fromkeys(c for c in found if c != character))


@cache
def _characters() -> _Characters:
    simplified_forms: dict[int, str] = {}
    sounds: dict[str, tuple[str, ...]] = {}
    alike: dict[str, list[str]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        character, syllables, form = line.split("\t")
        if form:
            simplified_forms[ord(character)] = form
        if syllables:
            sounds[character] = _sounds(syllables.split(","))
        for sound in sounds.get(character, ()):
            alike.setdefault(sound, []).append(character)
    return _Characters(
        simplified_forms,
        re.compile(f"[{''.join(map(chr, simplified_forms))}]"),
        sounds,
        {sound: "".join(characters) for sound, characters in alike.items()},
    )


def _sounds(syllables: Sequence[str]) -> tuple[str, ...]:
    """A southern form of the commonest reading; of a rarer one the syllable as it is, marked as such.

    Both forms of one reading together would let 强 (jiang) meet 减 (jian).
    """
    return tuple(dict.fromkeys([_southern(syllables[0]), *(f"={s}" for s in syllables)]))


def _southern(syllable: str) -> str:
    return _FINAL.sub("n", _INITIAL.sub(r"\1", syllable))
