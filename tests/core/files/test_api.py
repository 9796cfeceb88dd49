"""Uploads and downloads."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from narae.core.rooms.actions import change, members
from tests.kit.world import World

pytestmark = pytest.mark.anyio


async def _upload(world: World, who: object, room: str, name: str, body: bytes, mime: str) -> dict[str, object]:
    answer = await world.client(who).post(f"/api/rooms/{room}/files", params={"name": name}, content=body, headers={"Content-Type": mime})  # type: ignore[arg-type]
    assert answer.status_code == 201, answer.text
    file: dict[str, object] = answer.json()
    return file


async def test_a_file_is_read_by_the_room_and_nobody_else(world: World) -> None:
    member, outsider = await world.person("이민수"), await world.person("박지호")
    room = await world.room(member)
    file = await _upload(world, world.owner, room, "재고.csv", "사과,10".encode(), "text/csv")
    before = await world.client(member).get(str(file["url"]))
    await world.send(world.owner, room, "", files=[str(file["id"])])
    after = await world.client(member).get(str(file["url"]))
    assert (before.status_code, after.status_code, after.content) == (404, 200, "사과,10".encode())
    assert (await world.client(outsider).get(str(file["url"]))).status_code == 404
    await world.db.write(members.remove_member, world.owner, room, member.person)
    assert (await world.client(member).get(str(file["url"]))).status_code == 404


async def test_the_file_of_a_recalled_message_is_gone(world: World) -> None:
    room = await world.room()
    file = await _upload(world, world.owner, room, "a.txt", b"x", "text/plain")
    sent = await world.send(world.owner, room, "", files=[str(file["id"])])
    await world.db.write(change.recall, world.owner, room, sent.seq)
    assert (await world.client(world.owner).get(str(file["url"]))).status_code == 404


@pytest.mark.parametrize("mime", ["text/html", "image/svg+xml", "application/xhtml+xml", "text/javascript"])
async def test_what_could_run_is_only_ever_downloaded(world: World, mime: str) -> None:
    room = await world.room()
    file = await _upload(world, world.owner, room, "x.html", b"<script>alert(1)</script>", mime)
    answer = await world.client(world.owner).get(str(file["url"]))
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_picture_has_a_size_and_a_small_version(world: World) -> None:
    room = await world.room()
    out = io.BytesIO()
    Image.new("RGB", (1600, 1200), "teal").save(out, "JPEG")
    file = await _upload(world, world.owner, room, "사진.jpg", out.getvalue(), "image/jpeg")
    small = await world.client(world.owner).get(str(file["url"]), params={"thumb": "1"})
    assert (file["width"], file["height"], file["thumb"]) == (1600, 1200, True)
    assert Image.open(io.BytesIO(small.content)).size == (640, 480)


async def test_a_picture_that_is_none_is_a_plain_file(world: World) -> None:
    room = await world.room()
    file = await _upload(world, world.owner, room, "x.png", b"not a picture", "image/png")
    assert (file["width"], file["thumb"]) == (None, False)


async def test_a_part_of_a_file_can_be_asked_for(world: World) -> None:
    room = await world.room()
    file = await _upload(world, world.owner, room, "x.bin", bytes(range(100)), "application/octet-stream")
    answer = await world.client(world.owner).get(str(file["url"]), headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer.content, answer.headers["content-range"]) == (206, bytes(range(10, 20)), "bytes 10-19/100")


async def test_names_are_made_harmless(world: World) -> None:
    room = await world.room()
    file = await _upload(world, world.owner, room, '../../etc/"pass\nwd', b"x", "text/plain")
    assert file["name"] == "_.._etc_pass_wd"


async def test_an_empty_file_and_anothers_file_are_refused(world: World) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    empty = await world.client(world.owner).post(f"/api/rooms/{room}/files", params={"name": "x"}, content=b"")
    file = await _upload(world, world.owner, room, "x.txt", b"x", "text/plain")
    stolen = await world.client(member).post(f"/api/rooms/{room}/messages", json={"nonce": "n", "files": [file["id"]]})
    assert (empty.status_code, stolen.status_code, stolen.json()["field"]) == (400, 404, "files")


async def test_a_picture_of_oneself_is_shown_to_colleagues_only(world: World) -> None:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(out, "PNG")
    me = (await world.client(world.owner).put("/api/me/avatar", content=out.getvalue())).json()
    colleague, stranger = await world.person("이민수"), await world.account("낯선 사람")
    url = me["person"]["avatar"]
    assert (await world.client(colleague).get(url)).headers["content-type"] == "image/webp"
    assert (await world.client(stranger).get(url)).status_code == 404
