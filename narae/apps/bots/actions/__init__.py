"""Putting robots into rooms, guarding them, and noting what they are asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select, update

from narae.apps.bots import rules
from narae.apps.bots.public import Call, Robot, RobotChanged
from narae.apps.bots.queries import require_robot, rooms_of
from narae.apps.bots.tables import ask, call, card, command, dialog, hook, media, offer, place, request, robot, route, said
from narae.core.audit import record
from narae.core.db import Tx
from narae.core.kit import limits, text
from narae.core.kit.errors import Conflict, Invalid
from narae.core.kit.ids import fingerprint, new_id, new_secret
from narae.core.kit.who import CONTROL, Who
from narae.core.orgs import actions as orgs_actions
from narae.core.people.actions import create_person, rename_person
from narae.core.rooms.actions.members import put_in, take_out_of_all
from narae.core.rooms.actions.send import say
from narae.core.rooms.public import RoomEvent
from narae.core.rooms.queries.heads import require_head
from narae.core.rooms.tables import room


def create(tx: Tx, who: Who, room_id: str, *, name: str) -> tuple[Robot, str]:
    """Put a new robot into a room that `who` runs; it and its token."""
    place = require_head(tx.conn, room_id, who.person)
    if place.direct_key is not None:
        raise Invalid("A direct talk has two people. Put the robot into a room.", code="direct_talk")
    count = len(tx.all(select(robot.c.id).where(robot.c.room == room_id)))
    if count >= limits.ROBOTS_A_ROOM:
        raise Conflict(f"A room has at most {limits.ROBOTS_A_ROOM} robots.", code="too_many_robots")
    made = create_person(tx, who, name=name, email=None, robot=True)
    orgs_actions.add_member(tx, who, place.org, made, role="guest")
    put_in(tx, place.org, room_id, [made])
    token = new_secret()
    guards = {"sign": 0, "keywords": "[]", "addresses": "[]", "per_minute": limits.ROBOT_PER_MINUTE, "enabled": True}
    tx.run(
        insert(robot).values(
            id=made, org=place.org, room=room_id, token=fingerprint(token), made_by=who.person, created_at=tx.now, **guards
        )
    )
    record(tx, who, "bots.create", made, org=place.org, name=name, room=room_id)
    say(tx, room_id, who.person, RoomEvent("added", [made]))
    return require_robot(tx.conn, who.person, made), token


def change(
    tx: Tx, who: Who, robot_id: str, *, name: str | None = None, enabled: bool | None = None, keywords: Sequence[str] | None = None,
    addresses: Sequence[str] | None = None, per_minute: int | None = None,
) -> Robot:  # fmt: skip
    """Change what is not None."""
    old = require_robot(tx.conn, who.person, robot_id)
    values: dict[str, Any] = {"enabled": enabled, "per_minute": per_minute}
    values["keywords"] = None if keywords is None else _json(_keywords(keywords))
    values["addresses"] = None if addresses is None else _json(_addresses(addresses))
    given = {key: value for key, value in values.items() if value is not None}
    if given:
        tx.run(update(robot).where(robot.c.id == robot_id).values(**given))
    if enabled and not old.enabled:
        follow_from_now(tx, robot_id)
    if name is not None:
        rename_person(tx, who, robot_id, name=name)
        orgs_actions.refresh(tx, old.org, robot_id)
    tell(tx, robot_id)
    record(tx, who, "bots.change", robot_id, org=old.org, fields=sorted([*given, *(["name"] if name is not None else [])]))
    return require_robot(tx.conn, who.person, robot_id)


def follow_from_now(tx: Tx, robot_id: str) -> None:
    """Let a robot's hook begin behind what has been said so far."""
    last = select(room.c.last_seq).join(robot, robot.c.room == room.c.id).where(robot.c.id == robot_id).scalar_subquery()
    tx.run(update(hook).where(hook.c.robot == robot_id).values(seq=last))


