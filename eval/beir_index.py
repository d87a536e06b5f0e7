"""A BEIR corpus in the product's own index, kept between runs.

An index is kept under everything that it depends on: the documents, the model, the lexical fields, and the
code that makes what is stored. An old one can then never answer for a new program: figures can be believed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from langchain_core.embeddings import Embeddings

import index
from eval import beir_notices
from eval.beir import BeirBenchmark
from eval.beir_notices import notices_of
from eval.retrieval import IndexUsed, Search
from index.catalogue import FORMAT
from index.fingerprint import model_fingerprint
from index.lexical import FIELDS
from index.normalisation import STEPS
from index.settings import Settings
from index.store import open_index
from index.sync import Stage, Step, index_notices

#: Below the home of the product, so that one setting says where everything is written.
CACHE = "beir"

#: Written last: a folder without it was not finished.
_FINISHED = "finished.json"

#: Files of the index room that only read what is stored, or do not run here: they may change meanwhile.
_NOT_STORING = (
    "__init__.py",
    "alignment.py",
    "errors.py",
    "fusion.py",
    "learned_fusion.py",
    "reranker.py",
    "retriever.py",
    "search.py",
    "store.py",
    "training",
)

#: How often to say how far embedding is.
_STEPS = 10


@dataclass(frozen=True, slots=True)
class _Finished:
    """What is known of a kept index."""

    corpus_sha256: str
    model: str
    index_seconds: float
    lexical: str = ""


def open_beir_index(
    benchmark: BeirBenchmark,
    settings: Settings,
    *,
    talk: Callable[[str], None] = lambda _: None,
    rebuild: bool = False,
    embeddings: Embeddings | None = None,
) -> tuple[IndexUsed, Search]:
    """The index over the documents of `benchmark`, made now or kept from before, and its search.

    The arguments are those of `beir_index_home`.

    :raises IndexFault: if the index cannot be written or read.
    """
    used, home = beir_index_home(benchmark, settings, talk=talk, rebuild=rebuild, embeddings=embeddings)
    return used, open_index(replace(settings, home=home), embeddings=embeddings).retriever.search


def beir_index_home(
    benchmark: BeirBenchmark,
    settings: Settings,
    *,
    talk: Callable[[str], None] = lambda _: None,
    rebuild: bool = False,
    embeddings: Embeddings | None = None,
) -> tuple[IndexUsed, Path]:
    """The index over the documents of `benchmark`, made now or kept from before, and its home folder.

    It lies below `settings.home`. `talk` is told what takes long; `rebuild` makes it anew; `embeddings`,
    where given, stands for the model of `settings`.

    :raises IndexFault: if the index cannot be written or read.
    """
    model = model_fingerprint(settings.model)
    cache = settings.home / CACHE
    home = cache / cache_key(benchmark.corpus_sha256, model)
    inner = replace(settings, home=home)
    finished = None if rebuild else _read_finished(home)
    used = IndexUsed(model, finished.index_seconds if finished else 0.0, cached=finished is not None)
    if finished is None:
        seconds = _build(benchmark, inner, talk, embeddings)
        made = _Finished(benchmark.corpus_sha256, model, seconds, _lexical())
        (home / _FINISHED).write_text(json.dumps(asdict(made)), encoding="utf-8")
        _drop_superseded(cache, keep=home, made=made)
        used = replace(used, seconds=made.index_seconds)
    return used, home


def cache_key(corpus_sha256: str, model: str) -> str:
    """The name of the folder for an index of this corpus, made by this model and program as it is set."""
    digest = hashlib.sha256(f"{corpus_sha256}\0{model}\0{FORMAT}\0{_lexical()}".encode())
    for path in sorted(Path(index.__file__).parent.glob("*.*")):
        if path.is_file() and not path.name.startswith(_NOT_STORING):
            digest.update(path.read_bytes())
    digest.update(Path(beir_notices.__file__).read_bytes())
    return digest.hexdigest()[:24]


def _lexical() -> str:
    """The lexical fields that are indexed now, and the steps that their text has gone through."""
    return f"{'+'.join(FIELDS)} {'+'.join(STEPS)}"


def _read_finished(home: Path) -> _Finished | None:
    try:
        return _Finished(**json.loads((home / _FINISHED).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _drop_superseded(cache: Path, *, keep: Path, made: _Finished) -> None:
    """Remove the indexes of the same corpus, model and fields that other states of the program made: 100 MB
    each."""
    for home in cache.iterdir():
        other = _read_finished(home)
        if home != keep and other and replace(other, index_seconds=made.index_seconds) == made:
            shutil.rmtree(home, ignore_errors=True)


def _build(
    benchmark: BeirBenchmark, settings: Settings, talk: Callable[[str], None], embeddings: Embeddings | None
) -> float:
    """Make the index and return the seconds it took; one that was not finished is overwritten."""
    talk(f"正在为 {len(benchmark.documents)} 篇文档建索引，存在 {settings.home} ……")
    started = time.perf_counter()
    index_notices(
        notices_of(benchmark.documents),
        settings,
        source=settings.home,
        embeddings=embeddings,
        progress=_tenths(talk),
    )
    return time.perf_counter() - started


def _tenths(talk: Callable[[str], None]) -> Callable[[Step], None]:
    """A listener that speaks at every tenth of the way."""
    spoken = 0

    def tell(step: Step) -> None:
        nonlocal spoken
        if step.stage is Stage.EMBED and step.done * _STEPS // step.total > spoken:
            spoken = step.done * _STEPS // step.total
            talk(f"已计算向量 {step.done}/{step.total}")

    return tell
