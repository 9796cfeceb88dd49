"""Whatever people write, call themselves or upload, nothing of it runs in somebody else's browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.page import row
from tests.e2e.site import Filled, Site, Speaker

_MARK = "<img src=x onerror=\"window.ran='%s';alert(1)\">"
_TEXTS = [
    _MARK % "image",
    "<script>window.ran='script'</script>",
    "<svg/onload=window.ran='svg'>",
    "<iframe srcdoc=\"<script>parent.ran='frame'</script>\"></iframe>",
    "<details open ontoggle=window.ran='details'>",
    "</p></div><script>window.ran='closed'</script>",
    "[눌러 보세요](javascript:window.ran='link')",
    "[눌러 보세요](JaVaScRiPt&colon;window.ran='entity')",
    "[눌러 보세요](java\tscript:window.ran='tab')",
    "[눌러 보세요](vbscript:x) [그림](data:text/html,<script>parent.ran='data'</script>)",
    "![그림](javascript:window.ran='picture) ![그림](x\" onerror=\"window.ran='title')",
    "<javascript:window.ran='auto'> javascript:window.ran='bare'",
    "[a](<javascript:window.ran='angle'>) [b]: javascript:window.ran='reference'\n\n[b][b]",
    "**굵게 <b onmouseover=window.ran='bold'>[안](javascript:window.ran='nested')</b>**",
    "> - `<script>window.ran='code'</script>` [안](data:text/html;base64,PHNjcmlwdD4=)",
    "```html\n<script>window.ran='fence'</script>\n```",
    "```<img/src/onerror=window.ran='language'>\nx\n```",
    "| <img src=x onerror=window.ran='table'> | [a](javascript:1) |\n|---|---|\n| b | c |",
    "https://example.com/\"onmouseover=\"window.ran='url'",
    "https://example.com/<script>window.ran='address'</script>",
    "&lt;script&gt;window.ran='entities'&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;",
    "{{constructor.constructor('window.ran=1')()}} ${window.ran=1}",
]
_FOUND = """() => {
  const all = [...document.querySelectorAll("*")];
  const names = all.flatMap((node) => node.getAttributeNames().filter((name) => name.startsWith("on")));
  const links = [...document.querySelectorAll("[href], [src], [action], [srcdoc]")]
    .flatMap((node) => ["href", "src", "action", "srcdoc"].map((name) => node.getAttribute(name) ?? ""))
    .filter((link) => /^\\s*(javascript|vbscript|data:text)/i.test(link));
  const scripts = [...document.scripts].filter((one) => !one.src.startsWith(location.origin + "/assets/")).length;
  return { ran: window.ran ?? null, names, links, scripts, frames: document.querySelectorAll("iframe, object, embed").length };
}"""
_NOTHING = {"ran": None, "names": [], "links": [], "scripts": 0, "frames": 0}


@pytest.fixture(scope="module")
def site(filled: Filled, tmp_path_factory: pytest.TempPathFactory):
    """A shop of its own, whose people call themselves strange things."""
    made = Site.copy_of(filled, tmp_path_factory.mktemp("unsafe")).start()
    yield made
    made.stop()


def _watched(page: Page) -> Page:
    page.on("dialog", lambda dialog: (page.evaluate("window.ran = 'dialog'"), dialog.dismiss()))
    return page


def _all_of_it(page: Page) -> dict[str, Any]:
    """What is found at each screenful of the log."""
    found: dict[str, Any] = page.evaluate(_FOUND)
    for _ in range(12):
        page.get_by_role("log").evaluate("(box) => box.scrollBy(0, -500)")
        page.wait_for_timeout(40)
        if found == _NOTHING:
            found = page.evaluate(_FOUND)
    return found


def _strange_room(hana: Speaker, minsu: Speaker) -> str:
    made = hana.make_room((_MARK % "room")[:80], minsu.id, topic=_MARK % "topic")
    for text in _TEXTS:
        minsu.send(made, text)
    return made


def test_nothing_in_a_message_a_name_or_a_topic_runs(site: Site, open_room):
    hana, minsu = site.api("hana"), site.api("minsu")
    minsu.call("PATCH", "/api/me", json={"name": (_MARK % "name")[:60]})
    room = _strange_room(hana, minsu)
    file = minsu.upload(room, (_MARK % "file") + ".txt", b"words", "text/plain")
    minsu.send(room, "파일입니다", files=[file["id"]])

    page = _watched(open_room(site, "hana", room))

    expect(row(page, "파일입니다")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("<img src=x")
    expect(row(page, "파일입니다")).to_contain_text("img src=x onerror")
    assert _all_of_it(page) == _NOTHING
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("<img")
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate(_FOUND) == _NOTHING
    page.goto(f"{site.url}/people")
    expect(page.get_by_text("<img src=x").first).to_be_visible()
    assert page.evaluate(_FOUND) == _NOTHING


_HTML = b"<!doctype html><title>x</title><script>document.title = 'ran'</script><img src=x onerror=\"document.title='ran'\">"
_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=\'ran\'"><title>x</title><script>document.title = "ran"</script></svg>'
)


@pytest.mark.parametrize(
    ("name", "body", "mime"), [("a.html", _HTML, "text/html"), ("a.svg", _SVG, "image/svg+xml"), ("a.svg", _HTML, "image/png")]
)
def test_an_uploaded_page_does_not_run_when_its_address_is_opened(site: Site, visit, name: str, body: bytes, mime: str):
    minsu = site.api("minsu")
    room = minsu.make_room("파일 방", site.api("hana").id)
    file = minsu.upload(room, name, body, mime)
    minsu.send(room, "열어 보세요", files=[file["id"]])
    page = visit(site, "hana").new_page()
    page.goto(f"{site.url}/chat/{room}")

    answer = page.request.get(site.url + file["url"])

    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] not in ("text/html", "image/svg+xml")
    page.evaluate("(url) => { location.href = url }", file["url"])
    page.wait_for_timeout(500)
    assert page.title() != "ran"
