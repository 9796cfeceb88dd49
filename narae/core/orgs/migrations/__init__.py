"""The history of the orgs tables."""
