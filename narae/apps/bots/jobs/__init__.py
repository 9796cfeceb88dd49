"""What robots do beside requests: hearing."""
