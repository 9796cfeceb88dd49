"""What every app gets for free: its words are complete, its demo loads and goes, its tables are what its migrations make."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, func, inspect, select

from narae import apps
from narae.apps.chat.actions.demo import forget_demo
from narae.apps.chat.commands.demo import _note
from narae.apps.chat.demo import fill, read_script
from narae.core.app import App
from narae.core.audit.tables import line
from narae.core.db import Database
from narae.core.db.engine import open_engine
from narae.core.db.migrate import VERSIONS, check, migrate
from narae.core.db.schema import metadata
from narae.core.kit.errors import Misconfigured
from narae.core.kit.who import SYSTEM
from narae.core.people.public import Lang
from narae.server import everything, migration_packages
from tests.kit.postgres import Postgres
from tests.kit.tree import ROOT

LANGS = ("ko", "en", "zh")
DEMOS = list(itertools.product(("shop", "school", "clinic"), LANGS))


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with nothing in it."""
    if request.param == "postgres":
        server: Postgres = request.getfixturevalue("postgres")
        return server.create()
    return f"sqlite:///{tmp_path / 'narae.db'}"


@pytest.mark.parametrize("app", apps.installed(), ids=lambda app: app.name)
def test_an_apps_words_are_complete_in_every_language(app: App) -> None:
    folder = ROOT / "web/src/apps" / app.name / "words"
    keys = [_keys(json.loads((folder / f"{lang}.json").read_text())) for lang in LANGS] if folder.exists() else [set()]
    assert all(of_one == keys[0] for of_one in keys)


@pytest.mark.parametrize("folder", sorted((ROOT / "web/src").rglob("words")), ids=lambda folder: folder.parent.name)
def test_every_pages_words_are_complete_in_every_language(folder: Path) -> None:
    words = [json.loads((folder / f"{lang}.json").read_text()) for lang in LANGS]
    assert [_keys(w) ^ _keys(words[0]) for w in words] == [set(), set(), set()]
    assert [key for w in words for key in _keys(w) if not key] == []


def _keys(words: dict[str, Any], above: str = "") -> set[str]:
    """Every word's name; plural forms, which differ by language, count as one."""
    found: set[str] = set()
    for key, value in words.items():
        name = f"{above}{key.removesuffix('_one').removesuffix('_other')}"
        found |= _keys(value, f"{name}.") if isinstance(value, dict) else {name}
    return found


@pytest.mark.anyio
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("kind", "lang"), DEMOS, ids=lambda part: part)
async def test_a_demo_loads_and_goes_without_a_trace(database_url: str, kind: Any, lang: Lang) -> None:
    await _fill_and_clear(database_url, kind, lang)


@pytest.mark.anyio
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_demo_loads_and_goes_on_postgresql(database_url: str) -> None:
    await _fill_and_clear(database_url, "shop", "ko")


async def _fill_and_clear(url: str, kind: Any, lang: Lang) -> None:
    async with Database(url) as db:
        before = await db.read(_counts)
        filled = await db.write(fill, SYSTEM, read_script(kind, lang), lang, _note)
        full = await db.read(_counts)
        await db.write(forget_demo, SYSTEM, filled.org, list(filled.people.values()))
        after = await db.read(_counts)
        verbs = await db.read(lambda conn: conn.execute(select(line.c.verb)).scalars().all())
    assert filled.messages > 50
    assert full["rooms_message"] > filled.messages
    assert after == {**before, "audit_line": 1}
    assert verbs == ["chat.clear_demo"]


def _counts(conn: Any) -> dict[str, int]:
    """How many rows each table has."""
    return {table.name: conn.execute(select(func.count()).select_from(table)).scalar() for table in metadata.sorted_tables}


def test_every_table_is_named_after_the_part_that_has_it() -> None:
    named = {name for part in everything() for name in part.tables}
    assert [name for part in everything() for name in part.tables if not name.startswith(f"{part.name}_")] == []
    assert {t.name for t in metadata.sorted_tables} - named == {"db_once"} | {n for n in metadata.tables if n.startswith("files_")} - named


def test_migrations_make_exactly_the_tables_that_the_code_describes(empty_url: str) -> None:
    engine = open_engine(empty_url)
    migrate(engine, migration_packages(everything()))
    with engine.connect() as conn:
        options = {"version_table": VERSIONS, "include_object": _is_of(engine.dialect.name)}
        found = compare_metadata(MigrationContext.configure(conn, opts=options), metadata)
    engine.dispose()
    assert found == []


def _is_of(dialect: str) -> Any:
    """Whether something is a table of ours, or of a kind that this database has at all (SQLite has no GIN)."""

    def is_of(thing: Any, name: str, kind: str, *_: Any) -> bool:
        if kind == "index" and dialect == "sqlite":
            return not thing.dialect_options["postgresql"]["using"]
        return kind != "table" or name in metadata.tables

    return is_of


def test_migrating_twice_runs_nothing_the_second_time(empty_url: str) -> None:
    engine = open_engine(empty_url)
    packages = migration_packages(everything())
    assert len(migrate(engine, packages)) >= len(packages)
    assert migrate(engine, packages) == []
    engine.dispose()


def test_a_migration_that_dies_half_way_leaves_the_database_as_it_was(empty_url: str) -> None:
    engine = open_engine(empty_url)
    packages = migration_packages(everything())

    def die(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "CREATE TABLE rooms_message" in statement:
            raise RuntimeError("the process was killed here")

    event.listen(engine, "before_cursor_execute", die)
    with pytest.raises(RuntimeError, match="killed here"):
        migrate(engine, packages)
    assert inspect(engine).get_table_names() == []
    event.remove(engine, "before_cursor_execute", die)
    migrate(engine, packages)
    check(engine, packages)
    engine.dispose()


def test_an_older_database_is_refused_with_what_to_do(empty_url: str) -> None:
    engine = open_engine(empty_url)
    packages = migration_packages(everything())
    migrate(engine, packages[:1])
    with pytest.raises(Misconfigured, match="narae migrate"):
        check(engine, packages)
    engine.dispose()
