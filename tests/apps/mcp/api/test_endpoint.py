"""Assistants: the protocol's own client, and what it would never send."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client

from narae.core.kit.who import Who
from narae.core.orgs.queries import audit_lines
from narae.core.people.actions import create_token
from tests.kit.live import listening
from tests.kit.world import World

pytestmark = pytest.mark.anyio
HELLO: dict[str, Any] = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}


async def token(world: World, who: Who, *scopes: str) -> str:
    """An access token of `who`."""
    made = await world.db.write(create_token, who, name="조수", scopes=list(scopes) or ["read", "write"], days=1)
    return made.secret


@contextlib.asynccontextmanager
async def assistant(world: World, who: Who, *scopes: str) -> AsyncIterator[ClientSession]:
    """The protocol's own client with a token of `who`."""
    secret = await token(world, who, *scopes)
    async with (
        listening(world.server) as port,
        create_mcp_http_client(headers={"Authorization": f"Bearer {secret}"}) as http,
        streamable_http_client(f"http://127.0.0.1:{port}/mcp", http_client=http) as streams,
        ClientSession(streams[0], streams[1]) as session,
    ):
        yield session


def said(result: Any) -> Any:
    """What a tool answered."""
    assert not result.is_error, result.content
    assert json.loads(result.content[0].text) == result.structured_content
    return result.structured_content


async def post(world: World, who: Who, body: Any, *scopes: str, **headers: str) -> httpx.Response:
    """A raw request."""
    client = world.client()
    client.headers["Authorization"] = f"Bearer {await token(world, who, *scopes)}"
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return await client.post("/mcp", content=content, headers=headers)


def rpc(method: str, **params: Any) -> dict[str, Any]:
    """A request."""
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


def stateless(method: str, version: str = "2026-07-28", **params: Any) -> dict[str, Any]:
    """A request of the revision without a handshake."""
    meta = {"io.modelcontextprotocol/protocolVersion": version, "io.modelcontextprotocol/clientCapabilities": {}}
    return rpc(method, _meta=meta, **params)


async def test_the_protocols_own_client_shakes_hands_and_works(world: World) -> None:
    member = await world.person("이민수")
    room = await world.room(member, name="주방")
    await world.send(member, room, "재고가 모자랍니다")
    async with assistant(world, world.owner) as session:
        hello = await session.initialize()
        assert hello.server_info.name == "narae"
        assert [tool.name for tool in (await session.list_tools()).tools] == [
            "list_rooms", "read_room", "search_messages", "find_people", "send_message",
        ]  # fmt: skip
        rooms = said(await session.call_tool("list_rooms", {"query": "주방"}))["rooms"]
        assert [(r["room"], r["name"], r["unread"]) for r in rooms] == [(room, "주방", 1)]
        sent = said(await session.call_tool("send_message", {"room": room, "text": "곧 **주문**합니다"}))
        talk = said(await session.call_tool("read_room", {"room": room, "limit": 2}))["messages"]
        assert [(m["sender"], m["text"]) for m in talk] == [("이민수", "재고가 모자랍니다"), ("김하나", "곧 **주문**합니다")]
        assert talk[-1]["seq"] == sent["seq"]
        people = said(await session.call_tool("find_people", {"query": "민수"}))["people"]
        assert [(p["person"], p["name"]) for p in people] == [(member.person, "이민수")]


async def test_the_protocols_own_client_works_without_a_handshake_too(world: World) -> None:
    room = await world.room(name="주방")
    async with assistant(world, world.owner) as session:
        found = await session.discover()
        assert found.supported_versions == ["2026-07-28"]
        assert len((await session.list_tools()).tools) == 5
        sent = said(await session.call_tool("send_message", {"room": room, "text": "안녕하세요", "nonce": "하나"}))
        again = said(await session.call_tool("send_message", {"room": room, "text": "안녕하세요", "nonce": "하나"}))
    assert sent == again
    assert [m.text for m in await world.log(world.owner, room) if m.kind == "text"] == ["안녕하세요"]


async def test_it_finds_by_words_only_what_its_person_may_see(world: World) -> None:
    member = await world.person("이민수")
    ours, theirs = await world.room(member, name="주방"), await world.room(name="사장실")
    await world.send(world.owner, ours, "냉장고 고장")
    await world.send(world.owner, theirs, "냉장고 예산")
    async with assistant(world, member) as session:
        await session.initialize()
        hits: list[str] = []
        while not hits:
            hits = [m["text"] for m in said(await session.call_tool("search_messages", {"query": "냉장"}))["messages"]]
        assert hits == ["냉장고 고장"]
        refused = await session.call_tool("read_room", {"room": theirs})
        assert (refused.is_error, refused.content[0].text.split(":")[0]) == (True, "not_found")


