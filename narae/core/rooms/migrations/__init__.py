"""The history of the rooms tables."""
