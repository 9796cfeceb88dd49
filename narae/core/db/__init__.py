"""The database: reads on a few threads, writes through one lane with group commit, on SQLite or PostgreSQL."""

from narae.core.db.database import Database
from narae.core.db.tx import Action, Event, Tx

__all__ = ["Action", "Database", "Event", "Tx"]
