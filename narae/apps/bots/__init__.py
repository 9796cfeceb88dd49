"""Robots: other programs post into rooms and are told what is said to them, in the forms that they speak already."""

from narae.apps.bots import tables
from narae.apps.bots.api import ROUTES, SOCKETS
from narae.apps.bots.api.desk import noting
from narae.apps.bots.jobs.hearing import hearing
from narae.core.app import App

bots = App(
    name="bots",
    needs=("rooms", "orgs", "people", "files"),
    routes=ROUTES,
    sockets=SOCKETS,
    works=(noting, hearing),
    tables=tuple(t.name for t in (tables.robot, tables.call, tables.place, tables.said, tables.media)),
    migrations="narae.apps.bots.migrations",
)
