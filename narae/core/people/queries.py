"""What is known of people. Sessions and tokens are only ever read for their owner."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, select

from narae.core.kit.errors import Invalid, NotFound
from narae.core.kit.limits import EXPIRED_AT_ONCE
from narae.core.people.public import Person, Session, Settings, Token
from narae.core.people.tables import device, link, person, session, token


def profile(conn: Connection, person_id: str) -> Person:
    """The account `person_id`, for its owner."""
    row = conn.execute(_PERSON, {"person": person_id}).first()
    if row is None:
        raise NotFound("There is no such account.")
    settings = msgspec.json.decode(row.settings, type=Settings)
    return Person(row.id, row.name, row.email, row.lang, avatar_url(row.id, row.avatar), settings)


_PERSON = select(person).where(person.c.id == bindparam("person"))


def avatar_url(person_id: str, version: str | None) -> str | None:
    """Where the picture of `person_id` is served; changes when the picture does."""
    return f"/files/avatar/{person_id}?v={version}" if version else None


def credentials(conn: Connection, email: str) -> Row[Any, Any] | None:
    """(id, password hash) of the account with `email`."""
    return conn.execute(select(person.c.id, person.c.password).where(person.c.email == email)).first()


def password_of(conn: Connection, person_id: str) -> str | None:
    """The stored hash, or None while no password has been set."""
    return conn.execute(select(person.c.password).where(person.c.id == person_id)).scalar()


def is_known_device(conn: Connection, person_id: str, secret: str) -> bool:
    """Whether `person_id` has signed in from the device with this fingerprint before."""
    found = select(device.c.at).where(device.c.person == person_id, device.c.secret == secret)
    return conn.execute(found).first() is not None


def session_by_secret(conn: Connection, secret: str) -> Row[Any, Any, Any, Any] | None:
    """(id, person, seen_at, expires_at) of the session with this fingerprint."""
    columns = select(session.c.id, session.c.person, session.c.seen_at, session.c.expires_at)
    return conn.execute(columns.where(session.c.secret == secret)).first()


def token_by_secret(conn: Connection, secret: str) -> Row[Any, Any, Any, Any, Any] | None:
    """(id, person, scopes, used_at, expires_at) of the access token with this fingerprint."""
    columns = select(token.c.id, token.c.person, token.c.scopes, token.c.used_at, token.c.expires_at)
    return conn.execute(columns.where(token.c.secret == secret)).first()


def sessions(conn: Connection, person_id: str, *, now: int, current: str | None) -> list[Session]:
    """The signed-in devices of `person_id`, the latest first."""
    live = select(session).where(session.c.person == person_id, session.c.expires_at > now)
    rows = conn.execute(live.order_by(session.c.seen_at.desc()))
    return [Session(r.id, r.device, r.ip, r.created_at, r.seen_at, r.id == current) for r in rows]


def tokens(conn: Connection, person_id: str) -> list[Token]:
    """The access tokens of `person_id`, the newest first."""
    rows = conn.execute(select(token).where(token.c.person == person_id).order_by(token.c.created_at.desc()))
    return [Token(r.id, r.name, msgspec.json.decode(r.scopes), r.created_at, r.used_at, r.expires_at) for r in rows]


def expired(conn: Connection, *, since: int, now: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(person, id) of sessions that have expired, at most EXPIRED_AT_ONCE, and of tokens that have after `since`."""
    ended = select(session.c.person, session.c.id).where(session.c.expires_at <= now).limit(EXPIRED_AT_ONCE)
    spent = select(token.c.person, token.c.id).where(token.c.expires_at > since, token.c.expires_at <= now)
    return [(r.person, r.id) for r in conn.execute(ended)], [(r.person, r.id) for r in conn.execute(spent)]


def needs_setup(conn: Connection) -> bool:
    """Whether nobody has an account yet."""
    return conn.execute(select(func.count()).select_from(person).where(person.c.robot.is_(False))).scalar() == 0


def usable_link(conn: Connection, secret: str, *, purpose: str, now: int) -> Row[Any] | None:
    """The one-time link with this fingerprint while it can still be used."""
    usable = select(link).where(link.c.secret == secret, link.c.purpose == purpose, link.c.used_at.is_(None), link.c.expires_at > now)
    return conn.execute(usable).first()


def as_settings(given: dict[str, object]) -> Settings:
    """Settings from what a client sent; Invalid names the first that is wrong."""
    unknown = sorted(set(given) - set(Settings.__struct_fields__))
    if unknown:
        raise Invalid(f"There is no setting {unknown[0]!r}.", field="settings")
    try:
        return msgspec.convert(given, Settings)
    except msgspec.ValidationError as error:
        raise Invalid(f"A setting is wrong: {error}", field="settings") from error
