"""Benchmarks: each prints a ratio against a reference measured in the same run, or a figure with its target."""
