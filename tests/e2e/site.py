"""A real `narae serve` in a process of its own, with a data folder of its own."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from narae.core.db import Tx
from narae.core.kit.settings import Settings
from narae.core.kit.who import SYSTEM, Who
from narae.core.people.actions import start_session
from narae.core.people.queries import credentials
from narae.server import running
from tests.kit.postgres import free_port

_NARAE = [sys.executable, "-m", "narae.cli"]
_LINK = re.compile(r"(/(?:enter|setup)#\S+)")
_START_SECONDS = 30


class Filled:
    """A data folder with a demo organisation; the one-time links that were printed, and sessions of its people."""

    def __init__(self, folder: Path, lang: str, people: list[str]) -> None:
        self.folder = folder
        self.lang = lang
        said = _run(["demo", "shop", "--lang", lang], folder)
        self.links = _LINK.findall(said)
        with ThreadPoolExecutor(1) as other:  # the browser's driver keeps a loop running in this thread
            self.sessions = other.submit(asyncio.run, _sign_in(folder, people)).result()


def _run(words: list[str], folder: Path) -> str:
    done = subprocess.run([*_NARAE, *words], env=_environment(folder), capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


def _environment(folder: Path, **more: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("NARAE_")}
    return {**own, "NARAE_DATA": str(folder), "COLUMNS": "200", **more}


async def _sign_in(folder: Path, people: list[str]) -> dict[str, str]:
    def all_of_them(tx: Tx, _who: Who) -> dict[str, str]:
        return {name: _session(tx, name) for name in people}

    async with running(Settings(data=folder)) as server:
        made: dict[str, str] = await server.db.write(all_of_them, SYSTEM)
        return made


def _session(tx: Tx, name: str) -> str:
    found = credentials(tx.conn, f"{name}@example.com")
    assert found is not None, f"the demo has nobody called {name}"
    return start_session(tx, SYSTEM, found.id, user_agent="e2e", device_secret=f"device of {name}").secret


class Site:
    """A server on loopback. `start`, `stop` or `kill`, and `start` again; `api` speaks to it as one of its people."""

    def __init__(self, folder: Path, sessions: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.sessions = sessions or {}
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def copy_of(cls, filled: Filled, folder: Path) -> Site:
        """A server over a copy of a filled folder."""
        shutil.copytree(filled.folder, folder, dirs_exist_ok=True)
        return cls(folder, filled.sessions)

    def start(self) -> Site:
        """Start, and wait until it answers."""
        settings = {
            "NARAE_PORT": str(self.port),
            "NARAE_SEND_RATE": "1000",
            "NARAE_SEND_BURST": "10000",
            "NARAE_OUTSIDE_ALLOWED": "127.0.0.1",
        }
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen([*_NARAE, "serve"], env=_environment(self.folder, **settings), stdout=log, stderr=log)
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            assert self._process.poll() is None and time.monotonic() < deadline, self.log()
            time.sleep(0.05)
        return self

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/api/hello", timeout=2).is_success
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        """End it as an operator does."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(10)

    def kill(self) -> None:
        """End it in the middle of whatever it does, as a power cut would."""
        assert self._process is not None, "it was not started"
        self._process.kill()
        self._process.wait(10)

    def log(self) -> str:
        """What it has said."""
        return (self.folder / "log").read_text()

    def setup_link(self) -> str:
        """The first-run link that it printed."""
        return self.url + _LINK.findall(self.log())[0]

    def api(self, name: str) -> Speaker:
        """The HTTP interface as this person."""
        return Speaker(self.url, self.sessions[name])


class Speaker:
    """Somebody who works the server without a browser."""

    def __init__(self, url: str, session: str) -> None:
        self._client = httpx.Client(base_url=url, cookies={"narae_session": session}, timeout=20)
        self.me: dict[str, Any] = self.call("GET", "/api/me")

    def call(self, method: str, path: str, **more: Any) -> Any:
        """The answer of one call."""
        answer = self._client.request(method, path, **more)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    @property
    def org(self) -> str:
        """The organisation."""
        return str(self.me["orgs"][0]["id"])

    @property
    def id(self) -> str:
        """My own id."""
        return str(self.me["person"]["id"])

    def room(self, name: str) -> dict[str, Any]:
        """One of my rooms by its name."""
        heads = self.call("GET", "/api/rooms")["items"]
        found: dict[str, Any] = next(head for head in heads if head["name"] == name)
        return found

    def make_room(self, name: str, *people: str, **more: Any) -> str:
        """A new room with these people; its id."""
        return str(self.call("POST", f"/api/orgs/{self.org}/rooms", json={"name": name, "people": list(people), **more})["id"])

    def send(self, room: str, text: str, **more: Any) -> int:
        """A message; its place."""
        return int(self.call("POST", f"/api/rooms/{room}/messages", json={"text": text, "nonce": uuid4().hex, **more})["seq"])

    def upload(self, room: str, name: str, body: bytes, mime: str) -> dict[str, Any]:
        """A file that waits to be sent."""
        made: dict[str, Any] = self.call(
            "POST", f"/api/rooms/{room}/files", params={"name": name}, content=body, headers={"Content-Type": mime}
        )
        return made
