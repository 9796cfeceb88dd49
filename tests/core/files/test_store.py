"""The object store on S3, through the running application."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from PIL import Image

from narae.core.files.store import PART_BYTES, Blobs
from narae.core.files.sweeper import sweep
from narae.core.kit.errors import NotFound, TooLarge, Unavailable
from narae.core.kit.settings import Settings
from narae.core.rooms.actions import change
from tests.kit.postgres import free_port
from tests.kit.s3 import S3
from tests.kit.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def s3() -> Iterator[S3]:
    """One S3 for these tests."""
    server = S3()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def bucket(s3: S3, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty bucket, where the environment says."""
    for name, value in s3.environment().items():
        monkeypatch.setenv(name, value)
    return s3.create()


@pytest.fixture
def settings(database_url: str, tmp_path: Path, bucket: str) -> Settings:
    """A server whose files are in the bucket."""
    return Settings(data=tmp_path, database=database_url, files=f"s3://{bucket}/shop/files")


async def stream(chunks: int) -> AsyncIterator[bytes]:
    """So many megabytes."""
    for number in range(chunks):
        yield bytes([number]) * 1_000_000


async def test_a_picture_goes_to_s3_and_comes_back_until_it_is_recalled(world: World, s3: S3, bucket: str) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    out = io.BytesIO()
    Image.new("RGB", (1600, 1200), "teal").save(out, "JPEG")
    params, headers = {"name": "사진.jpg"}, {"Content-Type": "image/jpeg"}
    answer = await world.client(world.owner).post(f"/api/rooms/{room}/files", params=params, content=out.getvalue(), headers=headers)
    file = answer.json()
    assert s3.keys(bucket) == {f"shop/files/{file['id']}", f"shop/files/{file['id']}.thumb"}
    sent = await world.send(world.owner, room, files=[file["id"]])
    reader = world.client(member)
    assert (await reader.get(file["url"])).content == out.getvalue()
    assert (await reader.get(file["url"], headers={"Range": "bytes=2-9"})).content == out.getvalue()[2:10]
    assert Image.open(io.BytesIO((await reader.get(file["url"], params={"thumb": "1"})).content)).size == (640, 480)
    await world.db.write(change.recall, world.owner, room, sent.seq)
    await sweep(world.db, Blobs(world.server.settings.files_url))
    assert s3.keys(bucket) == set()
    assert (await reader.get(file["url"])).status_code == 404


async def test_a_large_file_goes_to_s3_in_parts(bucket: str) -> None:
    blobs = Blobs(f"s3://{bucket}")
    size = 2 * PART_BYTES // 1_000_000 + 2
    assert await blobs.keep("large", stream(size), limit=100_000_000) == size * 1_000_000
    assert await blobs.part("large", 5_999_999, 6_000_001) == b"\5\6"


async def test_an_upload_that_breaks_off_leaves_nothing_on_s3(s3: S3, bucket: str) -> None:
    with pytest.raises(TooLarge):
        await Blobs(f"s3://{bucket}").keep("large", stream(12), limit=11_000_000)
    assert (s3.keys(bucket), s3.unfinished(bucket)) == (set(), 0)


async def test_what_is_not_there_is_not_found_and_deleting_it_is_no_error(bucket: str) -> None:
    blobs = Blobs(f"s3://{bucket}")
    for missing in (blobs.get("x"), blobs.part("x", 0, 1)):
        with pytest.raises(NotFound):
            await missing
    await blobs.delete("x")


async def test_a_bucket_that_is_not_there_is_said_in_words(bucket: str) -> None:
    blobs = Blobs(f"s3://{bucket}-gone")
    for write in (blobs.put("x", b"x"), blobs.keep("x", stream(1), limit=2_000_000)):
        with pytest.raises(Unavailable, match="file store"):
            await write


async def test_a_store_that_is_away_is_said_in_words(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    blobs = Blobs(f"s3://{bucket}")
    for attempt in (blobs.put("x", b"x"), blobs.get("x"), blobs.part("x", 0, 1), blobs.delete("x")):
        with pytest.raises(Unavailable):
            await attempt


async def test_a_back_up_reads_and_writes_s3_too(s3: S3, bucket: str, tmp_path: Path) -> None:
    blobs = Blobs(f"s3://{bucket}/shop")
    await blobs.put("avatar/p/v", b"x")
    await blobs.keep("large", stream(12), limit=100_000_000)
    other = Blobs(f"file://{tmp_path}")
    for key in blobs.all_keys():
        other.write(key, iter([*blobs.read(key)]))
    for key in sorted(other.all_keys()):
        blobs.write(f"copy/{key}", iter([*other.read(key)]))
    assert sorted(blobs.all_keys()) == ["avatar/p/v", "copy/avatar/p/v", "copy/large", "large"]
    assert await blobs.get("copy/large") == await blobs.get("large")
