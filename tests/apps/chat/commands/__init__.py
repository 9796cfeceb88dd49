"""The messenger's own commands."""
