"""The results that lie in a folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from eval.errors import EvalError
from eval.results import FOLDER, RunResult, read_result

#: Names the folder of results where it is not `results` here.
VARIABLE: Final = "TIAOWEN_RESULTS"
#: Results that are kept in memory; one of a large benchmark takes tens of megabytes.
_KEPT: Final = 4


def folder_from_environment(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder that `TIAOWEN_RESULTS` names, else `results` here."""
    return Path(environ.get(VARIABLE) or FOLDER).expanduser()


@dataclass
class ResultFiles:
    """The result files of `folder`, read when they are looked at."""

    folder: Path
    _read: dict[tuple[str, int], RunResult] = field(default_factory=dict)

    def names(self) -> list[str]:
        """The names of the files, the newest first; none where there is no folder."""
        found = [path for path in self.folder.glob("*.json") if path.is_file()]
        return [path.name for path in sorted(found, key=lambda path: (-path.stat().st_mtime_ns, path.name))]

    def result(self, name: str) -> RunResult:
        """The result in the file of that name. Raises EvalError when there is none."""
        if name not in self.names():
            raise EvalError(f"{self.folder} 里没有 {name}，请重新选择。")
        path = self.folder / name
        key = (name, path.stat().st_mtime_ns)
        if key not in self._read:
            while len(self._read) >= _KEPT:
                self._read.pop(next(iter(self._read)), None)
            self._read[key] = read_result(path)
        return self._read[key]
