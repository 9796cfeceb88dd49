"""Interactive cards as robots' programs make, deliver and change them, in the newer form and as far as clients use it the older one."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, post, put

from narae.apps.bots.actions.cards import NewCard, append, change, create, create_and_deliver, deliver, register
from narae.apps.bots.actions.speaking import open_talks
from narae.apps.bots.api.desk import desk_of
from narae.apps.bots.api.dingtalk.forms import NEWER, ApiRefused, as_id, read, room_of
from narae.apps.bots.api.dingtalk.tokens import caller
from narae.apps.bots.forms.cards import is_by_key, words
from narae.apps.bots.public import Post
from narae.apps.bots.queries import Guarded, by_id
from narae.core.db import Database
from narae.core.http.who import address
from narae.core.kit.errors import Invalid, NotFound
from narae.core.kit.keys import derived
from narae.core.kit.outside import check_address
from narae.core.kit.who import Who
from narae.core.rooms.actions.send import Send

Asked = Request[Any, Any, Any]
_SPACE = "dtv1.card//"


class CardData(msgspec.Struct, frozen=True, rename="camel"):
    """What a card shows."""

    card_param_map: dict[str, Any] = {}


class GroupModel(msgspec.Struct, frozen=True, rename="camel"):
    """How a card is put into a room: whom it calls. `recipients` would be the only ones who see it."""

    at_user_ids: dict[str, Any] | None = None
    recipients: list[str] | None = None


class CardAsked(msgspec.Struct, frozen=True, rename="camel"):
    """A card to make, to deliver, or both."""

    out_track_id: str = ""
    card_data: CardData = CardData()
    callback_type: str = "STREAM"
    callback_route_key: str = ""
    open_space_id: str = ""
    im_group_open_deliver_model: GroupModel | None = None


class CardChange(msgspec.Struct, frozen=True, rename="camel"):
    """Other data for a card."""

    out_track_id: str = ""
    card_data: CardData | None = None
    card_update_options: dict[str, Any] | None = None


class Written(msgspec.Struct, frozen=True, rename="camel"):
    """A piece of a text that is being written into a card."""

    out_track_id: str = ""
    key: str = ""
    content: str = ""
    is_full: bool = False


class Route(msgspec.Struct, frozen=True, rename="camel"):
    """Where presses are to be posted."""

    callback_route_key: str = ""
    callback_url: str = ""
    api_secret: str = ""
    force_update: bool = False


class OldCard(msgspec.Struct, frozen=True, rename="camel"):
    """A card in the older form: its whole body as JSON."""

    card_biz_id: str = ""
    card_data: str = ""
    open_conversation_id: str = ""
    single_chat_receiver: str = ""
    send_options: dict[str, Any] = {}


class _Card:
    """A robot's call about a card."""

    def __init__(self, request: Asked, db: Database, robot: Guarded) -> None:
        self.db = db
        self.robot = robot
        self.who = Who(person=robot.id, ip=address(request))

    @classmethod
    async def of(cls, request: Asked, db: Database, key: bytes) -> _Card:
        """The call of the robot whose token the request has."""
        return cls(request, db, await caller(request, desk_of(db), key))

    async def item(self, space: str, model: GroupModel | None) -> Send:
        """Where a card goes and whom it calls, without the card."""
        if model is not None and model.recipients:
            raise Invalid("Everybody in a conversation sees a card: recipients are not supported.", code="invalidParameter.recipients")
        place = await self.db.read(by_id, self.robot.id, await self._room(space))
        if place is None:
            raise NotFound("There is no such conversation, or the robot is not in it.", code="openSpaceIdNotExist")
        called = list((model.at_user_ids if model else None) or {})
        meant = Post(text="", people=[one for one in called if one != "@ALL"], all="@ALL" in called)
        return await desk_of(self.db).as_send(place, meant, ip=self.who.ip)

    async def _room(self, space: str) -> str:
        kind, _, name = space.removeprefix(_SPACE).partition(".")
        if not space.startswith(_SPACE) or kind not in ("IM_GROUP", "IM_ROBOT") or not name:
            raise Invalid(
                f"openSpaceId is {_SPACE}IM_GROUP.<openConversationId> or {_SPACE}IM_ROBOT.<userId>.", code="invalidParameter.openSpaceId"
            )
        if kind == "IM_GROUP":
            return room_of(name)
        talks = await self.db.write(open_talks, self.who, self.robot.org, people=[as_id(name)])
        if not talks:
            raise ApiRefused(400, "staffId.notExisted", "This person is not in the robot's organisation.")
        return next(iter(talks.values()))

    def delivered(self, track: str, space: str) -> dict[str, Any]:
        """What is answered when a card stands in its room; the call is noted."""
        desk_of(self.db).note(self.robot, "api", ip=self.who.ip, code=0, answer="ok", said=track)
        kind, _, name = space.removeprefix(_SPACE).partition(".")
        return {"spaceType": kind, "spaceId": name, "success": True, "errorMsg": ""}


def _new(asked: CardAsked) -> NewCard:
    if asked.callback_type not in ("STREAM", "HTTP", ""):
        raise Invalid("callbackType is STREAM or HTTP.", code="invalidParameter.callbackType")
    posted = asked.callback_type == "HTTP" or (not asked.callback_type and asked.callback_route_key)
    return NewCard(asked.out_track_id, words(asked.card_data.card_param_map), asked.callback_route_key if posted else None)


@post("/v1.0/card/instances", status_code=200, include_in_schema=False, exception_handlers=NEWER)
async def create_card(request: Asked, db: Database, server_key: bytes) -> dict[str, Any]:
    """Make a card, to be delivered later."""
    call = await _Card.of(request, db, server_key)
    asked = read(await request.body(), CardAsked)
    await db.write(create, call.who, call.robot.org, _new(asked))
    return {"success": True, "result": asked.out_track_id}


