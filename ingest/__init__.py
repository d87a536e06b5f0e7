"""File → notice → clauses. This room knows nothing of indexes, questions or pages."""

from ingest.reading import document_names, read_notice

__all__ = ["document_names", "read_notice"]
