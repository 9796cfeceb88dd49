"""The example of a third-party app: installed as its own package, it is listed, answers, speaks and obeys."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit.tree import ROOT

ASK = """
import asyncio, sys, tempfile
from pathlib import Path
from narae.core.kit.settings import Settings
from narae.server import running
from tests.kit.world import World

async def ask():
    with tempfile.TemporaryDirectory() as folder:
        async with running(Settings(data=Path(folder))) as server:
            world = await World(server).found()
            heard = []
            server.db.listeners.append(heard.extend)
            stranger = await world.client().get("/api/hello/greeting")
            client = world.client(world.owner)
            answer = await client.get("/api/hello/greeting")
            waved = await client.post("/api/hello/wave")
            print(stranger.status_code, answer.json()["text"])
            print([e.body.at for e in heard if e.topic == f"person:{world.owner.person}"] == [waved.json()["at"]])
            await world.close()

asyncio.run(ask())
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which the example is installed."""
    folder = tmp_path_factory.mktemp("site")
    words = ["--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--target", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "install", *words, ROOT / "examples/hello"], check=True, capture_output=True)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("NARAE_")}
    return {**kept, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "NARAE_DATA": str(folder / "data")}


def run(environment: dict[str, str], *words: str | Path) -> str:
    """What a Python of that environment prints."""
    done = subprocess.run([sys.executable, *words], env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_an_installed_app_is_listed(installed: dict[str, str]) -> None:
    assert "\nhello " in run(installed, "-m", "narae.cli", "apps")


def test_an_installed_apps_command_runs(installed: dict[str, str]) -> None:
    assert run(installed, "-m", "narae.cli", "hello", "하나") == "Hello, 하나!\n"


def test_an_installed_apps_routes_and_events_are_served(installed: dict[str, str]) -> None:
    assert run(installed, "-c", ASK).splitlines() == ["401 Hello from an app of its own.", "True"]


def test_an_installed_apps_routes_and_events_are_described(installed: dict[str, str]) -> None:
    described = run(installed, "-m", "narae.cli", "openapi")
    assert '"/api/hello/wave"' in described
    assert '"server.waved"' in described


def test_without_it_nothing_of_it_is_there() -> None:
    assert "hello" not in run({**os.environ, "PYTHONPATH": str(ROOT)}, "-m", "narae.cli", "apps")
