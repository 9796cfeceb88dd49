"""The door: sign-in by password or one-time link, sign-out, and the person's own page."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, get, patch, post
from litestar.datastructures import Cookie
from msgspec import UNSET, UnsetType
from sqlalchemy import Connection

import narae
from narae.core.db import Database, Tx
from narae.core.http.who import COOKIE, DEVICE_COOKIE, user_agent
from narae.core.kit.errors import Refused
from narae.core.kit.ids import new_secret
from narae.core.kit.limits import COOKIE_DAYS
from narae.core.kit.settings import Settings as ServerSettings
from narae.core.kit.who import Who
from narae.core.orgs import actions, queries
from narae.core.orgs.door import Door
from narae.core.orgs.public import Me
from narae.core.people import actions as people_actions
from narae.core.people import queries as people_queries
from narae.core.people.actions import SignedIn
from narae.core.people.public import Lang, Settings

_DAY_SECONDS = 86_400


class Hello(msgspec.Struct, frozen=True):
    """What somebody who is not signed in may know. `setup`: there is no administrator yet."""

    version: str
    setup: bool
    demo: bool


class Credentials(msgspec.Struct, frozen=True):
    """Somebody's address and password."""

    email: str
    password: str


class LinkToken(msgspec.Struct, frozen=True):
    """The secret of a one-time link."""

    token: str


class MyChanges(msgspec.Struct, frozen=True):
    """What to change about oneself."""

    name: str | UnsetType = UNSET
    lang: Lang | UnsetType = UNSET
    settings: dict[str, Any] | UnsetType = UNSET


def signed_in(me: Me, session: SignedIn, device: str, settings: ServerSettings) -> Response[Me]:
    """`me`, with the cookies of a new session. They last as long as browsers let them; the session ends when it is not used."""
    shared = {"path": "/", "httponly": True, "secure": settings.secure, "samesite": "lax"}
    kept: Any = {**shared, "max_age": COOKIE_DAYS * _DAY_SECONDS}
    cookies = [Cookie(key=COOKIE, value=session.secret, **kept), Cookie(key=DEVICE_COOKIE, value=device, **kept)]
    return Response(me, cookies=cookies)


def device_of(request: Request[Any, Any, Any]) -> str:
    """The device's own secret, made at its first sign-in."""
    known = request.cookies.get(DEVICE_COOKIE)
    return known if known and 20 < len(known) < 100 else new_secret()


def enter(tx: Tx, who: Who, person_id: str, *, agent: str, device: str) -> tuple[Me, SignedIn]:
    """Start a session of an active person."""
    me = queries.me(tx.conn, person_id)
    if not me.orgs and queries.was_member(tx.conn, person_id):
        raise Refused("Your account has been deactivated. Ask your administrator.", code="deactivated")
    return me, people_actions.start_session(tx, who, person_id, user_agent=agent, device_secret=device)


@get("/api/hello")
async def hello(db: Database, demo: bool) -> Hello:
    """Whether Narae waits for its first administrator, and whether it shows a demo."""
    return Hello(narae.__version__, await db.read(people_queries.needs_setup), demo)


@post("/api/sign-in", status_code=200)
async def sign_in(
    request: Request[Any, Any, Any], visitor: Who, db: Database, door: Door, settings: ServerSettings, data: Credentials
) -> Response[Me]:
    """Sign in with a password."""
    known = request.cookies.get(DEVICE_COOKIE)
    person = await door.check(db, email=data.email, password=data.password, ip=visitor.ip, device=known)
    device = device_of(request)
    me, session = await db.write(enter, visitor, person, agent=user_agent(request), device=device)
    return signed_in(me, session, device, settings)


def _enter_by_link(tx: Tx, who: Who, token: str, *, agent: str, device: str) -> tuple[Me, SignedIn]:
    person = people_actions.use_link(tx, who, token, purpose="sign_in")
    return enter(tx, who, person or "", agent=agent, device=device)


@post("/api/sign-in/link", status_code=200)
async def sign_in_by_link(
    request: Request[Any, Any, Any], visitor: Who, db: Database, door: Door, settings: ServerSettings, data: LinkToken
) -> Response[Me]:
    """Sign in with a one-time link."""
    door.knock(visitor.ip)
    device = device_of(request)
    me, session = await db.write(_enter_by_link, visitor, data.token, agent=user_agent(request), device=device)
    return signed_in(me, session, device, settings)


@post("/api/sign-out", status_code=204, opt={"scope": "session"})
async def sign_out(who: Who, db: Database) -> Response[None]:
    """End this session."""
    await db.write(people_actions.end_session, who, who.session or "")
    return Response(None, status_code=204, cookies=[Cookie(key=COOKIE, value="", max_age=0, path="/", httponly=True)])


@get("/api/me")
async def me(who: Who, db: Database) -> Me:
    """The signed-in person with their organisations."""
    return await db.read(queries.me, who.person)


@patch("/api/me")
async def change_me(who: Who, db: Database, data: MyChanges) -> Me:
    """Change one's name, language or settings."""
    settings = None
    if data.settings is not UNSET:
        settings = await db.read(_merged, who.person, data.settings)
    name = None if data.name is UNSET else data.name
    lang = None if data.lang is UNSET else data.lang
    return await db.write(actions.change_me, who, name=name, lang=lang, settings=settings)


def _merged(conn: Connection, person_id: str, changes: dict[str, Any]) -> Settings:
    old = msgspec.to_builtins(people_queries.profile(conn, person_id).settings)
    return people_queries.as_settings({**old, **changes})


ROUTES = (hello, sign_in, sign_in_by_link, sign_out, me, change_me)
