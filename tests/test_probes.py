"""Every route is probed by itself: strangers are refused, and another organisation's things are not there.

The list of routes comes from the running application, so a new route is probed without anybody thinking of it.
"""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from litestar.routes import HTTPRoute

from narae.apps.bots.actions import create as create_robot
from narae.core.files.actions import note_file
from narae.core.kit.ids import new_id
from narae.core.orgs.actions import create_department
from narae.core.people.actions import create_token
from narae.core.rooms.actions.joining import found_org
from narae.server import Server
from tests.kit.world import World

pytestmark = pytest.mark.anyio

OPEN = {
    "/api/hello", "/api/setup", "/api/sign-in", "/api/sign-in/link", "/api/invites/{token}", "/health/live", "/health/ready", "/metrics",
    "/api/openapi.json", "/api", "/api/{path}", "/", "/{path}", "/robot/send", "/hooks/{token}",
    "/robot/sendBySession", "/robot/files/{code}/{name}", "/gettoken", "/media/upload", "/v1.0/oauth2/accessToken",
    "/v1.0/gateway/connections/open",
    "/v1.0/card/instances", "/v1.0/card/instances/deliver", "/v1.0/card/instances/createAndDeliver", "/v1.0/card/streaming",
    "/v1.0/card/callbacks/register", "/v1.0/im/v1.0/robot/interactiveCards/send", "/v1.0/im/robots/interactiveCards",
    "/v1.0/robot/groupMessages/send", "/v1.0/robot/groupMessages/query",
    "/v1.0/robot/groupMessages/recall", "/v1.0/robot/oToMessages/batchSend", "/v1.0/robot/oToMessages/readStatus",
    "/v1.0/robot/otoMessages/batchRecall", "/v1.0/robot/privateChatMessages/batchRecall", "/v1.0/robot/messageFiles/download",
    "/v1.0/robot/ding/send", "/v1.0/robot/ding/recall",
    "/hooks/reply/{ask_id}/{mac}", "/api/v4/actions/dialogs/open",
}  # fmt: skip
BODIES: dict[str, Any] = {
    "DirectWith": {"person": "x"}, "LogPlace": {"seq": 1}, "NewRoom": {"name": "x"}, "NewMessage": {"nonce": "x", "text": "x"},
    "NewText": {"text": "x"}, "DraftText": {"text": "x"}, "NewRole": {"role": "admin"}, "OrgName": {"name": "x"},
    "NewDepartment": {"name": "x"}, "InviteWish": {"role": "member"}, "NewPassword": {"old": "x", "new": "y"},
    "TokenWish": {"name": "x", "scopes": ["read"], "days": 1}, "People": {"people": ["x"]},
    "ListeningWish": {"on": True}, "CallbackWish": {"url": ""},
    "NewPress": {"button": "x", "nonce": "x"}, "NewRobot": {"name": "x"}, "SigningWish": {"on": True}, "NewHook": {"name": "x", "urls": ["https://example.com"]},
    "NewCommand": {"name": "x", "command": "x", "url": "https://example.com"}, "HookWish": {"urls": ["https://example.com"]},
    "CommandWish": {"command": "x", "url": "https://example.com"}, "RequestWish": {"url": None}, "GivenCommand": {"text": "/x"},
}  # fmt: skip


def routes(server: Server) -> list[tuple[str, str, Any]]:
    """(method, path, handler) of everything that is served."""
    found = []
    for route in server.app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                methods = {str(getattr(m, "value", m)) for m in handler.http_methods} - {"HEAD", "OPTIONS"}
                found += [(method, route.path_format, handler) for method in sorted(methods)]
    return found


def filled(path: str, values: dict[str, str]) -> str:
    """A path with its parameters."""
    return re.sub(r"{(\w+)}", lambda m: values.get(m[1], "1" if m[1] == "seq" else "x"), path)


async def call(client: httpx.AsyncClient, method: str, path: str, handler: Any) -> httpx.Response:
    """Call a route with a body of the right form and the parameters that it must have."""
    field = handler.parsed_data_field
    body = BODIES.get(getattr(field.annotation, "__name__", ""), {}) if field else None
    taken = handler.parsed_fn_signature.parameters
    needed = {key: value for key, value in {"ids": "x", "name": "x.txt", "since": "0"}.items() if key in taken}
    return await client.request(method, path, json=body, params=needed)


