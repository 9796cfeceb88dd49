"""Tests of narae/core/kit."""
