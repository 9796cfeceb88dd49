"""The command line: serve, migrate, doctor, backup, restore, apps, admin, openapi, and whatever the apps bring."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

import narae
from narae.core.kit.errors import Misconfigured, NaraeError
from narae.core.kit.settings import Settings, from_environment

if TYPE_CHECKING:
    from narae.core.care.archive import Tell
    from narae.core.care.doctor import Finding
    from narae.server import Server

out = Console(highlight=False)
_ABOUT = "Narae: an organisation works, talks and looks after its people in one place."
app = typer.Typer(help=_ABOUT, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
admin = typer.Typer(help="What an administrator does from the server's own command line.", no_args_is_help=True)
app.add_typer(admin, name="admin")


def settings() -> Settings:
    """The settings of this run."""
    return from_environment(os.environ)


@contextlib.asynccontextmanager
async def opened() -> AsyncIterator[Server]:
    """A server that does not listen, for commands."""
    from narae.server import running

    async with running(settings()) as server:
        yield server


@app.command()
def serve() -> None:
    """Serve Narae. Everything is set by NARAE_… in the environment; docs/run/settings.md lists it."""
    import uvloop

    from narae.server import serve as serve_now

    chosen = settings()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with contextlib.suppress(KeyboardInterrupt):
        uvloop.run(serve_now(chosen, on_start=_greet))


async def _greet(server: Server) -> None:
    from narae.core.kit.who import SYSTEM
    from narae.core.people.actions import create_link
    from narae.core.people.queries import needs_setup

    out.print(f"Narae {narae.__version__} at {server.settings.public_url}", soft_wrap=True)
    if await server.db.read(needs_setup):
        secret = await server.db.write(create_link, SYSTEM, purpose="setup", person_id=None)
        out.print(f"Make the first administrator within 30 minutes: {server.settings.public_url}/setup#{secret}", soft_wrap=True)


@app.command()
def migrate() -> None:
    """Bring the database's tables to this version."""
    from narae.core.db.engine import open_engine
    from narae.core.db.migrate import migrate as migrate_now
    from narae.server import everything, migration_packages

    engine = open_engine(settings().database_url)
    done = migrate_now(engine, migration_packages(everything()))
    engine.dispose()
    out.print("\n".join(done) if done else "The database is up to date.")


@app.command("apps")
def list_apps() -> None:
    """The apps that are installed."""
    from narae.server import everything

    for part in everything():
        about = (sys.modules[f"narae.apps.{part.name}"].__doc__ or "") if f"narae.apps.{part.name}" in sys.modules else "kernel"
        out.print(f"{part.name:10} {about.strip().splitlines()[0]}")


@app.command()
def doctor(fix: Annotated[bool, typer.Option("--fix", help="mend what can be mended")] = False) -> None:
    """Look for what would keep Narae from working, and say what to do."""
    if fix:
        migrate()
    findings = asyncio.run(_look(fix))
    for found in findings:
        out.print(f"{'ok ' if found.fine else 'BAD'} {found.name:15} {found.about}", soft_wrap=True)
    if not all(found.fine for found in findings):
        raise typer.Exit(1)


async def _look(fix: bool) -> list[Finding]:
    from narae.core.care.doctor import Finding, look
    from narae.core.files.store import Blobs
    from narae.core.people.queries import needs_setup

    async with opened() as server:
        chosen, empty = server.settings, await server.db.read(needs_setup)
        free = shutil.disk_usage(chosen.data if chosen.data.exists() else ".").free
        return [
            *await look(server.db, Blobs(chosen.files_url), fix=fix),
            Finding("pages", _pages_built(), "built" if _pages_built() else "not built: run ./run once"),
            Finding("disk", free > 1_000_000_000, f"{free / 1e9:.1f} GB free"),
            Finding("administrator", not empty, "there is one" if not empty else "none yet: open the first-run link of `narae serve`"),
        ]


def _pages_built() -> bool:
    from narae.core.http.pages import STATIC

    return (STATIC / "index.html").is_file()


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="where to write it")]) -> None:
    """Write the database and the files into one file, while people work."""
    from narae.core.care.backup import back_up
    from narae.core.db.engine import open_engine
    from narae.core.files.store import Blobs
    from narae.core.kit.clock import SystemClock

    chosen = settings()
    engine = open_engine(chosen.database_url)
    with _progress() as tell:
        rows, files = back_up(engine, Blobs(chosen.files_url), file, now=SystemClock().now(), tell=tell)
    engine.dispose()
    out.print(f"{file} holds {rows:,} rows and {files:,} files: {file.stat().st_size / 1e6:,.1f} MB.", soft_wrap=True)


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="what `narae backup` wrote")]) -> None:
    """Bring a back-up into an empty database, of either kind, and its files into the store."""
    from narae.core.care.restore import restore as restore_now
    from narae.core.files.store import Blobs
    from narae.server import everything, migration_packages

    chosen, packages = settings(), migration_packages(everything())
    with _progress() as tell:
        rows, files = restore_now(chosen.database_url, Blobs(chosen.files_url), file, packages=packages, tell=tell)
    out.print(f"{rows:,} rows and {files:,} files are back. Start Narae; search finds everything again within minutes.", soft_wrap=True)


@contextlib.contextmanager
def _progress() -> Iterator[Tell]:
    """A bar for each thing that is counted, while somebody looks on."""
    from rich.progress import Progress, TaskID

    with Progress(console=out, transient=True, disable=not out.is_terminal) as bars:
        known: dict[str, TaskID] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in known:
                known[what] = bars.add_task(what)
            bars.update(known[what], completed=done, total=total)

        yield tell


@app.command()
def openapi() -> None:
    """Print the OpenAPI document, with the live events among its webhooks."""
    from narae.core.http.document import document

    async def write() -> None:
        async with opened() as server:
            sys.stdout.write(document(server.app, server.parts))

    asyncio.run(write())


@admin.command("link")
def admin_link(email: Annotated[str, typer.Argument(help="whose account")]) -> None:
    """Print a one-time sign-in link for somebody who can't get in."""
    from narae.core.kit.who import SYSTEM
    from narae.core.people.actions import create_link
    from narae.core.people.queries import credentials

    async def make() -> str:
        async with opened() as server:
            found = await server.db.read(credentials, email.strip().lower())
            if found is None:
                raise NaraeError(f"Nobody has the address {email}.")
            secret = await server.db.write(create_link, SYSTEM, purpose="sign_in", person_id=found.id)
            return f"{server.settings.public_url}/enter#{secret}"

    out.print(asyncio.run(make()), soft_wrap=True)


def main() -> None:
    """The entry point."""
    try:
        from narae.server import everything

        for part in everything():
            for name, command in part.commands.items():
                if isinstance(command, typer.Typer):
                    app.add_typer(command, name=name)
                else:
                    app.command(name)(command)
        app()
    except (Misconfigured, NaraeError) as error:
        Console(stderr=True, highlight=False).print(str(error), soft_wrap=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
