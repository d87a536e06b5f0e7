"""File → notice → clauses. This room knows nothing of indexes, questions or pages."""
