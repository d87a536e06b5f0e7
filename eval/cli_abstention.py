"""The arguments of `python -m eval.abstention`: benchmarks with their notices and further questions."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

#: A benchmark, the folder of its notices, and further files of questions over the same notices.
Bench = tuple[Path, Path, tuple[Path, ...]]

_SAMPLES = Path(__file__).parent / "samples"


def folders(arguments: Sequence[str] | None) -> tuple[list[Bench], bool]:
    """The benchmarks named, the project's own samples first, and whether the numbers are to be written."""
    parser = argparse.ArgumentParser(prog="python -m eval.abstention", description=__doc__)
    parser.add_argument(
        "--bench", type=Path, action="append", default=[], help="one more benchmark with notices/ inside"
    )
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="the notices of the samples")
    parser.add_argument(
        "--write", action="store_true", help="write assistant/support.json and docs/abstention.*"
    )
    options = parser.parse_args(arguments)
    benches: list[Bench] = [(_SAMPLES, options.corpus, (_SAMPLES / "unanswerable.jsonl",))]
    benches += [(bench, bench / "notices", ()) for bench in options.bench]
    return benches, options.write
