"""One generation of the derived indexes: a folder written once, beside the last one, and never changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from .catalogue import FORMAT, Catalogue
from .disk import flush_tree, link_tree
from .errors import DamagedIndex
from .lexical import LexicalEntry, LexicalIndex, update_lexical
from .passage import DIGEST_BYTES, passage_of
from .vectors import Floats, VectorIndex, unit

_MANIFEST = "manifest.json"
_LEXICAL = "lexical"
_ROWIDS = "rowids.npy"
_DIGESTS = "digests.npy"
_VECTORS = "vectors.npy"
_VECTOR_INDEX = "vectors.faiss"

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
            self.lexical = LexicalIndex(folder / _LEXICAL)
            self.vectors = VectorIndex.load(folder / _VECTOR_INDEX) if self.manifest.clauses else None
        except (OSError, ValueError, RuntimeError) as error:
            raise DamagedIndex(folder, "文件缺失或无法打开") from error
        held = len(self.vectors) if self.vectors else 0
        if not held == len(self.lexical) == self.manifest.clauses:
            raise DamagedIndex(
                folder, f"应有 {self.manifest.clauses} 条，实有 {len(self.lexical)} 和 {held} 条"
            )


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
class Build:
    """Making a generation from a catalogue.

    `previous` is the folder of a generation of the same model and format, or None: vectors of passages that
    it holds are carried over, and its lexical index is changed only by the clauses that came and went.
    `embedder` gives the model and is called only when a passage is new; `embedded` is told (done, total) of
    new passages.
    """

    catalogue: Catalogue
    model: str
    previous: Path | None
    embedder: Callable[[], Embedder]
    embedded: Callable[[int, int], None]

    def write(self, folder: Path) -> Manifest:
        """Write the indexes of the whole catalogue to the new `folder` and wait until they are on disk."""
        digests = self.catalogue.digests()
        folder.mkdir(parents=True)
        vectors = self._vectors(digests)
        deleted = self._write_lexical(folder / _LEXICAL, digests.keys())
        _write_vectors(folder, digests, vectors)
        manifest = Manifest(FORMAT, self.model, vectors.shape[1], len(digests), deleted)
        (folder / _MANIFEST).write_text(json.dumps(asdict(manifest), ensure_ascii=False), encoding="utf-8")
        flush_tree(folder)
        return manifest

    def _vectors(self, digests: Mapping[int, bytes]) -> Floats:
        """A unit vector for each clause, in the order of `digests`."""
        known = self._carried_over()
        fresh = {digest: rowid for rowid, digest in digests.items() if digest not in known}
        known |= self._embedded(fresh)
        if not digests:
            return np.zeros((0, 0), np.float32)
        return np.stack([known[digest] for digest in digests.values()])

    def _carried_over(self) -> dict[bytes, Floats]:
        if self.previous is None:
            return {}
        digests = np.load(self.previous / _DIGESTS)
        vectors = np.load(self.previous / _VECTORS, mmap_mode="r")
        return {digest.tobytes(): vector for digest, vector in zip(digests, vectors, strict=True)}

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
        held = self._held()
        gone = sorted(held.difference(rowids))
        deleted = len(gone) + (read_manifest(self.previous).deleted if self.previous else 0)
        if self.previous is None or deleted > _MAX_DELETED * len(rowids):
            held, gone, deleted = set(), [], 0
        else:
            link_tree(self.previous / _LEXICAL, folder)
        new = [rowid for rowid in rowids if rowid not in held]
        update_lexical(folder, add=(entry for batch in self._entries(new) for entry in batch), remove=gone)
        return deleted

    def _held(self) -> set[int]:
        return set(np.load(self.previous / _ROWIDS).tolist()) if self.previous else set()

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


def _write_vectors(folder: Path, digests: Mapping[int, bytes], vectors: Floats) -> None:
    """Write the vectors twice: as they are, to be carried over, and as the index that is searched.

    The index of a large corpus keeps them in 8 bits only; carried over from there they would wear off.
    """
    rowids = np.fromiter(digests, np.int64, len(digests))
    np.save(folder / _ROWIDS, rowids)
    np.save(folder / _DIGESTS, np.array(list(digests.values()), dtype=f"V{DIGEST_BYTES}"))
    np.save(folder / _VECTORS, vectors)
    if len(rowids):
        VectorIndex.build(rowids, vectors).save(folder / _VECTOR_INDEX)
