"""What a robot's program says of itself, who has read it, and taking it back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from narae.core.kit import limits
from narae.core.kit.who import Who
from narae.core.orgs.actions import deactivate
from narae.core.people.actions import create_person
from narae.core.rooms.actions import change, members, reading, rooms
from narae.core.rooms.actions.joining import found_org
from tests.apps.bots.api.dingtalk.apps import App, app, receiving
from tests.kit.world import World

pytestmark = pytest.mark.anyio
API = "/v1.0/robot"
TEXT = {"msgKey": "sampleText", "msgParam": '{"content": "점검 시작"}'}
LINK = "https://example.com/"
KINDS: list[tuple[str, dict[str, Any], str, list[str]]] = [
    ("sampleText", {"content": "글"}, "글", []),
    ("sampleMarkdown", {"title": "t", "text": "**굵게**"}, "**굵게**", []),
    ("sampleImageMsg", {"photoURL": f"{LINK}p.png"}, f"[{LINK}p.png]({LINK}p.png)", []),
    ("sampleLink", {"title": "제목", "text": "글", "picUrl": "", "messageUrl": LINK}, f"**[제목]({LINK})**\n\n글", []),
    ("sampleActionCard", {"title": "배포", "text": "끝", "singleTitle": "보기", "singleURL": LINK}, "끝", ["보기"]),
    *((f"sampleActionCard{n}", {"title": "배포", "text": "끝", **{f"actionTitle{i}": f"단추 {i}" for i in range(1, n + 1)},
                                **{f"actionURL{i}": LINK for i in range(1, n + 1)}},
       "끝" + "".join((("\n\n" if i == 3 else "\n") + f"- [단추 {i}]({LINK})") for i in range(3, n + 1)), ["단추 1", "단추 2"])
      for n in range(2, 6)),
    ("sampleActionCard6", {"title": "배포", "text": "끝", "buttonTitle1": "예", "buttonUrl1": LINK, "buttonTitle2": "아니요",
                           "buttonUrl2": LINK}, "끝", ["예", "아니요"]),
]  # fmt: skip


def place(robot: App) -> dict[str, str]:
    """Its room, as the interface names it."""
    return {"openConversationId": f"cid{robot.room}"}


@pytest.mark.parametrize(
    ("key", "param", "text", "buttons"), KINDS, ids=lambda part: part if isinstance(part, str) and part[:6] == "sample" else ""
)
async def test_each_kind_of_message_is_said(world: World, key: str, param: dict[str, Any], text: str, buttons: list[str]) -> None:
    robot = await app(world)
    answer = await robot.ask(f"{API}/groupMessages/send", **place(robot), msgKey=key, msgParam=json.dumps(param))
    assert list(answer.json()) == ["processQueryKey"]
    (said,) = await robot.said()
    assert (said.text, [b.label for b in said.card.buttons] if said.card else []) == (text, buttons)


async def test_what_is_uploaded_is_said_as_a_file_in_as_many_rooms_as_wanted(world: World, site: str) -> None:
    robot, minsu = await app(world), await world.person("이민수")
    token = await robot.token()
    file = {"media": ("표 1.xlsx", b"xlsx", "application/octet-stream")}
    upload = await robot.stranger.post(f"/media/upload?access_token={token}&type=file", files=file)
    media = upload.json()["media_id"]
    assert (upload.json()["errcode"], upload.json()["type"], media[0]) == (0, "file", "@")
    param = json.dumps({"mediaId": media, "fileName": "매출", "fileType": "xlsx"})
    await robot.ask(f"{API}/groupMessages/send", **place(robot), msgKey="sampleFile", msgParam=param)
    await robot.ask(f"{API}/oToMessages/batchSend", userIds=[minsu.person, world.owner.person], msgKey="sampleFile", msgParam=param)
    talk = await robot.direct(minsu)
    said = [*(await robot.said()), *(m for m in await world.log(minsu, talk) if m.sender == robot.id)]
    assert [f.name for m in said for f in m.files] == ["매출.xlsx"] * 2
    assert (await world.client(minsu).get(said[1].files[0].url)).content == b"xlsx"


@pytest.mark.parametrize(
    ("key", "kind", "param"),
    [("sampleImageMsg", "image", "photoURL"), ("sampleAudio", "voice", "mediaId"), ("sampleVideo", "video", "videoMediaId")],
)
async def test_pictures_sounds_and_films_are_said_too(world: World, key: str, kind: str, param: str) -> None:
    robot = await app(world)
    token = await robot.token()
    form = {"media": ("x.bin", b"data", "application/octet-stream")}
    upload = await robot.stranger.post(f"/media/upload?access_token={token}", files=form, data={"type": kind})
    answer = await robot.ask(
        f"{API}/groupMessages/send", **place(robot), msgKey=key, msgParam=json.dumps({param: upload.json()["media_id"], "duration": 1000})
    )
    assert answer.status_code == 200
    assert [f.name for m in await robot.said() for f in m.files] == ["x.bin"]


async def test_media_of_another_robot_or_too_old_is_not_there(world: World, clock: Any) -> None:
    robot, other = await app(world), await app(world, "다른 비서")
    form = {"media": ("x.txt", b"data", "text/plain")}
    token = await robot.token()
    media = (await robot.stranger.post(f"/media/upload?access_token={token}&type=file", files=form)).json()["media_id"]
    said = {"msgKey": "sampleFile", "msgParam": json.dumps({"mediaId": media, "fileName": "x", "fileType": "txt"})}
    answers = [await other.ask(f"{API}/groupMessages/send", **place(other), **said)]
    clock.forward(limits.ROBOT_MEDIA_HOURS * 3_600_000 + 1)
    answers.append(await robot.ask(f"{API}/groupMessages/send", **place(robot), **said))
    assert [(a.status_code, a.json()["code"]) for a in answers] == [(400, "mediaNotExist")] * 2
    assert await robot.said() == await other.said() == []


async def test_bad_uploads_are_refused_in_the_older_form(world: World) -> None:
    robot = await app(world)
    url, form = f"/media/upload?access_token={await robot.token()}", {"media": ("x", b"data", "text/plain")}
    answers = [
        await robot.stranger.post(url, files=form),
        await robot.stranger.post(f"{url}&type=book", files=form),
        await robot.stranger.post(f"{url}&type=file", files={"other": ("x", b"data", "text/plain")}),
        await robot.stranger.post(f"{url}&type=file", files={"media": ("x", b"", "text/plain")}),
        await robot.stranger.post(f"{url}&type=file", content=b"garbage"),
        await robot.stranger.post(f"{url}&type=file", content=b"garbage", headers={"Content-Type": "multipart/form-data; boundary=x"}),
        await robot.stranger.post(f"{url}&type=file", files={"media": ("x", b"0" * (limits.ROBOT_MEDIA_BYTES + 1), "text/plain")}),
    ]
    assert [(a.status_code, a.json()["errcode"]) for a in answers] == [(200, 40035)] * 7


async def test_people_are_spoken_to_one_by_one(world: World) -> None:
    robot = await app(world)
    minsu, guest, gone = await world.person("이민수"), await world.person("손님", role="guest"), await world.person("나간 사람")
    near = await world.person("가까운 손님", role="guest")
    await world.db.write(members.add_members, world.owner, robot.room, people=[near.person])
    await world.db.write(deactivate, world.owner, world.org, gone.person)
    stranger = await world.account("남")
    asked = [minsu.person, guest.person, gone.person, stranger.person, robot.id, near.person, "x", minsu.person]
    answer = await robot.ask(f"{API}/oToMessages/batchSend", userIds=asked, **TEXT)
    assert answer.json()["invalidStaffIdList"] == [guest.person, gone.person, stranger.person, robot.id, "x"]
    assert answer.json()["flowControlledStaffIdList"] == []
    for who in (minsu, near):
        said = [m.text for m in await world.log(who, await robot.direct(who)) if m.sender == robot.id]
        assert said == ["점검 시작"]


async def test_who_has_read_it_is_told(world: World) -> None:
    robot = await app(world)
    people = [await world.person(f"사람 {n}") for n in range(4)]
    await world.db.write(members.add_members, world.owner, robot.room, people=[p.person for p in people])
    key = (await robot.ask(f"{API}/groupMessages/send", **place(robot), **TEXT)).json()["processQueryKey"]
    (said,) = await robot.said()
    for who in people[:3]:
        await world.db.write(reading.mark_read, who, robot.room, said.seq)
    asked = {**place(robot), "processQueryKey": key, "maxResults": 2}
    first = (await robot.ask(f"{API}/groupMessages/query", **asked)).json()
    rest = (await robot.ask(f"{API}/groupMessages/query", **asked, nextToken=first["nextToken"])).json()
    assert (first["sendStatus"], first["hasMore"], rest["hasMore"]) == ("SUCCESS", True, False)
    assert first["readUserIds"] + rest["readUserIds"] == sorted(p.person for p in people[:3])
    one = (await robot.ask(f"{API}/oToMessages/batchSend", userIds=[p.person for p in people[:2]], **TEXT)).json()["processQueryKey"]
    talk = await robot.direct(people[0])
    await world.db.write(reading.mark_read, people[0], talk, 10**6)
    states = (await robot.ask(f"{API}/oToMessages/readStatus", method="GET", processQueryKey=one)).json()
    assert {(p["name"], p["readStatus"]) for p in states["messageReadInfoList"]} == {("사람 0", "READ"), ("사람 1", "UNREAD")}


async def test_what_was_said_is_taken_back_for_a_day(world: World, clock: Any) -> None:
    robot, minsu = await app(world), await world.person("이민수")
    in_room = (await robot.ask(f"{API}/groupMessages/send", **place(robot), **TEXT)).json()["processQueryKey"]
    to_one = (await robot.ask(f"{API}/oToMessages/batchSend", userIds=[minsu.person], **TEXT)).json()["processQueryKey"]
    answers = [
        (await robot.ask(f"{API}/groupMessages/recall", **place(robot), processQueryKeys=[in_room, "x", to_one])).json(),
        (await robot.ask(f"{API}/groupMessages/recall", **place(robot), processQueryKeys=[in_room])).json(),
        (await robot.ask(f"{API}/otoMessages/batchRecall", processQueryKeys=[to_one])).json(),
    ]
    assert [a["successResult"] for a in answers] == [[in_room], [in_room], [to_one]]
    assert set(answers[0]["failedResult"]) == {"x", to_one}
    assert [m.recalled_by for m in await robot.said()] == [robot.id]
    asked = await robot.ask(f"{API}/groupMessages/query", **place(robot), processQueryKey=in_room)
    assert asked.json()["sendStatus"] == "RECALLED"
    late = (await robot.ask(f"{API}/groupMessages/send", **place(robot), **TEXT)).json()["processQueryKey"]
    clock.forward(limits.ROBOT_SAID_HOURS * 3_600_000 + 1000)
    too_late = (await robot.ask(f"{API}/groupMessages/recall", **place(robot), processQueryKeys=[late])).json()
    assert too_late == {"successResult": [], "failedResult": {late: "A message can be recalled for 24 hours."}}


async def test_a_private_talks_message_is_taken_back_by_its_conversation(world: World) -> None:
    robot, minsu = await app(world), await world.person("이민수")
    key = (await robot.ask(f"{API}/oToMessages/batchSend", userIds=[minsu.person], **TEXT)).json()["processQueryKey"]
    talk = await robot.direct(minsu)
    answer = await robot.ask(f"{API}/privateChatMessages/batchRecall", openConversationId=f"cid{talk}", processQueryKeys=[key])
    assert answer.json() == {"successResult": [key], "failedResult": {}}


async def test_a_ding_asks_each_receiver_to_confirm(world: World) -> None:
    robot, minsu = await app(world), await world.person("이민수")
    sent = await robot.ask(f"{API}/ding/send", remindType=1, receiverUserIdList=[minsu.person], content="불이야", callVoice="x")
    talk = await robot.direct(minsu)
    (said,) = [m for m in await world.log(minsu, talk) if m.sender == robot.id]
    assert (said.text, said.confirm) == ("불이야", True)
    await world.db.write(change.confirm, minsu, talk, said.seq)
    back = await robot.ask(f"{API}/ding/recall", openDingId=sent.json()["openDingId"])
    assert back.json() == sent.json()
    assert [m.recalled_by for m in await world.log(minsu, talk) if m.sender == robot.id] == [robot.id]


async def test_the_robot_is_where_it_is_and_nowhere_else(world: World) -> None:
    robot, elsewhere = await app(world), await world.room()
    second = await world.room()
    outsider = await world.account("남")
    await world.db.write(found_org, outsider, name="다른 회사")
    foreign = (await world.db.write(rooms.create_room, outsider, (await _orgs(world, outsider))[0], name="남의 방")).id
    await world.db.write(members.add_members, world.owner, second, people=[robot.id])
    there = [await robot.ask(f"{API}/groupMessages/send", openConversationId=f"cid{room}", **TEXT) for room in (robot.room, second)]
    nowhere = [
        await robot.ask(f"{API}/groupMessages/send", openConversationId=name, **TEXT)
        for name in (f"cid{elsewhere}", f"cid{foreign}", "cidx", "", "\x00")
    ]
    alone = await robot.ask(f"{API}/oToMessages/batchSend", userIds=[outsider.person], **TEXT)
    assert [a.status_code for a in there] == [200, 200]
    assert [a.status_code for a in nowhere] == [404] * 5
    assert (alone.status_code, alone.json()["code"]) == (400, "staffId.notExisted")


async def _orgs(world: World, who: Who) -> list[str]:
    return [o["id"] for o in (await world.client(who).get("/api/me")).json()["orgs"]]


BAD: list[tuple[str, dict[str, Any], int, str]] = [
    ("groupMessages/send", {"msgKey": "sampleSong", "msgParam": "{}"}, 400, "invalidParameter.msgKey"),
    ("groupMessages/send", {"msgKey": "sampleText", "msgParam": "{"}, 400, "invalidParameter.msgParam"),
    ("groupMessages/send", {"msgKey": "sampleText", "msgParam": "[]"}, 400, "invalidParameter.msgParam"),
    ("groupMessages/send", {"msgKey": "sampleText", "msgParam": "{}"}, 400, "invalidParameter.msgParam"),
    ("groupMessages/send", {"msgKey": "sampleText", "msgParam": json.dumps({"content": "가" * 20_001})}, 413, "too_large"),
    ("groupMessages/send", {"msgKey": "sampleFile", "msgParam": "{}"}, 400, "invalidParameter.msgParam"),
    ("groupMessages/send", {"msgKey": "sampleActionCard2", "msgParam": '{"title": "t", "text": "x"}'}, 400, "invalidParameter.msgParam"),
    ("groupMessages/send", {"msgKey": 5, "msgParam": {}}, 400, "invalidParameter"),
    ("groupMessages/send", {"robotCode": "other"}, 400, "robotNotExist"),
    ("oToMessages/batchSend", {"userIds": [], **TEXT}, 400, "invalidParameter.userIds"),
    ("oToMessages/batchSend", {"userIds": ["x"] * 21, **TEXT}, 400, "invalidParameter.userIds"),
    ("oToMessages/batchSend", {"userIds": "x", **TEXT}, 400, "invalidParameter"),
    ("groupMessages/query", {"processQueryKey": "x"}, 404, "processQueryKeyNotExist"),
    ("groupMessages/recall", {"processQueryKeys": []}, 400, "invalidParameter.processQueryKeys"),
    ("otoMessages/batchRecall", {"processQueryKeys": ["x"] * 21}, 400, "invalidParameter.processQueryKeys"),
    ("ding/send", {"receiverUserIdList": ["x"], "content": " "}, 400, "invalidParameter.msgParam"),
    ("ding/recall", {"openDingId": "x"}, 404, "processQueryKeyNotExist"),
    ("messageFiles/download", {"downloadCode": "x"}, 400, "invalidParameter.downloadCode"),
]


@pytest.mark.parametrize(("path", "body", "status", "code"), BAD)
async def test_bad_input_is_answered_by_its_code_and_nothing_is_said(
    world: World, path: str, body: dict[str, Any], status: int, code: str
) -> None:
    robot = await app(world)
    answer = await robot.ask(f"{API}/{path}", **{**place(robot), **body})
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert set(answer.json()) == {"code", "message", "requestid"}
    assert await robot.said() == []


async def test_a_download_ends_after_half_an_hour_and_with_the_robots_place(world: World, clock: Any) -> None:
    robot = await app(world)
    owner = world.client(world.owner)
    await world.db.write(create_person, world.owner, name="x", email=None)
    code = await _code(world, robot)
    url = (
        (await robot.ask(f"{API}/messageFiles/download", downloadCode=code))
        .json()["downloadUrl"]
        .removeprefix(world.server.settings.public_url)
    )
    assert (await robot.stranger.get(url)).content == b"data"
    assert (await robot.stranger.get(url.replace("/files/", "/files/x"))).status_code == 404
    clock.forward(limits.ROBOT_DOWNLOAD_MINUTES * 60_000)
    assert (await robot.stranger.get(url)).status_code == 404
    again = (
        (await robot.ask(f"{API}/messageFiles/download", downloadCode=code))
        .json()["downloadUrl"]
        .removeprefix(world.server.settings.public_url)
    )
    await owner.delete(f"/api/rooms/{robot.room}/members/{robot.id}")
    assert (await robot.stranger.get(again)).status_code == 404
    assert (await robot.ask(f"{API}/messageFiles/download", downloadCode=code)).status_code == 404


async def _code(world: World, robot: App) -> str:
    """The code of a file that the robot is told of."""
    async with receiving() as receiver:
        await robot.callback(receiver.url)
        file = (await robot.owner.post(f"/api/rooms/{robot.room}/files?name=x.txt", content=b"data")).json()["id"]
        await robot.call("보세요", files=[file])
        await receiver.heard(1)
    return str(receiver.got[0][1]["content"]["richText"][1]["downloadCode"])


async def _download(robot: App, code: str) -> str:
    """The path at which a file can be downloaded."""
    url = (await robot.ask(f"{API}/messageFiles/download", downloadCode=code)).json()["downloadUrl"]
    return str(url.removeprefix(robot.world.server.settings.public_url))
