"""Benchmarks: each asserts its answer, runs a baseline in the same run, prints ratios and percentiles."""
