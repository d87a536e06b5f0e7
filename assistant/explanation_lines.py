"""Explanations in words and as data: for `ask --explain`, `ask --explain --json`, and the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.explanation import Explanation


def explanation_line(explanation: Explanation) -> dict[str, Any]:
    """An explanation as `ask --explain --json` adds it to a retrieved clause."""
    hit = explanation.hit
    return {
        "scores": {
            "lexical": _rounded(hit.lexical),
            "dense": _rounded(hit.dense),
            "fused": _rounded(hit.score),
            "ranked": _rounded(sum(sign.value for sign in explanation.signs)),
        },
        "ranks": {"lexical": explanation.lexical_rank, "dense": explanation.dense_rank},
        "words": [{"word": match.word, "in": list(match.parts)} for match in explanation.words],
        "lexicon": [{"lay": match.lay, "official": match.official} for match in explanation.entries],
        "reasons": [{"name": sign.name, "value": _rounded(sign.value)} for sign in explanation.signs],
    }


def explanation_words(explanation: Explanation) -> Iterator[tuple[str, str]]:
    """(what, how) pairs for a reader, in order: where it stands, words, lexicon entries, scores, reasons."""
    if explanation.words:
        yield "相同的词", "、".join(f"{m.word}（{'、'.join(m.parts)}）" for m in explanation.words)
    if explanation.entries:
        yield "词表", "、".join(f"{match.lay} → {match.official}" for match in explanation.entries)
    yield "检索", _searched(explanation)
    if explanation.signs:
        total = sum(sign.value for sign in explanation.signs)
        parts = " ".join(f"{sign.name} {sign.value:+.2f}" for sign in explanation.signs)
        yield "排序", f"{total:.2f} = {parts}"


def _searched(explanation: Explanation) -> str:
    hit = explanation.hit
    sides = [
        f"{name} {score:.2f}（第{rank}）"
        for name, score, rank in (
            ("词面", hit.lexical, explanation.lexical_rank),
            ("语义", hit.dense, explanation.dense_rank),
        )
        if score is not None
    ]
    if not sides:
        return "按位置或责任单位直接取得，没有经过检索"
    return f"{'，'.join(sides)}，合并 {hit.score:.2f}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
