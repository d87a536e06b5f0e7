"""Mutated files read under limits: what `scripts/fuzz-readers` runs."""
