"""What robots call: outgoing hooks, commands after a slash, the address for presses in Slack's form, and the tokens that they are known by.

A token is derived from the installation's key and a number, as signing secrets are (decision 11): it is stored nowhere, and a new one
is a new number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select, update

from narae.apps.bots.actions import create
from narae.apps.bots.actions.asks import Wanted, check_pace, queue
from narae.apps.bots.public import Command, Hook, Robot
from narae.apps.bots.queries import require_robot
from narae.apps.bots.queries.ways import as_command, as_hook, command_here
from narae.apps.bots.tables import ask, command, hook, request
from narae.core.audit import record
from narae.core.db import Tx
from narae.core.kit import limits, text
from narae.core.kit.errors import Conflict, Invalid, NotFound, Refused
from narae.core.kit.ids import new_id
from narae.core.kit.outside import check_address
from narae.core.kit.who import Who
from narae.core.orgs.queries import require_manager
from narae.core.rooms import rules as room_rules
from narae.core.rooms.queries.heads import require_room
from narae.core.rooms.queries.log import require_message
from narae.core.rooms.tables import room

_NAME = re.compile(r"[^\s/@#:]+")


def create_hook(tx: Tx, who: Who, room_id: str, *, name: str, wanted: Hook) -> tuple[Robot, int]:
    """Put a robot into a room that tells other servers what is said there from now on; it and the number of its token."""
    checked = _checked_hook(wanted)
    made, _ = create(tx, who, room_id, name=name)
    last = tx.value(select(room.c.last_seq).where(room.c.id == room_id))
    tx.run(insert(hook).values(robot=made.id, **checked, token=tx.now, seq=last))
    record(tx, who, "bots.hook", made.id, org=made.org, urls=wanted.urls)
    return require_robot(tx.conn, who.person, made.id), tx.now


def change_hook(tx: Tx, who: Who, robot_id: str, *, wanted: Hook) -> Hook:
    """Let a hook listen for other words, or tell others."""
    old = require_robot(tx.conn, who.person, robot_id)
    if not tx.run(update(hook).where(hook.c.robot == robot_id).values(**_checked_hook(wanted))):
        raise NotFound("This robot has no hook.")
    record(tx, who, "bots.hook", robot_id, org=old.org, urls=wanted.urls)
    return as_hook(tx.first(select(hook).where(hook.c.robot == robot_id)))


def _checked_hook(wanted: Hook) -> dict[str, Any]:
    if len(wanted.words) > limits.HOOK_WORDS:
        raise Invalid(f"A hook listens for at most {limits.HOOK_WORDS} words.", field="words")
    if not 0 < len(wanted.urls) <= limits.HOOK_ADDRESSES:
        raise Invalid(f"A hook calls one to {limits.HOOK_ADDRESSES} addresses.", field="urls")
    words = [text.line(word, field="words") for word in wanted.words]
    urls = list(dict.fromkeys(check_address(url.strip(), field="urls") for url in wanted.urls))
    return {"words": _json(words), "starts": wanted.starts, "urls": _json(urls), "form": wanted.form}


def _json(words: Sequence[str]) -> str:
    return msgspec.json.encode(list(words)).decode()


def create_command(tx: Tx, who: Who, room_id: str, *, name: str, wanted: Command) -> tuple[Robot, int]:
    """Define a command for a room that `who` runs, or, for administrators, for the whole organisation; its robot and token's number."""
    made, _ = create(tx, who, room_id, name=name)
    values = _checked_command(tx, who, made, wanted)
    tx.run(insert(command).values(robot=made.id, **values, token=tx.now))
    record(tx, who, "bots.command", made.id, org=made.org, name=values["name"], url=wanted.url)
    return require_robot(tx.conn, who.person, made.id), tx.now


def change_command(tx: Tx, who: Who, robot_id: str, *, wanted: Command) -> Command:
    """Change a command's name, address or words."""
    old = require_robot(tx.conn, who.person, robot_id)
    if tx.first(select(command.c.robot).where(command.c.robot == robot_id)) is None:
        raise NotFound("This robot has no command.")
    values = _checked_command(tx, who, old, wanted)
    tx.run(update(command).where(command.c.robot == robot_id).values(**values))
    record(tx, who, "bots.command", robot_id, org=old.org, name=values["name"], url=wanted.url)
    return as_command(tx.first(select(command).where(command.c.robot == robot_id)))


