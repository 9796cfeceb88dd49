"""A back-up, then a restore, gives the same answers: on both databases, and from one to the other."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from narae.apps.chat.commands.demo import _note, _store
from narae.apps.chat.demo import fill, read_script
from narae.core.care.backup import back_up
from narae.core.care.restore import restore
from narae.core.db.engine import open_engine
from narae.core.db.migrate import check, is_empty, upgrade
from narae.core.db.schema import metadata
from narae.core.files.store import Blobs
from narae.core.kit.errors import Conflict, Invalid, Misconfigured, NaraeError
from narae.core.kit.settings import Settings
from narae.core.kit.who import SYSTEM, Who
from narae.core.people.actions import start_session
from narae.core.rooms.actions import change
from narae.core.rooms.queries import heads, log, members
from narae.core.rooms.tables import discarded
from narae.core.search.indexer import index_room
from narae.core.search.queries import behind, search
from narae.server import Server, everything, migration_packages, running
from tests.core.care.test_archive import silent
from tests.kit.postgres import Postgres
from tests.kit.world import World

pytestmark = pytest.mark.anyio
FIRST_VERSION = ("chat_0001", "search_0001", "audit_0001", "db_0001")


@pytest.fixture(params=["sqlite", "postgres"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """An installation with nothing in it."""
    data = tmp_path / "target"
    if request.param == "postgres":
        server: Postgres = request.getfixturevalue("postgres")
        return Settings(data=data, database=server.create())
    return Settings(data=data)


def save(settings: Settings, path: Path) -> None:
    """What `narae backup` does."""
    engine = open_engine(settings.database_url)
    back_up(engine, Blobs(settings.files_url), path, now=0, tell=silent)
    engine.dispose()


def bring(settings: Settings, path: Path) -> None:
    """What `narae restore` does."""
    restore(settings.database_url, Blobs(settings.files_url), path, packages=migration_packages(everything()), tell=silent)


def rows(settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for the index, which is made from them."""
    engine = open_engine(settings.database_url)
    with engine.connect() as conn:
        tables = [table for table in metadata.sorted_tables if not table.name.startswith("search_")]
        found = {t.name: sorted((tuple(r) for r in conn.execute(select(t))), key=repr) for t in tables}
    engine.dispose()
    return found


async def answers(server: Server, org: str, person: str) -> list[Any]:
    """What somebody sees of everything: rooms, logs, people, what they find, and the bytes of files."""
    for room_id in await server.db.read(behind):
        while await index_room(server.db, room_id):
            pass
    rooms = sorted(await server.db.read(heads.heads, person), key=lambda room: room.id)
    seen: list[Any] = [rooms, await server.db.read(members.seen_members, person, org, [person])]
    for room in rooms:
        seen.append(await server.db.read(log.changes, person, room.id, since=0, limit=1_000))
        files = (await server.db.read(log.files, person, room.id)).items
        seen.append([(found, await Blobs(server.settings.files_url).get(found.file.id)) for found in files])
    for words in ("재고", "배송", "안녕"):
        found = (await server.db.read(search, person, org, query=words, limit=200)).items
        seen.append(sorted(found, key=lambda message: (message.room, message.seq)))
    return seen


async def test_a_restored_installation_gives_the_same_answers(settings: Settings, target: Settings, tmp_path: Path) -> None:
    async with running(settings) as server:
        demo = await server.db.write(fill, SYSTEM, read_script("shop", "ko"), "ko", _note)
        await _store(settings, demo)
        people = list(demo.people.values())[:3]
        signed_in = await server.db.write(start_session, SYSTEM, people[0], user_agent="test", device_secret="d")
        seen = [await answers(server, demo.org, person) for person in people]
        await asyncio.to_thread(save, settings, tmp_path / "a.narae")
        kept = rows(settings)
    await asyncio.to_thread(bring, target, tmp_path / "a.narae")
    assert rows(target) == kept
    async with running(target) as server:
        assert [await answers(server, demo.org, person) for person in people] == seen
        assert (await server.sessions.who(signed_in.secret)) is not None
        room = next(room for room in seen[0][0] if not room.archived)
        sent = await World(server).send(Who(people[0]), room.id, "다시 열었습니다")
        assert (sent.seq, sent.rev) == (room.last_seq + 1, room.last_rev + 1)
        await server.db.write(change.pin, Who(people[0]), room.id, sent.seq)


async def test_a_back_up_while_people_write_is_of_one_moment(settings: Settings, target: Settings, tmp_path: Path) -> None:
    async with running(settings) as server:
        world = await World(server).found()
        rooms = [await world.room(name=f"방 {n}") for n in range(4)]
        before = [await world.send(world.owner, room, f"앞의 글 {n}") for n in range(50) for room in rooms]
        stop = asyncio.Event()

        async def talk(room: str) -> None:
            while not stop.is_set():
                sent = await world.send(world.owner, room, "글")
                await world.db.write(change.react, world.owner, room, sent.seq, "👍")
                await world.send(world.owner, room, "답", thread=sent.seq)

        tasks = [asyncio.create_task(talk(room)) for room in rooms]
        await asyncio.sleep(0.3)
        await asyncio.to_thread(save, settings, tmp_path / "a.narae")
        await asyncio.sleep(0.3)
        stop.set()
        await asyncio.gather(*tasks)
        await world.close()
    await asyncio.to_thread(bring, target, tmp_path / "a.narae")
    async with running(target) as server:
        world.db = server.db
        for room in rooms:
            head, changes = await world.head(world.owner, room), await everything_in(world, room)
            assert sorted(changes) == list(range(1, head.last_seq + 1))
            assert max(message.rev for message in changes.values()) <= head.last_rev
            assert all(m.thread is None or changes[m.thread].thread_count == 1 for m in changes.values())
            said = {message.seq: message.text for message in before if message.room == room}
            assert {seq: changes[seq].text for seq in said} == said


