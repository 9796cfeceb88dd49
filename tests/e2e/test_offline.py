"""Without the network people keep writing; nothing is lost and nothing comes twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.page import QUEUED, bar, ink, row, write
from tests.e2e.site import Site


def _count(site: Site, room: str, text: str) -> int:
    items = site.api("minsu").call("GET", f"/api/rooms/{room}/messages")["items"]
    return [item["text"] for item in items].count(text)


def test_a_message_written_offline_outlives_a_reload_and_arrives_once(site: Site, open_room):
    room = site.api("hana").make_room("끊긴 방", site.api("minsu").id)
    page, other = open_room(site, "hana", room), open_room(site, "minsu", room)
    page.context.set_offline(True)
    expect(bar(page, "인터넷에 연결되어 있지 않습니다")).to_be_visible()

    write(page, "창고에서 쓴 글")

    expect(bar(page, "메시지 1개를 보냅니다")).to_be_visible()
    expect(page.get_by_text(QUEUED, exact=True)).to_be_visible()
    assert ink(page.get_by_text("창고에서 쓴 글", exact=True)) == pytest.approx(0.6)
    page.route_web_socket("**/live", lambda socket: socket.close())
    page.context.set_offline(False)
    page.reload()
    expect(bar(page, "메시지 1개를 보냅니다")).to_be_visible()
    expect(page.get_by_text(QUEUED, exact=True)).to_be_visible()
    assert ink(page.get_by_text("창고에서 쓴 글", exact=True)) == pytest.approx(0.6)
    assert _count(site, room, "창고에서 쓴 글") == 0
    page.close()
    again = page.context.new_page()
    again.goto(f"{site.url}/chat/{room}")
    for seen in (again, other):
        expect(row(seen, "창고에서 쓴 글")).to_have_count(1)
    expect(again.get_by_text(QUEUED, exact=True)).to_have_count(0)
    assert _count(site, room, "창고에서 쓴 글") == 1


def test_a_room_first_opened_offline_takes_messages_and_opens_when_the_network_is_back(site: Site, open_room):
    hana = site.api("hana")
    here, there = hana.make_room("열어 둔 방"), hana.make_room("처음 여는 방", site.api("minsu").id)
    hana.send(there, "전에 쓴 글")
    page = open_room(site, "hana", here)
    page.context.set_offline(True)
    page.get_by_role("link", name="처음 여는 방").click()
    expect(page.get_by_role("alert")).to_contain_text("글을 불러오지 못했습니다")

    write(page, "지하에서 쓴 글")
    expect(page.get_by_text(QUEUED, exact=True)).to_be_visible()
    assert ink(page.get_by_text("지하에서 쓴 글", exact=True)) == pytest.approx(0.6)
    page.context.set_offline(False)

    expect(row(page, "전에 쓴 글")).to_be_visible()
    expect(row(page, "지하에서 쓴 글")).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_count(0)
    assert _count(site, there, "지하에서 쓴 글") == 1
