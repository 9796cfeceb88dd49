"""kill -9 at random moments under load: what was acknowledged is there exactly once, and blind retry doubles nothing."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from narae.core.kit.settings import Settings
from narae.server import running
from tests.kit.world import World

pytestmark = pytest.mark.anyio
KILLS = 25  # on each of the two databases: fifty moments


async def test_nothing_acknowledged_is_lost_or_doubled_by_kill_9(database_url: str, tmp_path: Path) -> None:
    async with running(Settings(data=tmp_path, database=database_url)) as server:
        world = await World(server).found()
        room, person = await world.room(), world.owner.person
    dice, tried, acknowledged = random.Random(9), set[str](), dict[str, int]()
    for round_ in range(KILLS):
        said = _run_and_kill(database_url, tmp_path, person, room, first=round_ * 1_000_000, after=dice.uniform(0.02, 0.25))
        tried |= {line[1] for line in said if line[0] == "try"}
        acknowledged |= {line[1]: int(line[2]) for line in said if line[0] == "ok"}
    async with running(Settings(data=tmp_path, database=database_url)) as server:
        world.server, world.db = server, server.db
        before = await world.seqs_by_nonce(room)
        assert {nonce: before[nonce] for nonce in acknowledged} == {nonce: [seq] for nonce, seq in acknowledged.items()}
        for nonce in tried:
            await world.send(world.owner, room, f"글 {nonce}", nonce=nonce)
        after = await world.seqs_by_nonce(room)
    assert len(acknowledged) > KILLS * 10
    assert set(after) == tried
    assert all(len(seqs) == 1 for seqs in after.values())
    everything = sorted(seq for seqs in after.values() for seq in seqs)
    assert everything == list(range(everything[0], everything[0] + len(everything)))


def _run_and_kill(url: str, folder: Path, person: str, room: str, *, first: int, after: float) -> list[list[str]]:
    """Flood for `after` seconds, then kill -9; what it had said."""
    words = [sys.executable, "-m", "tests.faults.flood", str(folder), url, person, room, str(first)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(after)
    process.kill()
    said = process.stdout.read()
    process.wait()
    return [line.split() for line in said.splitlines() if said.endswith("\n") or line != said.splitlines()[-1]]
