"""The n-th mutated file of a run, made from the run's seed number and n alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from scripts.fuzzing.mutation import mutate
from scripts.fuzzing.seeds import Seed

#: One input in so many is a picture of text, since each takes seconds to recognise.
_PICTURES = 200


@dataclass(frozen=True, slots=True)
class Input:
    """A mutated file: its number, name and bytes, what it was made from and how."""

    number: int
    name: str
    data: bytes
    group: str
    mutation: str
    size: int

    @property
    def is_picture(self) -> bool:
        """Whether the file it was made from has its text in pictures."""
        return self.group.endswith(" picture")

    def without_data(self) -> Input:
        """The input without its bytes, of which a long run keeps too many."""
        return replace(self, data=b"")


def make_input(number: int, seed: int, groups: Mapping[str, Sequence[Seed]]) -> Input:
    """Input `number` of the run with this seed number; `groups` are the files by format."""
    random = Random(f"{seed} {number}")  # noqa: S311  (not for secrets)
    pictures = [group for group in groups if group.endswith(" picture")]
    texts = [group for group in groups if group not in pictures]
    group = random.choice(pictures if pictures and number % _PICTURES == 0 else texts)
    base = random.choice(groups[group])
    near = random.random() < 0.6  # splicing files of one format goes deeper into its reader
    other = random.choice(groups[group if near else random.choice(texts)])
    mutation, data = mutate(random, base.data, other.data)
    return Input(number, base.name, data, group, mutation, len(data))
