"""What a robot's program says of itself: to rooms and to single people; who has read it; and taking it back."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, get, post

from narae.apps.bots.actions.speaking import Saying, open_talks, speak, take_back
from narae.apps.bots.api.desk import CallRefused, Desk, desk_of
from narae.apps.bots.api.dingtalk.bodies import post_of
from narae.apps.bots.api.dingtalk.forms import NEWER, ApiRefused, as_id, read, room_of
from narae.apps.bots.api.dingtalk.keys import Media, translated
from narae.apps.bots.api.dingtalk.media import bring
from narae.apps.bots.api.dingtalk.tokens import caller
from narae.apps.bots.public import Post
from narae.apps.bots.queries import Guarded, by_id
from narae.apps.bots.queries.speaking import read_states, readers, said_by
from narae.core.db import Database
from narae.core.files.store import Blobs
from narae.core.http.who import address
from narae.core.kit.errors import Invalid, NaraeError, NotFound
from narae.core.kit.limits import ROBOT_KEYS_AT_ONCE, ROBOT_READERS_A_PAGE, ROBOT_RECEIVERS
from narae.core.kit.who import Who

Asked = Request[Any, Any, Any]
GONE = NotFound("Nothing was said under this key in the last day.", code="processQueryKeyNotExist")


class ToRoom(msgspec.Struct, frozen=True, rename="camel"):
    """A message to a room."""

    robot_code: str = ""
    open_conversation_id: str = ""
    msg_key: str = ""
    msg_param: str = ""


class ToPeople(msgspec.Struct, frozen=True, rename="camel"):
    """A message to single people."""

    robot_code: str = ""
    user_ids: list[str] = []
    msg_key: str = ""
    msg_param: str = ""


class Question(msgspec.Struct, frozen=True, rename="camel"):
    """Who has read a message to a room?"""

    robot_code: str = ""
    open_conversation_id: str = ""
    process_query_key: str = ""
    max_results: int = ROBOT_READERS_A_PAGE
    next_token: str | None = None


class Back(msgspec.Struct, frozen=True, rename="camel"):
    """Messages to take back."""

    robot_code: str = ""
    open_conversation_id: str = ""
    process_query_keys: list[str] = []


class Ding(msgspec.Struct, frozen=True, rename="camel"):
    """A message that its receivers are to confirm. How they are to be reached is not asked here."""

    robot_code: str = ""
    receiver_user_id_list: list[str] = []
    content: str = ""


class DingBack(msgspec.Struct, frozen=True, rename="camel"):
    """Such a message to take back."""

    robot_code: str = ""
    open_ding_id: str = ""


async def _robot(request: Asked, desk: Desk, key: bytes, robot_code: str) -> Guarded:
    """The robot that a call is for: the one that its token speaks for."""
    robot = await caller(request, desk, key)
    if robot_code != robot.id:
        raise ApiRefused(400, "robotNotExist", "robotCode is not that of the robot whose access token this is.")
    return robot


class _Speech:
    """A message of a robot on its way to one or several rooms."""

    def __init__(self, desk: Desk, blobs: Blobs, robot: Guarded, *, ip: str) -> None:
        self.desk = desk
        self.blobs = blobs
        self.robot = robot
        self.who = Who(person=robot.id, ip=ip)

    async def say(self, asked: Post | Media, rooms: dict[str, str | None]) -> str:
        """Say it in each room (to that person), all or none; the key of it."""
        sayings = [await self._saying(asked, room, person) for room, person in rooms.items()]
        key = await self.desk.db.write(speak, self.who, sayings=sayings)
        excerpt = asked.text if isinstance(asked, Post) else asked.id
        self.desk.note(self.robot, "api", ip=self.who.ip, code=0, answer="ok", said=excerpt)
        return key

    async def _saying(self, asked: Post | Media, room: str, person: str | None) -> Saying:
        place = await self.desk.db.read(by_id, self.robot.id, room)
        if place is None:
            raise NotFound("There is no such conversation, or the robot is not in it.", code="openConversationIdNotExist")
        said = await self._brought(asked, room) if isinstance(asked, Media) else asked
        return Saying(await self.desk.as_send(place, said, ip=self.who.ip), person)

    async def _brought(self, asked: Media, room: str) -> Post:
        return Post(text="", files=[await bring(self.desk.db, self.blobs, self.who, room, asked.id, asked.name)])

    async def talks(self, people: list[str]) -> dict[str, str]:
        """The direct talks with those of `people` who can be spoken to, by their ids."""
        if not 0 < len(people) <= ROBOT_RECEIVERS:
            raise Invalid(f"There are 1 to {ROBOT_RECEIVERS} receivers.", code="invalidParameter.userIds")
        talks = await self.desk.db.write(open_talks, self.who, self.robot.org, people=[as_id(one) for one in people])
        if not talks:
            raise ApiRefused(400, "staffId.notExisted", "None of these people is in the robot's organisation.")
        return talks


def _asked(msg_key: str, msg_param: str) -> Post | Media:
    said = translated(msg_key, msg_param)
    if isinstance(said, Media):
        return said
    try:
        return post_of(said)
    except CallRefused as error:
        raise Invalid(str(error), code="invalidParameter.msgParam") from error


@post("/v1.0/robot/groupMessages/send", status_code=200, include_in_schema=False, exception_handlers=NEWER)
async def send_to_room(request: Asked, db: Database, blobs: Blobs, server_key: bytes) -> dict[str, str]:
    """Say something in a room that the robot is in."""
    asked, desk = read(await request.body(), ToRoom), desk_of(db)
    robot = await _robot(request, desk, server_key, asked.robot_code)
    speech = _Speech(desk, blobs, robot, ip=address(request))
    room = room_of(asked.open_conversation_id)
    return {"processQueryKey": await speech.say(_asked(asked.msg_key, asked.msg_param), {room: None})}


@post("/v1.0/robot/oToMessages/batchSend", status_code=200, include_in_schema=False, exception_handlers=NEWER)
async def send_to_people(request: Asked, db: Database, blobs: Blobs, server_key: bytes) -> dict[str, Any]:
    """Say something to each of some people."""
    asked, desk = read(await request.body(), ToPeople), desk_of(db)
    robot = await _robot(request, desk, server_key, asked.robot_code)
    speech, said = _Speech(desk, blobs, robot, ip=address(request)), _asked(asked.msg_key, asked.msg_param)
    talks = await speech.talks(asked.user_ids)
    key = await speech.say(said, {room: person for person, room in talks.items()})
    missing = [one for one in asked.user_ids if one not in talks]
    return {"processQueryKey": key, "invalidStaffIdList": missing, "flowControlledStaffIdList": []}


@post("/v1.0/robot/groupMessages/query", status_code=200, include_in_schema=False, exception_handlers=NEWER)
async def query_readers(request: Asked, db: Database, server_key: bytes) -> dict[str, Any]:
    """Who has read a message of the robot's in a room, a page at a time."""
    asked = read(await request.body(), Question)
    robot = await _robot(request, desk_of(db), server_key, asked.robot_code)
    rows = await db.read(said_by, robot.id, as_id(asked.process_query_key))
    room = room_of(asked.open_conversation_id)
    row = next((row for row in rows if row.room == room), None)
    if row is None:
        raise GONE
    limit = min(max(asked.max_results, 1), ROBOT_READERS_A_PAGE)
    found = await db.read(readers, robot.id, row.room, row.seq, after=as_id(asked.next_token or ""), limit=limit)
    last = found.people[-1] if found.more else ""
    return {"sendStatus": _status(row), "readUserIds": found.people, "hasMore": found.more, "nextToken": last}


