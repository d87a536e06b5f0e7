"""Cutting Chinese text into words: jieba, with a dictionary that need not be read whole for one question."""

from __future__ import annotations

import functools
import hashlib
import logging
import os
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

#: Looking a fragment up in the file costs microseconds, reading the dictionary whole half a second or more. A
#: question looks up some hundred fragments, a notice tens of thousands.
_PATIENCE = 20_000


@functools.cache
def segmenter() -> Any:
    """A jieba `Tokenizer` (`cut`, `cut_for_search`), the same one at each call, made at the first.

    Its own object, so that words other code adds to jieba's global one change nothing here. What is kept
    between runs lies in the user's own cache folder: jieba itself would read a file of a known name, by
    `marshal`, from the temporary folder that everybody can write to.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba  # noqa: PLC0415 - only needed once there is text to cut
    jieba.setLogLevel(logging.CRITICAL)
    made = jieba.Tokenizer()
    made.tmp_dir = os.devnull  # no file of jieba's own
    stem = f"jieba-{jieba.__version__}"
    words = _WordFile.opened(_cache_folder(), stem, made)
    if words is None:
        made.initialize()
    else:
        made.FREQ, made.total, made.initialized = words, words.total, True
    return made


class _WordFile(Mapping[str, int]):
    """jieba's table of words and their beginnings with frequencies (0 for what only begins a word), on disk.

    Words are known by 64 bits of their hash, in order, so that the file is small and searched by halving.
    After `_PATIENCE` questions the segmenter gets the whole table in memory instead.
    """

    def __init__(self, keys: npt.NDArray[np.uint64], frequencies: npt.NDArray[np.int64], owner: Any) -> None:
        self._keys = keys
        self._frequencies = frequencies[:-1]
        self.total = int(frequencies[-1])
        self._owner = owner
        self._asked = 0

    @classmethod
    def opened(cls, folder: Path, stem: str, owner: Any) -> _WordFile | None:
        """The files in `folder`, made if they are missing; None if they cannot be made there."""
        paths = [folder / f"{stem}-{part}.npy" for part in ("words", "frequencies")]
        try:
            if not all(path.is_file() for path in paths):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                for path, array in zip(paths, _table(owner), strict=True):
                    _write(path, array)
            keys, frequencies = (np.load(path, mmap_mode="r", allow_pickle=False) for path in paths)
        except (OSError, ValueError):
            return None
        return cls(keys, frequencies, owner) if len(keys) + 1 == len(frequencies) else None

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self._place(word) is not None

    def __getitem__(self, word: str) -> int:
        place = self._place(word)
        if place is None:
            raise KeyError(word)
        return int(self._frequencies[place])

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[str]:
        raise TypeError("the words themselves are not kept")

    def _place(self, word: str) -> int | None:
        self._asked += 1
        if self._asked == _PATIENCE:
            self._owner.FREQ, _ = self._owner.gen_pfdict(self._owner.get_dict_file())
        key = _key(word)
        place = int(self._keys.searchsorted(key))
        return place if place < len(self._keys) and self._keys[place] == key else None


def _table(owner: Any) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """The keys of jieba's words in order; their frequencies, and the total last."""
    frequencies, total = owner.gen_pfdict(owner.get_dict_file())
    keys = np.fromiter((_key(word) for word in frequencies), np.uint64, len(frequencies))
    order = np.argsort(keys)
    values = np.fromiter(frequencies.values(), np.int64, len(frequencies))
    return keys[order], np.append(values[order], total)


def _key(word: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little"))


def _write(path: Path, array: npt.NDArray[Any]) -> None:
    """Write beside and rename: another process sees the whole file or none."""
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
        np.save(file, array)
    os.replace(file.name, path)


def _cache_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")) / "tiaowen"
