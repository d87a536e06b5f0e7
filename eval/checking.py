"""How well the check works: false sentences caught, true ones let pass."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from assistant.checking import Known, Names, check_sentence
from assistant.errors import UnusableQuestion
from assistant.places import gazetteer
from assistant.service import Service
from assistant.types import Answer
from assistant.vocabulary import Vocabulary
from eval.corruptions import Corrupted, CorruptionKind, Material, corrupt
from eval.gold import Question
from eval.true_sentences import TrueSentence, sentences_of_answers, sentences_of_notices
from index.settings import Settings
from index.sync import sync

#: Bodies to swap in where a corpus names few: as they are called in any city.
_BODIES = (
    "市民政局",
    "市教育局",
    "市审计局",
    "市体育局",
    "市司法局",
    "市气象局",
    "市税务局",
    "市统计局",
    "市医保局",
    "市文物局",
)


@dataclass(frozen=True, slots=True)
class Miss:
    """A false sentence that passed, or a true one that did not (`kind` false alarm, `faults` what it was
    blamed for)."""

    kind: str
    text: str
    cite: str
    was: str = ""
    now: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The figures of one run over one set of notices."""

    bench: str
    seed: int
    true: int
    alarms: int
    made: dict[str, int]
    caught: dict[str, int]
    misses: tuple[Miss, ...]

    @property
    def share_caught(self) -> float:
        """The share of false sentences that were caught, 0 to 1."""
        return sum(self.caught.values()) / max(1, sum(self.made.values()))

    @property
    def share_alarms(self) -> float:
        """The share of true sentences that were blamed, 0 to 1."""
        return self.alarms / max(1, self.true)

    def as_json(self) -> dict[str, Any]:
        """All figures, and each miss."""
        return {
            "bench": self.bench,
            "seed": self.seed,
            "corrupted": sum(self.made.values()),
            "caught": round(self.share_caught, 4),
            "true_sentences": self.true,
            "false_alarms": round(self.share_alarms, 4),
            "by_kind": {k: {"made": n, "caught": self.caught[k]} for k, n in self.made.items()},
            "misses": [asdict(miss) for miss in self.misses],
        }

    def as_text(self) -> str:
        """One line for each kind, then the two figures."""
        lines = [f"{kind:<18}{self.caught[kind]:>5} / {made}" for kind, made in self.made.items()]
        lines.append(f"查出 {self.share_caught:.2%}（{sum(self.made.values())} 句改错的句子）")
        lines.append(f"误报 {self.share_alarms:.2%}（{self.true} 句真句子中 {self.alarms} 句）")
        return "\n".join(lines)


def true_sentences(
    notices: Path, questions: Sequence[Question], settings: Settings
) -> tuple[list[TrueSentence], Names]:
    """The sentences of the folder `notices` and of the answers to `questions`, and the names it holds."""
    with tempfile.TemporaryDirectory(prefix="tiaowen-eval-") as home:
        inner = replace(settings, home=Path(home))
        sync([notices], inner)
        service = Service(inner)
        vocabulary = service.vocabulary()
        answers = [a for q in questions if (a := _answer(service, q)) is not None]
        true = [*sentences_of_notices(vocabulary), *sentences_of_answers(answers, vocabulary)]
        return true, names_of(vocabulary)


def check_all(
    bench: str, true: Sequence[TrueSentence], known: Known, *, count: int, seed: int
) -> CheckReport:
    """The report over these sentences."""
    misses: list[Miss] = []
    for sentence in true:
        verdict = check_sentence(sentence.text, [sentence.cited], known)
        if not verdict.supported:
            faults = tuple(map(str, verdict.faults))
            misses.append(Miss("false alarm", sentence.text, sentence.cited.clause.cite, faults=faults))
    alarms = len(misses)
    made = make_corruptions(true, known, count=count, seed=seed)
    caught = {kind.value: 0 for kind in CorruptionKind}
    for each in made:
        if check_sentence(each.text, [each.cited], known).supported:
            misses.append(Miss(each.kind.value, each.text, each.cited.clause.cite, each.was, each.now))
        else:
            caught[each.kind.value] += 1
    counts = {k.value: sum(c.kind is k for c in made) for k in CorruptionKind}
    return CheckReport(bench, seed, len(true), alarms, counts, caught, tuple(misses))


def make_corruptions(true: Sequence[TrueSentence], known: Known, *, count: int, seed: int) -> list[Corrupted]:
    """`count` false sentences, as even over the kinds as the sentences allow, the same for the same seed."""
    random = Random(seed)  # noqa: S311 - the same sentences every time, not secrets
    cities = [p.name for p in gazetteer() if p.level == 2 and p.name.endswith("市")]
    places = sorted(p for p in known.places if p.endswith("市")) + random.sample(cities, 30)
    bodies = sorted(b for b in known.bodies if 4 <= len(b) <= 10 and b.endswith(("局", "委", "办")))
    material = Material(tuple(bodies) + _BODIES, tuple(places))
    by_kind = {kind: random.sample(list(true), len(true)) for kind in CorruptionKind}
    made: list[Corrupted] = []
    while len(made) < count and any(by_kind.values()):
        for kind, left in by_kind.items():
            while left and len(made) < count:
                false = corrupt(left.pop(), kind, random, material)
                if false is not None:
                    made.append(false)
                    break
    return made


def names_of(vocabulary: Vocabulary) -> Names:
    """The places and bodies that a vocabulary holds."""
    bodies = {n for r in vocabulary.records for n in vocabulary.view(r.id).body_counts if len(n) > 2}
    return Names(frozenset(vocabulary.region_names), frozenset(bodies))


def _answer(service: Service, question: Question) -> Answer | None:
    try:
        return service.answer(question.turns)
    except UnusableQuestion:
        return None
