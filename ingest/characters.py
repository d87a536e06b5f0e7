"""Characters: repairs that keep every offset, and the squashed form in which texts are compared."""

from __future__ import annotations

import re
import unicodedata

#: Repairs are one character for one, so that offsets into the source stay right.
#: U+E010 is how some government publishing systems print a decimal point (4.78 becomes 4?78 otherwise).
_REPAIRS = str.maketrans(
    {"\ue010": ".", "\u200b": " ", "\ufeff": " ", "\u00ad": " ", "\x0b": " ", "\x0c": " "}
)

_BROKEN = re.compile("[\ue010\u200b\ufeff\u00ad\x0b\x0c]")
_BLANK = re.compile(r"\s+")


def repair(text: str) -> str:
    """The text with private-use decimal points and invisible characters replaced, length unchanged."""
    return text.translate(_REPAIRS) if _BROKEN.search(text) else text


def squash(text: str) -> str:
    """The text without white space and width variants, for comparison only."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", repair(text)))
