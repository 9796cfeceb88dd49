"""What a robot is told of a message: the body that DingTalk's callbacks and streams carry. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from narae.apps.bots.api.dingtalk.forms import conversation
from narae.apps.bots.api.dingtalk.session import session_of, session_until
from narae.apps.bots.queries import Guarded
from narae.apps.bots.queries.hearing import Heard
from narae.core.kit.keys import sealed
from narae.core.kit.markdown import At
from narae.core.orgs.rules import may_manage
from narae.core.rooms.public import File, Message, RoomEvent

DOWNLOAD = "bots.file"
_EVENTS = {
    "renamed": "chat_update_title",
    "added": "chat_add_member",
    "removed": "chat_remove_member",
    "left": "chat_quit",
    "owner": "chat_update_owner",
    "archived": "chat_disband",
}


def message_id(message: Message) -> str:
    """The name of a message, the same whenever it is told."""
    return f"msg{message.room}-{message.seq}"


def body_of(heard: Heard, robot: Guarded, *, key: bytes, url: str) -> dict[str, Any]:
    """What is told of a message; `url` is where people open Narae."""
    message, sender = heard.message, heard.message.sender or ""
    body = {
        "senderPlatform": "Web",
        "conversationId": conversation(message.room),
        "conversationType": "1" if heard.direct else "2",
        "chatbotCorpId": heard.org,
        "chatbotUserId": robot.id,
        "robotCode": robot.id,
        "msgId": message_id(message),
        "senderNick": heard.sender_name,
        "senderId": sender,
        "senderStaffId": sender,
        "senderCorpId": heard.org,
        "isAdmin": may_manage(heard.sender_role),  # type: ignore[arg-type]
        "createAt": message.at,
        "sessionWebhook": f"{url}/robot/sendBySession?session={session_of(key, robot, message)}",
        "sessionWebhookExpiredTime": session_until(message),
        "isInAtList": robot.id in message.mentions.people,
        "atUsers": [_at(person, robot.id) for person in message.mentions.people],
        **_content(message, robot, key),
    }
    return body if heard.direct else {**body, "conversationTitle": heard.title}


def _at(person: str, robot_id: str) -> dict[str, str]:
    """Somebody who is mentioned; robots are no staff."""
    return {"dingtalkId": person} if person == robot_id else {"dingtalkId": person, "staffId": person}


def _content(message: Message, robot: Guarded, key: bytes) -> dict[str, Any]:
    text = _without(message, robot.id)
    if not message.files:
        return {"msgtype": "text", "text": {"content": text}}
    codes = [(file, sealed(key, DOWNLOAD, robot.id, robot.app, file.id)) for file in message.files]
    if len(codes) == 1 and not text.strip():
        return _one(*codes[0])
    said = [{"text": text}] if text.strip() else []
    files = [{"downloadCode": code, "type": _kind(file), "fileName": file.name} for file, code in codes]
    return {"msgtype": "richText", "content": {"richText": [*said, *files]}}


def _one(file: File, code: str) -> dict[str, Any]:
    kind = _kind(file)
    more: dict[str, dict[str, Any]] = {
        "audio": {"duration": 0, "recognition": ""},
        "video": {"duration": 0, "videoType": file.name.rpartition(".")[2]},
        "file": {"fileName": file.name},
    }
    return {"msgtype": kind, "content": {"downloadCode": code, **more.get(kind, {})}}


def _kind(file: File) -> str:
    """What sort of file it is, as these interfaces call it."""
    return {"image": "picture", "audio": "audio", "video": "video"}.get(file.mime.partition("/")[0], "file")


def _without(message: Message, robot_id: str) -> str:
    """The text with the robot's own @name cut out of it, as it was called there."""
    name = next((at.s for at in _mentions(message.body) if at.id == robot_id), None)
    return message.text.replace(f"@{name.removeprefix('@')}", "", 1) if name else message.text


def _mentions(part: Any) -> Iterator[At]:
    if isinstance(part, At):
        yield part
    elif isinstance(part, list | tuple):
        for one in part:
            yield from _mentions(one)
    elif isinstance(part, msgspec.Struct):
        for name in part.__struct_fields__:
            yield from _mentions(getattr(part, name))


def event_of(message: Message, event: RoomEvent, org: str) -> tuple[str, dict[str, Any]] | None:
    """The name and the body of an event in a room, if these interfaces have one for it."""
    kind = _EVENTS.get(event.verb)
    if kind is None:
        return None
    name = conversation(message.room)
    body = {"EventType": kind, "CorpId": org, "ChatId": name, "OpenConversationId": name, "TimeStamp": str(message.at)}
    more = {"Title": event.text} if event.verb == "renamed" else {"UserId": event.people}
    return kind, {**body, "Operator": message.sender or "", **more}
