"""What Grafana posts by itself: its alerting's webhook, and the one of versions before 9."""

from __future__ import annotations

from narae.apps.bots.api.native.alerts import group_of
from narae.apps.bots.api.native.reading import Part, address, lines, parts, word
from narae.apps.bots.api.native.writing import bold, card, listed, post, quote, sentence
from narae.apps.bots.forms.escaping import plain
from narae.apps.bots.public import Post

_STATES = {
    "alerting": ("🔥", "is alerting"), "ok": ("✅", "is fine again"), "no_data": ("❔", "has no data"), "paused": ("⏸️", "is paused"),
    "pending": ("⏳", "is pending"), "unknown": ("❔", "is in an unknown state"),
}  # fmt: skip


def said(_event: str, body: Part) -> Post | None:
    """The post that a notification makes; None for one without alerts."""
    return group_of(body) if parts(body, "alerts") else _legacy(body)


def _legacy(body: Part) -> Post | None:
    known = _STATES.get(word(body, "state"))
    if known is None:
        return None
    (icon, state), name, url = known, word(body, "ruleName") or word(body, "title") or "A rule", address(body, "ruleUrl")
    measured = listed(
        sentence(plain(word(one, "metric") or "value"), "=", plain(word(one, "value") or "none")) for one in parts(body, "evalMatches")
    )
    shown = card(icon, f"{name} {state}", buttons=[("Look", url)]) if icon == "🔥" else None
    return post(sentence(icon, bold(name), state), quote(lines(body, "message")), measured, card=shown)
