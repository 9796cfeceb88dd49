"""Tests of narae/core/http."""
