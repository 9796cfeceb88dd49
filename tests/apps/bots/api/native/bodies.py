"""The bodies that systems post, beside what a room is to read of them.

fixtures/<system>/<case>.json is a body; <event>__<case>.json is one whose event stands in a header. <case>.md is the message, then its
card line by line; an empty one says that there is nothing to say.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from narae.apps.bots.api.native.heard import heard, post_of
from narae.apps.bots.public import Post

HERE = Path(__file__).parent / "fixtures"
CASES = sorted(HERE.rglob("*.json"))
_HEADERS = {"github": "X-GitHub-Event", "gitea": "X-Gitea-Event", "sentry": "Sentry-Hook-Resource"}


def body(case: Path) -> dict[str, Any]:
    """What is posted."""
    read: dict[str, Any] = json.loads(case.read_text())
    return read


def headers(case: Path) -> dict[str, str]:
    """The headers that it is posted with."""
    event, system = case.stem.partition("__")[0], case.parent.name
    if system == "gitlab":
        return {"X-Gitlab-Event": event.replace("_", " ").title()}
    named = {_HEADERS[system]: event} if system in _HEADERS and "__" in case.stem else {}
    return {**named, "X-GitHub-Event": event} if system == "gitea" else named


def post(case: Path, changed: Any = None) -> Post | None:
    """What becomes of a case, or of a changed body of it."""
    raw = [(name.lower().encode(), value.encode()) for name, value in headers(case).items()]
    told = heard(raw, body(case) if changed is None else changed)
    return told and post_of(told)


def shown(said: Post | None) -> str:
    """A post as the .md files have it."""
    if said is None:
        return ""
    card = said.card
    facts = [f"{fact.label}: {fact.value}" for fact in card.facts] if card else []
    buttons = [f"[{button.label}] {button.url}" for button in card.buttons] if card else []
    return "\n".join([said.text, *(["", f"{card.icon} {card.title}", *facts, *buttons] if card else [])]) + "\n"
