"""Stored bytes that nothing names any more are deleted."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest
from PIL import Image

from narae.core.files.actions import expect
from narae.core.files.store import Blobs
from narae.core.files.sweeper import sweep
from narae.core.kit.clock import HOUR, MINUTE
from narae.core.kit.errors import NotFound
from narae.core.kit.limits import SWEEP_AGAIN_MINUTES, UNSENT_HOURS
from narae.core.kit.settings import Settings
from narae.core.rooms.actions import change
from narae.server import running
from tests.kit.clock import FakeClock
from tests.kit.world import World

pytestmark = pytest.mark.anyio


def picture() -> bytes:
    """A small PNG."""
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(out, "PNG")
    return out.getvalue()


async def upload(world: World, room: str) -> dict[str, str]:
    """Upload a picture; what the server answers."""
    headers = {"Content-Type": "image/png"}
    answer = await world.client(world.owner).post(f"/api/rooms/{room}/files", params={"name": "a.png"}, content=picture(), headers=headers)
    file: dict[str, str] = answer.json()
    return file


def stored(settings: Settings) -> set[str]:
    """The names of all objects in the store."""
    return {path.name for path in Path(settings.data / "files").rglob("*") if path.is_file()}


async def sweep_now(world: World) -> None:
    """What the server does every half minute."""
    await sweep(world.db, Blobs(world.server.settings.files_url))


async def test_the_bytes_of_a_recalled_message_are_not_there_at_once_and_deleted_soon(world: World, settings: Settings) -> None:
    room = await world.room()
    file, kept = await upload(world, room), await upload(world, room)
    sent = await world.send(world.owner, room, files=[file["id"]])
    await world.send(world.owner, room, files=[kept["id"]])
    await world.db.write(change.recall, world.owner, room, sent.seq)
    answers = [(await world.client(world.owner).get(file["url"], params=p)).status_code for p in ({}, {"thumb": "1"})]
    assert answers == [404, 404]
    await sweep_now(world)
    assert stored(settings) == {kept["id"], f"{kept['id']}.thumb"}
    assert (await world.client(world.owner).get(kept["url"])).content == picture()


async def test_a_crash_between_a_recall_and_the_deletion_leaves_nothing_behind(settings: Settings) -> None:
    async with running(settings) as server:
        world = await World(server).found()
        room = await world.room()
        file = await upload(world, room)
        sent = await world.send(world.owner, room, files=[file["id"]])
        await world.db.write(change.recall, world.owner, room, sent.seq)
        await world.close()
    assert file["id"] in stored(settings)
    async with running(settings), asyncio.timeout(10):
        while stored(settings):
            await asyncio.sleep(0.02)


async def test_an_upload_that_is_not_sent_is_forgotten_after_a_day(world: World, settings: Settings, clock: FakeClock) -> None:
    room = await world.room()
    unsent, sent = await upload(world, room), await upload(world, room)
    await world.send(world.owner, room, files=[sent["id"]])
    await sweep_now(world)
    assert unsent["id"] in stored(settings)
    clock.forward(UNSENT_HOURS * HOUR + MINUTE)
    await sweep_now(world)
    assert stored(settings) == {sent["id"], f"{sent['id']}.thumb"}
    with pytest.raises(NotFound):
        await world.send(world.owner, room, files=[unsent["id"]])


async def test_bytes_that_a_crash_left_without_a_row_are_deleted(world: World, settings: Settings, clock: FakeClock) -> None:
    await world.db.write(expect, world.owner, "half-done")
    await Blobs(settings.files_url).put("half-done", b"x")
    await sweep_now(world)
    assert stored(settings) == {"half-done"}
    clock.forward(UNSENT_HOURS * HOUR + MINUTE)
    await sweep_now(world)
    assert stored(settings) == set()


async def test_what_the_store_can_not_delete_is_tried_again_and_holds_nothing_up(
    world: World, settings: Settings, clock: FakeClock
) -> None:
    room = await world.room()
    file, stuck = await upload(world, room), await upload(world, room)
    sent = await world.send(world.owner, room, files=[stuck["id"], file["id"]])
    path = settings.data / "files" / stuck["id"]
    path.unlink()
    (path / "in-the-way").mkdir(parents=True)
    await world.db.write(change.recall, world.owner, room, sent.seq)
    await sweep_now(world)
    assert stored(settings) == {f"{stuck['id']}.thumb"}
    (path / "in-the-way").rmdir()
    path.rmdir()
    clock.forward(SWEEP_AGAIN_MINUTES * MINUTE + MINUTE)
    await sweep_now(world)
    assert stored(settings) == set()


async def test_an_old_picture_of_oneself_is_deleted(world: World, settings: Settings) -> None:
    client = world.client(world.owner)
    await client.put("/api/me/avatar", content=picture())
    me = (await client.put("/api/me/avatar", content=picture())).json()
    await sweep_now(world)
    assert stored(settings) == {me["person"]["avatar"].partition("v=")[2]}
    await client.delete("/api/me/avatar")
    await sweep_now(world)
    assert stored(settings) == set()
