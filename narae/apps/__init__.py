"""The apps that come with Narae, and those that are installed beside it (entry-point group `narae.apps`)."""

from importlib.metadata import entry_points

from narae.apps.bots import bots
from narae.apps.chat import chat
from narae.apps.mcp import mcp
from narae.core.app import App

BUILT_IN: tuple[App, ...] = (chat, bots, mcp)


def installed() -> tuple[App, ...]:
    """Every app: the built-in ones, then third parties' by name."""
    others = sorted(entry_points(group="narae.apps"), key=lambda point: point.name)
    return (*BUILT_IN, *(point.load() for point in others))
