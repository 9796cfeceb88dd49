"""Accounts: who somebody is, how they sign in, and what their devices may do."""

from narae.core.app import App
from narae.core.people import tables
from narae.core.people.api import ROUTES
from narae.core.people.expiry import expiring

people = App(
    name="people",
    needs=("audit",),
    routes=ROUTES,
    works=(expiring,),
    tables=tuple(t.name for t in (tables.person, tables.session, tables.token, tables.link, tables.device)),
    migrations="narae.core.people.migrations",
)
