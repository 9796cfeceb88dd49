"""A server that dies and comes back: pages find it again by themselves, and nothing is lost or comes twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.page import QUEUED, bar, complaints, ink, row, write
from tests.e2e.site import Filled, Site

_BACK_MS = 15_000
_AGAIN = "서버에 다시 연결하고 있습니다"
_UNSTYLED = "() => [...document.querySelectorAll('link[rel=stylesheet]')].filter((one) => !one.sheet).map((one) => one.href)"
# What the browser itself says of a server that is not there.
_NETWORK = ("Failed to load resource", "WebSocket connection to")


@pytest.fixture
def mortal(filled: Filled, tmp_path: Path) -> Iterator[Site]:
    """A server that this test alone may kill."""
    started = Site.copy_of(filled, tmp_path).start()
    yield started
    started.stop()


def _say_at_another_port(site: Site, room: str, text: str) -> None:
    """A message that comes while no page of the site can know of it."""
    elsewhere = Site(site.folder, site.sessions).start()
    elsewhere.api("minsu").send(room, text)
    elsewhere.stop()


def _shown(page: Page, texts: list[str]) -> list[str]:
    """These texts as they stand in the log, top to bottom, as often as they stand there."""
    lines = page.get_by_role("log").inner_text().splitlines()
    return [line for line in lines if line in texts]


def _stored(site: Site, room: str) -> list[str]:
    items = site.api("minsu").call("GET", f"/api/rooms/{room}/messages")["items"]
    return [item["text"] for item in items if item["kind"] == "text"]


def _open_menu(page: Page, text: str) -> None:
    """Wants a part of the client that was not here yet when the server died."""
    row(page, text).hover()
    page.get_by_role("toolbar", name="글 도구").get_by_role("button", name="더 보기").click()


def test_pages_come_back_by_themselves_and_send_what_waited_once_and_in_order(mortal: Site, open_room):
    room = mortal.api("hana").make_room("정전된 방", mortal.api("minsu").id)
    writer, reader = open_room(mortal, "hana", room), open_room(mortal, "minsu", room)
    write(writer, "정전 전")
    expect(row(reader, "정전 전")).to_be_visible()
    said = [complaints(page, but=_NETWORK) for page in (writer, reader)]

    mortal.kill()
    for page in (writer, reader):
        expect(bar(page, _AGAIN)).to_be_visible()
    write(writer, "정전 중 하나")
    write(writer, "정전 중 둘")
    expect(bar(writer, "메시지 2개를 보냅니다")).to_be_visible()
    expect(writer.get_by_text(QUEUED, exact=True)).to_have_count(2)
    assert ink(writer.get_by_text("정전 중 둘", exact=True)) == pytest.approx(0.6)
    _say_at_another_port(mortal, room, "그 사이에 온 글")
    mortal.start()

    texts = ["정전 전", "그 사이에 온 글", "정전 중 하나", "정전 중 둘"]
    for page in (writer, reader):
        expect(row(page, "정전 중 둘")).to_be_visible(timeout=_BACK_MS)
        expect(bar(page, _AGAIN)).to_have_count(0)
        expect(row(page, "그 사이에 온 글")).to_be_visible()
        assert _shown(page, texts) == texts
        expect(page.get_by_role("alert")).to_have_count(0)
    expect(writer.get_by_text(QUEUED, exact=True)).to_have_count(0)
    assert _stored(mortal, room) == texts
    _open_menu(writer, "정전 전")
    expect(writer.get_by_role("menuitem", name="회수하기")).to_be_visible()
    assert writer.evaluate(_UNSTYLED) == []
    assert said == [[], []]