async def everything_in(world: World, room: str) -> dict[int, Any]:
    """All messages of a room by seq, read through its change feed."""
    found, rev, more = {}, 0, True
    while more:
        page = await world.changes(world.owner, room, since=rev)
        found |= {message.seq: message for message in page.messages}
        rev, more = page.rev, page.more
    return found


async def test_a_back_up_of_an_older_version_is_brought_up_to_this_one(target: Settings, empty: Settings, tmp_path: Path) -> None:
    engine = open_engine(empty.database_url)
    with engine.connect().execution_options(writes=True) as conn, conn.begin():
        upgrade(conn, migration_packages(everything()), to=FIRST_VERSION)
        for table, values in OLD.items():
            conn.execute(insert(metadata.tables[table]).values(**values))
    engine.dispose()
    await Blobs(empty.files_url).put("f", b"x")
    save(empty, tmp_path / "a.narae")
    bring(target, tmp_path / "a.narae")
    engine = open_engine(target.database_url)
    check(engine, migration_packages(everything()))
    with engine.connect() as conn:
        assert conn.execute(select(discarded.c.key)).scalars().all() == ["f"]
    engine.dispose()


OLD: dict[str, dict[str, Any]] = {
    "orgs_org": {"id": "o", "name": "나래상회", "created_at": 1},
    "rooms_room": {
        "id": "r", "org": "o", "name": "매장", "topic": "", "search": "", "is_public": False, "everyone": False, "posting": "all",
        "mention_all": "all", "last_seq": 1, "last_rev": 1, "meta_rev": 0, "last_at": 1, "member_count": 0, "created_at": 1,
    },
    "rooms_message": {
        "room": "r", "seq": 1, "rev": 1, "kind": "text", "text": "", "also_room": False, "confirm": False, "at": 1, "recalled_at": 2,
    },
    "rooms_file": {"id": "f", "room": "r", "owner": "p", "name": "a", "mime": "text/plain", "size": 1, "thumb": False, "seq": 1, "at": 1},
}  # fmt: skip


@pytest.fixture
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Another installation with nothing in it."""
    return Settings(data=tmp_path / "empty")


@pytest.fixture
async def archive(tmp_path: Path, migrated_sqlite: Path) -> Path:
    """A back-up of an installation with a room."""
    data = tmp_path / "source"
    data.mkdir()
    shutil.copy(migrated_sqlite, data / "narae.db")
    async with running(Settings(data=data)) as server:
        world = await World(server).found()
        await world.send(world.owner, await world.room())
    save(Settings(data=data), tmp_path / "a.narae")
    return tmp_path / "a.narae"


async def test_what_is_there_is_never_overwritten(target: Settings, archive: Path) -> None:
    bring(target, archive)
    kept = rows(target)
    with pytest.raises(Conflict) as refused:
        bring(target, archive)
    assert refused.value.code == "not_empty"
    assert rows(target) == kept


async def test_a_damaged_back_up_leaves_the_target_empty(target: Settings, archive: Path) -> None:
    data = bytearray(archive.read_bytes())
    data[len(data) // 2] ^= 1
    archive.write_bytes(data)
    with pytest.raises(Invalid):
        bring(target, archive)
    assert _is_empty(target)


async def test_a_back_up_with_an_app_that_is_not_here_is_refused(target: Settings, archive: Path) -> None:
    kernel = [name for name in migration_packages(everything()) if "chat" not in name]
    with pytest.raises(Misconfigured, match="an app that is not installed"):
        restore(target.database_url, Blobs(target.files_url), archive, packages=kernel, tell=silent)
    assert _is_empty(target)


async def test_a_restore_that_fails_half_way_leaves_the_target_empty(target: Settings, archive: Path) -> None:
    def fail(what: str, done: int, total: int) -> None:
        if what == "rows" and done > total // 2:
            raise NaraeError("the process was killed here")

    with pytest.raises(NaraeError, match="killed here"):
        restore(target.database_url, Blobs(target.files_url), archive, packages=migration_packages(everything()), tell=fail)
    assert _is_empty(target)
    bring(target, archive)
    assert not _is_empty(target)


async def test_an_empty_database_is_not_backed_up(empty: Settings, tmp_path: Path) -> None:
    with pytest.raises(Conflict, match="nothing to back up"):
        save(empty, tmp_path / "a.narae")
    assert not (tmp_path / "a.narae").exists()


def _is_empty(settings: Settings) -> bool:
    engine = open_engine(settings.database_url)
    try:
        return is_empty(engine)
    finally:
        engine.dispose()
