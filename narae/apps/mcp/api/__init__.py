"""The endpoint that assistants speak to."""

from narae.apps.mcp.api.endpoint import ROUTES

__all__ = ["ROUTES"]
