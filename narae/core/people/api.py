"""A person's own devices, access tokens and password."""

from __future__ import annotations

import msgspec
from litestar import delete, get, post

from narae.core.db import Database
from narae.core.kit.errors import Invalid, Refused
from narae.core.kit.paging import Page
from narae.core.kit.who import Who, without_once
from narae.core.people import actions, queries, rules
from narae.core.people.passwords import Passwords
from narae.core.people.public import NewToken, Scope, Session, Token


class NewPassword(msgspec.Struct, frozen=True):
    """A new password; `old` is None while there is none."""

    old: str | None
    new: str


class TokenWish(msgspec.Struct, frozen=True):
    """A token to make. `days` is None for one that lasts until it is deleted."""

    name: str
    scopes: list[Scope]
    days: int | None


@get("/api/me/sessions", opt={"scope": "session"})
async def list_sessions(who: Who, db: Database) -> Page[Session]:
    """The devices that are signed in."""
    return Page(await db.read(queries.sessions, who.person, now=db.clock.now(), current=who.session))


@delete("/api/me/sessions/{session_id:str}", opt={"scope": "session"})
async def end_session(who: Who, db: Database, session_id: str) -> None:
    """Sign a device out."""
    await db.write(actions.end_session, who, session_id)


@get("/api/me/tokens", opt={"scope": "session"})
async def list_tokens(who: Who, db: Database) -> Page[Token]:
    """The access tokens, without their secrets."""
    return Page(await db.read(queries.tokens, who.person))


@post("/api/me/tokens", opt={"scope": "session"})
async def create_token(who: Who, db: Database, data: TokenWish) -> NewToken:
    """Make an access token; its secret is shown this once."""
    return await db.write(actions.create_token, without_once(who), name=data.name, scopes=data.scopes, days=data.days)


@delete("/api/me/tokens/{token_id:str}", opt={"scope": "session"})
async def delete_token(who: Who, db: Database, token_id: str) -> None:
    """Delete an access token."""
    await db.write(actions.delete_token, who, token_id)


@post("/api/me/password", status_code=204, opt={"scope": "session"})
async def change_password(who: Who, db: Database, passwords: Passwords, data: NewPassword) -> None:
    """Set a new password; the other devices are signed out."""
    stored = await db.read(queries.password_of, who.person)
    if stored is not None and not await passwords.matches(stored, data.old or ""):
        raise Refused("This is not your current password.", code="wrong_password", field="old")
    if data.old == data.new:
        raise Invalid("Choose a password that differs from the old one.", field="new")
    me = await db.read(queries.profile, who.person)
    rules.check_password(data.new, email=me.email)
    await db.write(actions.set_password, without_once(who), who.person, await passwords.hash(data.new))


ROUTES = (list_sessions, end_session, list_tokens, create_token, delete_token, change_password)
