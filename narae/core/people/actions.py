"""What changes people: accounts, passwords, sessions, tokens, one-time links."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from narae.core.audit import record
from narae.core.db import Tx
from narae.core.kit import limits, text
from narae.core.kit.clock import DAY, MINUTE
from narae.core.kit.errors import Conflict, Invalid, NotFound, SignInNeeded
from narae.core.kit.ids import fingerprint, new_id, new_secret
from narae.core.kit.who import CONTROL, SessionEnded, Who
from narae.core.people import queries
from narae.core.people.public import Lang, NewToken, Person, Scope, Settings
from narae.core.people.tables import device, link, person, session, token

SEEN_EVERY = 10 * MINUTE


class SignedIn(msgspec.Struct, frozen=True):
    """A session just made, with the secret for its cookie."""

    person: str
    session: str
    secret: str


def create_person(
    tx: Tx, who: Who, *, name: str, email: str | None, password: str | None = None, lang: Lang = "ko", robot: bool = False
) -> str:
    """Make an account; its id. `password` is a hash. Conflict when the address is taken."""
    address = text.email(email) if email else None
    if address and queries.credentials(tx.conn, address):
        raise Conflict("Somebody with this address already has an account. Sign in with it.", code="email_taken", field="email")
    row = {"id": new_id(tx.now), "name": text.line(name, field="name"), "email": address, "password": password, "lang": lang}
    settings = msgspec.json.encode(Settings()).decode()
    try:
        tx.run(insert(person).values(**row, settings=settings, robot=robot, created_at=tx.now))
    except IntegrityError as error:
        raise Conflict("Somebody with this address already has an account.", code="email_taken", field="email") from error
    record(tx, who, "people.create", str(row["id"]), name=row["name"])
    return str(row["id"])


def rename_person(tx: Tx, who: Who, person_id: str, *, name: str) -> None:
    """Give an account another name; whether `who` may is for the caller to have checked."""
    tx.run(update(person).where(person.c.id == person_id).values(name=text.line(name, field="name")))
    record(tx, who, "people.rename", person_id, name=name)


def change_profile(tx: Tx, who: Who, *, name: str | None = None, lang: Lang | None = None, settings: Settings | None = None) -> Person:
    """Change one's own name, language or settings; what is None stays."""
    changes: dict[str, object] = {}
    if name is not None:
        changes["name"] = text.line(name, field="name")
    if lang is not None:
        changes["lang"] = lang
    if settings is not None:
        changes["settings"] = msgspec.json.encode(settings).decode()
    if changes:
        tx.run(update(person).where(person.c.id == who.person).values(**changes))
        record(tx, who, "people.change", who.person, fields=sorted(changes))
    return queries.profile(tx.conn, who.person)


def set_avatar(tx: Tx, who: Who, version: str | None) -> None:
    """Note that one's picture is now `version` (None: no picture)."""
    tx.run(update(person).where(person.c.id == who.person).values(avatar=version))
    record(tx, who, "people.avatar", who.person)


def set_password(tx: Tx, who: Who, person_id: str, hashed: str) -> None:
    """Store a new password hash and end every other session of this person."""
    tx.run(update(person).where(person.c.id == person_id).values(password=hashed))
    others = select(session.c.id).where(session.c.person == person_id, session.c.id != (who.session or ""))
    for row in tx.all(others):
        end_session(tx, Who(person=person_id, request_id=who.request_id, ip=who.ip), row.id)
    record(tx, who, "people.password", person_id)


def start_session(tx: Tx, who: Who, person_id: str, *, user_agent: str, device_secret: str) -> SignedIn:
    """Sign `person_id` in on a device; remembers the device and drops the longest unused session beyond the limit."""
    secret, session_id = new_secret(), new_id(tx.now)
    row = {"id": session_id, "secret": fingerprint(secret), "person": person_id, "ip": who.ip[:45]}
    times = {"created_at": tx.now, "seen_at": tx.now, "expires_at": tx.now + limits.SESSION_DAYS * DAY}
    tx.run(insert(session).values(**row, **times, device=text.line(user_agent, field="device", limit=10_000, empty=True)[:200]))
    tx.run(delete(device).where(device.c.person == person_id, device.c.secret == fingerprint(device_secret)))
    tx.run(insert(device).values(person=person_id, secret=fingerprint(device_secret), at=tx.now))
    _drop_oldest(tx, person_id)
    record(tx, Who(person=person_id, request_id=who.request_id, ip=who.ip), "people.sign_in", session_id)
    return SignedIn(person_id, session_id, secret)


def _drop_oldest(tx: Tx, person_id: str) -> None:
    kept = select(session.c.id).where(session.c.person == person_id).order_by(session.c.seen_at.desc())
    for row in tx.all(kept.offset(limits.SESSIONS_A_PERSON)):
        _end(tx, person_id, row.id)


