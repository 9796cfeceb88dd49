"""Getting in: passwords, links, sessions, tokens, and the limits on guessing."""

from __future__ import annotations

import pytest

from narae.core.kit.who import SYSTEM
from narae.core.people.actions import create_link, set_password
from narae.core.people.passwords import hash_now
from narae.core.people.queries import profile
from tests.kit.world import World

pytestmark = pytest.mark.anyio
PASSWORD = "오늘은 국수를 먹는다"


async def _with_password(world: World) -> str:
    """The owner's address, after they have set a password."""
    await world.db.write(set_password, world.owner, world.owner.person, hash_now(PASSWORD))
    return str((await world.db.read(profile, world.owner.person)).email)


async def test_the_right_password_signs_in_and_a_wrong_one_does_not(world: World) -> None:
    email = await _with_password(world)
    client = world.client()
    wrong = await client.post("/api/sign-in", json={"email": email, "password": "틀린 비밀번호"})
    nobody = await client.post("/api/sign-in", json={"email": "nobody@example.com", "password": PASSWORD})
    right = await client.post("/api/sign-in", json={"email": email.upper(), "password": PASSWORD})
    assert (wrong.status_code, wrong.json()["code"]) == (nobody.status_code, nobody.json()["code"]) == (401, "wrong_password")
    assert right.status_code == 200
    assert (await client.get("/api/me")).json()["person"]["id"] == world.owner.person
    assert "HttpOnly" in right.headers["set-cookie"]


async def test_guessing_is_slowed_and_locks_nobody_out_of_their_own_device(world: World) -> None:
    email = await _with_password(world)
    mine = world.client()
    await mine.post("/api/sign-in", json={"email": email, "password": PASSWORD})
    attacker = world.client()
    answers = [(await attacker.post("/api/sign-in", json={"email": email, "password": f"추측 {n}"})).status_code for n in range(15)]
    assert answers[-1] == 429
    again = await mine.post("/api/sign-in", json={"email": email, "password": PASSWORD})
    assert again.status_code == 200


async def test_a_one_time_link_works_once(world: World) -> None:
    secret = await world.db.write(create_link, SYSTEM, purpose="sign_in", person_id=world.owner.person)
    first = await world.client().post("/api/sign-in/link", json={"token": secret})
    second = await world.client().post("/api/sign-in/link", json={"token": secret})
    assert (first.status_code, second.status_code, second.json()["code"]) == (200, 401, "link_spent")


async def test_a_new_password_signs_the_other_devices_out(world: World) -> None:
    email = await _with_password(world)
    old, new = world.client(), world.client()
    for client in (old, new):
        await client.post("/api/sign-in", json={"email": email, "password": PASSWORD})
    answer = await new.post("/api/me/password", json={"old": PASSWORD, "new": "내일은 밥을 먹는다"})
    assert answer.status_code == 204
    assert (await old.get("/api/me")).status_code == 401
    assert (await new.get("/api/me")).status_code == 200


@pytest.mark.parametrize("password", ["짧다", "password1234", "aaaaaaaaaaaaaa", "x" * 201])
async def test_a_bad_password_is_refused_in_words(world: World, password: str) -> None:
    answer = await world.client(world.owner).post("/api/me/password", json={"old": None, "new": password})
    assert answer.status_code == 400
    assert answer.json()["field"] == "password"


async def test_a_revoked_session_stops_at_once(world: World) -> None:
    await _with_password(world)
    client = world.client(world.owner)
    session = (await client.get("/api/me/sessions")).json()["items"][0]
    assert (await client.delete(f"/api/me/sessions/{session['id']}")).status_code == 204
    assert (await client.get("/api/me")).status_code == 401
