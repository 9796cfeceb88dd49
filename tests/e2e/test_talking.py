"""Two browsers side by side: what one does, the other sees."""

from __future__ import annotations

import re
import statistics

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.page import field, row, row_of, write
from tests.e2e.site import Site

_ROUNDS = 9
_MOST_MS = 100
_WATCH = """(text) => {
  const look = () => [...document.querySelectorAll("[data-seq]")].some((row) => row.textContent.includes(text));
  window.seen = new Promise((done) => {
    const observer = new MutationObserver(() => {
      if (!look()) return;
      observer.disconnect();
      done(performance.timeOrigin + performance.now());
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}"""
_LISTEN = """() => addEventListener("keydown", (event) => {
  if (event.key === "Enter") window.pressed = performance.timeOrigin + performance.now();
}, { capture: true })"""


@pytest.fixture
def room(site: Site) -> str:
    """A room of 김하나, 박민수 and 최수진."""
    people = [site.api(name).id for name in ("minsu", "sujin")]
    return site.api("hana").make_room("둘이 쓰는 방", *people)


def _open_menu(page: Page, seq: int) -> None:
    row_of(page, seq).hover()
    page.get_by_role("toolbar", name="글 도구").get_by_role("button", name="더 보기").click()


def test_enter_in_one_browser_is_seen_in_the_other_within_100_ms(site: Site, room: str, open_room, record_property):
    writer, reader = open_room(site, "hana", room), open_room(site, "minsu", room)
    writer.evaluate(_LISTEN)
    took = []
    for turn in range(_ROUNDS):
        text = f"지금 보이나요 {turn}번째"
        field(writer).fill(text)
        reader.evaluate(_WATCH, text)
        field(writer).press("Enter")
        took.append(reader.evaluate("window.seen") - writer.evaluate("window.pressed"))
    record_property("median_ms", statistics.median(took))
    print("milliseconds:", [round(ms) for ms in took])
    assert statistics.median(took) <= _MOST_MS


def test_the_list_of_readers_names_each_person_and_follows_them(site: Site, room: str, open_room):
    seq = site.api("hana").send(room, "읽으면 알려 주세요")
    writer = open_room(site, "hana", room)
    state = row_of(writer, seq).get_by_role("button", name=re.compile("안 읽음"))
    expect(state).to_have_text("2명 안 읽음")

    open_room(site, "minsu", room)

    expect(state).to_have_text("1명 안 읽음")
    state.click()
    readers = writer.get_by_role("dialog", name="읽음 확인")
    expect(readers.get_by_role("listitem")).to_have_text([re.compile("최수진")])
    readers.get_by_role("tab", name="읽음 1", exact=True).click()
    expect(readers.get_by_role("listitem")).to_have_text([re.compile("박민수")])
    open_room(site, "sujin", room)
    expect(readers.get_by_role("tab", name="읽음 2", exact=True)).to_be_visible()
    expect(readers.get_by_role("listitem")).to_have_count(2)


def test_an_edit_reaches_the_other_browser_with_its_mark(site: Site, room: str, open_room):
    writer, reader = open_room(site, "hana", room), open_room(site, "minsu", room)
    write(writer, "회의는 세 시입니다")
    expect(row(reader, "회의는 세 시입니다")).to_be_visible()

    field(writer).press("ArrowUp")
    expect(field(writer)).to_have_value("회의는 세 시입니다")
    write(writer, "회의는 네 시입니다")

    expect(row(reader, "회의는 네 시입니다")).to_contain_text("수정됨")
    expect(row(reader, "회의는 세 시입니다")).to_have_count(0)


def test_a_recalled_message_leaves_a_tombstone_in_both(site: Site, room: str, open_room):
    seq = site.api("hana").send(room, "잘못 보낸 글")
    writer, reader = open_room(site, "hana", room), open_room(site, "minsu", room)
    expect(row(reader, "잘못 보낸 글")).to_be_visible()

    _open_menu(writer, seq)
    writer.get_by_role("menuitem", name="회수하기").click()
    writer.get_by_role("dialog", name="이 글을 회수할까요?").get_by_role("button", name="회수하기").click()

    for page in (writer, reader):
        expect(row_of(page, seq)).to_contain_text("회수한 글입니다.")
        expect(row(page, "잘못 보낸 글")).to_have_count(0)


def test_a_reaction_is_counted_in_both(site: Site, room: str, open_room):
    seq = site.api("hana").send(room, "점심은 국수 어때요")
    writer, reader = open_room(site, "hana", room), open_room(site, "minsu", room)

    row_of(reader, seq).hover()
    reader.get_by_role("toolbar", name="글 도구").get_by_role("button", name="👍").click()

    for page in (writer, reader):
        expect(row_of(page, seq).get_by_role("button", name=re.compile("👍.*박민수"))).to_be_visible()


def test_a_pinned_message_is_counted_over_the_room_in_both(site: Site, room: str, open_room):
    seq = site.api("hana").send(room, "금고 번호는 점장님께")
    writer, reader = open_room(site, "hana", room), open_room(site, "minsu", room)

    _open_menu(writer, seq)
    writer.get_by_role("menuitem", name="고정하기").click()

    for page in (writer, reader):
        expect(page.get_by_role("button", name="고정한 글 1개")).to_be_visible()


def test_a_reply_in_a_thread_reaches_the_open_thread_of_the_other(site: Site, room: str, open_room):
    seq = site.api("hana").send(room, "재고 실사 언제 할까요")
    writer, reader = open_room(site, "hana", room), open_room(site, "minsu", room)
    for page in (writer, reader):
        row_of(page, seq).hover()
        page.get_by_role("toolbar", name="글 도구").get_by_role("button", name="답글 달기").click()

    thread = writer.get_by_role("region", name="답글")
    thread.get_by_label("글 쓰기").fill("금요일 저녁에 해요")
    thread.get_by_label("글 쓰기").press("Enter")

    expect(row(reader, "금요일 저녁에 해요")).to_be_visible()
    expect(row_of(reader, seq)).to_contain_text("답글 1개")


def test_a_draft_follows_to_a_second_device(site: Site, room: str, open_room):
    first, second = open_room(site, "hana", room), open_room(site, "hana", room)

    field(first).press_sequentially("쓰다 만 글")

    expect(field(second)).to_have_value("쓰다 만 글")
