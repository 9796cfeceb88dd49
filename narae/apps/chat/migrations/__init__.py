"""The history of the chat tables."""
