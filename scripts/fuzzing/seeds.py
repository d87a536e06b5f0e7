"""The files that are mutated: the samples in every format, and real documents where they are at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.readers.formats import detect_format
from scripts.formats.every import CORPUS, SAMPLES, SCANS, archive, make, samples
from scripts.formats.web import mht

#: Larger files only make a run slow: what breaks a reader fits in less.
_MOST_BYTES = 1_000_000
REAL = CORPUS.parent.parent / "shared" / "wild"


@dataclass(frozen=True, slots=True)
class Seed:
    """A file to mutate: its name, bytes and format, and whether its text stands in pictures."""

    name: str
    data: bytes
    format: str
    is_picture: bool = False


def read_seeds(*, scans: bool, real: Path | None = REAL) -> list[Seed]:
    """All seeds in a fixed order: corpus, samples by format, archives, and the files in the folder `real`."""
    seeds = [_seed(path.name, path.read_bytes()) for path in sorted(CORPUS.iterdir())]
    for sample in samples()[: len(SAMPLES)]:
        files = make(sample, scans=scans)
        seeds += [_seed(name, data) for name, data in files.items()]
        texts = {name: data for name, data in files.items() if not _is_picture(name)}
        seeds.append(_seed(f"{sample.name}.zip", archive(texts)))
        seeds.append(_seed(f"{sample.name}.8bit.mht", mht(sample, "utf-8", quoted=False)))
    if real is not None and real.is_dir():
        seeds += [_seed(path.name, path.read_bytes()) for path in sorted(real.iterdir())]
    return [seed for seed in seeds if len(seed.data) <= _MOST_BYTES or seed.is_picture]


def by_format(seeds: Sequence[Seed]) -> dict[str, list[Seed]]:
    """Seeds by what they are read as; pictures of text apart, since reading one takes seconds."""
    groups: dict[str, list[Seed]] = defaultdict(list)
    for seed in seeds:
        groups[f"{seed.format} picture" if seed.is_picture else seed.format].append(seed)
    return dict(sorted(groups.items()))


def _seed(name: str, data: bytes) -> Seed:
    return Seed(name, data, detect_format(Path(name), data), _is_picture(name))


def _is_picture(name: str) -> bool:
    return name.endswith(tuple(SCANS))
