"""The smallest app for Narae: a route, a change that devices hear of, and a command."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer
from litestar import get, post

from narae.core.app import App
from narae.core.db import Database, Tx
from narae.core.kit.who import Who


class Greeting(msgspec.Struct, frozen=True):
    """What the route answers."""

    text: str
    person: str


class Waved(msgspec.Struct, frozen=True, tag_field="t", tag="waved"):
    """I waved on one of my devices, at `at` (ms)."""

    at: int


def wave(tx: Tx, who: Who) -> Waved:
    """Tell all devices of `who`, once it is durable."""
    waved = Waved(tx.now)
    tx.publish(f"person:{who.person}", waved)
    return waved


@get("/api/hello/greeting", sync_to_thread=False)
def greeting(who: Who) -> Greeting:
    """A greeting for whoever is signed in."""
    return Greeting("Hello from an app of its own.", who.person)


@post("/api/hello/wave", status_code=200)
async def wave_now(who: Who, db: Database) -> Waved:
    """Wave to one's other devices."""
    return await db.write(wave, who)


def say_hello(name: Annotated[str, typer.Argument(help="whom to greet")] = "world") -> None:
    """Greet somebody on the command line."""
    typer.echo(f"Hello, {name}!")


hello = App(name="hello", needs=("people",), routes=(greeting, wave_now), events=(Waved,), commands={"hello": say_hello})
