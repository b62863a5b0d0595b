"""Benchmarks: `python -m bench` prints a table of ratios against a floor measured in the same run."""
