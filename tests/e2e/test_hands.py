"""With a thumb on a phone, and with nothing but a keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.page import field, row
from tests.e2e.site import Filled, Site

_PANES = {"sidebar": "aside[aria-label='목록']", "page": "main", "panel": "aside[aria-label='자세히']"}
_SMALL = """() => {
  const seen = { visibilityProperty: true, opacityProperty: true };
  const all = [...document.querySelectorAll("button, a[href], input, textarea, [role=tab], [role=menuitem]")];
  const targets = all.filter((node) => node.checkVisibility(seen) && !node.closest("[aria-hidden=true], p, [href='#page']"));
  return targets.flatMap((node) => {
    const box = node.getBoundingClientRect();
    const inside = box.right > 0 && box.bottom > 0 && box.top < innerHeight && box.width > 1;
    const words = (node.getAttribute("aria-label") ?? node.textContent).trim().slice(0, 40);
    return inside && Math.min(box.width, box.height) < 39.5 ? [`${words} ${box.width}×${box.height}`] : [];
  });
}"""


def _shown(page: Page) -> list[str]:
    return [name for name, place in _PANES.items() if page.locator(place).first.is_visible()]


def test_a_phone_shows_one_pane_at_a_time_with_targets_for_a_thumb(site: Site, visit):
    page = visit(site, "hana", viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    page.goto(f"{site.url}/chat")
    expect(page.get_by_role("link", name=re.compile("온라인몰 오픈"))).to_be_visible()
    assert _shown(page) == ["sidebar"]
    assert page.evaluate(_SMALL) == []

    page.get_by_role("link", name=re.compile("온라인몰 오픈")).tap()
    expect(page.get_by_role("log")).to_be_visible()
    assert _shown(page) == ["page"]
    assert page.evaluate(_SMALL) == []

    page.get_by_role("button", name="이 방에서 찾기").tap()
    expect(page.get_by_role("region", name="방에서 찾기")).to_be_visible()
    assert _shown(page) == ["panel"]
    assert page.evaluate(_SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_from_signing_in_to_a_sent_message_without_a_pointer(site: Site, filled: Filled, visit):
    hana = site.api("hana")
    hana.call("POST", "/api/me/password", json={"old": None, "new": "저녁마다 걷는 강변길"})
    page = visit(site).new_page()
    page.goto(site.url)

    expect(page.get_by_label("이메일")).to_be_focused()
    page.keyboard.insert_text("hana@example.com")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("저녁마다 걷는 강변길")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=re.compile("온라인몰 오픈"))).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.insert_text("ㅇㄹㅇㅁ")
    expect(page.get_by_role("option").first).to_contain_text("온라인몰 오픈")
    expect(page.get_by_role("option").first).to_have_attribute("data-highlighted", "")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="온라인몰 오픈", level=1)).to_be_visible()
    expect(field(page)).to_be_focused()
    page.keyboard.insert_text("자판만으로 씁니다")
    page.keyboard.press("Enter")

    expect(row(page, "자판만으로 씁니다")).to_be_visible()
