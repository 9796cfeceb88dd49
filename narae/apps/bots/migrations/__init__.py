"""The tables of bots."""
