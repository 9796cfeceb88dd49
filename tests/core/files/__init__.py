"""Tests of narae/core/files."""
