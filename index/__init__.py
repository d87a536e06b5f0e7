"""Clauses → catalogue, lexical index and vectors → hits. Imports `ingest`, never `assistant` or `eval`."""
