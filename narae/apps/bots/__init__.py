"""Robots: other programs post into rooms, in the forms that they speak already."""

from narae.apps.bots import tables
from narae.apps.bots.api import ROUTES
from narae.apps.bots.api.desk import noting
from narae.core.app import App

bots = App(
    name="bots",
    needs=("rooms", "orgs", "people"),
    routes=ROUTES,
    works=(noting,),
    tables=(tables.robot.name, tables.call.name),
    migrations="narae.apps.bots.migrations",
)
