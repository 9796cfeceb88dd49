"""kill -9 while a robot's program is being told: what it had not answered comes again under the same name, and nothing is lost."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from narae.core.kit.settings import Settings
from narae.server import running
from tests.apps.bots.api.dingtalk.apps import App, Client, app
from tests.kit.postgres import free_port
from tests.kit.world import World

pytestmark = pytest.mark.anyio
SERVE = "import asyncio, sys; from pathlib import Path; from narae.core.kit.settings import Settings; from narae.server import serve; "
SERVE += "asyncio.run(serve(Settings(data=Path(sys.argv[1]), database=sys.argv[2], port=int(sys.argv[3]))))"


class Site:
    """A server in a process of its own."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    async def __aenter__(self) -> Site:
        words = [sys.executable, "-c", SERVE, str(self.settings.data), self.settings.database_url, str(self.settings.port)]
        self.process = subprocess.Popen(words)
        async with httpx.AsyncClient() as client, asyncio.timeout(30):
            while True:
                try:
                    await client.get(f"{self.settings.public_url}/health/ready")
                    return self
                except httpx.TransportError:
                    await asyncio.sleep(0.1)

    async def __aexit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()


async def test_what_was_not_answered_before_a_kill_9_comes_again(database_url: str, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database=database_url, port=free_port())
    async with running(settings) as server:
        world = await World(server).found()
        robot = await app(world)
    robot.stranger = httpx.AsyncClient(base_url=settings.public_url)
    robot.owner = httpx.AsyncClient(base_url=settings.public_url, cookies={"narae_session": world.secret(world.owner)})
    heard, answered = [], set[str]()
    for round_ in range(3):
        async with Site(settings):
            client = await Client(robot, settings.public_url).open()
            await asyncio.gather(*(_say(robot, f"{round_}-{n}") for n in range(20)))
            for n in range(20):
                frame = await client.next()
                heard.append(frame["headers"]["messageId"])
                if n % 2:
                    await client.ack(frame)
                    answered.add(frame["headers"]["messageId"])
    async with Site(settings):
        client = await Client(robot, settings.public_url).open()
        while not await client.is_quiet(1):
            await client.ack(client.frames[-1])
        last = {frame["headers"]["messageId"] for frame in client.frames}
    assert len(set(heard) | last) == 60
    assert last >= set(heard) - answered
    await robot.stranger.aclose()
    await robot.owner.aclose()


async def _say(robot: App, text: str) -> None:
    body: dict[str, Any] = {"nonce": text, "text": f"@비서 {text}", "mentions": {"people": [robot.id]}}
    answer = await robot.owner.post(f"/api/rooms/{robot.room}/messages", json=body)
    assert answer.status_code == 201, answer.text
