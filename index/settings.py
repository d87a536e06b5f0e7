"""Settings, read once from the environment at the edge of the program and passed in everywhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

#: The model shipped with the project; any sentence-transformers name or folder can replace it.
EMBEDDED_MODEL = Path(__file__).parent / "model"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the index lives (`TIAOWEN_HOME`), and which model makes its vectors (`TIAOWEN_MODEL`)."""

    home: Path
    model: str = str(EMBEDDED_MODEL)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Settings from `TIAOWEN_HOME` (default `.tiaowen` here) and `TIAOWEN_MODEL`."""
        home = Path(environ.get("TIAOWEN_HOME") or ".tiaowen").expanduser()
        return cls(home=home, model=environ.get("TIAOWEN_MODEL") or str(EMBEDDED_MODEL))
