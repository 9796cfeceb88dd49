"""Without the network people keep writing; nothing is lost and nothing comes twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.page import row, write
from tests.e2e.site import Filled, Site

_INK = """(words) => {
  let ink = 1;
  for (let node = words; node; node = node.parentElement) ink *= Number(getComputedStyle(node).opacity);
  return ink;
}"""

_COMES_TO_THE_FRONT = """() => document.dispatchEvent(new Event("visibilitychange"))"""


@pytest.fixture
def own_site(filled: Filled, tmp_path):
    """A server that the test may stop."""
    site = Site.copy_of(filled, tmp_path / "copy").start()
    yield site
    site.stop()


def _bar(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def _count(site: Site, room: str, text: str) -> int:
    items = site.api("minsu").call("GET", f"/api/rooms/{room}/messages")["items"]
    return [item["text"] for item in items].count(text)


def test_a_message_written_offline_outlives_a_reload_and_arrives_once(site: Site, open_room):
    room = site.api("hana").make_room("끊긴 방", site.api("minsu").id)
    page, other = open_room(site, "hana", room), open_room(site, "minsu", room)
    page.context.set_offline(True)
    _bar(page, "인터넷에 연결되어 있지 않습니다")

    write(page, "창고에서 쓴 글")

    _bar(page, "메시지 1개를 보냅니다")
    expect(page.get_by_text("연결되면 보냅니다", exact=True)).to_be_visible()
    assert page.get_by_text("창고에서 쓴 글", exact=True).evaluate(_INK) == pytest.approx(0.6)
    page.route_web_socket("**/live", lambda socket: socket.close())
    page.context.set_offline(False)
    page.reload()
    _bar(page, "메시지 1개를 보냅니다")
    assert _count(site, room, "창고에서 쓴 글") == 0
    page.close()
    again = page.context.new_page()
    again.goto(f"{site.url}/chat/{room}")
    for seen in (again, other):
        expect(row(seen, "창고에서 쓴 글")).to_have_count(1)
    expect(again.get_by_text("연결되면 보냅니다", exact=True)).to_have_count(0)
    assert _count(site, room, "창고에서 쓴 글") == 1


def test_while_the_server_is_away_the_bar_says_so_and_the_message_arrives_once_it_is_back(own_site: Site, open_room):
    room = own_site.api("hana").make_room("멈춘 방", own_site.api("minsu").id)
    page, other = open_room(own_site, "hana", room), open_room(own_site, "minsu", room)
    own_site.stop()
    _bar(page, "서버에 다시 연결하고 있습니다")

    write(page, "서버가 없을 때 쓴 글")
    _bar(page, "메시지 1개를 보냅니다")
    own_site.start()
    page.evaluate(_COMES_TO_THE_FRONT)
    other.evaluate(_COMES_TO_THE_FRONT)

    for seen in (page, other):
        expect(row(seen, "서버가 없을 때 쓴 글")).to_have_count(1)
    expect(page.get_by_text("서버에 다시 연결하고 있습니다")).to_have_count(0)
    assert _count(own_site, room, "서버가 없을 때 쓴 글") == 1
