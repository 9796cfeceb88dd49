"""What the benchmarks share: a served Narae with people and rooms, C helpers, CPU readings, and how a result is printed."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Any

import websockets

from narae.core.kit.settings import Settings
from narae.core.kit.who import SYSTEM, Who
from narae.core.orgs.actions import add_member
from narae.core.people.actions import create_person, start_session
from narae.core.rooms.actions import joining
from narae.core.rooms.actions.rooms import create_room
from narae.server import running
from tests.kit.postgres import Postgres, free_port

HERE = Path(__file__).parent


def repeats() -> int:
    """How often each measurement is taken."""
    return int(os.environ.get("BENCH_REPEATS", "5"))


def machine() -> str:
    """What the figures were measured on."""
    model = next((line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line), "?")
    return f"{os.cpu_count()} × {model}, Python {platform.python_version()}, Linux {platform.release()}"


def compiled(name: str) -> Path:
    """A C helper, compiled on the spot."""
    source = b"".join(path.read_bytes() for path in (HERE / "live.h", HERE / f"{name}.c"))
    out = Path(tempfile.gettempdir()) / f"narae-bench-{name}-{hashlib.sha256(source).hexdigest()[:16]}"
    if not out.exists():
        subprocess.run(["cc", "-O2", "-o", out, HERE / f"{name}.c"], check=True)
    return out


class Helper:
    """A C helper that is spoken to by lines."""

    def __init__(self, name: str, *words: object) -> None:
        self.process = subprocess.Popen(
            [compiled(name), *map(str, words)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def line(self) -> str:
        """What it says next."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def ask(self, line: str) -> str:
        """Say a line; the answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.line()

    def frames(self) -> int:
        """How many frames a sink has counted."""
        return int(self.ask("?").split()[1])

    def when(self, frames: int) -> int:
        """The monotonic time, in ns, at which a sink had counted so many frames; waits until it has."""
        return int(self.ask(str(frames)).split()[1])

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()


def cpu_seconds(pid: int) -> float:
    """User and system time of a process with all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rss_bytes(pid: int) -> int:
    """Resident memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def median(values: Sequence[float]) -> float:
    """The middle of the repeats."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of all values lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def report(bench: str, what: str, value: str, target: str, reached: bool) -> None:
    """One line of result."""
    print(f"{'reached' if reached else 'MISSED '}  {bench:8} {what:52} {value:>34}   target {target}", flush=True)


class Town:
    """A data folder with people and rooms, and the served process on it."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.database = database
        self.port = free_port()
        self.people: list[Who] = []
        self.secrets: list[str] = []
        self.rooms: list[str] = []
        self.process: subprocess.Popen[bytes] | None = None

    async def settle(self, people: int, rooms: Sequence[Sequence[int]]) -> None:
        """Make people, and rooms with some of them by number; the first person owns everything."""
        settings = Settings(data=self.folder, database=self.database)
        async with running(settings) as server:
            await server.db.write(self._settle, SYSTEM, people, rooms)

    def _settle(self, tx: Any, who: Who, people: int, rooms: Sequence[Sequence[int]]) -> None:
        for number in range(people):
            person = create_person(tx, who, name=f"사람 {number}", email=f"p{number}@example.com")
            session = start_session(tx, who, person, user_agent="bench", device_secret=f"device-{number}")
            self.people.append(Who(person=person, session=session.session))
            self.secrets.append(session.secret)
        org = joining.found_org(tx, self.people[0], name="벤치").id
        for person in self.people[1:]:
            add_member(tx, who, org, person.person, role="member")
        for number, members in enumerate(rooms):
            ids = [self.people[m].person for m in members]
            self.rooms.append(create_room(tx, self.people[0], org, name=f"방 {number}", people=ids).id)

    def serve(self) -> None:
        """Start `narae serve` and wait until it is ready."""
        environment = {**os.environ, "NARAE_DATA": str(self.folder), "NARAE_DATABASE": self.database, "NARAE_PORT": str(self.port)}
        environment |= {"NARAE_SEND_RATE": "1000000", "NARAE_SEND_BURST": "1000000"}
        log = (self.folder / "serve.log").open("ab")
        self.process = subprocess.Popen([sys.executable, "-m", "narae.cli", "serve"], env=environment, stdout=log, stderr=log)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                import urllib.request

                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=2).read()
                return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "serve.log").read_text())

    @property
    def pid(self) -> int:
        """The served process."""
        assert self.process is not None
        return self.process.pid

    def cookies(self, numbers: Sequence[int]) -> Path:
        """A file with the sessions of these people, for the C clients."""
        path = self.folder / "cookies"
        path.write_text("".join(f"{self.secrets[n]}\n" for n in numbers))
        return path

    def sink(self, people: Sequence[int], sockets: int) -> Helper:
        """A C client that holds so many sockets of these people and counts what arrives."""
        sink = Helper("sink", self.port, sockets, self.cookies(people))
        assert sink.line() == "ready"
        return sink

    def kill(self) -> None:
        """End the process at once."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    async def client(self, number: int) -> Client:
        """A live client of a person."""
        return await Client(self.port, self.secrets[number]).connect()