def _status(row: Any) -> str:
    return "SUCCESS" if row.recalled_at is None else "RECALLED"


@get("/v1.0/robot/oToMessages/readStatus", include_in_schema=False, exception_handlers=NEWER)
async def query_states(request: Asked, db: Database, server_key: bytes) -> dict[str, Any]:
    """Who of those to whom something was said has read it."""
    given = request.query_params
    robot = await _robot(request, desk_of(db), server_key, given.get("robotCode") or "")
    key = as_id(given.get("processQueryKey") or "")
    rows = await db.read(said_by, robot.id, key)
    if not rows:
        raise GONE
    states = await db.read(read_states, robot.id, key)
    people = [{"userId": one, "name": name, "readStatus": "READ" if read_it else "UNREAD"} for one, name, read_it in states]
    return {"sendStatus": _status(rows[0]), "messageReadInfoList": people}


async def _take_back(request: Asked, db: Database, key: bytes, *, here: bool) -> dict[str, Any]:
    asked = read(await request.body(), Back)
    robot = await _robot(request, desk_of(db), key, asked.robot_code)
    if not 0 < len(asked.process_query_keys) <= ROBOT_KEYS_AT_ONCE:
        raise Invalid(f"There are 1 to {ROBOT_KEYS_AT_ONCE} keys.", code="invalidParameter.processQueryKeys")
    who, done, failed = Who(person=robot.id, ip=address(request)), [], {}
    for one in asked.process_query_keys:
        try:
            room = room_of(asked.open_conversation_id) if here else None
            await db.write(take_back, who, key=as_id(one), room=room)
            done.append(one)
        except NaraeError as error:
            failed[one] = error.message
    return {"successResult": done, "failedResult": failed}


