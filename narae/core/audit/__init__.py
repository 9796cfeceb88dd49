"""Who did what, when and from where: a line for every change, written in the change's own transaction."""

from narae.core.app import App
from narae.core.audit.actions import record
from narae.core.audit.tables import line

__all__ = ["audit", "record"]

audit = App(name="audit", tables=(line.name,), migrations="narae.core.audit.migrations")