def _checked_command(tx: Tx, who: Who, place: Robot, wanted: Command) -> dict[str, Any]:
    name = text.line(wanted.name.lstrip("/"), field="command", limit=limits.COMMAND_CHARS).lower()
    if not _NAME.fullmatch(name):
        raise Invalid("A command is one word without / @ # and colons.", code="not_command", field="command")
    if wanted.everywhere:
        require_manager(tx.conn, place.org, who.person)
    scope = place.org if wanted.everywhere else place.room
    taken = select(command.c.robot).where(command.c.scope == scope, command.c.name == name, command.c.robot != place.id)
    if tx.first(taken) is not None:
        raise Conflict(f"There is a command /{name} here already.", code="command_taken", field="command")
    return {
        "scope": scope,
        "name": name,
        "url": check_address(wanted.url.strip()),
        "hint": text.line(wanted.hint, field="hint", empty=True),
        "about": text.line(wanted.about, field="about", limit=limits.COMMAND_ABOUT_CHARS, empty=True),
        "everywhere": wanted.everywhere,
    }


def set_request(tx: Tx, who: Who, robot_id: str, *, url: str | None) -> int:
    """Send presses of a robot's Slack-form buttons to an address, or nowhere; the number of the token, 0 for none."""
    old = require_robot(tx.conn, who.person, robot_id)
    known = tx.value(select(request.c.token).where(request.c.robot == robot_id))
    tx.run(delete(request).where(request.c.robot == robot_id))
    if url is not None:
        tx.run(insert(request).values(robot=robot_id, url=check_address(url.strip()), token=known or tx.now))
    record(tx, who, "bots.request", robot_id, org=old.org, url=url)
    return (known or tx.now) if url is not None else 0


def renew_token(tx: Tx, who: Who, robot_id: str) -> int:
    """Let a robot's calls be known by a new token from now on: its number."""
    old = require_robot(tx.conn, who.person, robot_id)
    changed = [tx.run(update(table).where(table.c.robot == robot_id).values(token=tx.now)) for table in (hook, command, request)]
    if not any(changed):
        raise NotFound("This robot calls nobody.")
    record(tx, who, "bots.token", robot_id, org=old.org)
    return tx.now


def give(tx: Tx, who: Who, room_id: str, *, said: str, ref: str, thread: int | None) -> str:
    """Give a command: the call to its server is queued, and `answered` comes later under `ref`; the same `ref` is the same command."""
    place = require_room(tx.conn, room_id, who.person)
    if place.archived_at is not None:
        raise Conflict("This room is archived. Take it out of the archive to write in it.", code="room_archived")
    if thread is None and not room_rules.may_post(place.role, place.posting):
        raise Refused("Only those who run this room may post here.", code="posting_limited")
    if thread is not None and require_message(tx.conn, room_id, thread).thread is not None:
        raise Invalid("A thread has one level: answer in the thread of its first message.", code="nested_thread", field="thread")
    if not 0 < len(ref) <= limits.NONCE_CHARS:
        raise Invalid(f"A nonce has 1 to {limits.NONCE_CHARS} characters.", field="nonce")
    again = select(ask.c.id).where(ask.c.person == who.person, ask.c.kind == "command", ask.c.ref == ref)
    if tx.first(again) is not None:
        return ref
    name, _, rest = text.body(said, limit=limits.MESSAGE_CHARS).strip().removeprefix("/").partition(" ")
    found = command_here(tx.conn, room_id, place.org, name.lower())
    if found is None:
        raise NotFound(f"There is no command /{name[: limits.COMMAND_CHARS]} here.", code="no_command", field="text")
    check_pace(tx, who.person, found.robot)
    words = {"command": f"/{found.name}", "text": rest.strip()}
    wanted = Wanted(kind="command", robot=found.robot, room=room_id, person=who.person, url=found.url, said=words, ref=ref, thread=thread)
    queue(tx, wanted)
    return ref


def try_out(tx: Tx, who: Who, robot_id: str) -> None:
    """Call what a robot's hook or command calls, with a word that says that it is a test; what comes of it stands among its calls."""
    found = require_robot(tx.conn, who.person, robot_id)
    if not found.enabled:
        raise Refused("This robot is switched off.", code="robot_off")
    check_pace(tx, who.person, robot_id)
    mine: dict[str, Any] = {"robot": robot_id, "room": found.room, "person": who.person}
    command_row = tx.first(select(command).where(command.c.robot == robot_id))
    if command_row is not None:
        words = {"command": f"/{command_row.name}", "text": "test"}
        queue(tx, Wanted(kind="command", url=command_row.url, said=words, ref=new_id(tx.now), **mine))
        return
    hook_row = tx.first(select(hook).where(hook.c.robot == robot_id))
    if hook_row is None:
        raise NotFound("This robot calls nobody.")
    set_up = as_hook(hook_row)
    word = set_up.words[0] if set_up.words else ""
    said = {"text": f"{word} test".strip(), "word": word, "at": tx.now, "form": set_up.form}
    for url in set_up.urls:
        queue(tx, Wanted(kind="hook", url=url, said=said, seq=hook_row.seq or None, **mine))
