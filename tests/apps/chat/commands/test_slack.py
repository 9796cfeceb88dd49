"""`narae import slack` as it is called."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.apps.chat.commands.slack_export.export import NOON, Export, said, ts

COMMAND = [sys.executable, "-m", "narae.cli", "import", "slack"]


def call(data: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run([*COMMAND, *args], env=surroundings(data), capture_output=True, text=True, timeout=120, check=False)


def surroundings(data: Path) -> dict[str, str]:
    """The environment of a command with its own data folder."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("NARAE_")}
    return {**kept, "NARAE_DATA": str(data), "NARAE_LANG": "en"}


def keys(data: Path) -> list[str]:
    """The nonces of all messages."""
    with sqlite3.connect(data / "narae.db") as db:
        return [row[0] for row in db.execute("SELECT nonce FROM rooms_message WHERE nonce IS NOT NULL ORDER BY room, seq")]


def big(tmp_path: Path) -> Path:
    """An export of some thousand messages in two rooms."""
    export = Export()
    for day in range(8):
        for room in ("general", "random"):
            entries = [said("U2", f"*{day}* {i} <@U3>", day * 86400 + i, thread_ts=ts(day * 86400)) for i in range(1000)]
            export.day(room, *entries, date=f"2020-03-{2 + day:02d}")
    return export.write(tmp_path / "Acme Slack export Mar 1 2020 - Mar 9 2020.zip")


def test_it_says_what_was_carried_and_writes_a_report(tmp_path: Path) -> None:
    export = (
        Export()
        .day("general", said("U1", "[hi]"), said("U1", None, 1, files=[{"name": "[red]a.pdf", "size": 5}]))
        .write(tmp_path / "Acme Slack export.zip")
    )
    done = call(tmp_path / "data", str(export), "--report", str(tmp_path / "report.json"))
    assert done.returncode == 0, done.stderr
    assert "Acme: 6 people, 2 rooms, 2 messages." in done.stdout and "[red]a.pdf" in done.stdout and "/enter#" in done.stdout
    written = json.loads((tmp_path / "report.json").read_text())
    assert written["carried"]["messages"] == 2 and written["not_carried"][0]["what"] == "files"
    assert (tmp_path / "report.json").stat().st_mode & 0o77 == 0


@pytest.mark.parametrize(
    "args", [["none.zip"], ["{export}", "--org", "Nobody"], ["{export}", "--lang", "fr"], ["{export}", "--owner", "x"]]
)
def test_what_cannot_be_done_is_said_in_words(tmp_path: Path, args: list[str]) -> None:
    export = Export().write(tmp_path / "x.zip")
    done = call(tmp_path / "data", *(arg.replace("{export}", str(export)) for arg in args))
    assert done.returncode == 2 and "Traceback" not in done.stderr


@pytest.mark.parametrize("written", [1, 3_000, 9_000])
def test_an_import_that_is_killed_goes_on_and_brings_everything_exactly_once(tmp_path: Path, written: int) -> None:
    export, data = big(tmp_path), tmp_path / "data"
    running = subprocess.Popen([*COMMAND, str(export)], env=surroundings(data), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while running.poll() is None and time.monotonic() < deadline and count(data) < written:
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    assert running.wait(10) == -signal.SIGKILL, "it was still at work"
    before = keys(data)
    done = call(data, str(export))
    assert done.returncode == 0, done.stderr
    found = keys(data)
    wanted = {f"slack:{room}:{NOON + day * 86400 + i}.000000" for room in ("C1", "C2") for day in range(8) for i in range(1000)}
    assert len(found) == len(wanted) and set(found) == wanted
    assert written <= len(before) < len(wanted)
    assert thread_counts(data) == [999] * 16


def count(data: Path) -> int:
    """How many messages are durable by now."""
    try:
        with sqlite3.connect(f"file:{data / 'narae.db'}?mode=ro", uri=True) as db:
            return int(db.execute("SELECT count(*) FROM rooms_message WHERE nonce IS NOT NULL").fetchone()[0])
    except sqlite3.Error:
        return 0


def thread_counts(data: Path) -> list[int]:
    """The answers that each root counts."""
    with sqlite3.connect(data / "narae.db") as db:
        return [row[0] for row in db.execute("SELECT thread_count FROM rooms_message WHERE thread_count > 0")]
