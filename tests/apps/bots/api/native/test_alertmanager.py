"""An unmodified Alertmanager that is pointed at a robot's two addresses."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from narae.core.rooms.public import Message
from tests.apps.bots.api.robots import Put, put
from tests.kit.postgres import free_port
from tests.kit.world import World

pytestmark = pytest.mark.anyio
SECONDS = 20
CONFIG = """
route: {{receiver: narae, group_by: [alertname], group_wait: 1ms, group_interval: 100ms, repeat_interval: 1h}}
receivers:
- name: narae
  slack_configs: [{{api_url: "{hook}", channel: "#alerts", send_resolved: true}}]
  webhook_configs: [{{url: "{address}"}}]
"""
ALERT = {
    "labels": {"alertname": "DiskFull", "severity": "critical", "instance": "db-1"},
    "annotations": {"summary": "디스크가 97 % 찼습니다", "runbook_url": "https://runbooks.example.com/disk"},
    "generatorURL": "http://prometheus.example.com/graph",
}


@contextlib.asynccontextmanager
async def alertmanager(config: str, folder: Path) -> AsyncIterator[str]:
    """Where a real Alertmanager with this configuration listens."""
    program = os.environ.get("ALERTMANAGER") or shutil.which("prometheus-alertmanager")
    if program is None:
        message = "There is no Alertmanager: install prometheus-alertmanager, or name one in ALERTMANAGER."
        assert os.environ.get("CI") != "true", message
        pytest.skip(message)
    address, file = f"127.0.0.1:{free_port()}", folder / "alertmanager.yml"
    file.write_text(config)
    words = [f"--config.file={file}", f"--storage.path={folder / 'data'}", f"--web.listen-address={address}", "--cluster.listen-address="]
    process = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL, stderr=(folder / "log").open("wb"))
    try:
        await ready(f"http://{address}/-/ready", folder / "log")
        yield f"http://{address}"
    finally:
        process.kill()
        process.wait()


async def ready(address: str, log: Path) -> None:
    """Wait until it answers."""
    async with httpx.AsyncClient() as client:
        for _ in range(SECONDS * 20):
            with contextlib.suppress(httpx.TransportError):
                if (await client.get(address)).status_code == 200:
                    return
            await asyncio.sleep(0.05)
    raise AssertionError(log.read_text())


async def heard(robot: Put, count: int) -> list[Message]:
    """What the robot has said once it has said so much."""
    for _ in range(SECONDS * 20):
        said = await robot.said()
        if len(said) >= count:
            return said
        await asyncio.sleep(0.05)
    raise AssertionError(f"Only {len(said)} of {count} messages came.")


async def test_an_alert_reaches_the_room_by_slacks_form_and_by_its_own(world: World, site: str, tmp_path: Path) -> None:
    robot = await put(world)
    config = CONFIG.format(hook=f"{site}{robot.hook}", address=f"{site}{robot.address}")
    async with alertmanager(config, tmp_path) as alerts, httpx.AsyncClient() as prometheus:
        assert (await prometheus.post(f"{alerts}/api/v2/alerts", json=[ALERT])).status_code == 200
        said = {m.kind: m for m in await heard(robot, 2)}
        over = {**ALERT, "startsAt": "2026-01-01T00:00:00Z", "endsAt": "2026-01-01T00:01:00Z"}
        assert (await prometheus.post(f"{alerts}/api/v2/alerts", json=[over])).status_code == 200
        after = (await heard(robot, 4))[2:]
    card = said["card"].card
    assert card
    assert card.title == "DiskFull"
    assert [button.label for button in card.buttons] == ["Look", "Runbook"]
    assert "🔥 디스크가 97 % 찼습니다" in said["card"].text
    assert "[FIRING:1]" in said["text"].text.replace("\\", "")
    assert sorted("resolved" in m.text.lower() for m in after) == [True, True]
