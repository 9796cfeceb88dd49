"""Endpoints of organisations: the door (sign-in, first run), the person's own page, departments, the audit trail."""

from narae.core.orgs.api import door, org

ROUTES = (*door.ROUTES, *org.ROUTES)
