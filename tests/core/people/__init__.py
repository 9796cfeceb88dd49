"""Tests of narae/core/people."""
