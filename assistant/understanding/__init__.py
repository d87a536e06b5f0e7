"""What a question asks: read by itself, completed from the dialogue, shown as chips to strike out."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Understood
from assistant.understanding.chips import with_chips, without
from assistant.understanding.dialogue import continued, with_default_indicator
from assistant.understanding.question import read
from assistant.vocabulary import Vocabulary


def understand(
    turns: Sequence[str],
    vocabulary: Vocabulary,
    *,
    struck: frozenset[str] = frozenset(),
    struck_before: Sequence[frozenset[str]] = (),
) -> Understood:
    """What the last of `turns` asks, with what it inherits and without the chips of the ids in `struck`.

    `struck_before` are those of the turns before, in order: what was struck there is not inherited. It may
    be shorter than the turns. Raises ValueError without any turn.
    """
    understood: Understood | None = None
    for number, turn in enumerate(turns, 1):
        own = read(turn.strip(), vocabulary)
        understood = own if understood is None else continued(own, understood, vocabulary)
        if number < len(turns) and number <= len(struck_before):
            understood = without(understood, struck_before[number - 1], vocabulary)
    if understood is None:
        raise ValueError("a dialogue needs at least one turn")
    understood = with_default_indicator(understood, vocabulary)
    return with_chips(without(understood, struck, vocabulary), vocabulary)


__all__ = ["understand"]
