"""Who is here: coarse, lossy, told to those who look, at most once in PRESENCE_SECONDS."""

from __future__ import annotations

import asyncio
from typing import Literal

import msgspec

from narae.core.kit.limits import PRESENCE_SECONDS
from narae.core.live import wire
from narae.core.live.frames import Presence
from narae.core.live.hub import Hub
from narae.core.live.session import Session

State = Literal["on", "away", "off"]


class PresenceBoard:
    """Which people have an open connection, and who watches whom."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._sessions: dict[str, set[Session]] = {}
        self._watchers: dict[str, set[Session]] = {}
        self._changed: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None

    def state(self, person: str) -> State:
        """How `person` is here now."""
        here = [s for s in self._sessions.get(person, ()) if s.connection is not None]
        if not here:
            return "off"
        return "away" if all(s.away for s in here) else "on"

    def arrived(self, session: Session) -> None:
        """Somebody's client is connected."""
        self._sessions.setdefault(session.who.person, set()).add(session)
        self.changed(session.who.person)

    def left(self, session: Session) -> None:
        """Somebody's client is gone for good."""
        self.watch(session, [])
        mine = self._sessions.get(session.who.person)
        if mine is not None:
            mine.discard(session)
            if not mine:
                del self._sessions[session.who.person]
        self.changed(session.who.person)

    def watch(self, session: Session, people: list[str]) -> None:
        """Let `session` see these people, and tell it how they are."""
        for person in session.watched:
            watchers = self._watchers.get(person)
            if watchers is not None:
                watchers.discard(session)
                if not watchers:
                    del self._watchers[person]
        session.watched = tuple(dict.fromkeys(people))
        for person in session.watched:
            self._watchers.setdefault(person, set()).add(session)
        if session.watched:
            self._tell(session, {person: self.state(person) for person in session.watched})

    def changed(self, person: str) -> None:
        """Note that `person` may look different; told soon, with all others that changed meanwhile."""
        if person in self._watchers:
            self._changed.add(person)
            if self._timer is None:
                self._timer = asyncio.get_running_loop().call_later(PRESENCE_SECONDS, self._flush)

    def _flush(self) -> None:
        self._timer = None
        changed, self._changed = self._changed, set()
        news: dict[Session, dict[str, State]] = {}
        for person in changed:
            state = self.state(person)
            for watcher in self._watchers.get(person, ()):
                news.setdefault(watcher, {})[person] = state
        for session, people in news.items():
            self._tell(session, people)

    def _tell(self, session: Session, people: dict[str, State]) -> None:
        self._hub.tell(session, wire.frame(msgspec.json.encode(Presence(people))))

    def close(self) -> None:
        """Stop telling."""
        if self._timer is not None:
            self._timer.cancel()
