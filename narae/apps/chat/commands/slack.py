"""`narae import slack`: bring a workspace's history in from the zip file that Slack exports."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from narae.apps.chat.actions.history import Import
from narae.apps.chat.commands.slack_export.archive import Archive, Day, open_archive
from narae.apps.chat.commands.slack_export.bring import Options, bring_export
from narae.apps.chat.commands.slack_export.lenient import string
from narae.apps.chat.commands.slack_export.report import WHAT, Report
from narae.apps.chat.queries import org_name
from narae.core.db import Database
from narae.core.kit.who import SYSTEM
from narae.core.people.actions import create_link
from narae.core.people.public import Lang
from narae.core.people.queries import password_of

out = Console(highlight=False)
_NAMED = re.compile(r"(.+?)\s+Slack export\b.*", re.IGNORECASE)


def slack(
    export: Annotated[Path, typer.Argument(help="the zip file as Slack handed it out")],
    org: Annotated[str | None, typer.Option(help="name or id of an organisation to import into; else a new one is founded")] = None,
    owner: Annotated[str | None, typer.Option(help="mail address of who owns a new organisation, if the export can't tell")] = None,
    lang: Annotated[str | None, typer.Option(help="ko, en or zh: the language of the accounts that are made")] = None,
    report: Annotated[Path | None, typer.Option(help="where to write the report (JSON); else into the data folder")] = None,
) -> None:
    """Import a Slack workspace: people, rooms, direct talks, threads, reactions. Can be repeated, and goes on where it stopped."""
    from narae.cli import opened

    async def run() -> None:
        noted = Report()
        async with opened() as server:
            with open_archive(export, noted) as archive:
                options = Options(name=_name(archive, export), lang=_lang(lang or server.settings.lang), org=org, owner=owner)
                with _progress(archive) as bar:
                    into = await bring_export(server.db, archive, options, noted, bar)
            await _tell(server.db, into, noted, report or server.settings.data / "slack-import.json")
            await _show_in(server.db, into, server.settings.public_url)

    asyncio.run(run())


def _lang(given: str) -> Lang:
    if given not in ("ko", "en", "zh"):
        raise typer.BadParameter(f"{given!r} is none of ko, en, zh.")
    return given  # type: ignore[return-value]  # mypy does not narrow a str by `in`


def _name(archive: Archive, export: Path) -> str:
    """The workspace's name: as the export says, or as its folder or file is called."""
    said = string(archive.team().get("name")) or archive.top.rstrip("/") or export.stem
    match = _NAMED.fullmatch(said)
    return match[1] if match else said


class _Bar:
    """Moves the progress bar by a day."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=total)

    def __call__(self, day: Day) -> None:
        self._progress.update(self._task, advance=day.size, description=f"{day.folder[:30]} {day.date}")


@contextlib.contextmanager
def _progress(archive: Archive) -> Iterator[_Bar]:
    columns = BarColumn(), TaskProgressColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False)
    with Progress(*columns, console=out, transient=True) as progress:
        yield _Bar(progress, archive.days_bytes)


async def _tell(db: Database, into: Import, noted: Report, path: Path) -> None:
    """Say what was carried and what was not, on the screen and in a file."""
    name = await db.read(org_name, into.org)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(noted.as_json(organisation=name, id=into.org, source=into.source))) + b"\n")
    path.chmod(0o600)
    carried = ", ".join(f"{count:,} {what}" for what, count in noted.carried.items() if count)
    out.print(f"{name}: {carried or 'nothing new'}.", markup=False, soft_wrap=True)
    if noted.missed:
        out.print(_table(noted))
    out.print(f"The report is in {path}.", markup=False, soft_wrap=True)


async def _show_in(db: Database, into: Import, url: str) -> None:
    """Print a way in for the owner of an organisation that the import founded, until they have a password."""
    if into.founded and await db.read(password_of, into.owner) is None:
        secret = await db.write(create_link, SYSTEM, purpose="sign_in", person_id=into.owner)
        out.print(f"The owner comes in here, within 30 minutes: {url}/enter#{secret}", markup=False, soft_wrap=True)


def _table(noted: Report) -> Table:
    shown = Table("what could not be carried as it was", "how many", "for example", box=None, pad_edge=False)
    for what, count in noted.missed.most_common():
        example = noted.examples[what][0] if noted.examples[what] else ""
        shown.add_row(WHAT[what], f"{count:,}", example.replace("[", "\\["))
    return shown