@post("/v1.0/robot/groupMessages/recall", status_code=200, include_in_schema=False, exception_handlers=NEWER)
async def recall_from_room(request: Asked, db: Database, server_key: bytes) -> dict[str, Any]:
    """Take back what the robot has said in a room."""
    return await _take_back(request, db, server_key, here=True)


@post("/v1.0/robot/privateChatMessages/batchRecall", status_code=200, include_in_schema=False, exception_handlers=NEWER)
async def recall_from_talk(request: Asked, db: Database, server_key: bytes) -> dict[str, Any]:
    """Take back what the robot has said in one direct talk."""
    return await _take_back(request, db, server_key, here=True)


@post("/v1.0/robot/otoMessages/batchRecall", status_code=200, include_in_schema=False, exception_handlers=NEWER)
async def recall_from_people(request: Asked, db: Database, server_key: bytes) -> dict[str, Any]:
    """Take back what the robot has said to single people."""
    return await _take_back(request, db, server_key, here=False)


@post("/v1.0/robot/ding/send", status_code=200, include_in_schema=False, exception_handlers=NEWER)
async def send_ding(request: Asked, db: Database, blobs: Blobs, server_key: bytes) -> dict[str, str]:
    """Say something to people that they are to confirm."""
    asked, desk = read(await request.body(), Ding), desk_of(db)
    robot = await _robot(request, desk, server_key, asked.robot_code)
    speech = _Speech(desk, blobs, robot, ip=address(request))
    plain = _asked("sampleText", msgspec.json.encode({"content": asked.content}).decode())
    assert isinstance(plain, Post)
    talks = await speech.talks(asked.receiver_user_id_list)
    said = Post(text=plain.text, confirm=True)
    return {"openDingId": await speech.say(said, {room: person for person, room in talks.items()})}


@post("/v1.0/robot/ding/recall", status_code=200, include_in_schema=False, exception_handlers=NEWER)
async def recall_ding(request: Asked, db: Database, server_key: bytes) -> dict[str, str]:
    """Take such a message back."""
    asked = read(await request.body(), DingBack)
    robot = await _robot(request, desk_of(db), server_key, asked.robot_code)
    await db.write(take_back, Who(person=robot.id, ip=address(request)), key=as_id(asked.open_ding_id))
    return {"openDingId": asked.open_ding_id}


ROUTES = (
    send_to_room, send_to_people, query_readers, query_states, recall_from_room, recall_from_talk, recall_from_people, send_ding,
    recall_ding,
)  # fmt: skip
