"""A robot's button is pressed, a command is given, a dialog is filled: in a browser, against a server that answers."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.page import InputMethod, complaints, field, write
from tests.e2e.site import Site


class Helper:
    """A program that robots call: it approves, takes orders by a dialog, and says what it was told."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.heard: list[dict[str, Any]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, said: dict[str, Any]) -> tuple[int, Any]:
        """What it says to a call."""
        self.heard.append(said)
        if path == "/approve":
            return 200, {"update": {"message": "**승인했습니다**", "props": {}}, "ephemeral_text": "고맙습니다"}
        if path == "/refuse":
            return 500, {}
        if path == "/order":
            return 200, self._open(said["trigger_id"]) or {"text": "주문서를 열었습니다"}
        if path == "/taken" and said["submission"]["menu"] != "noodles":
            return 200, {"errors": {"menu": "오늘은 국수만 됩니다"}}
        return 200, {}

    def _open(self, trigger: str) -> None:
        elements = [
            {"display_name": "이름", "name": "who", "type": "text", "min_length": 2},
            {"display_name": "메뉴", "name": "menu", "type": "radio",
             "options": [{"text": "국수", "value": "noodles"}, {"text": "밥", "value": "rice"}]},
        ]  # fmt: skip
        dialog = {"callback_id": "o", "title": "점심 주문", "elements": elements, "submit_label": "주문하기"}
        body = {"trigger_id": trigger, "url": f"{self.url}/taken", "dialog": dialog}
        assert httpx.post(f"{self.site.url}/api/v4/actions/dialogs/open", json=body).status_code == 200

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        helper = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
                said = json.loads(raw) if raw[:1] == "{" else {name: values[0] for name, values in parse_qs(raw).items()}
                status, body = helper.answer(self.path, said)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps(body).encode())

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        return Handler


@pytest.fixture
def helper(site: Site) -> Iterator[Helper]:
    """One that listens."""
    made = Helper(site)
    yield made
    made.close()


def test_a_button_shows_that_it_is_under_way_changes_the_card_and_says_what_failed(site: Site, helper: Helper, open_room):
    hana = site.api("hana")
    room = hana.make_room("단추")
    hook = urlsplit(hana.call("POST", f"/api/rooms/{room}/robots", json={"name": "결재"})["hook"]).path
    buttons = [
        {"id": path, "name": label, "integration": {"url": f"{helper.url}/{path}"}}
        for path, label in (("approve", "승인"), ("refuse", "반려"))
    ]
    body = {"text": "휴가 신청", "attachments": [{"text": "사흘", "actions": buttons}]}
    assert httpx.post(f"{site.url}{hook}", json=body).text == "ok"
    page = open_room(site, "hana", room)
    wrong = complaints(page)

    page.get_by_role("button", name="반려").click()
    expect(page.get_by_role("alert").filter(has_text="로봇의 서버가 요청을 받지 않았습니다")).to_be_visible()
    approve = page.get_by_role("button", name="승인")
    approve.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("승인했습니다", exact=True)).to_be_visible()
    expect(approve).to_have_count(0)
    mine = page.get_by_role("log", name="나에게만 보이는 글")
    expect(mine).to_contain_text("고맙습니다")
    mine.get_by_role("button", name="치우기").click()
    expect(mine).to_have_count(0)
    assert wrong == []


def test_a_command_is_completed_with_an_input_method_and_its_dialog_is_filled(site: Site, helper: Helper, open_room):
    hana = site.api("hana")
    room = hana.make_room("명령")
    name = "점심"
    wish = {"name": name, "command": name, "url": f"{helper.url}/order", "hint": "[메뉴]", "about": "점심을 시킵니다"}
    hana.call("POST", f"/api/rooms/{room}/slash-commands", json=wish)
    page = open_room(site, "hana", room)
    method = InputMethod(page)
    field(page).focus()
    page.keyboard.type("/")
    expect(page.get_by_role("option", name="/점심")).to_contain_text("점심을 시킵니다")

    method.compose("ㅈ", "저", "점")
    method.enter_while_composing("점")
    page.wait_for_timeout(300)
    expect(field(page)).to_have_value("/점")
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value("/점심 ")
    page.wait_for_timeout(100)  # the caret is put behind the name on the next frame
    page.keyboard.type("국수")
    page.keyboard.press("Enter")

    dialog = page.get_by_role("dialog", name="점심 주문")
    expect(dialog).to_be_visible()
    expect(field(page)).to_have_value("")
    dialog.get_by_role("button", name="주문하기").click()
    expect(dialog.get_by_text("꼭 채워 주세요.")).to_have_count(2)
    dialog.get_by_label("이름").fill("김하나")
    dialog.get_by_label("밥").check()
    dialog.get_by_role("button", name="주문하기").click()
    expect(dialog.get_by_text("오늘은 국수만 됩니다")).to_be_visible()
    dialog.get_by_label("국수").check()
    dialog.get_by_role("button", name="주문하기").click()
    expect(dialog).to_have_count(0)
    assert helper.heard[0]["text"] == "국수"
    assert helper.heard[-1]["submission"] == {"who": "김하나", "menu": "noodles"}
    expect(page.get_by_role("log", name="나에게만 보이는 글")).to_contain_text("주문서를 열었습니다")
    page.reload()
    page.get_by_role("log").first.wait_for()
    expect(page.get_by_text("주문서를 열었습니다")).to_have_count(0)


def test_an_unknown_command_is_refused_and_can_be_sent_as_text(site: Site, open_room):
    hana = site.api("hana")
    page = open_room(site, "hana", hana.make_room("모르는 명령"))
    said = f"/{uuid4().hex[:6]} 해 줘"
    write(page, said)
    refusal = page.get_by_role("alert").filter(has_text="명령은 없습니다")
    expect(refusal).to_be_visible()
    expect(field(page)).to_have_value(said)
    refusal.get_by_role("button", name="글로 보내기").click()
    expect(page.locator("[data-seq]").filter(has_text=said)).to_be_visible()
    expect(field(page)).to_have_value("")


def test_a_hook_and_a_command_are_made_and_show_their_token_once(site: Site, visit):
    hana = site.api("hana")
    hana.make_room("훅 방")
    page = visit(site, "hana").new_page()
    page.goto(f"{site.url}/bots")
    page.get_by_role("button", name="새 내보내기 훅").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("이름").fill("배포 도우미")
    dialog.get_by_label("알릴 주소").fill("https://example.com/hook")
    dialog.get_by_role("button", name="만들기").click()
    expect(page.get_by_role("dialog", name="토큰을 복사하세요")).to_be_visible()
    page.get_by_role("button", name="복사했습니다").click()
    page.get_by_role("link", name="배포 도우미").click()
    expect(page.get_by_role("heading", name="내보내기 훅")).to_be_visible()
    expect(page.get_by_label("알릴 주소")).to_have_value("https://example.com/hook")
    page.goto(f"{site.url}/bots")
    page.get_by_role("button", name="새 명령").click()
    dialog.get_by_role("textbox", name="명령", exact=True).fill("저녁")
    dialog.get_by_label("부를 주소").fill("https://example.com/dinner")
    dialog.get_by_role("button", name="만들기").click()
    expect(page.get_by_role("dialog", name="토큰을 복사하세요")).to_be_visible()
