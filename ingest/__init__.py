"""File → notice → clauses. This room knows nothing of indexes, questions or pages."""

from ingest.reading import read_notice

__all__ = ["read_notice"]
