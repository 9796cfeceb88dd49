"""The doctor finds what is wrong, and mends what can be mended."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from narae.core.care.doctor import look
from narae.core.files.actions import note_file
from narae.core.files.store import Blobs
from narae.core.kit.ids import new_id
from narae.core.rooms.tables import room as room_table
from tests.kit.world import World

pytestmark = pytest.mark.anyio


async def findings(world: World, *, fix: bool = False) -> dict[str, tuple[bool, str]]:
    """What the doctor says, by name."""
    found = await look(world.db, Blobs(world.server.settings.files_url), fix=fix)
    return {f.name: (f.fine, f.about) for f in found}


async def test_a_healthy_installation_is_fine(world: World) -> None:
    await world.room(await world.person("이민수"))
    assert [name for name, (fine, _) in (await findings(world)).items() if not fine] == []


async def test_a_wrong_count_is_found_and_mended(world: World) -> None:
    room = await world.room(await world.person("이민수"))
    wrong = update(room_table).where(room_table.c.id == room).values(member_count=7)
    await world.db.write(lambda tx, _who: tx.run(wrong), world.owner)
    assert (await findings(world))["rooms"] == (False, "1 had a wrong number of members. `narae doctor --fix` mends it")
    assert (await findings(world, fix=True))["rooms"][0]
    assert (await world.head(world.owner, room)).member_count == 2
    assert (await findings(world))["rooms"] == (True, "every room knows how many are in it")


async def test_files_that_are_not_in_the_store_are_counted(world: World) -> None:
    room, file_id = await world.room(), new_id(world.db.clock.now())
    await world.db.write(note_file, world.owner, room, file_id=file_id, name="a", mime="text/plain", size=1, pixels=None)
    assert (await findings(world))["files"] == (False, "1 of 1 are not in the store. Look at NARAE_FILES, or restore a back-up.")
    await Blobs(world.server.settings.files_url).put(file_id, b"x")
    assert (await findings(world))["files"][0]


async def test_a_store_that_can_not_be_written_is_found(world: World, tmp_path: Path) -> None:
    (tmp_path / "files" / "doctor").mkdir(parents=True, exist_ok=True)
    (tmp_path / "files" / "doctor" / "in-the-way").touch()
    assert not (await findings(world))["file store"][0]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_row_that_refers_to_nothing_is_found(world: World) -> None:
    with world.db.engine.connect() as conn:
        raw = conn.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("INSERT INTO people_link (secret, purpose, person, created_at, expires_at) VALUES ('x', 'y', 'nobody', 0, 0)")
        raw.execute("PRAGMA foreign_keys = ON")
    fine, about = (await findings(world))["database"]
    assert not fine
    assert "people_link refers to a row of people_person" in about
