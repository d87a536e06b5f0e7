"""Training pairs of the embedded model: where they come from, how often each counts, and what is held out."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """One file of pairs, `NAME.jsonl.gz`; each pair is seen `repeats` times in an epoch.

    `is_question`: the anchors are questions or headings as people write them, for the second stage.
    """

    name: str
    repeats: int
    licence: str
    is_question: bool = False


#: The project's lexicon of what people say and what notices write, as a source of pairs.
TERMS = "lay_terms"
LEXICON = Path(__file__).parent / "lay_terms.tsv"

#: Questions of lay people are nearest to the real job and few, so they are repeated.
SOURCES = (
    Source("lay_regulations", 4, "written for this project; statutes carry no copyright", is_question=True),
    Source("lay_notices", 4, "written for this project; public notices", is_question=True),
    Source("lay_reports", 4, "written for this project; government reports", is_question=True),
    Source(
        "lay_more",
        4,
        "written for this project; public notices, statutes, government reports",
        is_question=True,
    ),
    Source("stard_train", 4, "STARD, MIT", is_question=True),
    Source("lecoqa_train", 2, "LeCoQA, MIT", is_question=True),
    Source(TERMS, 2, "written for this project from general knowledge"),
    Source("notice_heading_body", 1, "public notices, by rule", is_question=True),
    Source("law_chapter_article", 1, "statutes, by rule"),
    Source("law_versions", 1, "statutes, by rule"),
    Source("law_local_parallel", 1, "statutes, by rule"),
    Source("ict_law_notice", 1, "statutes and notices, by rule"),
    Source("crud_qa", 1, "CRUD_RAG, Apache-2.0", is_question=True),
    Source("news_lead_body", 1, "CRUD_RAG, Apache-2.0"),
    Source("cmrc2018", 1, "CMRC 2018, CC BY-SA 4.0"),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A question (or what stands for one) and a passage that answers it."""

    anchor: str
    positive: str
    source: str


@dataclass(frozen=True, slots=True)
class InputFile:
    """One line of the data manifest."""

    name: str
    sha256: str
    pairs: int
    repeats: int
    licence: str


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Pairs to train on, lay pairs held out by clause, and the manifest of the files read."""

    pairs: tuple[Pair, ...]
    held_out: tuple[Pair, ...]
    manifest: tuple[InputFile, ...]


def read_training_data(
    folder: Path,
    *,
    held_out_percent: int,
    longest: int,
    lexicon: Path | None = None,
    sources: Iterable[Source] = SOURCES,
) -> TrainingData:
    """The pairs of all sources that are there, in the order of `sources`; texts are cut to `longest`.

    `lexicon` is a table whose rows become pairs too: a lay word, and its official words together.

    :raises FileNotFoundError: If none of the sources lies there.
    """
    pairs: list[Pair] = []
    held_out: list[Pair] = []
    manifest: list[InputFile] = []
    for source in sources:
        path = lexicon if source.name == TERMS else folder / f"{source.name}.jsonl.gz"
        if path is None or not path.is_file():
            continue
        found = _read_terms(path) if source.name == TERMS else _read_pairs(path, source.name, longest)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        manifest.append(InputFile(path.name, digest, len(found), source.repeats, source.licence))
        for pair in found:
            (held_out if _is_held_out(pair, held_out_percent) else pairs).append(pair)
    if not manifest:
        raise FileNotFoundError(f"no training pairs (NAME.jsonl.gz) in {folder}")
    return TrainingData(tuple(pairs), tuple(held_out), tuple(manifest))


def is_lay(pair: Pair) -> bool:
    """Whether the pair is a question that was written about a passage (not a term of the lexicon)."""
    return pair.source.startswith("lay_") and pair.source != TERMS


def _read_pairs(path: Path, source: str, longest: int) -> list[Pair]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Pair(row["anchor"][:longest], row["positive"][:longest], source) for row in rows]


def _read_terms(path: Path) -> list[Pair]:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [Pair(row[0], row[1].replace("|", " "), TERMS) for row in rows]


def _is_held_out(pair: Pair, percent: int) -> bool:
    """Lay pairs are held out by their passage, so that no other question about it is trained on."""
    if not is_lay(pair):
        return False
    return int(hashlib.sha256(pair.positive.encode("utf-8")).hexdigest()[:8], 16) % 100 < percent
