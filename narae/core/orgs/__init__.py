"""Organisations: their members, departments, roles and invitations."""

from narae.core.app import App
from narae.core.orgs import public, tables
from narae.core.orgs.api import ROUTES

orgs = App(
    name="orgs",
    needs=("people", "audit"),
    routes=ROUTES,
    events=(public.PersonChanged, public.DepartmentsChanged, public.OrgChanged, public.MeChanged),
    tables=tuple(t.name for t in (tables.org, tables.member, tables.department, tables.department_member, tables.invite)),
    migrations="narae.core.orgs.migrations",
)
