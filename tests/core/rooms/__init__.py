"""Tests of narae/core/rooms."""
