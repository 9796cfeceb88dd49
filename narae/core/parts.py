"""The kernel's parts, each the same kind of value as an app."""

from narae.core.app import App
from narae.core.audit import audit
from narae.core.files import files
from narae.core.orgs import orgs
from narae.core.people import people
from narae.core.rooms import rooms
from narae.core.search import search

PARTS: tuple[App, ...] = (audit, people, orgs, rooms, files, search)