class Client:
    """A fast enough client: sends with nonces, matches answers by id."""

    def __init__(self, port: int, secret: str) -> None:
        self.port = port
        self.secret = secret
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._next = 0
        self.heard = 0

    async def connect(self) -> Client:
        """Open the socket and take the snapshot."""
        headers = {"Cookie": f"narae_session={self.secret}"}
        address = f"ws://127.0.0.1:{self.port}/live"
        self.socket = await websockets.connect(address, additional_headers=headers, max_size=None, compression=None, ping_interval=None)
        await self.socket.send('{"t":"hello","v":1}')
        self.welcome = json.loads(await self.socket.recv())
        self._reader = asyncio.create_task(self._read())
        return self

    async def _read(self) -> None:
        with contextlib.suppress(websockets.ConnectionClosed):
            async for frame in self.socket:
                if frame.startswith(('{"t":"ok"', '{"t":"error"')):
                    answer = json.loads(frame)
                    future = self._waiting.pop(answer["id"], None)
                    if future is not None and not future.done():
                        future.set_result(answer)
                else:
                    self.heard += 1

    async def send(self, room: str, text: str) -> dict[str, Any]:
        """Send one message; its answer."""
        return (await self.send_together(room, text, 1))[0]

    async def send_together(self, room: str, text: str, count: int) -> list[dict[str, Any]]:
        """Send so many messages in one write; their answers."""
        answers = []
        for _ in range(count):
            self._next += 1
            frame = {"t": "send", "id": self._next, "room": room, "nonce": f"{id(self)}-{self._next}-{time.time_ns()}", "text": text}
            self.socket.protocol.send_text(json.dumps(frame, ensure_ascii=False).encode())
            answers.append(asyncio.get_running_loop().create_future())
            self._waiting[self._next] = answers[-1]
        self.socket.send_data()
        return await asyncio.gather(*answers)

    def say_together(self, frame: bytes, count: int) -> None:
        """Send a frame so many times in one write."""
        for _ in range(count):
            self.socket.protocol.send_text(frame)
        self.socket.send_data()

    async def close(self) -> None:
        """Close the socket."""
        self._reader.cancel()
        await self.socket.close()


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    path = Path(tempfile.mkdtemp(prefix="narae-bench-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextlib.asynccontextmanager
async def town(people: int, rooms: Sequence[Sequence[int]], *, postgres: bool = False) -> AsyncIterator[Town]:
    """A served Narae with these people and rooms."""
    with folder() as path:
        database = ""
        server = Postgres() if postgres else None
        if server is not None:
            server.start()
            database = server.create()
        made = Town(path, database)
        try:
            await made.settle(people, rooms)
            await asyncio.to_thread(made.serve)
            yield made
        finally:
            made.kill()
            if server is not None:
                server.stop()
