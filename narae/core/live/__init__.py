"""The live path: a WebSocket gateway that hands every commit's events to whoever follows their topic."""
