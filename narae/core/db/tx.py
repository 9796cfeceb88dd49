"""One transaction as an action sees it: a connection, the time, and the events to publish once it is durable."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from sqlalchemy import Connection, Row
from sqlalchemy.sql.expression import Executable

P = ParamSpec("P")
T = TypeVar("T")


class Event(NamedTuple):
    """What happened, for whoever follows `topic` ("room:…", "person:…", "org:…").

    `rev` is the topic's number of changes where it has one. `follow` and `unfollow` name another topic that the
    followers of this one follow from now on, or no longer.
    """

    topic: str
    body: Any
    rev: int = 0
    follow: str = ""
    unfollow: str = ""


class Tx:
    """A write transaction. Everything run through it commits or vanishes together."""

    __slots__ = ("conn", "events", "is_postgres", "now")

    def __init__(self, conn: Connection, now: int) -> None:
        self.conn = conn
        self.now = now
        self.events: list[Event] = []
        self.is_postgres = conn.dialect.name == "postgresql"

    def publish(self, topic: str, body: Any, *, rev: int = 0, follow: str = "", unfollow: str = "") -> None:
        """Hand `body` to the followers of `topic` after the commit, and only then."""
        self.events.append(Event(topic, body, rev, follow, unfollow))

    def run(self, statement: Executable, rows: Sequence[Mapping[str, Any]] | None = None) -> int:
        """Run a change; the number of rows it touched."""
        result = self.conn.execute(statement, rows) if rows is not None else self.conn.execute(statement)
        return result.rowcount

    def first(self, statement: Executable) -> Row[Any] | None:
        """The first row, or None."""
        return self.conn.execute(statement).first()

    def all(self, statement: Executable) -> Sequence[Row[Any]]:
        """Every row."""
        return self.conn.execute(statement).all()

    def value(self, statement: Executable) -> Any:
        """The first column of the first row, or None."""
        return self.conn.execute(statement).scalar()


Action = Callable[Concatenate[Tx, P], T]
