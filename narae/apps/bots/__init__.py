"""Robots: other programs post into rooms and are told what is said to them, in the forms that they speak already."""

from narae.apps.bots import public, tables
from narae.apps.bots.actions.asks import press
from narae.apps.bots.api import ROUTES, SOCKETS
from narae.apps.bots.api.desk import noting
from narae.apps.bots.jobs.asking import asking
from narae.apps.bots.jobs.following import following
from narae.apps.bots.jobs.hearing import hearing
from narae.core.app import App, CardKind

bots = App(
    name="bots",
    needs=("rooms", "orgs", "people", "files"),
    routes=ROUTES,
    events=(public.Told, public.DialogAsked),
    cards=(CardKind(type="robot", press=press),),
    sockets=SOCKETS,
    works=(noting, following, asking, hearing),
    tables=(
        tables.robot.name, tables.call.name, tables.hook.name, tables.command.name, tables.request.name, tables.offer.name,
        tables.ask.name, tables.dialog.name, tables.place.name, tables.said.name, tables.media.name,
        tables.card.name, tables.route.name,
    ),
    migrations="narae.apps.bots.migrations",
)  # fmt: skip