async def test_every_call_leaves_an_audit_line_without_what_was_said(world: World) -> None:
    room = await world.room()
    await post(world, world.owner, rpc("tools/call", name="send_message", arguments={"room": room, "text": "비밀 이야기"}))
    await post(world, world.owner, rpc("tools/call", name="search_messages", arguments={"query": "비밀"}))
    lines = (await world.db.read(audit_lines, world.owner.person, world.org)).items
    calls = [(line.actor, line.subject, line.detail) for line in lines if line.verb == "mcp.call"]
    me = world.owner.person
    assert calls == [(me, me, {"tool": "search_messages"}), (me, room, {"tool": "send_message"})]


async def test_a_token_that_may_only_read_can_not_send(world: World) -> None:
    room = await world.room()
    answer = (await post(world, world.owner, rpc("tools/call", name="send_message", arguments={"room": room, "text": "x"}), "read")).json()
    assert answer["result"]["isError"] is True
    assert answer["result"]["content"][0]["text"].startswith("scope_missing")
    assert [m for m in await world.log(world.owner, room) if m.kind == "text"] == []


async def test_without_a_token_the_door_is_shut(world: World) -> None:
    answer = await world.client().post("/mcp", json=rpc("initialize", **HELLO))
    assert answer.status_code == 401


BAD: list[tuple[Any, int, int]] = [
    (b"", 400, -32700),
    (b"{", 400, -32700),
    (b"\xff", 400, -32700),
    (b"[" * 10_000, 400, -32700),
    (b"[]", 400, -32600),
    ({"jsonrpc": "1.0", "id": 1, "method": "ping"}, 400, -32600),
    ({"jsonrpc": "2.0", "id": None, "method": "ping"}, 400, -32600),
    ({"jsonrpc": "2.0", "id": {}, "method": "ping"}, 400, -32600),
    ({"jsonrpc": "2.0", "id": 1, "method": 5}, 400, -32600),
    ({"jsonrpc": "2.0", "id": 1, "method": "ping", "params": []}, 400, -32600),
    (rpc("resources/list"), 200, -32601),
    (rpc("tools/call"), 200, -32602),
    (rpc("tools/call", name="drop_all"), 200, -32602),
    (rpc("tools/call", name=["x"]), 200, -32602),
    (rpc("tools/call", name="read_room", arguments={}), 200, -32602),
    (rpc("tools/call", name="read_room", arguments={"room": "x", "limit": 0}), 200, -32602),
    (rpc("tools/call", name="read_room", arguments={"room": "x", "limit": 10**9}), 200, -32602),
    (rpc("tools/call", name="list_rooms", arguments={"rm": "-rf"}), 200, -32602),
    (rpc("tools/call", name="list_rooms", arguments=[1]), 200, -32602),
]


@pytest.mark.parametrize(("body", "status", "number"), BAD, ids=lambda part: str(part)[:60])
async def test_what_is_no_request_is_refused_by_number(world: World, body: Any, status: int, number: int) -> None:
    answer = await post(world, world.owner, body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, number)


async def test_what_the_headers_say_must_be_what_is_asked(world: World) -> None:
    right = {"Mcp-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/list"}
    assert (await post(world, world.owner, stateless("tools/list"), **right)).json()["result"]["resultType"] == "complete"
    other = await post(world, world.owner, stateless("tools/call", name="send_message"), **right)
    assert (other.status_code, other.json()["error"]["code"]) == (400, -32020)
    newer = await post(world, world.owner, stateless("tools/list", version="2031-01-01"), **right)
    assert (newer.status_code, newer.json()["error"]["data"]["supported"]) == (400, ["2026-07-28"])
    gone = await post(world, world.owner, stateless("ping"), **right | {"Mcp-Method": "ping"})
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, -32601)


async def test_a_notification_is_taken_and_not_answered(world: World) -> None:
    answer = await post(world, world.owner, {"jsonrpc": "2.0", "method": "notifications/initialized"})
    assert (answer.status_code, answer.content) == (202, b"")


async def test_there_is_no_stream_and_no_session(world: World) -> None:
    client = world.client()
    client.headers["Authorization"] = f"Bearer {await token(world, world.owner)}"
    assert [(await client.request(method, "/mcp")).status_code for method in ("GET", "DELETE")] == [405, 405]
