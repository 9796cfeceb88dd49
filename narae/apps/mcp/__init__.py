"""Assistants: programs that speak the Model Context Protocol read and write with the rights of the person whose token they hold."""

from narae.apps.mcp.api import ROUTES
from narae.core.app import App

mcp = App(name="mcp", needs=("rooms", "orgs", "people", "search"), routes=ROUTES)
