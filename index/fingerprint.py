"""Telling embedding models apart without loading them."""

from __future__ import annotations

import hashlib
from pathlib import Path

#: Files that decide the vectors; a README does not.
_DECISIVE = frozenset({".json", ".safetensors", ".bin", ".txt", ".model", ".onnx", ".py"})

#: Files that decide the order of clauses, not their vectors: learned anew, they need no new index.
_FUSION = frozenset({"fusion.json", "rarity.safetensors"})

#: Of a larger file only the head and the tail are hashed: other weights differ there too, and a model of
#: several gigabytes must not be read through at every start.
_WHOLE = 1 << 20


def model_fingerprint(model: str) -> str:
    """What the index remembers of its embedding model: its name and, for a folder, a digest of its files.

    `model` is as `ModelName` reads it. Two folders with the same files have the same digest wherever they
    lie; a name stands for itself, and so does what stands after a `?`.
    """
    name, mark, options = model.partition("?")
    folder = Path(name).expanduser()
    if not name or not folder.is_dir():
        return model
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if _is_decisive(path)):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(_sample(path))
    return f"{folder.name}@{digest.hexdigest()[:12]}{mark}{options}"


def _is_decisive(path: Path) -> bool:
    return path.suffix in _DECISIVE and path.name not in _FUSION and path.is_file()


def _sample(path: Path) -> bytes:
    with path.open("rb") as file:
        head = file.read(_WHOLE)
        file.seek(max(len(head), path.stat().st_size - _WHOLE))
        return head + file.read(_WHOLE)
