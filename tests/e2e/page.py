"""What the tests do and see in a page."""

from __future__ import annotations

from playwright.sync_api import CDPSession, ConsoleMessage, Locator, Page

WRITE = "글 쓰기"
QUEUED = "연결되면 보냅니다"
_INK = """(words) => {
  let ink = 1;
  for (let node = words; node; node = node.parentElement) ink *= Number(getComputedStyle(node).opacity);
  return ink;
}"""


def field(page: Page) -> Locator:
    """The room's composer."""
    return page.get_by_label(WRITE, exact=True).first


def write(page: Page, text: str) -> None:
    """Write and send."""
    box = field(page)
    box.fill(text)
    box.press("Enter")


def row(page: Page, text: str) -> Locator:
    """The rows of the log that stand in the record and show this text."""
    return page.locator("[data-seq]").filter(has_text=text)


def row_of(page: Page, seq: int) -> Locator:
    """The row of one message in the room's log."""
    return page.locator(f'[role=log] [data-seq="{seq}"]').first


def bar(page: Page, words: str) -> Locator:
    """The bar over the page that says in these words that the connection is gone."""
    return page.get_by_role("status").filter(has_text=words)


def ink(words: Locator) -> float:
    """How much of its ink a text has: 1, or less while it waits to be sent."""
    seen: float = words.evaluate(_INK)
    return seen


def complaints(page: Page, *, but: tuple[str, ...] = ()) -> list[str]:
    """Errors and warnings in the page's console from now on, without those that begin so."""
    said: list[str] = []

    def hear(line: ConsoleMessage) -> None:
        if line.type in ("error", "warning") and not line.text.startswith(but):
            said.append(line.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


class InputMethod:
    """A Hangul input method, driven as Chromium drives a real one: 229 keys, a composition, its end."""

    def __init__(self, page: Page) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)

    def compose(self, *steps: str) -> None:
        """Show these steps of a composition in the field with the focus."""
        for step in steps:
            self._key("rawKeyDown", 229, "Process")
            self._session.send("Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)})
            self._key("keyUp", 229, "Process")

    def enter_while_composing(self, commits: str) -> None:
        """Press the Enter that ends a composition: the method takes the key and commits the text."""
        self._key("rawKeyDown", 229, "Enter")
        self._session.send("Input.insertText", {"text": commits})
        self._key("keyUp", 13, "Enter")

    def _key(self, kind: str, code: int, key: str) -> None:
        about = {
            "type": kind,
            "windowsVirtualKeyCode": code,
            "nativeVirtualKeyCode": code,
            "key": key,
            "code": "Enter" if key == "Enter" else "KeyA",
        }
        self._session.send("Input.dispatchKeyEvent", about)
