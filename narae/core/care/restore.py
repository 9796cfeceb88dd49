"""Puts a back-up into an empty database, of either kind, and its files into the store.

The file is read through first. Then the files are stored, which does no harm while nothing names them, and then all rows
are written in one transaction: tables as they were when the back-up was made, the rows, and the migrations since. SQLite's
is written beside its place and put there at the end. So whatever is killed when, there is no half restore.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import msgspec
from sqlalchemy import Connection, Engine, Table, insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from narae.core.care.archive import Header, Tell, check, header_of, pieces, reading
from narae.core.care.backup import stored_tables
from narae.core.db.engine import open_engine
from narae.core.db.migrate import is_empty, upgrade
from narae.core.files.store import PART_BYTES, Blobs
from narae.core.kit.errors import Conflict, Unavailable

Rows = Sequence[Sequence[Any]]


def restore(url: str, blobs: Blobs, path: Path, *, packages: Sequence[str], tell: Tell) -> tuple[int, int]:
    """Bring the back-up at `path` into the empty database at `url`; how many rows and files there were."""
    header = header_of(path)
    _require_empty(url)
    check(path, tell)
    with reading(path), _fresh(url) as engine:
        files = _store_files(blobs, path, tell)
        with _writing(engine) as conn:
            rows = _write_tables(conn, header, path, packages, tell)
    return rows, files


@contextlib.contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    """One transaction, and in words what went wrong with it. (Raw statements raise the driver's own errors.)"""
    driver: Any = engine.dialect.dbapi
    try:
        with engine.connect().execution_options(writes=True) as conn, conn.begin():
            yield conn
    except (DBAPIError, driver.Error) as error:
        message = f"The database could not be written, and is as empty as it was: {getattr(error, 'orig', error)}"
        raise Unavailable(message, code="storage") from error


def _require_empty(url: str) -> None:
    engine = open_engine(url)
    try:
        if not is_empty(engine):
            message = "This database is not empty, and a restore never overwrites one. Name an empty one in NARAE_DATABASE or NARAE_DATA."
            raise Conflict(message, code="not_empty")
    finally:
        engine.dispose()


@contextlib.contextmanager
def _fresh(url: str) -> Iterator[Engine]:
    """An engine to write everything by. A SQLite file gets its place when all went well."""
    made = make_url(url)
    if made.drivername != "sqlite":
        engine = open_engine(url)
        try:
            yield engine
        finally:
            engine.dispose()
        return
    place = Path(made.database or "")
    beside = place.with_name(f"{place.name}.restoring")
    _forget(beside)
    engine = open_engine(f"sqlite:///{beside}")
    try:
        yield engine
        engine.dispose()
        _require_empty(url)
        _put(beside, place)
    finally:
        engine.dispose()
        _forget(beside)


def _forget(database: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)


def _put(made: Path, place: Path) -> None:
    """Put a whole and closed database into its place, durably."""
    for ending in ("-wal", "-shm"):
        place.with_name(place.name + ending).unlink(missing_ok=True)
    made.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _store_files(blobs: Blobs, path: Path, tell: Tell) -> int:
    total, done = sum(1 for name, _, _ in pieces(path) if name.startswith("files/")), 0
    for name, _, data in pieces(path):
        if name.startswith("files/"):
            blobs.write(name.removeprefix("files/"), _parts(data))
            done += 1
            tell("files", done, total)
    return done


def _parts(data: IO[bytes]) -> Iterator[bytes]:
    while part := data.read(PART_BYTES):
        yield part


def _write_tables(conn: Connection, header: Header, path: Path, packages: Sequence[str], tell: Tell) -> int:
    upgrade(conn, packages, to=header.revisions)
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    tables, done = {table.name: table for table in stored_tables(conn)}, 0
    for name, parts in itertools.groupby(_row_pieces(path), key=lambda piece: piece[0]):
        for count in _fill(conn, tables[name], header.tables[name], (rows for _, rows in parts)):
            done += count
            tell("rows", done, header.rows)
    for table in tables.values():
        _count_on(conn, table)
    upgrade(conn, packages)
    return done


def _row_pieces(path: Path) -> Iterator[tuple[str, Rows]]:
    """(table, rows) of every piece with rows."""
    for name, _, data in pieces(path):
        if name.startswith("files/"):
            return
        if name.startswith("tables/"):
            yield name.split("/")[1], msgspec.msgpack.decode(zlib.decompress(data.read()))


def _fill(conn: Connection, table: Table, columns: list[str], parts: Iterable[Rows]) -> Iterator[int]:
    """Write all rows of a table. On PostgreSQL in one statement: rows may refer to later rows of their own table."""
    if conn.dialect.name == "sqlite":
        for rows in parts:
            conn.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])
            yield len(rows)
        return
    quote = conn.dialect.identifier_preparer.quote
    names = ", ".join(quote(column) for column in columns)
    raw: Any = conn.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(f"COPY {quote(table.name)} ({names}) FROM STDIN") as copy:
        for rows in parts:
            for row in rows:
                copy.write_row(row)
            yield len(rows)


def _count_on(conn: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after those that there are."""
    (column, *_) = table.primary_key.columns or (None,)
    if conn.dialect.name == "sqlite" or column is None:
        return
    counted = conn.exec_driver_sql("SELECT pg_get_serial_sequence(%s, %s)", (table.name, column.name)).scalar()
    if counted:
        conn.exec_driver_sql(f"SELECT setval(%s, coalesce((SELECT max({column.name}) FROM {table.name}), 0) + 1, false)", (counted,))
