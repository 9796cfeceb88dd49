"""Makes a back-up while people work: one snapshot of all tables first, then the files.

A file that no message names yet does no harm; a message whose file is missing does. So the order is that. Tables are
read as they stand in the database, not as this version describes them, so that one can be made before an upgrade.
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Engine, MetaData, Table, func, inspect, select

import narae
from narae.core.care.archive import FIRST, FORMAT, Header, Tell, Writer
from narae.core.db.database import snapshots
from narae.core.db.migrate import VERSIONS, revisions
from narae.core.files.store import Blobs
from narae.core.kit.errors import Conflict, NotFound

# The index is made from the log, and is made anew where it is missing.
_MADE_FROM_OTHERS = "search_"
_PIECE_BYTES = 4_000_000
_ROWS = 1000
_IN_MEMORY_BYTES = 8_000_000


def back_up(engine: Engine, blobs: Blobs, path: Path, *, now: int, tell: Tell) -> tuple[int, int]:
    """Write a back-up of the database and the files to `path`; how many rows and files are in it."""
    with Writer(path) as archive:
        with snapshots(engine).connect() as conn, conn.begin():
            rows = _save_tables(conn, archive, now, tell)
        return rows, _save_files(blobs, archive, path.parent, tell)


def stored_tables(conn: Connection) -> list[Table]:
    """The tables that a back-up holds, as they stand in the database, each after those that it refers to."""
    names = [n for n in inspect(conn).get_table_names() if n != VERSIONS and not n.startswith(_MADE_FROM_OTHERS)]
    described = MetaData()
    described.reflect(conn, only=names)
    return [table for table in described.sorted_tables if table.name in names]


def _save_tables(conn: Connection, archive: Writer, now: int, tell: Tell) -> int:
    tables = stored_tables(conn)
    if not tables:
        raise Conflict("The database is empty: there is nothing to back up. Look at NARAE_DATA and NARAE_DATABASE.", code="empty")
    columns = {str(table.name): [str(column.name) for column in table.columns] for table in tables}
    total = sum(conn.execute(select(func.count()).select_from(table)).scalar() or 0 for table in tables)
    archive.add(FIRST, msgspec.json.encode(Header(FORMAT, narae.__version__, now, revisions(conn), columns, total)))
    done = 0
    for table in tables:
        for number, (piece, count) in enumerate(_pieces(conn, table), start=1):
            archive.add(f"tables/{table.name}/{number:06}", piece)
            done += count
            tell("rows", done, total)
    return done


def _pieces(conn: Connection, table: Table) -> Iterator[tuple[bytes, int]]:
    """The rows of a table as (compressed MessagePack, how many rows), a few megabytes each."""
    kept, count = bytearray(), 0
    for row in conn.execute(select(table).execution_options(yield_per=_ROWS)):
        kept += msgspec.msgpack.encode(tuple(row))
        count += 1
        if len(kept) >= _PIECE_BYTES:
            yield _piece(kept, count), count
            kept, count = bytearray(), 0
    if count:
        yield _piece(kept, count), count


def _piece(rows: bytearray, count: int) -> bytes:
    """One MessagePack array of rows that are encoded already."""
    return zlib.compress(b"\xdd" + count.to_bytes(4, "big") + rows, 1)


def _save_files(blobs: Blobs, archive: Writer, folder: Path, tell: Tell) -> int:
    """All files of the store. One that is recalled meanwhile is left out, which is what its recall asked for."""
    total, done = sum(1 for _ in blobs.all_keys()), 0
    for key in blobs.all_keys():
        with tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES, dir=str(folder)) as whole:
            try:
                whole.writelines(blobs.read(key))
            except NotFound:
                continue
            size = whole.tell()
            whole.seek(0)
            archive.copy(f"files/{key}", size, whole)
        done += 1
        tell("files", done, max(total, done))
    return done
