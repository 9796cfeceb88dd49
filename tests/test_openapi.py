"""Whatever the description allows, the server answers it: never with an internal error, and always in the described form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core import NOT_SET

from narae.apps.bots.actions import create as create_robot
from narae.core.http.document import document
from narae.server import Server
from tests.kit.world import World

pytestmark = pytest.mark.anyio
EXAMPLES = 12
# Ends the session or the account that the other requests need.
LAST = ("/api/sign-out", "deactivate", "/api/me/password", "/api/me/sessions")


async def test_no_described_request_is_answered_with_an_internal_error(world: World) -> None:
    values = await _things(world)
    client = world.client(world.owner)
    answers = []
    for method, path, more in _requests(_described(world.server)):
        filled = re.sub(r"{(\w+)}", lambda m: values.get(m[1], "x"), path)
        answer = await client.request(method, filled, **more)
        answers.append((answer.status_code, method, path, more, answer.text[:200]))
    assert len(answers) > 500
    assert [a for a in answers if a[0] >= 500] == []
    assert [
        a for a in answers if a[0] >= 400 and not {"code", "message", "request_id"} <= set(json.loads(a[4].split("\n")[0] or "{}"))
    ] == []


async def test_every_operation_describes_its_refusals(world: World) -> None:
    described = _described(world.server)
    operations = [(path, method, o) for path, ways in described["paths"].items() for method, o in ways.items()]
    assert [(path, method) for path, method, o in operations if "default" not in o["responses"]] == []
    assert [(path, method) for path, method, o in operations if not o.get("summary") and not o.get("description")] == []


async def test_the_same_idempotency_key_and_body_is_one_room(world: World) -> None:
    client = world.client(world.owner)
    url, key = f"/api/orgs/{world.org}/rooms", {"Idempotency-Key": "key-1"}
    answers = [await client.post(url, json={"name": "창고"}, headers=key) for _ in range(3)]
    assert [a.status_code for a in answers] == [201, 201, 201]
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert len([r for r in (await client.get("/api/rooms")).json()["items"] if r["name"] == "창고"]) == 1


async def test_the_same_idempotency_key_with_another_body_is_a_conflict(world: World) -> None:
    client = world.client(world.owner)
    url, key = f"/api/orgs/{world.org}/rooms", {"Idempotency-Key": "key-1"}
    await client.post(url, json={"name": "창고"}, headers=key)
    answer = await client.post(url, json={"name": "매장"}, headers=key)
    assert (answer.status_code, answer.json()["code"]) == (409, "key_reused")


async def test_an_idempotency_key_is_its_persons_own(world: World) -> None:
    member = await world.person("이민수")
    url, key = f"/api/orgs/{world.org}/rooms", {"Idempotency-Key": "key-1"}
    mine = await world.client(world.owner).post(url, json={"name": "창고"}, headers=key)
    theirs = await world.client(member).post(url, json={"name": "창고"}, headers=key)
    assert mine.json()["id"] != theirs.json()["id"]


def _described(server: Server) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(document(server.app, server.parts))
    return found


async def _things(world: World) -> dict[str, str]:
    """One of what paths name."""
    room = await world.room()
    sent = await world.send(world.owner, room)
    robot, _ = await world.db.write(create_robot, world.owner, room, name="로봇")
    named = {"org_id": world.org, "room_id": room, "person_id": world.owner.person, "robot_id": robot.id}
    return {**named, "seq": str(sent.seq), "emoji": "👍"}


def _requests(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(method, path, query and body) of many requests that the description allows."""
    schema = schemathesis.openapi.from_dict({key: value for key, value in described.items() if key != "webhooks"})
    operations = [result.ok() for result in schema.get_all_operations()]
    for operation in sorted(operations, key=lambda o: any(word in o.path for word in LAST)):
        if not any(word in operation.path for word in LAST):
            yield from ((operation.method, operation.path, more) for more in _examples(operation))


def _examples(operation: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def collect(case: Any) -> None:
        body = {} if case.body is NOT_SET or isinstance(case.body, bytes) else {"json": case.body}
        found.append({"params": dict(case.query or {}), **body})

    collect()
    return found
