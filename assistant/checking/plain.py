"""The one form in which sentences and clauses are compared by the check."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from assistant.wording import PRIVATE_POINT

#: ① and ⑴ would become digits beside real ones (①2020年 → 12020年).
_ENCLOSED = re.compile("[\u2460-\u249b\u3220-\u3229\u3280-\u3289]")
#: Where a statement ends: what stands beyond has its own subject.
STOP = "。;!?|"


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """`text` in one width and lower case, without white space; enclosed numbers become a bar."""
    marked = _ENCLOSED.sub("|", text.replace(PRIVATE_POINT, "."))
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", marked)).lower()


def before(text: str, at: int, limit: int, stops: str = STOP) -> str:
    """Up to `limit` characters of the statement before `at`."""
    start = max(0, at - limit)
    cut = max((text.rfind(c, start, at) for c in stops), default=-1)
    return text[max(start, cut + 1) : at]


def after(text: str, at: int, limit: int, stops: str = STOP) -> str:
    """Up to `limit` characters of the statement from `at` on."""
    end = min(len(text), at + limit)
    cut = min((p for c in stops if (p := text.find(c, at, end)) >= 0), default=end)
    return text[at:cut]
