"""One generation of the derived indexes: a folder written once, beside the last one, and never changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from .catalogue import FORMAT, Catalogue
from .disk import flush_tree, link_files, save_array
from .errors import DamagedIndex
from .facets import Facets
from .lexical import LexicalEntry, LexicalIndex, update_lexical
from .passage import DIGEST_BYTES, passage_of
from .vectors import Floats, VectorIndex, unit

_MANIFEST = "manifest.json"
_LEXICAL = "lexical"
_DIGESTS = "digests.npy"
_VECTORS = "vectors"
_FACETS = "facets"

#: Deleted documents still count in BM25's statistics; above this share the lexical index is made anew.
_MAX_DELETED = 0.1

#: Clauses read and embedded at a time: enough to fill a model's batches, few enough for memory and progress.
_BATCH = 512


class Embedder(Protocol):
    """The one thing that building needs of an embedding model; LangChain's `Embeddings` has it."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text."""
        ...


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself; `deleted` counts the documents deleted in its lexical index."""

    format: int
    model: str
    dimension: int
    clauses: int
    deleted: int


class Generation:
    """A generation opened for searching; `vectors` is None when there are no clauses."""

    def __init__(self, folder: Path) -> None:
        """:raises DamagedIndex: if a part is missing or does not agree with the manifest."""
        self.manifest = read_manifest(folder)
        try:
            self.facets = Facets.load(folder / _FACETS)
            self.lexical = LexicalIndex(folder / _LEXICAL)
            self.vectors = VectorIndex.load(folder / _VECTORS) if self.manifest.clauses else None
        except (OSError, ValueError, RuntimeError) as error:
            raise DamagedIndex(folder, "文件缺失或无法打开") from error
        held = len(self.vectors) if self.vectors else 0
        counts = (len(self.lexical), held, len(self.facets))
        if set(counts) != {self.manifest.clauses}:
            raise DamagedIndex(
                folder, f"应有 {self.manifest.clauses} 条，实有 {'、'.join(map(str, counts))} 条"
            )

    def cosines(self, vector: Floats, rowids: Sequence[int]) -> dict[int, float]:
        """The inner products of `vector` with the vectors of these clauses, by row number."""
        return {} if self.vectors is None else self.vectors.products(vector, rowids)


def read_manifest(folder: Path) -> Manifest:
    """What the generation in `folder` says of itself.

    :raises DamagedIndex: if it says nothing that can be understood.
    """
    path = folder / _MANIFEST
    try:
        return Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise DamagedIndex(path, "缺失或无法读懂") from error


@dataclass(frozen=True, slots=True)
class Previous:
    """What the next generation can take over from a folder: see `Build`."""

    lexical: Path
    rowids: frozenset[int]
    vectors: Mapping[bytes, Floats]
    deleted: int

    @classmethod
    def load(cls, folder: Path) -> Previous:
        """All of a generation, or nothing of it.

        :raises DamagedIndex: if a part is missing or does not agree with the manifest.
        """
        generation = Generation(folder)
        index, vectors = generation.vectors, {}
        try:
            if index is not None:
                digests = np.load(folder / _VECTORS / _DIGESTS)
                vectors = {digest.tobytes(): v for digest, v in zip(digests, index.vectors, strict=True)}
        except (OSError, ValueError) as error:
            raise DamagedIndex(folder, "文件缺失或无法打开") from error
        rowids = frozenset(index.ids.tolist() if index else ())
        return cls(folder / _LEXICAL, rowids, vectors, generation.manifest.deleted)


@dataclass(frozen=True, slots=True)
class Build:
    """Making a generation from a catalogue.

    `previous` is a generation of the same model and format, or None: vectors of passages that it holds are
    carried over, and its lexical index is changed only by the clauses that came and went.
    `embedder` gives the model and is called only when a passage is new; `embedded` is told (done, total) of
    new passages.
    """

    catalogue: Catalogue
    model: str
    previous: Previous | None
    embedder: Callable[[], Embedder]
    embedded: Callable[[int, int], None]

    def write(self, folder: Path) -> Manifest:
        """Write the indexes of the whole catalogue to the new `folder` and wait until they are on disk."""
        digests = self.catalogue.digests()
        folder.mkdir(parents=True)
        dimension = self._write_vectors(folder / _VECTORS, digests)
        deleted = self._write_lexical(folder / _LEXICAL, digests.keys())
        Facets.of(self.catalogue.facets()).save(folder / _FACETS)
        manifest = Manifest(FORMAT, self.model, dimension, len(digests), deleted)
        (folder / _MANIFEST).write_text(json.dumps(asdict(manifest), ensure_ascii=False), encoding="utf-8")
        flush_tree(folder)
        return manifest

    def _write_vectors(self, folder: Path, digests: Mapping[int, bytes]) -> int:
        """Write the vector index with the digests of its passages, and return the dimension."""
        if not digests:
            return 0
        carried = self.previous.vectors if self.previous else {}
        fresh = {digest: rowid for rowid, digest in digests.items() if digest not in carried}
        known = {**carried, **self._embedded(fresh)}
        vectors = np.stack([known[digest] for digest in digests.values()])
        VectorIndex.build(np.fromiter(digests, np.int64, len(digests)), vectors).save(folder)
        save_array(folder / _DIGESTS, np.array(list(digests.values()), dtype=f"V{DIGEST_BYTES}"))
        return int(vectors.shape[1])

    def _embedded(self, fresh: Mapping[bytes, int]) -> dict[bytes, Floats]:
        """The vectors of the passages with these digests, each taken from the clause at its row number."""
        digests = {rowid: digest for digest, rowid in fresh.items()}
        vectors: dict[bytes, Floats] = {}
        for entries in self._entries(sorted(digests)):
            made = self.embedder().embed_documents([str(entry.passage) for entry in entries])
            for entry, vector in zip(entries, unit(np.asarray(made, np.float32)), strict=True):
                vectors[digests[entry.rowid]] = vector
            self.embedded(len(vectors), len(fresh))
        return vectors

    def _write_lexical(self, folder: Path, rowids: Collection[int]) -> int:
        """Write the lexical index and return the number of deleted documents that it still carries."""
        old = self.previous
        gone = sorted(old.rowids.difference(rowids)) if old else []
        if old is None or old.deleted + len(gone) > _MAX_DELETED * len(rowids):
            update_lexical(folder, add=self._stream(list(rowids)), remove=[])
            return 0
        link_files(old.lexical, folder)
        new = [rowid for rowid in rowids if rowid not in old.rowids]
        update_lexical(folder, add=self._stream(new), remove=gone)
        return old.deleted + len(gone)

    def _stream(self, rowids: Sequence[int]) -> Iterator[LexicalEntry]:
        return (entry for batch in self._entries(rowids) for entry in batch)

    def _entries(self, rowids: Sequence[int]) -> Iterator[list[LexicalEntry]]:
        """The clauses with these row numbers, ready to be indexed, a batch at a time."""
        for start in range(0, len(rowids), _BATCH):
            records = self.catalogue.by_rowids(rowids[start : start + _BATCH]).values()
            notices = self.catalogue.notices_by_id(record.notice_id for record in records)
            yield [
                LexicalEntry(
                    rowid=record.rowid,
                    notice=record.notice,
                    attachment=record.attachment,
                    passage=passage_of(record.clause, notices[record.notice_id].card),
                )
                for record in records
            ]
