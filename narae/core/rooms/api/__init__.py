"""Endpoints and live commands of rooms."""

from narae.core.rooms.api import door, live, log, rooms

ROUTES = (*door.ROUTES, *rooms.ROUTES, *log.ROUTES)
LIVE = live.COMMANDS
