"""Tests of the part of the kernel of the same name."""
