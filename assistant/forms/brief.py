"""Brief answers: never more than a breath's length is shown, the rest of the words is folded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.forms.shown import GAP, Part, Shown, run_on
from assistant.sentences import sentence_score
from assistant.types import QuestionKind, Understood

#: The characters that an answer of these kinds shows in all.
BRIEF = 300
#: A shorter part of a sentence or cell says too little.
_LEAST = 24
KINDS = frozenset({QuestionKind.FACT, QuestionKind.TASK, QuestionKind.WHEN})
#: Where a long sentence may be cut.
_PIECE = re.compile(r"[^，,；;：:、。]*[，,；;：:、。]?")


def brief(understood: Understood, shown: Sequence[Shown], limit: int = BRIEF) -> list[Shown]:
    """`shown` with at most `limit` characters in all (labels count), the rest of each clause folded.

    Clauses that are short leave their room to the longer ones. Who asks for a place of several lines wants
    each of them, which is then as long as an answer.
    """
    if understood.kind not in KINDS:
        return list(shown)
    if understood.address is not None:
        return [_cut(understood, one, limit) for one in shown]
    rooms = _rooms([len(one.text) for one in shown], limit)
    return [_cut(understood, one, room) for one, room in zip(shown, rooms, strict=True)]


def _rooms(lengths: Sequence[int], limit: int) -> list[int]:
    """How much of `limit` each of these lengths gets: all of it where it is short, else an equal share."""
    rooms = [0] * len(lengths)
    left, waiting = limit, len(lengths)
    for index in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        rooms[index] = min(lengths[index], left // waiting)
        left -= rooms[index]
        waiting -= 1
    return rooms


def _cut(understood: Understood, one: Shown, room: int) -> Shown:
    """One clause within `room`: its parts, those that answer best first, cut or left out where they do not
    fit, and then folded whole."""
    if len(one.text) <= room:
        return one
    kept: dict[int, Part] = {}
    rest: list[Part] = []
    for index in _answering_first(understood, one.parts):
        part = one.parts[index]
        taken = len(run_on((p.label, p.text) for p in kept.values()))
        left = room - taken - (len(part.label) + 2 if part.label else 0)
        text = part.text if len(part.text) <= left else _window(understood, part.text, left)
        if len(text) >= min(_LEAST, len(part.text)) or not kept:
            kept[index] = Part(text, part.label)
        if kept.get(index) != part:
            rest.append(part)
    parts = tuple(part for _, part in sorted(kept.items()))
    left_out = run_on((part.label, part.text.removeprefix(GAP)) for part in rest)
    return replace(one, parts=parts, rest=f"{left_out}{one.rest}")


def _answering_first(understood: Understood, parts: Sequence[Part]) -> list[int]:
    """The numbers of the parts, of the one that answers best in front; cells stand as they are asked for."""
    order = list(range(len(parts)))
    if any(part.label for part in parts):
        return order
    best = max(order, key=lambda i: (sentence_score(understood, parts[i].text), -i))
    return [best, *(i for i in order if i != best)]


def _window(understood: Understood, text: str, room: int) -> str:
    """The run of whole pieces of a sentence, at most `room` characters with its gaps, around the piece that
    answers best; of a piece longer than that its beginning."""
    pieces = [m.group(0) for m in _PIECE.finditer(text) if m.group(0)]
    best = max(range(len(pieces)), key=lambda i: (sentence_score(understood, pieces[i]), -i))
    room -= 2 * len(GAP)
    if len(pieces[best]) > room:
        return f"{pieces[best][:room]}{GAP}" if room > 0 else ""
    first, last = best, best + 1
    while True:
        used = sum(map(len, pieces[first:last]))
        if last < len(pieces) and used + len(pieces[last]) <= room:
            last += 1
        elif first > 0 and used + len(pieces[first - 1]) <= room:
            first -= 1
        else:
            break
    head, tail = GAP if first else "", GAP if last < len(pieces) else ""
    return f"{head}{''.join(pieces[first:last])}{tail}"
