"""Words of Chinese notice text for lexical search; questions and clauses pass through the same function."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .normalisation import normalise
from .segmentation import segmenter

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"

#: A run of Chinese, or a run that a reader takes as one sign: 2020, 4.78, 25%, pm2.5, 8.3.1.
_RUN = re.compile(rf"[{_CJK}]+|[a-z]*[0-9]+(?:[.,][0-9]+)*%?|[a-z]+(?:[0-9]+(?:\.[0-9]+)?)?")

_UNIT = re.compile(r"[年月日个项家户人座条件万亿吨克米元度天次级类处所名辆亩]")

#: Particles and question words only: they stand in every question and say nothing of its subject. Content
#: words stay, however common, because BM25 weighs them by how rare they are.
_STOP_WORDS = """
的 了 和 与 及 在 是 有 把 被 对 为 由 将 要 到 等 各 其 该 也 都 就 吗 呢 吧 啊 阿
哪 谁 什么 怎么 怎样 如何 多少 几 哪些 哪个 哪家 哪几 哪里 是否 有没有 请问 一下 分别
我 你 我们 你们 它 这 那 这个 那个 啥
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


def tokens(text: str) -> list[str]:
    """The words of `text` in order, repeats kept: jieba's search words, and numbers and Latin words whole.

    A number is given alone and with the unit sign after it (`2020`, `2020年`), so that a year and a quantity
    of the same digits can be told apart. Stop words and punctuation are left out; no text, no words.
    """
    return [word for word in all_words(text) if word not in STOP_WORDS]


def all_words(text: str) -> list[str]:
    """As `tokens`, stop words among them."""
    return list(_words(normalise(text)))


def characters(text: str) -> list[str]:
    """The Chinese characters of `text` one by one, and its numbers and Latin words whole, in order.

    They find what is cut or worded otherwise in a question than in a notice: 垃圾站 and 垃圾中转站.
    """
    found: list[str] = []
    for match in _RUN.finditer(normalise(text)):
        run = match.group()
        found += [run.replace(",", "")] if run[0].isascii() else run
    return found


def _words(text: str) -> Iterator[str]:
    for match in _RUN.finditer(text):
        run = match.group()
        if run[0].isascii():
            yield from _sign(run, text[match.end() : match.end() + 1])
        else:
            yield from segmenter().cut_for_search(run)


def _sign(run: str, following: str) -> Iterator[str]:
    number = run.replace(",", "")
    yield number
    if number.endswith("%"):
        yield number[:-1]
    elif following and _UNIT.match(following):
        yield number + following
