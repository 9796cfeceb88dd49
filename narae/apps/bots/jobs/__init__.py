"""What robots do beside requests: they hear, follow rooms, and call other servers."""
