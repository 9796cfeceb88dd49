"""Finds who a secret belongs to: sessions and access tokens, with a short cache that a revocation clears at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from narae.core.db import Database, Event
from narae.core.kit.ids import fingerprint
from narae.core.kit.limits import SESSION_CACHE_ENTRIES, SESSION_CACHE_SECONDS
from narae.core.kit.together import Begun, Together
from narae.core.kit.who import CONTROL, SessionEnded, Who
from narae.core.people import actions, queries


class _Known(NamedTuple):
    who: Who
    until: int
    expires_at: int | None


class Sessions:
    """Turns secrets into people."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._together = Together()
        self._endings = 0
        db.listeners.append(self._forget)

    async def who(self, secret: str) -> Who | None:
        """The person whom `secret` signs in, or None."""
        key, now = fingerprint(secret), self._db.clock.now()
        known = self._known.get(key)
        if known is None or known.until <= now:
            known = await self._look_up(key, is_token=secret.startswith("nar_"))
        if known is None or (known.expires_at is not None and known.expires_at <= now):
            return None
        return known.who

    async def _look_up(self, key: str, *, is_token: bool) -> _Known | None:
        now, endings = self._db.clock.now(), self._endings
        found = await self._together.ask(key, lambda begun: self._db.read(_find, key, is_token=is_token, begun=begun))
        if endings != self._endings:  # something ended meanwhile, perhaps this
            return await self._look_up(key, is_token=is_token)
        if found is None or (found[1] is not None and found[1] <= now):
            self._known.pop(key, None)
            return None
        who, expires_at, used_at = found
        if now - used_at > actions.SEEN_EVERY:
            expires_at = await self._note_use(who, expires_at, is_token=is_token)
        known = self._known[key] = _Known(who, now + SESSION_CACHE_SECONDS * 1000, expires_at)
        if len(self._known) > SESSION_CACHE_ENTRIES:
            self._known.popitem(last=False)
        return known

    async def _note_use(self, who: Who, expires_at: int | None, *, is_token: bool) -> int | None:
        """Until when the session lasts that was used, or the token."""
        if not is_token or who.session is None:
            return await self._db.write(actions.touch_session, who)
        await self._db.write(actions.touch_token, who, who.session)
        return expires_at

    def _forget(self, events: Sequence[Event]) -> None:
        for event in events:
            if event.topic == CONTROL and isinstance(event.body, SessionEnded):
                ended = event.body
                self._endings += 1
                gone = [
                    key
                    for key, known in self._known.items()
                    if known.who.person == ended.person and ended.session in (None, known.who.session)
                ]
                for key in gone:
                    del self._known[key]


def _find(conn: Connection, key: str, *, is_token: bool, begun: Begun) -> tuple[Who, int | None, int] | None:
    """(who, when it ends, when it was last used) of a fingerprint."""
    begun()
    if is_token:
        token = queries.token_by_secret(conn, key)
        if token is None:
            return None
        scopes = frozenset(msgspec.json.decode(token.scopes, type=list[str]))
        return Who(token.person, token.id, scopes), token.expires_at, token.used_at or 0
    session = queries.session_by_secret(conn, key)
    return None if session is None else (Who(session.person, session.id), session.expires_at, session.seen_at)
