"""Looking after an installation: back-ups, restores, and finding what is wrong with it."""
