"""Every page in three languages and two themes: only this server is asked, nothing goes wrong, everybody can use it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.page import complaints, row_of
from tests.e2e.site import Site

_AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
_FIRST_VIEW = 150_000
_RUN_AXE = """() => axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations
  .filter((one) => ["serious", "critical"].includes(one.impact))
  .map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`))"""
_TRAVELLED = """() => performance.getEntriesByType("resource")
  .filter((one) => /\\.(js|css)$/.test(one.name))
  .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
_INSIDE = [
    "/chat",
    "/chat/mentions",
    "/chat/threads",
    "/chat/search",
    "/people",
    *(f"/admin{place}" for place in ("", "/invites", "/departments", "/audit", "/organisation")),
    *(f"/settings{place}" for place in ("", "/look", "/quiet", "/password", "/devices", "/tokens")),
]


def _settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def _closed_off(context: BrowserContext, site: Site) -> list[str]:
    """Every address asked of another host; none of them is reached."""
    foreign: list[str] = []

    def only_here(route: Any) -> None:
        address = route.request.url
        if address.startswith((site.url, "data:", "blob:")):
            route.continue_()
        else:
            foreign.append(address)
            route.abort()

    context.route("**/*", only_here)
    return foreign


@pytest.fixture(params=["ko", "en", "zh"])
def lang(request: pytest.FixtureRequest, site: Site):
    """The language that the visitor has chosen, for the length of a test."""
    site.api("minsu").call("PATCH", "/api/me", json={"lang": request.param})
    yield request.param
    site.api("minsu").call("PATCH", "/api/me", json={"lang": "ko"})


def test_every_page_loads_from_this_server_alone_and_without_complaint(site: Site, visit, lang: str):
    minsu = site.api("minsu")
    context = visit(site, "minsu")
    foreign = _closed_off(context, site)
    page = context.new_page()
    said = complaints(page)
    room = minsu.room("온라인몰 오픈")["id"]

    for place in [*_INSIDE, f"/chat/{room}"]:
        page.goto(site.url + place)
        expect(page.locator("html")).to_have_attribute("lang", lang)
        expect(page.get_by_role("heading", level=1)).to_have_count(
            0 if page.get_by_role("alert").count() else 1
        ) if place != "/chat" else None

    assert foreign == []
    assert said == []


@pytest.mark.parametrize("place", ["/sign-in", "/enter#x", "/setup#x", "/join#x"])
def test_every_door_loads_from_this_server_alone(site: Site, visit, place: str):
    context = visit(site)
    foreign = _closed_off(context, site)
    page = context.new_page()
    page.goto(site.url + place)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert foreign == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(site: Site, visit, theme: str):
    hana = site.api("hana")
    hana.call("PATCH", "/api/me", json={"settings": {"theme": theme}})
    room = hana.room("온라인몰 오픈")["id"]
    root = hana.send(room, "상자는 몇 개 남았나요")
    hana.send(room, "세어 보니 서른 개입니다", thread=root)
    found = {"sign-in": _axe(visit(site, color_scheme=theme, bypass_csp=True).new_page(), site.url + "/sign-in")}
    page = visit(site, "hana", color_scheme=theme, bypass_csp=True).new_page()
    found["chat"] = _axe(page, f"{site.url}/chat/{room}")
    row_of(page, root).get_by_role("button", name="답글 1개").click()
    page.get_by_role("region", name="답글").get_by_role("log").wait_for()
    found["thread"] = _axe(page)
    for place in ("/people", "/admin", "/settings", "/settings/look"):
        found[place] = _axe(page, site.url + place)
    assert {name: one for name, one in found.items() if one} == {}


def _axe(page: Page, address: str | None = None) -> list[str]:
    if address is not None:
        page.goto(address)
    page.get_by_role("heading").first.wait_for()
    _settled(page)
    page.wait_for_timeout(300)
    page.add_script_tag(path=_AXE)
    found: list[str] = page.evaluate(_RUN_AXE)
    return found


def test_from_the_sign_in_to_the_list_of_rooms_at_most_150_kb_travel(site: Site, visit, record_property):
    site.api("sujin").call("POST", "/api/me/password", json={"old": None, "new": "저녁마다 걷는 강변길"})
    page = visit(site).new_page()
    page.goto(site.url)
    page.get_by_label("이메일").fill("sujin@example.com")
    page.get_by_label("비밀번호").fill("저녁마다 걷는 강변길")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="온라인몰 오픈").wait_for()

    rooms_page = page.evaluate(_TRAVELLED)
    page.get_by_role("link", name="온라인몰 오픈").click()
    expect(page.locator("[data-seq]").first).to_be_visible()
    record_property("first_view_bytes", rooms_page)
    print("first view:", rooms_page, "with the first room:", page.evaluate(_TRAVELLED))
    assert rooms_page <= _FIRST_VIEW
