"""Opens SQLite (WAL, fully synchronous) or PostgreSQL so that both behave alike under the lane."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from narae.core.kit.errors import Misconfigured
from narae.core.kit.limits import READ_THREADS, WAL_PAGES

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 10000",
    f"PRAGMA wal_autocheckpoint = {WAL_PAGES}",
    "PRAGMA cache_size = -65536",
    "PRAGMA mmap_size = 268435456",
    "PRAGMA temp_store = MEMORY",
)


def open_engine(url: str) -> Engine:
    """An engine for `url` (sqlite:///path or postgresql://…); a wrong address is Misconfigured."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise Misconfigured(f"NARAE_DATABASE is not an address of a database: {url!r}.") from error
    if parsed.drivername == "sqlite":
        return _open_sqlite(url, Path(parsed.database or ""))
    if parsed.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_size=READ_THREADS + 2,
            pool_pre_ping=True,
            connect_args={"prepare_threshold": 2},
        )
    raise Misconfigured("NARAE_DATABASE takes sqlite:///path or postgresql://user:password@host/name.")


def _open_sqlite(url: str, path: Path) -> Engine:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(f"The data folder {path.parent} can't be made: {error.strerror}.") from error
    engine = create_engine(url, pool_size=READ_THREADS + 2, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def is_database_down(dialect: Dialect, error: Exception) -> bool:
    """Whether the database itself failed (disk full, deadlock, connection lost), not the statement. PEP 249 names them."""
    driver, cause = dialect.dbapi, error.orig if isinstance(error, DBAPIError) else error
    assert driver is not None
    return isinstance(cause, (driver.OperationalError, driver.InterfaceError, driver.InternalError))
