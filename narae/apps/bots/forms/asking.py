"""What other servers are told when a robot calls them, in Slack's and Mattermost's forms, as both describe them in public."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any
from urllib.parse import urlencode

import msgspec

from narae.apps.bots.public import Offer, Offered
from narae.core.rooms.public import Message

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
Fields = dict[str, Any]


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a call may say. `said` is what was stored when it was asked for; times in ms."""

    id: str
    kind: str
    robot: str
    robot_name: str
    org: str
    org_name: str
    room: str
    room_name: str
    direct: bool
    person: str
    person_name: str
    seq: int | None
    url: str
    said: Fields
    number: int
    message: Message | None
    offer: Offer | None
    at: int


class Keys(msgspec.Struct, frozen=True):
    """What a receiver gets to prove itself by, and to answer later with; `now` (ms) is when it is called."""

    token: str
    trigger: str
    response: str
    now: int


def post_id(room: str, seq: int) -> str:
    """How others name a message."""
    return f"{room}.{seq}"


def seq_of(said: object, room: str) -> int | None:
    """The message of a room that others name so."""
    place, _, seq = str(said).partition(".")
    return int(seq) if place == room and seq.isdecimal() and len(seq) < 10 else None


def call(facts: Facts, keys: Keys) -> tuple[bytes, dict[str, str]]:
    """The body and the headers of a call, signed as Slack signs: with the token, over the time and the body."""
    kind, body = _body(facts, keys)
    stamp = str(keys.now // 1000)
    signed = hmac.new(keys.token.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return body, {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signed}"}


def _body(facts: Facts, keys: Keys) -> tuple[str, bytes]:
    if facts.kind == "command":
        return FORM, _form(_command(facts, keys))
    if facts.kind == "hook":
        hook = _hook(facts, keys)
        return (JSON, msgspec.json.encode(hook)) if facts.said.get("form") == "json" else (FORM, _form(hook))
    offered = msgspec.convert(facts.said["offered"], Offered)
    if offered.shape == "mattermost":
        return JSON, msgspec.json.encode(_mattermost(facts, keys, offered))
    pressed = _interactive(facts, keys, offered) if offered.shape == "legacy" else _block(facts, keys, offered)
    return FORM, _form({"payload": msgspec.json.encode(pressed).decode()})


def _form(fields: Fields) -> bytes:
    return urlencode({name: str(value) for name, value in fields.items()}).encode()


def _place(facts: Facts) -> Fields:
    return {
        "team_id": facts.org,
        "team_domain": facts.org_name,
        "channel_id": facts.room,
        "channel_name": "directmessage" if facts.direct else facts.room_name,
        "user_id": facts.person,
        "user_name": facts.person_name,
    }


def _hook(facts: Facts, keys: Keys) -> Fields:
    said = {"text": facts.said["text"], "trigger_word": facts.said["word"], "timestamp": facts.said["at"] // 1000}
    return {"token": keys.token, **_place(facts), "post_id": post_id(facts.room, facts.seq or 0), **said}


def _command(facts: Facts, keys: Keys) -> Fields:
    said = {"command": facts.said["command"], "text": facts.said["text"]}
    return {"token": keys.token, **_place(facts), **said, "response_url": keys.response, "trigger_id": keys.trigger}


def _mattermost(facts: Facts, keys: Keys, offered: Offered) -> Fields:
    chosen = facts.said.get("option")
    context = {**offered.context, **({"selected_option": chosen} if chosen is not None else {})}
    return {
        **_place(facts),
        "post_id": post_id(facts.room, facts.seq or 0),
        "trigger_id": keys.trigger,
        "type": "button" if chosen is None else "select",
        "data_source": "",
        "context": context,
    }


def stamp_of(at: int, seq: int) -> str:
    """How Slack names a message: by its second, and a number that makes it the only one."""
    return f"{at // 1000}.{seq:06d}"


def _shared(facts: Facts, keys: Keys) -> Fields:
    """What both of Slack's payloads say."""
    return {
        "token": keys.token,
        "team": {"id": facts.org, "domain": facts.org_name},
        "channel": {"id": facts.room, "name": facts.room_name},
        "user": {"id": facts.person, "name": facts.person_name, "username": facts.person_name, "team_id": facts.org},
        "trigger_id": keys.trigger,
        "response_url": keys.response,
    }


def _original(facts: Facts) -> Fields:
    source = facts.offer.source if facts.offer else {}
    at = facts.message.at if facts.message else facts.at
    text = facts.message.text if facts.message else ""
    return {"type": "message", "bot_id": facts.robot, "text": text, **source, "ts": stamp_of(at, facts.seq or 0)}


def _interactive(facts: Facts, keys: Keys, offered: Offered) -> Fields:
    original, chosen = _original(facts), facts.said.get("option")
    action: Fields = {"name": offered.name, "type": "button", "value": offered.value}
    if chosen is not None:
        action = {"name": offered.name, "type": "select", "selected_options": [{"value": chosen}]}
    return {
        "type": "interactive_message",
        **_shared(facts, keys),
        "actions": [action],
        "callback_id": offered.block,
        "action_ts": stamp_of(facts.at, 0),
        "message_ts": original["ts"],
        "attachment_id": "1",
        "is_app_unfurl": False,
        "original_message": original,
    }


def _block(facts: Facts, keys: Keys, offered: Offered) -> Fields:
    original, chosen = _original(facts), facts.said.get("option")
    action: Fields = {"action_id": offered.name, "block_id": offered.block, "action_ts": stamp_of(facts.at, 0)}
    if offered.shape == "button":
        action |= {"type": "button", "text": {"type": "plain_text", "text": offered.label}, "value": offered.value}
    else:
        option = {"text": {"type": "plain_text", "text": offered.options.get(str(chosen), "")}, "value": chosen}
        action |= {"type": "static_select" if offered.shape == "select" else "overflow", "selected_option": option}
    return {
        "type": "block_actions",
        "api_app_id": facts.robot,
        **_shared(facts, keys),
        "container": {"type": "message", "message_ts": original["ts"], "channel_id": facts.room, "is_ephemeral": False},
        "message": original,
        "actions": [action],
    }
