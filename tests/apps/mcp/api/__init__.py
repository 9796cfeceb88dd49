"""Tests of what assistants are told."""