def end_session(tx: Tx, who: Who, session_id: str) -> None:
    """Sign a device of one's own out; its sockets close at once."""
    mine = session.c.id == session_id, session.c.person == who.person
    if tx.first(select(session.c.id).where(*mine)) is None:
        raise NotFound("There is no such session.")
    _end(tx, who.person, session_id)
    record(tx, who, "people.sign_out", session_id)


def _end(tx: Tx, person_id: str, session_id: str) -> None:
    tx.run(delete(session).where(session.c.id == session_id))
    tx.publish(CONTROL, SessionEnded(person_id, session_id))


def end_everything(tx: Tx, who: Who, person_id: str) -> None:
    """End all sessions, tokens and links of `person_id`."""
    tx.run(delete(session).where(session.c.person == person_id))
    tx.run(delete(token).where(token.c.person == person_id))
    tx.run(delete(link).where(link.c.person == person_id))
    tx.publish(CONTROL, SessionEnded(person_id, None))
    record(tx, who, "people.end_sessions", person_id)


def touch_session(tx: Tx, who: Who) -> int:
    """Note that the session of `who` was used just now, which lets it last SESSION_DAYS from now; until when that is."""
    until = tx.now + limits.SESSION_DAYS * DAY
    tx.run(update(session).where(session.c.id == who.session).values(seen_at=tx.now, expires_at=until))
    return until


def end_expired(tx: Tx, who: Who, *, sessions: Sequence[tuple[str, str]], tokens: Sequence[tuple[str, str]]) -> None:
    """Forget sessions that have expired, and close their sockets and those of expired tokens; each is (person, id)."""
    for person_id, session_id in sessions:
        if tx.run(delete(session).where(session.c.id == session_id, session.c.expires_at <= tx.now)):
            tx.publish(CONTROL, SessionEnded(person_id, session_id))
    for person_id, token_id in tokens:
        tx.publish(CONTROL, SessionEnded(person_id, token_id))


def touch_token(tx: Tx, who: Who, token_id: str) -> None:
    """Note that a token was used just now."""
    tx.run(update(token).where(token.c.id == token_id).values(used_at=tx.now))


def create_token(tx: Tx, who: Who, *, name: str, scopes: list[Scope], days: int | None) -> NewToken:
    """Make a personal access token; the answer is the only time its secret is shown."""
    if not scopes:
        raise Invalid("Choose at least one thing that this token may do.", field="scopes")
    if days is not None and not 1 <= days <= 3650:
        raise Invalid("A token lasts from 1 to 3650 days.", field="days")
    if (tx.value(select(func.count()).where(token.c.person == who.person)) or 0) >= limits.TOKENS_A_PERSON:
        raise Conflict("You have as many tokens as there can be. Delete one first.", code="too_many_tokens")
    secret, label = new_secret("nar_"), text.line(name, field="name")
    made = NewToken(new_id(tx.now), label, sorted(set(scopes)), tx.now, None, tx.now + days * DAY if days is not None else None, secret)
    row = {"id": made.id, "secret": fingerprint(secret), "person": who.person, "name": label, "created_at": tx.now}
    tx.run(insert(token).values(**row, scopes=msgspec.json.encode(made.scopes).decode(), expires_at=made.expires_at))
    record(tx, who, "people.create_token", made.id, scopes=made.scopes)
    return made


def delete_token(tx: Tx, who: Who, token_id: str) -> None:
    """Delete one's own access token; it stops working at once."""
    if not tx.run(delete(token).where(token.c.id == token_id, token.c.person == who.person)):
        raise NotFound("There is no such token.")
    tx.publish(CONTROL, SessionEnded(who.person, token_id))
    record(tx, who, "people.delete_token", token_id)


def create_link(tx: Tx, who: Who, *, purpose: str, person_id: str | None, minutes: int = limits.LINK_MINUTES) -> str:
    """Make a one-time link ("sign_in" or "setup"); its secret. Setup links replace each other."""
    secret = new_secret()
    if purpose == "setup":
        tx.run(delete(link).where(link.c.purpose == "setup"))
    times = {"created_at": tx.now, "expires_at": tx.now + minutes * MINUTE}
    tx.run(insert(link).values(secret=fingerprint(secret), purpose=purpose, person=person_id, **times))
    record(tx, who, f"people.link_{purpose}", person_id or "")
    return secret


def use_link(tx: Tx, who: Who, secret: str, *, purpose: str) -> str | None:
    """Use a one-time link up; the person whom it signs in (None for setup)."""
    found = queries.usable_link(tx.conn, fingerprint(secret), purpose=purpose, now=tx.now)
    if found is None:
        raise SignInNeeded("This link has been used or is too old. Ask for a new one.", code="link_spent")
    tx.run(update(link).where(link.c.secret == found.secret).values(used_at=tx.now))
    return str(found.person) if found.person else None