async def test_a_stranger_is_refused_everywhere_but_at_the_door(world: World) -> None:
    client = world.client()
    answers = [(m, p, (await call(client, m, filled(p, {}), h)).status_code) for m, p, h in routes(world.server) if p not in OPEN]
    assert len(answers) > 50
    assert [a for a in answers if a[2] != 401] == []


async def test_another_organisations_things_are_not_there(world: World) -> None:
    values = await _things(world)
    outsider = await world.account("다른 회사 사람")
    await world.db.write(found_org, outsider, name="다른 회사")
    await _check_hidden(world, world.client(outsider), values)


async def test_a_member_outside_a_room_sees_nothing_of_it(world: World) -> None:
    values = await _things(world)
    member = await world.person("이민수")
    rooms_only = {key: values[key] for key in ("room_id", "seq", "file_id", "name", "robot_id")}
    await _check_hidden(world, world.client(member), rooms_only)


async def test_a_guest_sees_nothing_of_the_organisation_but_their_rooms(world: World) -> None:
    guest = await world.person("손님", role="guest")
    client = world.client(guest)
    base = f"/api/orgs/{world.org}"
    people = (await client.get(f"{base}/people")).json()["items"]
    assert [p["id"] for p in people] in ([], [guest.person])
    assert (await client.get(f"{base}/departments")).json()["items"] == []
    assert (await client.get(f"{base}/rooms")).json()["items"] == []
    assert (await client.post(f"{base}/rooms", json={"name": "x"})).status_code == 403
    assert (await client.post(f"{base}/direct", json={"person": world.owner.person})).status_code == 404
    assert (await client.get(f"{base}/people/{world.owner.person}")).status_code == 404


async def test_a_read_token_changes_nothing(world: World) -> None:
    token = await world.db.write(create_token, world.owner, name="보기", scopes=["read"], days=1)
    client = world.client()
    client.headers["Authorization"] = f"Bearer {token.secret}"
    answers = []
    for method, path, handler in routes(world.server):
        if path not in OPEN and method != "GET" and handler.opt.get("scope") != "read":
            answers.append((method, path, (await call(client, method, filled(path, {}), handler)).status_code))
    assert [a for a in answers if a[2] != 403] == []
    assert (await client.get("/api/me")).status_code == 200


async def test_another_sites_page_changes_nothing(world: World) -> None:
    client = world.client(world.owner)
    client.headers["Sec-Fetch-Site"] = "cross-site"
    answers = [(m, p, (await call(client, m, filled(p, {}), h)).status_code) for m, p, h in routes(world.server) if m != "GET"]
    assert [a for a in answers if a[2] != 403] == []


async def _things(world: World) -> dict[str, str]:
    """One of everything that a path may name."""
    room = await world.room()
    sent = await world.send(world.owner, room)
    department = await world.db.write(create_department, world.owner, world.org, name="판매팀")
    file_id = new_id(world.db.clock.now())
    await world.db.write(note_file, world.owner, room, file_id=file_id, name="a.txt", mime="text/plain", size=1, pixels=None)
    robot, _ = await world.db.write(create_robot, world.owner, room, name="로봇")
    return {
        "robot_id": robot.id,
        "org_id": world.org, "room_id": room, "seq": str(sent.seq), "person_id": world.owner.person, "department_id": department.id,
        "invite_id": "x", "dialog_id": "x", "emoji": "👍", "file_id": file_id, "name": "a.txt",
    }  # fmt: skip


async def _check_hidden(world: World, client: httpx.AsyncClient, values: dict[str, str]) -> None:
    before = await world.changes(world.owner, (await _rooms(world))[0])
    answers = []
    for method, path, handler in routes(world.server):
        named = set(re.findall(r"{(\w+)}", path))
        if path not in OPEN and named & {"org_id", "room_id", "file_id", "robot_id", "dialog_id"} & set(values):
            answers.append((method, path, (await call(client, method, filled(path, values), handler)).status_code))
    assert len(answers) > 20
    assert [a for a in answers if a[2] != 404] == []
    assert await world.changes(world.owner, (await _rooms(world))[0]) == before


async def _rooms(world: World) -> list[str]:
    client = world.client(world.owner)
    return [r["id"] for r in (await client.get("/api/rooms")).json()["items"]]
