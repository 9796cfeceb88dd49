"""People come in: by a one-time link, and as the first of a new server."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.site import Filled, Site


def test_a_newcomer_opens_the_link_and_finds_a_living_organisation(site: Site, filled: Filled, visit):
    page = visit(site).new_page()
    page.goto(site.url + filled.links[0])

    page.get_by_role("button", name="로그인").click()

    rooms = page.get_by_role("navigation", name="방", exact=True)
    expect(rooms.get_by_role("link", name="온라인몰 오픈")).to_be_visible()
    assert rooms.get_by_role("link").count() >= 20


def test_a_link_lets_in_only_once(site: Site, filled: Filled, visit):
    first = visit(site).new_page()
    first.goto(site.url + filled.links[1])
    first.get_by_role("button", name="로그인").click()
    expect(first.get_by_role("link", name="본점 인수인계")).to_be_visible()

    second = visit(site).new_page()
    second.goto(site.url + filled.links[1])
    second.get_by_role("button", name="로그인").click()

    expect(second.get_by_role("alert")).to_contain_text("이미 쓰였거나")
    assert "/enter" in second.url


def test_the_first_administrator_makes_the_organisation_in_the_browser(tmp_path: Path, visit):
    site = Site(tmp_path).start()
    try:
        page = visit(site).new_page()
        page.goto(site.setup_link())

        page.get_by_label("조직 이름").fill("하늘의원")
        page.get_by_label("이름", exact=True).fill("김하나")
        page.get_by_label("이메일").fill("hana@example.com")
        page.get_by_label("비밀번호").fill("저녁마다 걷는 강변길")
        page.get_by_role("button", name="시작하기").click()

        expect(page.get_by_role("button", name="조직: 하늘의원")).to_be_visible()
        expect(page.get_by_role("heading", name="대화", level=2)).to_be_visible()
    finally:
        site.stop()
