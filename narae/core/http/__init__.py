"""HTTP: typed endpoints, errors as JSON, security headers, health, metrics, the client's files."""
