"""Tests of narae/core/orgs."""
