"""The history of the db tables."""
