"""What changes robots, and what robots do."""
