"""`narae demo`: fill a living organisation, or take it away."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from narae.apps.chat.actions.demo import forget_demo
from narae.apps.chat.demo import FileText, Filled, Kind, fill, read_script
from narae.core.db import Tx
from narae.core.files.actions import note_file
from narae.core.files.store import Blobs
from narae.core.kit.errors import Conflict
from narae.core.kit.settings import Settings
from narae.core.kit.who import SYSTEM, Who
from narae.core.people.actions import create_link
from narae.core.people.public import Lang

out = Console(highlight=False)
_MIMES = {"text": "text/plain", "csv": "text/csv"}


class Marker(msgspec.Struct, frozen=True):
    """What is remembered of a demo in the data folder, so that it can be taken away."""

    org: str
    people: list[str]
    files: list[str]


def demo(
    kind: Annotated[str, typer.Argument(help="shop, school or clinic")] = "shop",
    lang: Annotated[str, typer.Option(help="ko, en or zh; NARAE_LANG unless given")] = "",
    clear: Annotated[bool, typer.Option("--clear", help="Take the demo away again.")] = False,
) -> None:
    """Fill Narae with a living demo organisation, made through the real actions."""
    from narae.cli import opened

    async def run() -> None:
        async with opened() as server:
            path = server.settings.data / "demo"
            if clear:
                await _clear(server, path)
            else:
                await _fill(
                    server, path, _one_of(kind, ("shop", "school", "clinic")), _one_of(lang or server.settings.lang, ("ko", "en", "zh"))
                )

    asyncio.run(run())


def _one_of(value: str, known: tuple[str, ...]):  # type: ignore[no-untyped-def]
    if value not in known:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(known)}.")
    return value


async def _fill(server, path: Path, kind: Kind, lang: Lang) -> None:  # type: ignore[no-untyped-def]
    if path.exists():
        raise Conflict("There is a demo already. Take it away with `narae demo --clear` first.")
    script = read_script(kind, lang)
    with out.status(f"Making {script.org.name} …"):
        filled = await server.db.write(fill, SYSTEM, script, lang, _note)
        await _store(server.settings, filled)
    path.write_bytes(msgspec.json.encode(Marker(filled.org, list(filled.people.values()), list(filled.files))))
    out.print(f"{script.org.name}: {len(filled.people)} people, {filled.rooms} rooms, {filled.messages} messages.")
    for person in script.people[:2]:
        secret = await server.db.write(create_link, SYSTEM, purpose="sign_in", person_id=filled.people[person.key])
        out.print(f"  {person.name}, {person.title}: {server.settings.public_url}/enter#{secret}", soft_wrap=True)


def _note(tx: Tx, who: Who, room_id: str, file_id: str, file: FileText) -> str:
    mime, size = _MIMES.get(file.kind, "text/plain"), len(file.body.encode())
    return note_file(tx, who, room_id, file_id=file_id, name=file.name, mime=mime, size=size, pixels=None).id


async def _store(settings: Settings, filled: Filled) -> None:
    blobs = Blobs(settings.files_url)
    for file_id, body in filled.files.items():
        await blobs.put(file_id, body.encode())


async def _clear(server, path: Path) -> None:  # type: ignore[no-untyped-def]
    if not path.exists():
        out.print("There is no demo to take away.")
        return
    marker = msgspec.json.decode(path.read_bytes(), type=Marker)
    await server.db.write(forget_demo, SYSTEM, marker.org, marker.people)
    blobs = Blobs(server.settings.files_url)
    for file_id in marker.files:
        await blobs.drop(file_id)
    path.unlink()
    out.print("The demo is gone.")
