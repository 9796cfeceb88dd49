"""The command line: serve, migrate, doctor, apps, admin, openapi, and whatever the apps bring."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import shutil
import sys
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

import narae
from narae.core.kit.errors import Misconfigured, NaraeError
from narae.core.kit.settings import Settings, from_environment

if TYPE_CHECKING:
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
def doctor() -> None:
    """Look for what would keep Narae from working, and say what to do."""

    async def look() -> bool:
        from narae.core.people.queries import needs_setup

        async with opened() as server:
            empty = await server.db.read(needs_setup)
            free = shutil.disk_usage(server.settings.data if server.settings.data.exists() else ".").free
            checks = [
                ("database", True, server.db.engine.dialect.name),
                ("pages", _pages_built(), "built" if _pages_built() else "not built: run ./run once"),
                ("disk", free > 1_000_000_000, f"{free / 1e9:.1f} GB free"),
                ("administrator", not empty, "there is one" if not empty else "none yet: open the first-run link of `narae serve`"),
            ]
            for name, fine, about in checks:
                out.print(f"{'ok ' if fine else 'BAD'} {name:15} {about}")
            return all(fine for _, fine, _ in checks)

    if not asyncio.run(look()):
        raise typer.Exit(1)


def _pages_built() -> bool:
    from narae.core.http.pages import STATIC

    return (STATIC / "index.html").is_file()


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
