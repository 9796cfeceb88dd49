"""Tests of what other systems post by themselves."""
