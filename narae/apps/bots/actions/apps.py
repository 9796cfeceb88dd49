"""Giving robots what they listen with: credentials that programs prove themselves by, and an address to be told at."""

from __future__ import annotations

from sqlalchemy import delete, insert, select, update

from narae.apps.bots.actions import tell
from narae.apps.bots.public import Robot
from narae.apps.bots.queries import require_robot
from narae.apps.bots.tables import place, robot
from narae.core.audit import record
from narae.core.db import Tx
from narae.core.kit.errors import Conflict
from narae.core.kit.who import Who
from narae.core.rooms.tables import member, room


def set_app(tx: Tx, who: Who, robot_id: str, *, on: bool) -> int:
    """Give a robot a new client secret, or none: the secret's number. It hears what is said from its first one on."""
    old = require_robot(tx.conn, who.person, robot_id)
    before = tx.value(select(robot.c.app).where(robot.c.id == robot_id)) or 0
    number = max(tx.now, before + 1) if on else 0
    tx.run(update(robot).where(robot.c.id == robot_id).values(app=number))
    if on and not before:
        _begin_here(tx, robot_id)
    record(tx, who, "bots.app", robot_id, org=old.org, on=on)
    tell(tx, robot_id)
    return number


def _begin_here(tx: Tx, robot_id: str) -> None:
    """Count what was said in the robot's rooms before as heard."""
    tx.run(delete(place).where(place.c.robot == robot_id))
    inside = select(member.c.room, room.c.last_seq).join(room, room.c.id == member.c.room)
    rows = tx.all(inside.where(member.c.person == robot_id, member.c.left_at.is_(None)))
    if rows:
        tx.run(insert(place), [{"robot": robot_id, "room": r.room, "seq": r.last_seq} for r in rows])


def set_callback(tx: Tx, who: Who, robot_id: str, *, url: str) -> Robot:
    """Tell what a robot hears to an address that has been checked; "" to none."""
    old = require_robot(tx.conn, who.person, robot_id)
    if url and not old.listens:
        raise Conflict("Give the robot credentials first: what it is told is signed by them.", code="robot_deaf", field="url")
    tx.run(update(robot).where(robot.c.id == robot_id).values(callback=url))
    record(tx, who, "bots.callback", robot_id, org=old.org, on=bool(url))
    tell(tx, robot_id)
    return require_robot(tx.conn, who.person, robot_id)
