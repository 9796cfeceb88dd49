"""What other systems post by themselves becomes messages; whatever else comes, nothing breaks."""

from __future__ import annotations

import copy
import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narae.core.kit import limits
from tests.apps.bots.api.native.bodies import CASES, HERE, body, headers, post, shown
from tests.apps.bots.api.robots import Put, put
from tests.kit.world import World

pytestmark = pytest.mark.anyio
OK = {"errcode": 0, "errmsg": "ok"}
PUSH = HERE / "github" / "push__two_commits.json"
STAR_GONE = HERE / "github" / "star__deleted.json"
ODD = [
    None, True, False, 0, -1, 7, 10**30, 1.5, "", "x", "가" * 5_000, "word " * 50_000, "http://[", "https://example.com/" + "a" * 3_000,
    "`*[](<>\\\n\u0000\u202e|~#@all", [], {}, [None], [[]], ["x"], {"a": None}, {"": {}}, [{}] * 300, [{"name": {}}],
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_each_body_is_said_as_it_is_written_beside_it(case: Path) -> None:
    assert shown(post(case)) == case.with_suffix(".md").read_text()


def test_nothing_of_what_is_confidential_is_said() -> None:
    secret = [case for case in CASES if "SECRET" in case.read_text()]
    assert len(secret) >= 5
    assert [case for case in secret if "SECRET" in shown(post(case))] == []


def places(of: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a body."""
    inside = of.items() if isinstance(of, dict) else enumerate(of) if isinstance(of, list) else ()
    for name, value in inside:
        yield (*path, name)
        yield from places(value, (*path, name))


def changed(of: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The body with another value at a place, or without the place; as it is when the place has gone."""
    made = inner = copy.deepcopy(of)
    for name in path[:-1]:
        try:
            inner = inner[name]
        except (KeyError, IndexError, TypeError):
            return made
    if isinstance(inner, dict):
        inner[path[-1]] = value
        if value == "":
            del inner[path[-1]]
    return made


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_body_that_is_not_as_it_should_be_is_said_as_far_as_it_goes(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(CASES))
    made = body(case)
    where = list(places(made))
    for _ in range(data.draw(st.integers(1, 6))):
        made = changed(made, data.draw(st.sampled_from(where)), data.draw(st.sampled_from(ODD)))
    said = post(case, made)
    assert said is None or (len(said.text) <= limits.MESSAGE_CHARS and "\n\n\n" not in said.text)
    assert said is None or said.card is None or (said.card.title and len(said.card.facts) <= 2 and len(said.card.buttons) <= 2)


async def send(robot: Put, case: Path, *, where: str = "", more: dict[str, str] | None = None) -> Any:
    """Post a case as its system does."""
    return await robot.stranger.post(where or robot.address, content=case.read_bytes(), headers={**headers(case), **(more or {})})


async def test_both_addresses_take_it_and_answer_in_their_own_way(world: World) -> None:
    robot = await put(world)
    assert (await send(robot, PUSH)).json() == OK
    answer = await send(robot, HERE / "alertmanager" / "one_firing.json", where=robot.hook)
    assert (answer.status_code, answer.text) == (200, "ok")
    first, second = await robot.said()
    assert first.text + "\n" == PUSH.with_suffix(".md").read_text()
    assert second.card
    assert [button.label for button in second.card.buttons] == ["Look", "Runbook"]


async def test_githubs_form_is_read_too(world: World) -> None:
    robot = await put(world)
    form = urlencode({"payload": PUSH.read_text()})
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answers = [await robot.stranger.post(where, content=form, headers={**headers(PUSH), **kind}) for where in (robot.address, robot.hook)]
    assert [a.status_code for a in answers] == [200, 200]
    assert [m.text + "\n" for m in await robot.said()] == [PUSH.with_suffix(".md").read_text()] * 2


async def test_what_says_nothing_is_answered_ok_and_noted(world: World) -> None:
    robot = await put(world)
    assert (await send(robot, STAR_GONE)).json() == OK
    assert (await send(robot, PUSH, where=robot.hook)).text == "ok"
    await robot.change()
    calls = (await robot.owner.get(f"/api/robots/{robot.id}/calls")).json()["items"]
    assert [(c["way"], c["code"], c["answer"]) for c in calls] == [
        ("native", 0, "ok: github push"),
        ("native", 0, "nothing to say: github star"),
    ]
    assert len(await robot.said()) == 1


async def test_a_delivery_that_comes_again_is_said_once(world: World) -> None:
    robot = await put(world)
    for _ in range(2):
        assert (await send(robot, PUSH, more={"X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958"})).json() == OK
    for case in ("comment_created", "issue_updated_with_comment"):
        assert (await send(robot, HERE / "jira" / f"{case}.json")).json() == OK
    assert len(await robot.said()) == 2


PROOFS = {
    "github/push__two_commits": ("X-Hub-Signature-256", "sha256={signed}"),
    "gitea/push__two_commits": ("X-Gitea-Signature", "{signed}"),
    "gitlab/push_hook__two_commits": ("X-Gitlab-Token", "{secret}"),
    "jira/issue_created": ("X-Hub-Signature", "sha256={signed}"),
    "grafana/one_firing": ("X-Grafana-Alerting-Signature", "{signed}"),
    "sentry/event_alert__triggered": ("Sentry-Hook-Signature", "{signed}"),
    "alertmanager/one_firing": ("Authorization", "Bearer {secret}"),
}


@pytest.mark.parametrize("name", PROOFS)
async def test_a_signed_robot_hears_those_who_know_its_secret(world: World, name: str) -> None:
    robot, case, (header, form) = await put(world), HERE / f"{name}.json", PROOFS[name]
    secret = (await robot.owner.post(f"/api/robots/{robot.id}/sign", json={"on": True})).json()["secret"]
    signed = hmac.new(secret.encode(), case.read_bytes(), hashlib.sha256).hexdigest()
    wrong = [{}, {header: form.format(signed="0" * 64, secret="SECx")}, {header: ""}, {header: "x"}]
    refused = [(await send(robot, case, more=more)).json()["errcode"] for more in wrong]
    refused += [(await send(robot, case, where=robot.hook, more=more)).status_code for more in wrong]
    assert refused == [310000] * 4 + [403] * 4
    right = {header: form.format(signed=signed, secret=secret)}
    assert (await send(robot, case, more=right)).json() == OK
    assert (await send(robot, case, where=robot.hook, more=right)).text == "ok"
    assert len(await robot.said()) == 2


async def test_the_other_guards_hold_for_systems_too(world: World) -> None:
    robot = await put(world)
    await robot.change(keywords=["pull_request"])
    assert (await send(robot, PUSH)).json()["errmsg"] == "keywords not in content"
    assert (await send(robot, HERE / "github" / "ping__hook.json")).json() == OK
    await robot.change(keywords=[], addresses=["203.0.113.0/24"])
    assert (await send(robot, PUSH)).json()["errcode"] == 310000
    await robot.change(addresses=[], per_minute=1)
    assert [(await send(robot, PUSH)).json()["errcode"] for _ in range(2)] == [0, 410100]


async def test_bodies_beyond_twenty_thousand_bytes_are_what_systems_send(world: World) -> None:
    robot, long = await put(world), body(PUSH)
    long["repository"]["description"] = "x" * 100_000
    answer = await robot.stranger.post(robot.address, content=json.dumps(long), headers=headers(PUSH))
    assert answer.json() == OK


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"null", b"payload=%7B", b"\xff"])
async def test_garbage_is_refused_whatever_its_header_says(world: World, raw: bytes) -> None:
    robot = await put(world)
    answer = await robot.stranger.post(robot.address, content=raw, headers=headers(PUSH))
    hook = await robot.stranger.post(robot.hook, content=raw, headers=headers(PUSH))
    assert (answer.json()["errcode"] in (40035, 400105), hook.status_code) == (True, 400)
    assert await robot.said() == []
