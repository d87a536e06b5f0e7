"""Real tables (HTML, Markdown) → rows with their cells by column name."""

from __future__ import annotations

from ingest.document import Table
from ingest.outline import Node


def grid_nodes(table: Table, path: tuple[str, ...]) -> list[Node]:
    return []
