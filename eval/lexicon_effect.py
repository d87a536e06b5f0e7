"""What each entry of the lexicon does: how many questions it helps and how many it hurts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.tables import table
from index.lexicon import Entry, Lexicon
from index.normalisation import plain_question

#: Values by measure of one question, asked with the lexicon as it is at that moment.
Ask = Callable[[str], Mapping[str, float]]

#: Smaller changes of a value are none.
_CHANGED = 1e-9


@dataclass(frozen=True, slots=True)
class EntryEffect:
    """What an entry does to the questions in which it stands: `change` is the mean change of their value."""

    entry: Entry
    questions: int
    helped: tuple[str, ...]
    hurt: tuple[str, ...]
    change: float

    def as_json(self) -> dict[str, Any]:
        """All of it, the entry's own columns first."""
        return {**asdict(self.entry), **{k: v for k, v in asdict(self).items() if k != "entry"}}


def entry_effects(
    lexicon: Lexicon,
    questions: Iterable[tuple[str, Sequence[str]]],
    ask: Ask,
    *,
    asked: Callable[[str], None] = lambda _: None,
) -> tuple[EntryEffect, ...]:
    """The effect of every entry that stands in one of `questions` (id, turns), the most harmful first.

    Each question is asked with the whole lexicon, and again without each of its entries: the entry helps
    where the mean of its values falls without it, and hurts where it rises. `asked` is told the id of each
    question.
    """
    changes: dict[str, list[tuple[str, float]]] = {}
    entries: dict[str, Entry] = {}
    for question_id, turns in questions:
        asked(question_id)
        found = {m.entry.lay: m.entry for turn in turns for m in lexicon.matches(plain_question(turn))}
        entries.update(found)
        whole = _mean(ask(question_id)) if found else 0.0
        for lay in found:
            with lexicon.without(lay):
                changes.setdefault(lay, []).append((question_id, whole - _mean(ask(question_id))))
    effects = (_effect(entries[lay], changed) for lay, changed in changes.items())
    return tuple(sorted(effects, key=lambda e: (e.change * e.questions, e.entry.lay)))


def _effect(entry: Entry, changes: Sequence[tuple[str, float]]) -> EntryEffect:
    return EntryEffect(
        entry=entry,
        questions=len(changes),
        helped=tuple(question for question, change in changes if change > _CHANGED),
        hurt=tuple(question for question, change in changes if change < -_CHANGED),
        change=sum(change for _, change in changes) / len(changes),
    )


def _mean(values: Mapping[str, float]) -> float:
    return sum(values.values()) / len(values) if values else 0.0


def effects_table(effects: Sequence[EntryEffect]) -> str:
    """The effects as a table, one entry a line, with totals below it."""
    rows = [["说法", "官方写法", "类别", "题数", "有益", "有害", "平均变化"]]
    rows += [
        [
            effect.entry.lay,
            "|".join(effect.entry.official[:3]),
            effect.entry.kind,
            str(effect.questions),
            str(len(effect.helped)),
            str(len(effect.hurt)),
            f"{effect.change:+.3f}",
        ]
        for effect in effects
    ]
    helping, hurting = sum(e.change > _CHANGED for e in effects), sum(e.change < -_CHANGED for e in effects)
    without = len(effects) - helping - hurting
    total = f"出现在问题里的词条 {len(effects)} 个：有益 {helping}，有害 {hurting}，没有影响 {without}。"
    return f"{table(rows)}\n\n{total}"
