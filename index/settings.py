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
    """Where the index lives (`TIAOWEN_HOME`), which model makes its vectors (`TIAOWEN_MODEL`, see
    `index.model_name`), and which cross-encoder has the last word on the order (`TIAOWEN_RERANKER`)."""

    home: Path
    model: str = str(EMBEDDED_MODEL)
    reranker: str = ""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Settings from `TIAOWEN_HOME` (default `.tiaowen` here), `TIAOWEN_MODEL` (default the embedded one)
        and `TIAOWEN_RERANKER` (default none)."""
        home = Path(environ.get("TIAOWEN_HOME") or ".tiaowen").expanduser()
        return cls(
            home=home,
            model=environ.get("TIAOWEN_MODEL") or str(EMBEDDED_MODEL),
            reranker=environ.get("TIAOWEN_RERANKER") or "",
        )