def _json(words: list[str]) -> str:
    return msgspec.json.encode(words).decode()


def _keywords(words: Sequence[str]) -> list[str]:
    if len(words) > limits.ROBOT_KEYWORDS:
        raise Invalid(f"A robot has at most {limits.ROBOT_KEYWORDS} keywords.", field="keywords")
    return [text.line(word, field="keywords") for word in words]


def _addresses(addresses: Sequence[str]) -> list[str]:
    if len(addresses) > limits.ROBOT_ADDRESSES:
        raise Invalid(f"A robot has at most {limits.ROBOT_ADDRESSES} addresses.", field="addresses")
    for address in addresses:
        if not rules.is_network(address):
            raise Invalid(f"{address!r} is not an IP address or a network like 10.0.0.0/8.", code="not_address", field="addresses")
    return list(addresses)


def rotate(tx: Tx, who: Who, robot_id: str) -> tuple[Robot, str]:
    """Give a robot a new token; calls with the old one are refused from now on."""
    old = require_robot(tx.conn, who.person, robot_id)
    token = new_secret()
    tx.run(update(robot).where(robot.c.id == robot_id).values(token=fingerprint(token)))
    tell(tx, robot_id)
    record(tx, who, "bots.rotate", robot_id, org=old.org)
    return old, token


def set_signing(tx: Tx, who: Who, robot_id: str, *, on: bool) -> int:
    """Let calls be signed by a new secret, or by none: the number of the secret, 0 for none."""
    old = require_robot(tx.conn, who.person, robot_id)
    number = tx.now if on else 0
    tx.run(update(robot).where(robot.c.id == robot_id).values(sign=number))
    tell(tx, robot_id)
    record(tx, who, "bots.sign", robot_id, org=old.org, on=on)
    return number


def remove(tx: Tx, who: Who, robot_id: str) -> None:
    """Take a robot away; what it has said stays."""
    old = require_robot(tx.conn, who.person, robot_id)
    for kept in (call, place, said, media, hook, command, request, offer, ask, dialog, card, route):
        tx.run(delete(kept).where(kept.c.robot == robot_id))
    tx.run(delete(robot).where(robot.c.id == robot_id))
    for room_id in rooms_of(tx.conn, robot_id):
        at_home = room_id == old.room
        say(tx, room_id, who.person if at_home else robot_id, RoomEvent("removed" if at_home else "left", [robot_id]))
    take_out_of_all(tx, old.org, robot_id)
    orgs_actions.retire(tx, who, old.org, robot_id)
    tell(tx, robot_id)
    record(tx, who, "bots.remove", robot_id, org=old.org, name=old.name)


def tell(tx: Tx, robot_id: str) -> None:
    """Let whatever listens for a robot look at it anew."""
    tx.publish(CONTROL, RobotChanged(robot_id))


class Noted(msgspec.Struct, frozen=True):
    """Calls of a robot to note, the oldest first."""

    robot: str
    calls: list[Call]


def note_calls(tx: Tx, items: Sequence[Noted]) -> list[None]:
    """Note calls, and let go of those beyond ROBOT_CALLS_KEPT."""
    there = set(tx.conn.execute(select(robot.c.id).where(robot.c.id.in_({i.robot for i in items}))).scalars())
    for item in items:
        if item.robot not in there:
            continue
        ids = sorted(new_id(one.at) for one in item.calls)  # so that calls of one moment keep their order
        rows = [{"id": i, "robot": item.robot, **msgspec.structs.asdict(one)} for i, one in zip(ids, item.calls, strict=True)]
        tx.run(insert(call), rows)
        newest = select(call.c.id).where(call.c.robot == item.robot).order_by(call.c.id.desc())
        oldest = tx.value(newest.offset(limits.ROBOT_CALLS_KEPT).limit(1))
        if oldest is not None:
            tx.run(delete(call).where(call.c.robot == item.robot, call.c.id <= oldest))
    return [None] * len(items)
