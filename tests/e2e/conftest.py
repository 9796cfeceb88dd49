"""Fixtures of the browser tests: one browser, a filled organisation in Korean and one in English, pages of their people."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from narae.core.http.pages import STATIC
from tests.e2e.site import Filled, Site

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = {"width": 1360, "height": 860}
PHONE = {"width": 390, "height": 844}
_PEOPLE = ["hana", "minsu", "sujin", "dongsik", "jiho"]
_PATIENCE_MS = 15_000
Open = Callable[..., Page]


def _program() -> str:
    named = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if named and Path(named).exists():
        return named
    message = "There is no chromium: install it, or name one in CHROMIUM."
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all of them."""
    program = _program()
    assert (STATIC / "index.html").is_file(), "The client is not built: run `npm run build` in web/."
    expect.set_options(timeout=_PATIENCE_MS)
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=program, args=_FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """The Korean shop's data folder; tests start servers over copies of it."""
    return Filled(tmp_path_factory.mktemp("ko"), "ko", _PEOPLE)


@pytest.fixture(scope="package")
def site(filled: Filled, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The Korean shop; tests talk in rooms of their own."""
    started = Site.copy_of(filled, tmp_path_factory.mktemp("site")).start()
    yield started
    started.stop()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browsers side by side: `visit(site, "hana", viewport=PHONE)` is signed in, without a name a stranger."""
    opened: list[BrowserContext] = []

    def make(site: Site, name: str | None = None, **more: Any) -> BrowserContext:
        context = browser.new_context(**{"viewport": WIDE, "locale": "ko-KR", "timezone_id": "Asia/Seoul", **more})
        context.set_default_timeout(_PATIENCE_MS)
        if name is not None:
            context.add_cookies([{"name": "narae_session", "value": site.sessions[name], "url": site.url}])
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def open_room(visit: Callable[..., BrowserContext]) -> Open:
    """Opens a room by its id as somebody, and waits for its log: `open_room(site, "hana", room)`."""

    def go(site: Site, name: str, room: str, **more: Any) -> Page:
        page = visit(site, name, **more).new_page()
        page.goto(f"{site.url}/chat/{room}")
        page.get_by_role("log").first.wait_for()
        return page

    return go
