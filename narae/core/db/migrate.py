"""Brings the database's tables to this version, part by part, in one transaction; refuses a database it doesn't know.

Every part and app keeps its own numbered migrations, an Alembic branch each. All pending ones run in a single
transaction (SQLite and PostgreSQL both have transactional DDL), so that a start that is killed leaves either the old
tables or the new ones.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect

from narae.core.kit.errors import Misconfigured

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

log = logging.getLogger("narae.migrate")
VERSIONS = "narae_version"


def migrate(engine: Engine, packages: Sequence[str]) -> list[str]:
    """Run what is pending of `packages` (dotted names of migration folders); the revisions that were run."""
    with engine.connect().execution_options(writes=True) as conn, conn.begin():
        return upgrade(conn, packages)


def upgrade(conn: Connection, packages: Sequence[str], *, to: Sequence[str] = ()) -> list[str]:
    """The same inside a transaction of the caller's; up to the revisions `to` if they are given."""
    script = _script(packages)
    _refuse_unknown(set(to), script)
    behind = _behind(conn, script)
    if behind:
        _upgrade(conn, script, tuple(to) or "heads")
    return behind


def revisions(conn: Connection) -> list[str]:
    """The revisions that the database is at."""
    from alembic.migration import MigrationContext

    return sorted(MigrationContext.configure(conn, opts={"version_table": VERSIONS}).get_current_heads())


def check(engine: Engine, packages: Sequence[str]) -> None:
    """Misconfigured unless the tables are exactly those of this version."""
    with engine.connect() as conn:
        behind = _behind(conn, _script(packages))
    if behind:
        raise Misconfigured(
            f"The database is older than this version of Narae ({len(behind)} migrations behind). Make a back-up, then run `narae migrate`."
        )


def is_empty(engine: Engine) -> bool:
    """Whether there is nothing in the database at all."""
    return not inspect(engine).get_table_names()


def _script(packages: Sequence[str]) -> ScriptDirectory:
    from alembic.script import ScriptDirectory

    folders = [str(Path(str(importlib.import_module(name).__file__)).parent) for name in packages]
    return ScriptDirectory(str(Path(__file__).parent), version_locations=folders)


def _behind(conn: Connection, script: ScriptDirectory) -> list[str]:
    """The revisions still to run, oldest first; Misconfigured where the database is not of our making."""
    present = set(revisions(conn))
    _refuse_unknown(present, script)
    done = {r.revision for head in present for r in script.iterate_revisions(head, "base")}
    _refuse_half(conn, started=bool(present))
    return [r.revision for r in reversed(list(script.walk_revisions())) if r.revision not in done]


def _refuse_unknown(present: set[str], script: ScriptDirectory) -> None:
    if unknown := sorted(present - {revision.revision for revision in script.walk_revisions()}):
        raise Misconfigured(
            f"The database was made by a newer version of Narae ({unknown[0]}), or with an app that is not installed. "
            "Install that, or restore a back-up."
        )


def _refuse_half(conn: Connection, *, started: bool) -> None:
    ours = [name for name in inspect(conn).get_table_names() if name != VERSIONS]
    if ours and not started:
        raise Misconfigured(
            "The database has tables but no record of migrations: it is half migrated, or belongs to another program. "
            "Restore a back-up, or name an empty database in NARAE_DATABASE."
        )


def _upgrade(conn: Connection, script: ScriptDirectory, to: str | tuple[str, ...]) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext

    def steps(revision: object, _context: object) -> object:
        return script._upgrade_revs(to, revision)  # type: ignore[arg-type]  # what alembic's own commands call

    with EnvironmentContext(Config(), script, fn=steps) as environment:
        environment.configure(
            connection=conn, version_table=VERSIONS, render_as_batch=True, transactional_ddl=True, transaction_per_migration=False
        )
        environment.run_migrations()
