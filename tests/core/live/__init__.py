"""Tests of narae/core/live."""