@post("/v1.0/card/instances/deliver", status_code=200, include_in_schema=False, exception_handlers=NEWER)
async def deliver_card(request: Asked, db: Database, server_key: bytes) -> dict[str, Any]:
    """Put a card into a conversation."""
    call = await _Card.of(request, db, server_key)
    asked = read(await request.body(), CardAsked)
    item = await call.item(asked.open_space_id, asked.im_group_open_deliver_model)
    await db.write(deliver, call.who, asked.out_track_id, item)
    return {"success": True, "result": [call.delivered(asked.out_track_id, asked.open_space_id)]}


@post("/v1.0/card/instances/createAndDeliver", status_code=200, include_in_schema=False, exception_handlers=NEWER)
async def create_and_deliver_card(request: Asked, db: Database, server_key: bytes) -> dict[str, Any]:
    """Make a card and put it into a conversation."""
    call = await _Card.of(request, db, server_key)
    asked = read(await request.body(), CardAsked)
    item = await call.item(asked.open_space_id, asked.im_group_open_deliver_model)
    await db.write(create_and_deliver, call.who, call.robot.org, _new(asked), item)
    done = call.delivered(asked.out_track_id, asked.open_space_id)
    return {"success": True, "result": {"outTrackId": asked.out_track_id, "deliverResults": [done]}}


@put("/v1.0/card/instances", include_in_schema=False, exception_handlers=NEWER)
async def change_card(request: Asked, db: Database, server_key: bytes) -> dict[str, Any]:
    """Give a card other data. Data for single people changes nothing: everybody sees the same card."""
    call = await _Card.of(request, db, server_key)
    asked = read(await request.body(), CardChange)
    by_key = is_by_key(asked.card_update_options) or asked.card_data is None
    params = words(asked.card_data.card_param_map) if asked.card_data else {}
    await db.write(change, call.who, asked.out_track_id, params=params, by_key=by_key)
    return {"success": True, "result": True}


@put("/v1.0/card/streaming", include_in_schema=False, exception_handlers=NEWER)
async def write_card(request: Asked, db: Database, server_key: bytes) -> dict[str, Any]:
    """Write more of a text into a card."""
    call = await _Card.of(request, db, server_key)
    asked = read(await request.body(), Written)
    if not asked.key:
        raise Invalid("missing parameter: key", code="invalidParameter.key")
    await db.write(append, call.who, asked.out_track_id, key=asked.key, content=asked.content, full=asked.is_full)
    return {"success": True, "result": True}


@post("/v1.0/card/callbacks/register", status_code=200, include_in_schema=False, exception_handlers=NEWER)
async def register_route(request: Asked, db: Database, server_key: bytes) -> dict[str, Any]:
    """Have presses posted to an address, signed with apiSecret; one is made where none is given."""
    call = await _Card.of(request, db, server_key)
    asked = read(await request.body(), Route)
    url = check_address(asked.callback_url, field="callbackUrl")
    secret = asked.api_secret or derived(server_key, f"bots.route {call.robot.id} {asked.callback_route_key}")
    key = asked.callback_route_key
    await db.write(register, call.who, call.robot.org, key=key, url=url, secret=secret, force=asked.force_update)
    return {"success": True, "result": {"callbackUrl": url, "apiSecret": secret}}


def _called(options: dict[str, Any]) -> GroupModel:
    try:
        people = msgspec.json.decode(str(options.get("atUserListJson") or "[]"), type=list[dict[str, Any]])
    except msgspec.DecodeError as error:
        raise Invalid("atUserListJson is not a JSON list.", code="invalidParameter.sendOptions") from error
    called = {str(one["userId"]): "" for one in people if one.get("userId")}
    return GroupModel({**called, **({"@ALL": ""} if options.get("atAll") is True else {})})


def _receiver(said: str) -> str:
    try:
        return str(msgspec.json.decode(said or "{}", type=dict[str, Any]).get("userId") or "")
    except msgspec.DecodeError as error:
        raise Invalid("singleChatReceiver is not a JSON object.", code="invalidParameter.singleChatReceiver") from error


@post("/v1.0/im/v1.0/robot/interactiveCards/send", status_code=200, include_in_schema=False, exception_handlers=NEWER)
async def send_old_card(request: Asked, db: Database, server_key: bytes) -> dict[str, Any]:
    """Make a card in the older form and put it into a conversation."""
    call = await _Card.of(request, db, server_key)
    asked = read(await request.body(), OldCard)
    group = f"IM_GROUP.{asked.open_conversation_id}" if asked.open_conversation_id else f"IM_ROBOT.{_receiver(asked.single_chat_receiver)}"
    item = await call.item(_SPACE + group, _called(asked.send_options))
    new = NewCard(asked.card_biz_id, {"sys_full_json_obj": asked.card_data}, None)
    await db.write(create_and_deliver, call.who, call.robot.org, new, item)
    call.delivered(asked.card_biz_id, _SPACE + group)
    return {"processQueryKey": asked.card_biz_id}


@put("/v1.0/im/robots/interactiveCards", include_in_schema=False, exception_handlers=NEWER)
async def change_old_card(request: Asked, db: Database, server_key: bytes) -> dict[str, Any]:
    """Give such a card another body."""
    call = await _Card.of(request, db, server_key)
    asked = read(await request.body(), OldCard)
    await db.write(change, call.who, asked.card_biz_id, params={"sys_full_json_obj": asked.card_data}, by_key=False)
    return {"processQueryKey": asked.card_biz_id}


ROUTES = (
    create_card, deliver_card, create_and_deliver_card, change_card, write_card, register_route, send_old_card, change_old_card,
)  # fmt: skip
