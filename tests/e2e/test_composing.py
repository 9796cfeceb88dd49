"""An Enter that ends a composition of an input method acts on nothing; the next one acts once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.page import InputMethod, field, row
from tests.e2e.site import Site


@pytest.fixture
def room(site: Site) -> str:
    """A room to write in."""
    return site.api("hana").make_room("입력기 시험")


def test_in_the_composer(site: Site, room: str, open_room):
    page = open_room(site, "hana", room)
    field(page).focus()
    method = InputMethod(page)

    method.compose("ㅎ", "하", "한")
    method.enter_while_composing("한")
    page.wait_for_timeout(300)

    assert row(page, "한").count() == 0
    expect(field(page)).to_have_value("한")
    field(page).press("Enter")
    expect(field(page)).to_have_value("")
    page.wait_for_timeout(300)
    expect(row(page, "한").filter(has=page.get_by_text("한", exact=True))).to_have_count(1)


def test_in_the_palette(site: Site, room: str, open_room):
    page = open_room(site, "hana", room)
    page.keyboard.press("Control+k")
    ask = page.get_by_role("combobox", name="대화방, 사람, 명령 찾기")
    expect(ask).to_be_focused()
    method = InputMethod(page)

    method.compose("ㅈ", "저", "전")
    expect(page.get_by_role("option", name=re.compile("전체 공지"))).to_be_visible()
    method.enter_while_composing("전")
    page.wait_for_timeout(300)

    expect(ask).to_have_value("전")
    assert page.url.endswith(room)
    ask.press_sequentially("체 공지")
    expect(page.get_by_role("option").first).to_contain_text("전체 공지")
    ask.press("Enter")
    expect(page.get_by_role("heading", name="전체 공지", level=1)).to_be_visible()


def test_in_the_dialog_of_a_new_room(site: Site, room: str, open_room):
    page = open_room(site, "hana", room)
    page.get_by_role("button", name="새로 만들기").click()
    page.get_by_role("menuitem", name="방 만들기").click()
    dialog = page.get_by_role("dialog", name="방 만들기")
    name = dialog.get_by_label("방 이름")
    expect(name).to_be_focused()
    method = InputMethod(page)

    method.compose("ㅂ", "바", "방")
    method.enter_while_composing("방")
    page.wait_for_timeout(300)

    expect(name).to_have_value("방")
    expect(dialog).to_be_visible()
    name.press("Enter")
    expect(page.get_by_role("heading", name="방", exact=True, level=1)).to_be_visible()
    rooms = [head["name"] for head in site.api("hana").call("GET", "/api/rooms")["items"]]
    assert rooms.count("방") == 1


def test_in_the_filter_of_rooms(site: Site, room: str, open_room):
    page = open_room(site, "hana", room)
    words = page.get_by_role("searchbox", name="방 이름으로 거르기")
    words.focus()
    method = InputMethod(page)

    method.compose("ㅈ", "저", "전")
    expect(page.get_by_role("link", name=re.compile("전산 도움방"))).to_be_visible()
    method.enter_while_composing("전")
    page.wait_for_timeout(300)

    expect(words).to_have_value("전")
    assert page.url.endswith(room)
