"""Tests of narae/core/db."""
