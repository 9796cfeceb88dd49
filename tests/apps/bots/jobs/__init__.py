"""Tests of how robots hear."""
