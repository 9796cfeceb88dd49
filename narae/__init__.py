"""Narae: an open, self-hosted platform where an organisation works, talks and looks after its people."""

__version__ = "0.1.0"
