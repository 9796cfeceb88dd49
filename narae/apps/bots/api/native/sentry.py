"""What Sentry posts by itself: an internal integration's webhooks (Sentry-Hook-Resource), and the older webhook plug-in's."""

from __future__ import annotations

from collections.abc import Callable

from narae.apps.bots.api.native.reading import Part, address, at, lines, part, word
from narae.apps.bots.api.native.writing import bold, card, code, linked, post, quote, sentence
from narae.apps.bots.forms.escaping import plain
from narae.apps.bots.public import Post

_ICONS = {"fatal": "💥", "error": "🐞", "warning": "⚠️", "info": "ℹ️", "debug": "ℹ️"}


def said(event: str, body: Part) -> Post | None:
    """The post that an event makes; None when there is nothing to say."""
    make = _RESOURCES.get(event)
    return make(body) if make else None


def _trouble(of: Part, *, project: str, rule: str = "") -> Post:
    name = word(of, "title") or word(of, "message") or "An error"
    url = address(of, "web_url") or address(of, "permalink") or address(of, "issue_url") or address(of, "url")
    level = word(of, "level")
    facts = [("Level", level), ("Environment", word(of, "environment"))]
    icon = _ICONS.get(level, "🐞")
    head = sentence(icon, linked(name, url), sentence("in", bold(project)) if project else "", plain(f"({rule})") if rule else "")
    shown = card(icon, name, facts=facts, buttons=[("Look", url)])
    return post(head, quote([word(of, "culprit")]) if word(of, "culprit") else "", card=shown)


def _alert(body: Part) -> Post | None:
    event = part(body, "data", "event")
    project = word(event, "project_name") or word(event, "project_slug")
    return _trouble(event, project=project, rule=word(body, "data", "triggered_rule"))


def _error(body: Part) -> Post | None:
    return _trouble(part(body, "data", "error"), project=word(body, "data", "error", "project_slug"))


_ISSUE_VERBS = {
    "resolved": "resolved", "ignored": "archived", "archived": "archived", "unresolved": "reopened", "assigned": "assigned",
}  # fmt: skip


def _issue(body: Part) -> Post | None:
    issue, action = part(body, "data", "issue"), word(body, "action")
    project = word(issue, "project", "name") or word(issue, "project", "slug")
    if action == "created":
        return _trouble(issue, project=project)
    verb = _ISSUE_VERBS.get(action)
    if verb is None:
        return None
    assignee = part(body, "data", "assignee") or part(issue, "assignedTo")
    whom = sentence("to", bold(word(assignee, "name") or "somebody")) if action == "assigned" else ""
    name = sentence(word(issue, "shortId"), word(issue, "title")) or "an issue"
    where = linked(name, address(issue, "web_url") or address(issue, "permalink"))
    return post(
        sentence(bold(word(body, "actor", "name") or "Sentry"), verb, where, whom, sentence("in", bold(project)) if project else "")
    )


def _metric(body: Part) -> Post | None:
    data = part(body, "data")
    states = {"critical": ("🔥", "is critical"), "warning": ("⚠️", "is at its warning level"), "resolved": ("✅", "is resolved")}
    icon, state = states.get(word(body, "action"), ("", ""))
    if not state:
        return None
    name = word(data, "metric_alert", "alert_rule", "name") or word(data, "description_title") or "A metric alert"
    url = address(data, "web_url")
    shown = card(icon, f"{name} {state}", buttons=[("Look", url)]) if icon != "✅" else None
    return post(sentence(icon, linked(name, url), state), quote(lines(data, "description_text")), card=shown)


def _comment(body: Part) -> Post | None:
    if word(body, "action") != "created":
        return None
    project = word(body, "data", "project_slug")
    head = sentence(
        bold(word(body, "actor", "name") or "Somebody"), "commented on an issue", sentence("in", bold(project)) if project else ""
    )
    return post(head, quote(lines(body, "data", "comment")))


def _installation(body: Part) -> Post | None:
    slug = word(body, "data", "installation", "app", "slug")
    return post(sentence("Sentry is connected", f"as {code(slug)}" if slug else "")) if word(body, "action") == "created" else None


def _legacy(body: Part) -> Post | None:
    event = part(body, "event")
    told = {name: at(body, name) or at(event, name) for name in ("culprit", "level", "url", "environment")}
    told["title"] = at(event, "title") or at(body, "message")
    return _trouble(told, project=word(body, "project_name") or word(body, "project"))


_RESOURCES: dict[str, Callable[[Part], Post | None]] = {
    "comment": _comment,
    "error": _error,
    "event_alert": _alert,
    "installation": _installation,
    "issue": _issue,
    "legacy": _legacy,
    "metric_alert": _metric,
}
