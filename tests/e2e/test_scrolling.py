"""Where a room's log stands: at the first unread message, and still while older ones come."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.page import row, row_of
from tests.e2e.site import Site

_SAID, _READ = 260, 150
_ANCHOR = """() => {
  const rows = [...document.querySelectorAll("[role=log] [data-seq]")];
  const row = rows.find((one) => one.getBoundingClientRect().top > 200);
  return [Number(row.dataset.seq), row.getBoundingClientRect().top];
}"""
_WATCH = """(seq) => {
  const box = document.querySelector("[role=log]");
  const row = () => document.querySelector(`[role=log] [data-seq="${seq}"]`);
  const height = box.scrollHeight;
  const tops = [];
  const end = performance.now() + 5000;
  let afterwards = 0;
  window.watched = new Promise((done) => {
    const look = () => {
      tops.push(row()?.getBoundingClientRect().top ?? -1);
      const grew = box.scrollHeight > height + 500;
      if (grew) afterwards += 1;
      if (afterwards > 40 || performance.now() > end) done({ tops, grew });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}"""


@pytest.fixture(scope="module")
def room(site: Site) -> str:
    """A long room that 박민수 has read in part."""
    hana, minsu = site.api("hana"), site.api("minsu")
    made = hana.make_room("긴 이야기", minsu.id)
    for number in range(_SAID):
        hana.send(made, f"{number}번째 이야기. " + "길게 이어집니다. " * (number * 7 % 23))
    minsu.call("POST", f"/api/rooms/{made}/read", json={"seq": _READ})
    return made


def test_a_room_opens_at_the_first_unread_message(site: Site, room: str, open_room):
    page = open_room(site, "minsu", room)

    line = page.get_by_text("여기부터 새 글")
    expect(line).to_be_in_viewport()
    expect(row_of(page, _READ + 1)).to_be_in_viewport()
    log = page.get_by_role("log").bounding_box()
    at = line.bounding_box()
    assert log is not None and at is not None
    assert 0 <= at["y"] - log["y"] < 200


def test_older_messages_come_in_without_moving_what_is_read(site: Site, room: str, open_room):
    page = open_room(site, "hana", room)
    expect(row(page, f"{_SAID - 1}번째 이야기")).to_be_visible()
    asked: list[Route] = []
    page.route("**/messages?*before=*", lambda route: asked.append(route))
    page.get_by_role("log").evaluate("(box) => box.scrollTo(0, 500)")
    page.wait_for_timeout(400)
    assert asked, "scrolling up asks for older messages"
    seq, before = page.evaluate(_ANCHOR)

    page.evaluate(_WATCH, seq)
    for route in asked[:]:
        route.continue_()
    seen = page.evaluate("window.watched")

    assert seen["grew"]
    assert {round(top, 1) for top in seen["tops"]} == {round(before, 1)}
