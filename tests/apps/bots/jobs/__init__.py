"""Tests of what robots do beside requests."""
