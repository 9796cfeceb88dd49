"""A robot in a room, and programs that speak to it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import httpx

from narae.core.rooms.public import Message
from tests.kit.world import World


class Put:
    """A robot that was put into a room of the world's owner."""

    def __init__(self, world: World, room: str, made: dict[str, Any]) -> None:
        self.world = world
        self.room = room
        self.id = made["robot"]["id"]
        self.address = _path(made["address"])
        self.hook = _path(made["hook"])
        self.owner = world.client(world.owner)
        self.stranger = world.client()

    async def tell(self, body: Any, address: str = "", **params: Any) -> dict[str, Any]:
        """Post JSON in DingTalk's form; what it answers."""
        answer = await self.stranger.post(address or self.address, json=body, params=params or None)
        assert answer.status_code == 200
        said: dict[str, Any] = answer.json()
        return said

    async def hear(self, **more: Any) -> httpx.Response:
        """Post in Slack's form."""
        return await self.stranger.post(self.hook, **more)

    async def change(self, **more: Any) -> dict[str, Any]:
        """Change it as its owner."""
        answer = await self.owner.patch(f"/api/robots/{self.id}", json=more)
        assert answer.status_code == 200, answer.text
        changed: dict[str, Any] = answer.json()
        return changed

    async def said(self) -> list[Message]:
        """What it has said in its room."""
        return [m for m in await self.world.log(self.world.owner, self.room) if m.sender == self.id]


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


async def put(world: World, name: str = "경보기", **more: Any) -> Put:
    """Put a robot into a new room."""
    room = await world.room(**more)
    answer = await world.client(world.owner).post(f"/api/rooms/{room}/robots", json={"name": name})
    assert answer.status_code == 201, answer.text
    return Put(world, room, answer.json())
