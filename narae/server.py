"""Puts the kernel and the apps together into one running server."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import resource
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from http.cookies import SimpleCookie
from typing import Any

import uvicorn
from litestar import Litestar
from litestar.types import ASGIApp
from sqlalchemy import Connection

from narae import apps
from narae.core.app import App, card_kinds, in_order
from narae.core.db import Database
from narae.core.db.migrate import check, is_empty, migrate
from narae.core.files.store import Blobs
from narae.core.http.build import build
from narae.core.http.metrics import Metrics
from narae.core.http.who import secret_of
from narae.core.kit.clock import Clock
from narae.core.kit.keys import server_key
from narae.core.kit.outside import outside_of
from narae.core.kit.pace import Pace
from narae.core.kit.settings import Settings
from narae.core.kit.who import Who
from narae.core.live.gateway import Gateway, Greeting
from narae.core.live.sockets import Sockets
from narae.core.orgs.door import Door
from narae.core.orgs.queries import me
from narae.core.orgs.rules import org_topic
from narae.core.parts import PARTS
from narae.core.people.sessions import Sessions
from narae.core.rooms.queries.heads import heads
from narae.core.rooms.queries.members import visible

log = logging.getLogger("narae")

# A message makes some fifty short-lived objects: collecting every 700 of them cost a fifth of the lane's time.
GC_THRESHOLD = 50_000
SWITCH_SECONDS = 0.0005


def everything() -> tuple[App, ...]:
    """The kernel's parts and all apps, in the order of their needs."""
    return in_order((*PARTS, *apps.installed()))


def migration_packages(parts: Sequence[App]) -> list[str]:
    """The packages of everybody's migrations, the kernel's own first."""
    return ["narae.core.db.migrations", *(part.migrations for part in parts if part.migrations)]


def prepare(db: Database, settings: Settings) -> None:
    """Make the tables of an empty database, bring an embedded one up to date, and refuse any other that is not."""
    packages = migration_packages(everything())
    if settings.database_url.startswith("sqlite") or is_empty(db.engine):
        for revision in migrate(db.engine, packages):
            log.info("migrated: %s", revision)
    else:
        check(db.engine, packages)


class Server:
    """The running parts of one process."""

    def __init__(self, settings: Settings, db: Database) -> None:
        self.settings = settings
        self.db = db
        self.parts = everything()
        self.sessions = Sessions(db)
        pace = Pace(db.clock, settings)
        commands = [command for part in self.parts for command in part.live]
        others = Sockets(db, settings, [socket for part in self.parts for socket in part.sockets])
        self.gateway = Gateway(
            db, greet=greet, admit=self._admit, sees=visible, commands=commands, pace=pace, max_sockets=settings.max_sockets, others=others
        )
        self.metrics = Metrics()
        self.metrics.gauge("sockets", "Open live connections.", lambda: self.gateway.sockets)
        door = Door(db.clock)
        self.outside = outside_of(settings)
        self.app, self.asgi = build(
            settings,
            db,
            self.metrics,
            routes=[route for part in self.parts for route in part.routes],
            authenticate=self.sessions.who,
            state={
                "door": door,
                "passwords": door.passwords,
                "pace": pace,
                "cards": card_kinds(self.parts),
                "outside": self.outside,
                "blobs": Blobs(settings.files_url),
                "server_key": server_key(settings),
                "demo": (settings.data / "demo").exists(),
            },
        )

    app: Litestar
    asgi: ASGIApp

    async def _admit(self, headers: Mapping[bytes, bytes]) -> Who | None:
        """The person behind an upgrade request."""
        cookies = {k: m.value for k, m in SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).items()}
        secret = secret_of(cookies, headers.get(b"authorization", b"").decode("latin-1") or None)
        return await self.sessions.who(secret) if secret else None

    async def close(self) -> None:
        """Stop what runs beside the requests."""
        await self.gateway.close()
        await self.outside.close()


def greet(conn: Connection, person: str) -> Greeting:
    """What a client gets when it connects: bounded, with rooms' heads but no members and no messages."""
    mine, rooms = me(conn, person), heads(conn, person)
    topics = [*(org_topic(org.id, org.role) for org in mine.orgs), *(f"room:{room.id}" for room in rooms)]
    return Greeting(mine, list(rooms), topics, {f"room:{room.id}": room.last_rev for room in rooms})


@contextlib.asynccontextmanager
async def running(settings: Settings, *, clock: Clock | None = None) -> AsyncIterator[Server]:
    """A server with its database open, not yet listening."""
    async with Database(settings.database_url, clock=clock) as db:
        await asyncio.to_thread(prepare, db, settings)
        server = Server(settings, db)
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(server.close)
            for part in server.parts:
                for work in part.works:
                    await stack.enter_async_context(work(db, settings))
            yield server


async def serve(settings: Settings, *, on_start: Callable[[Server], Any] | None = None) -> None:
    """Serve until told to stop."""
    tune_process()
    async with running(settings) as server:
        config = uvicorn.Config(
            server.asgi,
            host=settings.host,
            port=settings.port,
            ws=server.gateway.protocol,  # type: ignore[arg-type]  # any callable that makes a protocol
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=settings.trusted_proxies or None,
            timeout_graceful_shutdown=10,
            backlog=4096,
        )
        listening = uvicorn.Server(config)
        if on_start is not None:
            await on_start(server)
        await listening.serve()


def tune_process() -> None:
    """Let the process hold as many sockets as the system lets it, collect garbage seldom, and hand the interpreter over quickly.

    The lane and the loop are two threads: at the default 5 ms, each statement of the lane would wait so long for a busy loop.
    """
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD, 20, 100)
    sys.setswitchinterval(SWITCH_SECONDS)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard if hard != resource.RLIM_INFINITY else max(soft, 65_536), hard))
