"""Tests of the words of others."""
