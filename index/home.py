"""Where the parts of an index lie below its home folder."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

_GENERATION = re.compile(r"\d{6,}")


@dataclass(frozen=True, slots=True)
class Home:
    """The index home: the catalogue, the lock of a running sync, and a folder for each generation."""

    folder: Path

    @property
    def catalogue(self) -> Path:
        """The SQLite file."""
        return self.folder / "catalogue.db"

    @property
    def lock(self) -> Path:
        """The file that a running sync holds locked."""
        return self.folder / "sync.lock"

    @property
    def generations(self) -> Path:
        """The folder of the generations."""
        return self.folder / "generations"

    def generation(self, number: int) -> Path:
        """The folder of one generation."""
        return self.generations / f"{number:06d}"

    def numbers(self) -> list[int]:
        """The numbers of the generations that have a folder, finished or not, in order."""
        if not self.generations.is_dir():
            return []
        return sorted(
            int(path.name) for path in self.generations.iterdir() if _GENERATION.fullmatch(path.name)
        )

    def clear(self, keep: set[int]) -> None:
        """Remove the folders of all other generations; what cannot be removed now is left for next time."""
        for number in self.numbers():
            if number not in keep:
                shutil.rmtree(self.generation(number), ignore_errors=True)

    def size(self) -> int:
        """Bytes on disk, each file counted once however many generations share it."""
        files = (path.stat() for path in self.folder.rglob("*") if path.is_file())
        return sum({(status.st_dev, status.st_ino): status.st_size for status in files}.values())
