"""Measures the product through its own front door: retrieval benchmarks and answer scoring."""
