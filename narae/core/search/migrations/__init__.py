"""The history of the search tables."""
