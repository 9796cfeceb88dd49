"""The kernel: everything that every app stands on, and nothing that knows an app."""
