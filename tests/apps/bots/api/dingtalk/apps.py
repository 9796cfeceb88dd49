"""A robot with credentials, and small programs that are it: one with streams, one with a callback."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import quote_plus

import httpx
import websockets

from narae.core.kit.who import Who
from narae.core.rooms.actions.rooms import open_direct
from narae.core.rooms.public import Mentions, Message
from tests.apps.bots.api.robots import Put
from tests.kit.world import World

MESSAGES = {"type": "CALLBACK", "topic": "/v1.0/im/bot/messages/get"}
EVENTS = {"type": "EVENT", "topic": "*"}
Answering = Callable[[dict[str, Any]], Awaitable[tuple[int, Any]]]


class App(Put):
    """A robot that listens."""

    secret: str

    async def get_ready(self) -> App:
        """Take credentials."""
        answer = await self.owner.post(f"/api/robots/{self.id}/app", json={"on": True})
        assert answer.status_code == 200, answer.text
        self.secret = answer.json()["client_secret"]
        return self

    async def token(self) -> str:
        """An access token."""
        proof = {"appKey": self.id, "appSecret": self.secret}
        return str((await self.stranger.post("/v1.0/oauth2/accessToken", json=proof)).json()["accessToken"])

    async def ask(self, path: str, *, method: str = "POST", token: str | None = None, **body: Any) -> httpx.Response:
        """Ask the newer interface."""
        headers = {"x-acs-dingtalk-access-token": token or await self.token()}
        more: dict[str, Any] = {"json": {"robotCode": self.id, **body}} if method == "POST" else {"params": {"robotCode": self.id, **body}}
        return await self.stranger.request(method, path, headers=headers, **more)

    async def call(self, text: str = "안녕", room: str | None = None, who: Who | None = None, name: str = "비서", **more: Any) -> Message:
        """Say something to it in a room."""
        mentions = Mentions(people=[self.id])
        return await self.world.send(who or self.world.owner, room or self.room, f"@{name} {text}", mentions=mentions, **more)

    async def direct(self, who: Who) -> str:
        """The direct talk of somebody with it."""
        return (await self.world.db.write(open_direct, who, self.world.org, other=self.id)).id

    async def callback(self, url: str) -> httpx.Response:
        """Have it called there."""
        return await self.owner.put(f"/api/robots/{self.id}/callback", json={"url": url})

    async def calls(self) -> list[dict[str, Any]]:
        """Its last calls, once what is queued is written."""
        await self.change()
        items: list[dict[str, Any]] = (await self.owner.get(f"/api/robots/{self.id}/calls")).json()["items"]
        return items

    async def texts(self, room: str | None = None) -> list[str]:
        """What it has said in a room."""
        return [m.text for m in await self.world.log(self.world.owner, room or self.room) if m.sender == self.id]


async def app(world: World, name: str = "비서") -> App:
    """Put a robot that listens into a new room."""
    room = await world.room()
    made = await world.client(world.owner).post(f"/api/rooms/{room}/robots", json={"name": name})
    return await App(world, room, made.json()).get_ready()


class Client:
    """One stream connection of a robot's program."""

    def __init__(self, app: App, site: str) -> None:
        self.app = app
        self.site = site
        self.frames: list[dict[str, Any]] = []

    async def open(self, *subscriptions: dict[str, str]) -> Client:
        """Ask for a ticket and connect by it."""
        body = {"clientId": self.app.id, "clientSecret": self.app.secret, "subscriptions": list(subscriptions or (MESSAGES,))}
        self.opening = (await self.app.stranger.post("/v1.0/gateway/connections/open", json=body)).json()
        self.address = f"{self.site.replace('http', 'ws')}/connect?ticket={quote_plus(self.opening['ticket'])}"
        self.socket = await websockets.connect(self.address)
        return self

    async def next(self, seconds: float = 20) -> dict[str, Any]:
        """The next frame."""
        frame: dict[str, Any] = json.loads(await asyncio.wait_for(self.socket.recv(), seconds))
        self.frames.append(frame)
        return frame

    async def is_quiet(self, seconds: float = 0.4) -> bool:
        """Whether nothing comes."""
        try:
            await self.next(seconds)
        except TimeoutError:
            return True
        return False

    async def ack(self, frame: dict[str, Any], code: int = 200, data: Any = None) -> None:
        """Answer a frame, with something."""
        headers = {"messageId": frame["headers"]["messageId"], "contentType": "application/json"}
        said = json.dumps(data or {"response": None})
        await self.socket.send(json.dumps({"code": code, "headers": headers, "message": "OK", "data": said}))

    async def close(self) -> None:
        """Hang up."""
        await self.socket.close()


def told(frame: dict[str, Any]) -> dict[str, Any]:
    """What a frame tells."""
    data: dict[str, Any] = json.loads(frame["data"])
    return data


class Receiver:
    """A program's own HTTP server: what it was posted, and what it answers."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.answers: list[tuple[int, Any]] = []
        self.seconds = 0.0
        self.url = ""

    @property
    def texts(self) -> list[str]:
        """The texts that it was told."""
        return [body["text"]["content"] for _, body in self.got]

    async def heard(self, count: int, seconds: float = 30) -> None:
        """Wait until it has been posted so many."""
        async with asyncio.timeout(seconds):
            while len(self.got) < count:
                await asyncio.sleep(0.02)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request after another."""
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in head[1:] if line)}
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                self.got.append((headers, json.loads(body)))
                await asyncio.sleep(self.seconds)
                status, answer = self.answers.pop(0) if self.answers else (200, {"msgtype": "empty"})
                said = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: {len(said)}\r\n\r\n".encode() + said)


@contextlib.asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """A receiver on loopback."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/robot"
    try:
        yield receiver
    finally:
        server.close()
