"""Tests of what robots are spoken to by."""
