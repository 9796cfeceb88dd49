"""Robots: other programs post into rooms, in the forms that they speak already."""

from narae.apps.bots import public, tables
from narae.apps.bots.actions.asks import press
from narae.apps.bots.api import ROUTES
from narae.apps.bots.api.desk import noting
from narae.apps.bots.jobs.asking import asking
from narae.apps.bots.jobs.following import following
from narae.core.app import App, CardKind

bots = App(
    name="bots",
    needs=("rooms", "orgs", "people"),
    routes=ROUTES,
    events=(public.Told, public.DialogAsked),
    cards=(CardKind(type="robot", press=press),),
    works=(noting, following, asking),
    tables=(
        tables.robot.name, tables.call.name, tables.hook.name, tables.command.name, tables.request.name, tables.offer.name,
        tables.ask.name, tables.dialog.name,
    ),
    migrations="narae.apps.bots.migrations",
)  # fmt: skip
