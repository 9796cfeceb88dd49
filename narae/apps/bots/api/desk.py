"""What every call to a robot meets, whatever form it has: the guards, the limit a minute, the sending, the note of it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import Any
from weakref import WeakKeyDictionary

from narae.apps.bots import rules
from narae.apps.bots.actions.offers import say_offering
from narae.apps.bots.api.known import Known
from narae.apps.bots.api.notes import Notes
from narae.apps.bots.public import Call, Post, Way
from narae.apps.bots.queries import Guarded, addressed
from narae.core.db import Database
from narae.core.kit.errors import NaraeError
from narae.core.kit.keys import derived
from narae.core.kit.limits import ROBOT_API_A_SECOND, ROBOT_API_BURST, ROBOT_WRONG_TOKENS_A_MINUTE
from narae.core.kit.settings import Settings
from narae.core.kit.throttle import Throttle
from narae.core.kit.who import Who
from narae.core.rooms.actions.send import Send, send_many
from narae.core.rooms.public import Mentions, Message


class CallRefused(Exception):
    """A call that a robot does not follow: its code for programs and why."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code = code


class Desk:
    """Takes calls for the robots of one database."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.notes = Notes(db)
        self._known = Known(db)
        self._throttles: dict[int, Throttle] = {}
        self.asked = Throttle(db.clock, rate=ROBOT_API_A_SECOND, burst=ROBOT_API_BURST)
        self.guesses = Throttle(db.clock, rate=ROBOT_WRONG_TOKENS_A_MINUTE / 60, burst=ROBOT_WRONG_TOKENS_A_MINUTE)

    async def robot(self, token: str, *, ip: str) -> Guarded | None:
        """The robot with this token; TooMany for an address that guesses."""
        return await self._known.robot(token, ip=ip)

    def has_turn(self, robot: Guarded) -> bool:
        """Whether the robot may speak once more in this minute; takes the turn."""
        return self._throttle(robot).wait(robot.id) == 0.0

    def is_over(self, robot: Guarded) -> bool:
        """Whether the robot is above its limit just now, before anything of the call is looked at."""
        return self._throttle(robot).ahead(robot.id) > 0.0

    def _throttle(self, robot: Guarded) -> Throttle:
        limit = robot.per_minute
        return self._throttles.get(limit) or self._throttles.setdefault(limit, Throttle(self.db.clock, rate=limit / 60, burst=limit))

    async def say(self, robot: Guarded, post: Post, *, ip: str) -> Message:
        """Put it into the robot's room; a `nonce` that was used answers with the first message."""
        item = await self.as_send(robot, post, ip=ip)
        if post.offer is not None:
            return await self.db.write(say_offering, item.who, item, post.offer)
        message: Message = await self.db.write_batched(send_many, item)
        return message

    async def as_send(self, robot: Guarded, post: Post, *, ip: str) -> Send:
        """What is sent for it, with names in the place of ids."""
        said, mentions = await self._meant(robot, post)
        who = Who(person=robot.id, ip=ip)
        return Send(
            who=who, room=robot.room, nonce=post.nonce, text=said, card=post.card, mentions=mentions, files=post.files,
            thread=post.thread, confirm=post.confirm,
        )  # fmt: skip

    async def _meant(self, robot: Guarded, post: Post) -> tuple[str, Mentions]:
        """The text with names in the place of ids, and who is called by it."""
        everybody = post.all and robot.may_call_all
        if not post.people and not everybody:
            return post.text, Mentions()
        found = await self.db.read(addressed, robot.room, post.people) if post.people else {}
        said = post.text
        for key, (_, name) in found.items():
            said = said.replace(f"@{key}", f"@{name}")
        missing = [f"@{name}" for _, name in dict.fromkeys(found.values()) if f"@{name}" not in said]
        if everybody and not any(f"@{word}" in said for word in ("all", "모두", "所有人")):
            missing.append("@all")
        said = "\n\n".join([said, " ".join(missing)]) if missing else said
        return said, Mentions(people=[person for person, _ in dict.fromkeys(found.values())], all=everybody)

    def note(self, robot: Guarded, way: Way, *, ip: str, code: int, answer: str, said: Any) -> None:
        """Keep the call for those who look after the robot; the answer does not wait for it."""
        call = Call(at=self.db.clock.now(), way=way, ip=ip[:45], code=code, answer=answer[:200], excerpt=str(said))
        self.notes.add(robot.id, call)


_desks: WeakKeyDictionary[Database, Desk] = WeakKeyDictionary()


def desk_of(db: Database) -> Desk:
    """The desk of a database."""
    return _desks.get(db) or _desks.setdefault(db, Desk(db))


@contextlib.asynccontextmanager
async def noting(db: Database, _settings: Settings) -> AsyncIterator[None]:
    """Write the last notes before the server ends."""
    try:
        yield
    finally:
        await desk_of(db).notes.close()


def signing_secret(key: bytes, robot_id: str, number: int) -> str:
    """The robot's secret with this number. It is derived, so it is stored nowhere."""
    return "SEC" + derived(key, f"bots.sign {robot_id} {number}")


def client_secret(key: bytes, robot_id: str, number: int) -> str:
    """The secret with this number by which programs prove that they are the robot's; derived too."""
    return derived(key, f"bots.app {robot_id} {number}")


def why_not(error: NaraeError) -> str:
    """A refusal in one line."""
    return f"{error.code}: {error.message}"


def is_allowed(robot: Guarded, ip: str) -> bool:
    """Whether a call may come from there."""
    return rules.may_come_from(robot.addresses, ip)
