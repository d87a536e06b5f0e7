"""Question → evidence → answer → page. Imports `index` and `ingest`, never `eval`."""
