"""What robots do beside requests: they follow rooms, and call other servers."""
